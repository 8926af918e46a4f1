#include "sheet/names.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

struct PlainCase {
  const char *branch, *drawing, *cel, *plain;
};

TEST(PlainName, Table) {
  const PlainCase cases[] = {
      {"number", "1", "A", "1"},
      {"cel in front", "A1", "A", "1"},
      {"file's name", "A0001", "A", "1"},
      {"lower case", "a0012", "A", "12"},
      {"lower-case cel", "A0012", "a", "12"},
      {"separator", "A_0001", "A", "1"},
      {"separator, correction", "A_03_e", "A", "3_e"},
      {"suffix", "1a", "A", "1a"},
      {"decimal", "A1.5", "A", "1.5"},
      {"zero stays", "A0000", "A", "0"},
      {"another cel", "B1", "A", "B1"},
      {"word", "open", "A", "open"},
      {"word that starts like the cel", "Apple", "A", "Apple"},
      {"cel alone", "A", "A", "A"},
      {"kana", "あ", "A", "あ"},
      {"spaces", " 1 ", "A ", "1"},
      {"no cel", "A1", "", "A1"},
      {"empty", "", "A", ""},
      {"long cel", "hana12", "hana", "12"},
      {"tick", "A0003-t1", "A", "3-t1"},
  };
  for (const PlainCase& c : cases) EXPECT_EQ(plain_name(c.drawing, c.cel), c.plain) << c.branch;
}

TEST(PlainName, IsItsOwnPlainName) {
  for (const char* name : {"A0001", "1a", "A_03_e", "あ", "0", "A1.5"}) {
    const std::string plain = plain_name(name, "A");
    EXPECT_EQ(plain_name(plain, "A"), plain);
  }
}

struct PathCase {
  const char *branch, *pattern, *drawing, *cel, *path;
};

TEST(DrawingPath, Table) {
  const PathCase cases[] = {
      {"padded", "A/A####", "1", "A", "A/A0001"},
      {"already a file's name", "A/A####", "A0001", "A", "A/A0001"},
      {"more digits than hashes", "A/A##", "1234", "A", "A/A1234"},
      {"suffix", "A/A####", "1a", "A", "A/A0001a"},
      {"tick", "A/A####", "3-t1", "A", "A/A0003-t1"},
      {"cel and pattern differ", "A/hana####", "A5", "A", "A/hana0005"},
      {"pattern's own prefix", "A/hana####", "hana0005", "A", "A/hana0005"},
      {"separator in the pattern", "A/A_####", "A_0003", "A", "A/A_0003"},
      {"text after the number", "A/A####_line", "7", "A", "A/A0007_line"},
      {"word", "A/A####", "open", "A", "A/open"},
      {"kana", "A/A####", "あ", "A", "A/あ"},
      {"no folder", "A####", "2", "A", "A0002"},
      {"no number in the pattern", "A/x", "2", "A", "A/2"},
      {"way out, slashes", "A/A####", "../../etc/passwd", "A", "A/_.._.._etc_passwd"},
      {"way out, backslash", "A/A####", "..\\x", "A", "A/_.._x"},
      {"hidden", "A/####", ".git", "A", "A/_.git"},
      {"control character", "A/A####", "1\n2", "A", "A/A0001_2"},
      {"empty", "A/A####", "", "A", "A/_"},
  };
  for (const PathCase& c : cases) {
    EXPECT_EQ(drawing_path(c.pattern, c.drawing, c.cel), c.path) << c.branch;
  }
}

TEST(DrawingPath, AbsurdPatternStaysShort) {
  EXPECT_LT(drawing_path(std::string(5000, '#'), "1", "A").size(), 20u);
}

}  // namespace
}  // namespace nakawari
