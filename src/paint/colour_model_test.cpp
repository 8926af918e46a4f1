#include "paint/colour_model.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

constexpr const char* kHana = R"(name = "hana"
variants = ["day", "night"]

[[style]]
id = 3
name = "skin"
part = "body"
role = "normal"
day = "#FFE5cc"
night = "#b0a8c8"

[[style]]
id = 7
name = "skin shadow"
part = "body"
role = "shadow"
day = "#f0b4a0"
)";

TEST(ColourModel, ReadsStylesInFileOrder) {
  const auto model = read_colour_model(kHana, "hana.toml");
  ASSERT_TRUE(model) << model.error().one_line();
  EXPECT_EQ(model->name, "hana");
  ASSERT_EQ(model->styles.size(), 2U);
  EXPECT_EQ(model->styles[0].id, 3);
  EXPECT_EQ(model->styles[1].role, StyleRole::shadow);
  EXPECT_EQ(model->colour(3, "day"), (Rgba8{255, 229, 204, 255}));
}

TEST(ColourModel, FallsBackToTheFirstVariant) {
  const auto model = read_colour_model(kHana, "hana.toml");
  ASSERT_TRUE(model);
  EXPECT_EQ(model->colour(7, "night"), model->colour(7, "day"));
  EXPECT_EQ(model->colour(kBackgroundStyle, "day"), kClear);
  ASSERT_NE(model->find(Rgba8{240, 180, 160, 255}, "night"), nullptr);
  EXPECT_EQ(model->find(Rgba8{240, 180, 160, 255}, "night")->id, 7);
  EXPECT_EQ(model->find(Rgba8{1, 2, 3, 255}, "day"), nullptr);
}

TEST(ColourModel, SurvivesARoundTrip) {
  auto model = read_colour_model(kHana, "hana.toml");
  ASSERT_TRUE(model);
  model->name = "a \"quoted\" name\\";
  model->styles[0].name = "肌";
  const std::string written = write_colour_model(*model);
  const auto again = read_colour_model(written, "again.toml");
  ASSERT_TRUE(again) << again.error().one_line() << written;
  EXPECT_EQ(again->name, model->name);
  EXPECT_EQ(again->styles[0].name, model->styles[0].name);
  EXPECT_EQ(again->styles[0].colours, model->styles[0].colours);
  EXPECT_EQ(write_colour_model(*again), written);
}

struct BadCase {
  const char* branch;
  const char* text;
  long line;
  const char* says;
};

class BadColourModel : public testing::TestWithParam<BadCase> {};

TEST_P(BadColourModel, NamesLineAndFault) {
  const BadCase& c = GetParam();
  const auto model = read_colour_model(c.text, "m.toml");
  ASSERT_FALSE(model) << c.branch;
  EXPECT_EQ(model.error().code, ErrorCode::bad_input);
  EXPECT_EQ(model.error().where.file, "m.toml");
  EXPECT_EQ(model.error().where.line, c.line) << c.branch;
  EXPECT_NE(model.error().message.find(c.says), std::string::npos) << model.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadColourModel,
    testing::Values(
        BadCase{"not TOML", "variants = [\n\"day\"\n[[style]]\n", 3, ""},
        BadCase{"wrong type of name", "name = 3\n", 1, "'name' must be text"},
        BadCase{"variants not a list", "\nvariants = \"day\"\n", 2, "'variants' must be"},
        BadCase{"variant named like a field", "variants = [\"role\"]\n", 1, "name of its own"},
        BadCase{"variant twice", "variants = [\"a\", \"a\"]\n", 1, "stands twice"},
        BadCase{"style not a table", "style = 3\n", 1, "no list of styles"},
        BadCase{"no id", "[[style]]\nname = \"a\"\nnormal = \"#000001\"\n", 1, "'id'"},
        BadCase{"id is text", "[[style]]\nid = \"1\"\nname = \"a\"\n", 2, "'id'"},
        BadCase{"id is zero", "[[style]]\nid = 0\nname = \"a\"\n", 2, "'id'"},
        BadCase{"id twice",
                "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#000001\"\n[[style]]\nid = 1\nname = \"b\"\n"
                "normal = \"#000002\"\n",
                5, "stands twice"},
        BadCase{"one colour twice",
                "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#000001\"\n[[style]]\nid = 2\nname = \"b\"\n"
                "normal = \"#000001\"\n",
                5, "one colour"},
        BadCase{"pure white", "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#ffffff\"\n", 4, "pure white"},
        BadCase{"no colour in the first variant", "[[style]]\nid = 1\nname = \"a\"\n", 1,
                "'normal' is missing"},
        BadCase{"bad colour", "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#12345g\"\n", 4, "is no colour"},
        BadCase{"bad role", "[[style]]\nid = 1\nname = \"a\"\nrole = \"glow\"\nnormal = \"#000001\"\n", 4,
                "is no role"},
        BadCase{"unknown key", "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#000001\"\nnigth = \"#000002\"\n",
                5, "'nigth'"}),
    [](const auto& bad) {
      std::string name = bad.param.branch;
      for (char& c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) == 0) c = '_';
      }
      return name;
    });

}  // namespace
}  // namespace nakawari
