#include "check/profile.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

TEST(Profile, FiguresAreMedianAndMedianDeviation) {
  const Figure f = figure_of({1, 2, 3, 4, 100});
  EXPECT_DOUBLE_EQ(f.median, 3);
  EXPECT_DOUBLE_EQ(f.mad, 1);
  EXPECT_EQ(f.count, 5);
  EXPECT_DOUBLE_EQ(median_of({1, 2, 3, 4}), 2.5);
  EXPECT_DOUBLE_EQ(median_of({}), 0);
}

TEST(Profile, TextComesBack) {
  StyleProfile profile = profile_of({{{"width.outline", {3, 3.5, 3.25}}, {"colour.#FF00AA", {1}}},
                                     {{"width.outline", {3.125}}, {"taper.tip", {0.5}}}},
                                    0.5);
  profile.name = "ha\"na\n";
  const std::string text = write_profile(profile);
  const auto read = read_profile(text, "hana.toml");
  ASSERT_TRUE(read) << read.error().one_line();
  EXPECT_EQ(*read, profile);
  EXPECT_EQ(write_profile(*read), text);
  EXPECT_EQ(profile.figures.at("width.outline").count, 4);
  EXPECT_EQ(profile.colours, std::vector<std::string>{"#FF00AA"});
  EXPECT_EQ(profile.drawings, 2);
}

TEST(Profile, FiguresAreSorted) {
  const std::string text = write_profile(profile_of({{{"b", {1}}, {"a", {2}}, {"c", {3}}}}, 1));
  EXPECT_LT(text.find("\"a\""), text.find("\"b\""));
  EXPECT_LT(text.find("\"b\""), text.find("\"c\""));
}

TEST(Profile, DamagedTextIsAnErrorWithALine) {
  for (const char* text : {"", "[figure", "[figure]\nx = 1", "[figure]\nx = { median = 1 }",
                           "[figure]\nx = { median = 1, mad = -1, count = 2 }",
                           "[figure]\nx = { median = nan, mad = 1, count = 2 }",
                           "[figure]\nx = { median = 1, mad = 1, count = 1e300 }", "figure = 3",
                           "scale = 0\n[figure]", "drawings = \"x\"\n[figure]", "colours = [1]\n[figure]"}) {
    const auto read = read_profile(text, "p.toml");
    EXPECT_FALSE(read) << text;
    if (!read) {
      EXPECT_EQ(read.error().code, ErrorCode::bad_input);
    }
  }
}

}  // namespace
}  // namespace nakawari
