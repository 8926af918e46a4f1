#include "desk/known_cuts.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "base/files.h"

namespace nakawari {
namespace {

std::string sheet(const std::string& cut, const std::vector<std::string>& cels) {
  std::string names, tracks;
  for (std::size_t i = 0; i < cels.size(); ++i) {
    names += (i ? ",\"" : "\"") + cels[i] + "\"";
    tracks += (i ? "," : "") + std::string("{\"trackNo\":") + std::to_string(i) +
              ",\"frames\":[{\"frame\":0,\"data\":[{\"id\":0,\"values\":[\"1\"]}]}]}";
  }
  return "exchangeDigitalTimeSheet Save Data\n{\"version\":5,\"header\":{\"cut\":\"" + cut +
         "\",\"scene\":\"1\"},\"timeTables\":[{\"name\":\"s\",\"duration\":24,\"timeTableHeaders\":[{"
         "\"fieldId\":"
         "0,\"names\":[" +
         names + "]}],\"fields\":[{\"fieldId\":0,\"tracks\":[" + tracks + "]}]}]}";
}

class KnownCuts : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = std::filesystem::temp_directory_path() / ("nakawari-known-" + std::to_string(::getpid()));
    std::filesystem::remove_all(root_);
  }
  void TearDown() override { std::filesystem::remove_all(root_); }

  std::string cut(const std::string& id, const std::vector<std::string>& cels) {
    const std::string folder = (root_ / id).string();
    std::string text = "[cut]\nid = \"" + id + "\"\n";
    for (const std::string& cel : cels) {
      text += "[[cel]]\nname = \"" + cel + "\"\n";
      EXPECT_TRUE(write_text(join_path(folder, cel + "/" + cel + "0001.png"), "any bytes"));
    }
    EXPECT_TRUE(write_text(join_path(folder, "cut.toml"), text));
    EXPECT_TRUE(write_text(join_path(folder, "sheet.xdts"), sheet("", cels)));
    return folder;
  }
  std::string temporary_sheet(const std::string& number, const std::vector<std::string>& cels) {
    const std::string path = (root_ / "Temp/ExchangeDigitalTimeSheet/animation.xdts").string();
    EXPECT_TRUE(write_text(path, sheet(number, cels)));
    return path;
  }

  std::filesystem::path root_;
  std::unique_ptr<Disk> disk_ = real_disk();
};

TEST_F(KnownCuts, the_number_decides_then_the_cels_then_who_was_opened_last) {
  const std::string c1 = cut("c001", {"A"}), c2 = cut("c002", {"A", "B"}), c3 = cut("c003", {"A", "B"});
  const std::vector<std::string> all{c1, c3, c2};
  EXPECT_EQ(*cut_of_sheet(*disk_, temporary_sheet("1", {"A", "B"}), all), c1);
  EXPECT_EQ(*cut_of_sheet(*disk_, temporary_sheet("", {"A", "B"}), all), c2);
  EXPECT_EQ(*cut_of_sheet(*disk_, temporary_sheet("", {"A", "B"}), {c2, c3}), c3);
  EXPECT_EQ(cut_of_sheet(*disk_, temporary_sheet("", {"X"}), all).error().code, ErrorCode::not_found);
  EXPECT_EQ(cut_of_sheet(*disk_, temporary_sheet("", {"A"}), {}).error().code, ErrorCode::not_found);
}

TEST_F(KnownCuts, a_sheet_in_the_folder_of_a_cut_belongs_to_it) {
  const std::string c1 = cut("c001", {"A"});
  EXPECT_EQ(*cut_of_sheet(*disk_, join_path(c1, "sheet.xdts"), {}), c1);
}

TEST_F(KnownCuts, the_list_keeps_the_last_at_the_end_and_forgets_what_is_gone) {
  const std::string c1 = cut("c001", {"A"}), c2 = cut("c002", {"A"});
  const std::string list = (root_ / "state/cuts").string();
  EXPECT_TRUE(known_cuts(*disk_, list).empty());
  for (const std::string& each : {c1, c2, c1}) remember_cut(*disk_, list, each);
  EXPECT_EQ(known_cuts(*disk_, list), (std::vector<std::string>{c2, c1}));
  std::filesystem::remove_all(c2);
  EXPECT_EQ(known_cuts(*disk_, list), (std::vector<std::string>{c1}));
}

}  // namespace
}  // namespace nakawari
