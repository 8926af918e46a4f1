#include "base/toml_text.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

long trouble_line(std::string_view toml) {
  const auto trouble = toml_trouble(toml);
  return trouble ? trouble->line : 0;
}

TEST(TomlText, OnlyStringsAndCommentsGoBeyondAscii) {
  EXPECT_EQ(trouble_line("a = \"髪\" # 影\nb = '髪'\n"), 0);
  EXPECT_EQ(trouble_line("a = \"\"\"髪\n\"影\"\n\"\"\"\nb = '''\n'影'\n'''\n"), 0);
  EXPECT_EQ(trouble_line("a = \"x\\\"髪\"\n"), 0);
  EXPECT_EQ(trouble_line("\xEF\xBB\xBF"
                         "a = 1\n"),
            0);
  EXPECT_EQ(trouble_line("a = 1\n髪 = 2\n"), 2);
  EXPECT_EQ(trouble_line("a = 1\n\nb = \xC6\x9A\"x\"\n"), 3);
  EXPECT_EQ(trouble_line("[[\xE2\x80\x83style]]\n"), 1);
  EXPECT_EQ(trouble_line("a = 'open\n\xC6\x9A = 1\n"), 2);
  EXPECT_EQ(trouble_line(""), 0);
}

TEST(TomlText, ATableHasANameThatBeginsLikeOne) {
  EXPECT_EQ(trouble_line("a = 1\n[[[\n"), 2);
  EXPECT_EQ(trouble_line("a = 1\n  [=]\n"), 2);
  EXPECT_EQ(trouble_line("[ \n]"), 1);
  EXPECT_EQ(trouble_line("[[ # name\n"), 1);
  EXPECT_EQ(trouble_line("a = 'open\n[,]\n"), 2);
  // Good ones, values that look alike, and what the parser complains of itself.
  EXPECT_EQ(trouble_line("[a]\n[[b.c]]\n[ 'd' ]\n[\"e\"]\n"), 0);
  EXPECT_EQ(trouble_line("a = [[[1, 2], [3]],\n[[[4]]],\n  [,]]\n[b]\n"), 0);
  EXPECT_EQ(trouble_line("a = \"\"\"\n[[[\n\"\"\"\n# [[[\n"), 0);
  for (const char* toml : {"[]", "[[]]", "[ [a]]", "[", "[["}) EXPECT_EQ(trouble_line(toml), 0) << toml;
}

}  // namespace
}  // namespace nakawari
