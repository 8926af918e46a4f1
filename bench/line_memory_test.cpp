#include "bench/line_memory.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace nakawari::bench {
namespace {

namespace fs = std::filesystem;

Registration some_anchors(double at) {
  return {{{at, 1}, {at, 2}, {1, 0}, {0, 1}, 0.5F}, {{at, 3}, {at, 4}, {1, 0}, {1, 0}, 1}};
}

class LineMemoryTest : public testing::Test {
 protected:
  LineMemoryTest() { fs::remove_all(folder_); }
  ~LineMemoryTest() override { fs::remove_all(folder_); }
  const std::string folder_ = (fs::temp_directory_path() / "nakawari_line_memory_test").string() +
                              testing::UnitTest::GetInstance()->current_test_info()->name();
};

TEST_F(LineMemoryTest, KeepsWhatTwoRunsMatched) {
  ASSERT_TRUE(LineMemory(folder_).keep("a", {{0, 1, some_anchors(1)}, {1, 0, {}}}).has_value());
  ASSERT_TRUE(LineMemory(folder_).keep("a", {{1, 2, some_anchors(2)}}).has_value());
  const auto known = LineMemory(folder_).known("a");
  ASSERT_EQ(known.size(), 3U);
  EXPECT_EQ(known[0].anchors.size(), 2U);
  EXPECT_EQ(known[0].anchors[1].there, (Vec2{1, 4}));
  EXPECT_TRUE(known[1].anchors.empty()) << "that nothing was found is known too";
  EXPECT_EQ(known[2].from, 1);
  EXPECT_EQ(known[2].anchors[0].confidence, 0.5F);
  EXPECT_TRUE(LineMemory(folder_).known("b").empty());
}

TEST_F(LineMemoryTest, WithoutAFolderNothingIsKept) {
  LineMemory none;
  ASSERT_TRUE(none.keep("a", {{0, 1, some_anchors(1)}}).has_value());
  EXPECT_TRUE(none.known("a").empty());
}

TEST_F(LineMemoryTest, ADamagedFileCountsAsNone) {
  LineMemory memory(folder_);
  ASSERT_TRUE(memory.keep("a", {{0, 1, some_anchors(1)}}).has_value());
  fs::resize_file(folder_ + "/a", fs::file_size(folder_ + "/a") - 1);
  EXPECT_TRUE(memory.known("a").empty());
}

}  // namespace
}  // namespace nakawari::bench
