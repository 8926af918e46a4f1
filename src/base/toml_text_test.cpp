#include "base/toml_text.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

TEST(TomlText, OnlyStringsAndCommentsGoBeyondAscii) {
  EXPECT_EQ(beyond_ascii_line("a = \"髪\" # 影\nb = '髪'\n"), 0);
  EXPECT_EQ(beyond_ascii_line("a = \"\"\"髪\n\"影\"\n\"\"\"\nb = '''\n'影'\n'''\n"), 0);
  EXPECT_EQ(beyond_ascii_line("a = \"x\\\"髪\"\n"), 0);
  EXPECT_EQ(beyond_ascii_line("\xEF\xBB\xBF"
                              "a = 1\n"),
            0);
  EXPECT_EQ(beyond_ascii_line("a = 1\n髪 = 2\n"), 2);
  EXPECT_EQ(beyond_ascii_line("a = 1\n\nb = \xC6\x9A\"x\"\n"), 3);
  EXPECT_EQ(beyond_ascii_line("[[\xE2\x80\x83style]]\n"), 1);
  EXPECT_EQ(beyond_ascii_line("a = 'open\n\xC6\x9A = 1\n"), 2);
  EXPECT_EQ(beyond_ascii_line(""), 0);
}

}  // namespace
}  // namespace nakawari
