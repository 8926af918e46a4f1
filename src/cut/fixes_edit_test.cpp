#include "cut/fixes_edit.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/files.h"

namespace nakawari {
namespace {

class FixesEdit : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = (std::filesystem::temp_directory_path() / ("nakawari-fixes-" + std::to_string(::getpid())));
    std::filesystem::remove_all(folder_);
    file_ = (folder_ / "fixes/A.toml").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(const std::string& text) { ASSERT_TRUE(write_text(file_, text)); }
  std::string text() const {
    const auto bytes = read_file(file_);
    return bytes ? std::string(bytes->begin(), bytes->end()) : "no file";
  }

  std::filesystem::path folder_;
  std::string file_;
};

Fix style(const std::string& id, const std::string& name = "skin") {
  Fix fix;
  fix.id = id;
  fix.time = "2026-11-24T10:15:00Z";
  fix.author = "Kim";
  fix.kind = FixKind::paint_style;
  fix.drawing = "A0003";
  fix.at = {{10.004, -0.0}};
  fix.style = name;
  return fix;
}

TEST_F(FixesEdit, makes_the_file_and_numbers_the_entries) {
  EXPECT_EQ(append_fix(file_, style(""))->id, "f1");
  EXPECT_EQ(append_fix(file_, style(""))->id, "f2");
  EXPECT_EQ(
      text(),
      "[[fix]]\nid = \"f1\"\ntime = \"2026-11-24T10:15:00Z\"\nauthor = \"Kim\"\nkind = \"paint_style\"\n"
      "drawing = \"A0003\"\nstyle = \"skin\"\nat = [10, 0]\n"
      "\n[[fix]]\nid = \"f2\"\ntime = \"2026-11-24T10:15:00Z\"\nauthor = \"Kim\"\nkind = "
      "\"paint_style\"\ndrawing = \"A0003\"\nstyle = \"skin\"\nat = [10, 0]\n");
}

TEST_F(FixesEdit, saying_the_same_again_changes_nothing) {
  EXPECT_FALSE(append_fix(file_, style("k1"))->was_there);
  const std::string once = text();
  EXPECT_TRUE(append_fix(file_, style("k1"))->was_there);
  EXPECT_EQ(append_fix(file_, style("k1", "hair")).error().code, ErrorCode::wrong_use);
  EXPECT_EQ(text(), once);
}

/// What stands around entries in files that people write.
const std::vector<std::string> kFiles{
    "",
    "# only a comment\n",
    "[[fix]]\nid = \"f9\"\nkind = \"approve\"\ndrawing = \"A0001\"\n",
    "[[fix]]\nid = \"f9\"\nkind = \"approve\"\ndrawing = \"A0001\"   # said on the phone\n\n# and more\n\n",
    "# top\r\n[[fix]]\r\nid = \"f9\"\r\nkind = \"wish\"\r\nfor = [1,\r\n  2]\r\n\r\n# end\r\n",
    "\xEF\xBB\xBF[[fix]]\nid = \"f9\"\nkind = \"wish\"\n[fix.deep]\nx = 1\n",
    "[[fix]] # first\nkind = \"approve\"\ndrawing = \"A0001\"\n[other]\nx = 1\n",
};

TEST_F(FixesEdit, adding_and_taking_out_leaves_every_other_byte) {
  for (const std::string& before : kFiles) {
    write(before);
    const auto added = append_fix(file_, style(""));
    ASSERT_TRUE(added) << before << added.error().one_line();
    ASSERT_TRUE(text().starts_with(before)) << before;
    const auto removed = remove_fix(file_, added->id);
    ASSERT_TRUE(removed) << before << removed.error().one_line();
    EXPECT_EQ(removed->style, "skin");
    EXPECT_EQ(text(), before);
  }
}

TEST_F(FixesEdit, taking_out_from_the_middle_keeps_comments) {
  write(
      "# of f1\n[[fix]]\nid = \"f1\"\nkind = \"approve\"\ndrawing = \"A0001\"\n\n# of f2\n[[fix]]\nid = "
      "\"f2\"\n"
      "kind = \"wish\"\nlist = [\n  1,\n]\n\n# of f3\n[[fix]]\nid = \"f3\"\nkind = \"approve\"\ndrawing = "
      "\"A0003\"\n");
  ASSERT_TRUE(remove_fix(file_, "f2"));
  EXPECT_EQ(text(),
            "# of f1\n[[fix]]\nid = \"f1\"\nkind = \"approve\"\ndrawing = \"A0001\"\n\n# of f2\n\n# of "
            "f3\n[[fix]]\nid = \"f3\"\nkind = \"approve\"\ndrawing = \"A0003\"\n");
  EXPECT_EQ(remove_fix(file_, "f2").error().code, ErrorCode::not_found);
}

TEST_F(FixesEdit, a_damaged_file_and_a_bad_fix_are_refused_and_nothing_is_written) {
  for (const std::string& damaged : {std::string("[[fix"), std::string("fix = 3\n")}) {
    write(damaged);
    EXPECT_FALSE(append_fix(file_, style("")));
    EXPECT_FALSE(remove_fix(file_, "f1"));
    EXPECT_EQ(text(), damaged);
  }
  write("# mine\n");
  Fix bad = style("");
  bad.at.clear();
  EXPECT_EQ(append_fix(file_, bad).error().code, ErrorCode::wrong_use);
  bad = style("", "not \xff UTF-8");
  EXPECT_EQ(append_fix(file_, bad).error().code, ErrorCode::wrong_use);
  Fix nasty = style("", "a\"b\\c\n[[fix]]\n");
  EXPECT_EQ(text(), "# mine\n");
  ASSERT_TRUE(append_fix(file_, nasty));
  EXPECT_EQ(read_fixes(text(), "f")->fixes.back().style, nasty.style);
}

TEST_F(FixesEdit, two_writers_lose_nothing) {
  constexpr int kEach = 40;
  const auto work = [&](const std::string& who) {
    for (int i = 0; i < kEach; ++i) {
      const std::string id = who + std::to_string(i);
      EXPECT_TRUE(append_fix(file_, style(id)));
      if (i % 4 == 3) {
        EXPECT_TRUE(remove_fix(file_, id));
      }
    }
  };
  std::thread other([&] { work("b"); });
  work("a");
  other.join();
  const auto fixes = read_fixes(text(), "f");
  ASSERT_TRUE(fixes);
  EXPECT_EQ(fixes->fixes.size(), 2u * (kEach - kEach / 4));
}

}  // namespace
}  // namespace nakawari
