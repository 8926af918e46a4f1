#include "bench/sequence.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "bench/between_table.h"
#include "bench/raw_picture.h"
#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

namespace fs = std::filesystem;

class Folder : public ::testing::Test {
 protected:
  void SetUp() override {
    root = fs::temp_directory_path() /
           (std::string("nakawari_bench_") + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(root);
    fs::create_directories(root);
  }
  void TearDown() override { fs::remove_all(root); }

  void drawing(const std::string& path) {
    Raster picture(16, 16, kPaper);
    picture(3, 4) = {0, 0, 0, 255};
    ASSERT_TRUE(write_picture((root / path).string(), picture));
  }

  fs::path root;
};

TEST_F(Folder, FindsLinesOnlyBinOnlyAndNested) {
  drawing("data/seq/a_walk/line/0000.png");
  drawing("data/seq/a_walk/line/0002.png");
  drawing("data/seq/b_run/bin/0000.png");
  fs::create_directories(root / "data/seq/notes");
  for (const char* named : {"data", "data/seq", "data/seq/"}) {
    const auto found = find_sequences((root / named).string());
    ASSERT_TRUE(found.has_value()) << named;
    ASSERT_EQ(found->size(), 2U) << named;
    EXPECT_EQ((*found)[0].name, "a_walk");
    EXPECT_EQ((*found)[0].frames.at(1), "0002.png");
    EXPECT_TRUE(read_lines((*found)[1], 0, LineSource::line).has_value()) << "falls back to the other kind";
  }
  const auto one = find_sequences((root / "data/seq/a_walk").string());
  ASSERT_TRUE(one.has_value());
  EXPECT_EQ(one->size(), 1U);
}

TEST_F(Folder, NothingThereIsAnError) {
  EXPECT_EQ(find_sequences((root / "missing").string()).error().code, ErrorCode::not_found);
}

TEST_F(Folder, TimesOfTheSequenceGiveT) {
  for (const char* name : {"0000", "0001", "0002"}) drawing(std::string("s/line/") + name + ".png");
  ASSERT_TRUE(write_text((root / "s/sequence.json").string(),
                         R"({"labels": [{"id": 3, "name": "skin", "color": [1, 2, 300]}],
                             "per_frame": [{"frame": 0, "time": 0}, {"frame": 1, "time": 0.25}, {"frame": 2, "time": 1}]})"));
  const auto found = find_sequences(root.string());
  ASSERT_TRUE(found.has_value());
  const Sequence& s = found->front();
  EXPECT_DOUBLE_EQ(own_t(s, 0, 1, 2), 0.25);
  ASSERT_NE(s.find(3), nullptr);
  EXPECT_EQ(s.find(3)->colour, (Rgba8{1, 2, 255, 255}));
  EXPECT_EQ(s.find(4), nullptr);
}

TEST_F(Folder, ADamagedDescriptionLeavesEvenSteps) {
  for (const char* name : {"0000", "0001", "0002"}) drawing(std::string("s/line/") + name + ".png");
  for (const char* text :
       {"{", "[]", R"({"per_frame": [{"frame": 0, "time": 2}, {"frame": 1, "time": 1}]})"}) {
    ASSERT_TRUE(write_text((root / "s/sequence.json").string(), text));
    const auto found = find_sequences(root.string());
    ASSERT_TRUE(found.has_value());
    EXPECT_DOUBLE_EQ(own_t(found->front(), 0, 1, 2), 0.5) << text;
  }
}

TEST(Cases, MiddleStrideLimitAndEveryT) {
  Sequence s;
  s.name = "s";
  for (int i = 0; i < 8; ++i) {
    s.frames.push_back(std::to_string(i));
    s.times.push_back(i);
  }
  TableOptions options;
  options.gaps = {1, 5, 9};
  const auto all = cases_of(s, options);
  ASSERT_EQ(all.size(), 6U + 2U) << "gap 9 does not fit";
  EXPECT_EQ(all[6].first, 0);
  EXPECT_EQ(all[6].middle, 3);
  EXPECT_EQ(all[6].last, 6);
  options.stride = 2;
  EXPECT_EQ(cases_of(s, options).size(), 3U + 1U);
  options.limit = 1;
  EXPECT_EQ(cases_of(s, options).size(), 1U + 1U);
  options.every_t = true;
  const auto every = cases_of(s, options);
  ASSERT_EQ(every.size(), 1U + 5U);
  EXPECT_DOUBLE_EQ(every[1].t, 1.0 / 6);
}

TEST(HeldOut, ByName) {
  EXPECT_TRUE(held_out("kn_run_full"));
  EXPECT_FALSE(held_out("uc_run_full"));
}

TEST_F(Folder, FloatArrays) {
  const std::string head = "\x93NUMPY\x01";
  const std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2, 3), }\n";
  const float values[6] = {1, 2, 1, 3.5F, 4, 0};
  const auto write = [&](const std::string& form, std::size_t floats) {
    std::ofstream out(root / "a.npy", std::ios::binary);
    out << head << '\0' << static_cast<char>(form.size()) << '\0' << form;
    out.write(reinterpret_cast<const char*>(values), static_cast<std::streamsize>(floats * sizeof(float)));
  };
  write(text, 6);
  const auto array = read_npy((root / "a.npy").string());
  ASSERT_TRUE(array.has_value());
  EXPECT_EQ(array->shape, (std::vector<std::size_t>{1, 2, 3}));
  EXPECT_EQ(array->data[3], 3.5F);
  write(text, 5);
  EXPECT_FALSE(read_npy((root / "a.npy").string()).has_value()) << "cut short";
  write("{'descr': '<f8', 'fortran_order': False, 'shape': (1,), }", 6);
  EXPECT_FALSE(read_npy((root / "a.npy").string()).has_value()) << "another type";
}

TEST_F(Folder, SamplesOfAPictureAndOfADamagedOne) {
  drawing("a.png");  // 1-bit or palette: samples, not colours
  const auto samples = read_samples((root / "a.png").string());
  ASSERT_TRUE(samples.has_value());
  EXPECT_NE((*samples)(3, 4), (*samples)(0, 0));
  auto bytes = read_file((root / "a.png").string());
  bytes->resize(bytes->size() / 2);
  ASSERT_TRUE(write_file((root / "b.png").string(), *bytes));
  EXPECT_FALSE(read_samples((root / "b.png").string()).has_value());
  EXPECT_FALSE(read_samples((root / "none.png").string()).has_value());
}

}  // namespace
}  // namespace nakawari::bench
