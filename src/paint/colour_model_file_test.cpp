// Colour models in the forms of other programs: round trips, files as those programs write them, and bytes
// that are none.
#include "paint/colour_model_file.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "paint/colour_model_fuzz_targets.h"

namespace nakawari {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

Style style(StyleId id, std::string name, std::string part, StyleRole role, Rgba8 colour) {
  Style s{id, std::move(name), std::move(part), role, {}};
  s.colours["normal"] = colour;
  return s;
}

ColourModel hana() {
  ColourModel model;
  model.name = "hana";
  model.variants = {"normal"};
  model.styles = {style(1, "skin", "body", StyleRole::normal, {255, 229, 204, 255}),
                  style(2, "skin", "body", StyleRole::shadow, {230, 190, 170, 255}),
                  style(4, "髪", "hair", StyleRole::highlight, {120, 60, 40, 255}),
                  style(5, "line", "", StyleRole::line, {0, 0, 0, 255}),
                  style(6, "blue line", "", StyleRole::line, {0, 0, 255, 255}),
                  style(9, "2nd cloth \"a\" & <b>", "", StyleRole::shadow2, {1, 2, 3, 255})};
  return model;
}

struct Kind {
  ModelFormat format;
  const char* name;
  bool ids, name_kept, parts;
};

const std::vector<Kind> kKinds{
    {ModelFormat::toml, "m.toml", true, true, true}, {ModelFormat::tpl, "m.tpl", true, true, true},
    {ModelFormat::gpl, "m.gpl", false, true, true},  {ModelFormat::aco, "m.aco", false, false, true},
    {ModelFormat::ase, "m.ase", false, false, true}, {ModelFormat::ccf, "m.ccf", true, false, false}};

TEST(ColourModelFile, WhatIsWrittenIsReadAgain) {
  for (const Kind& kind : kKinds) {
    Report notes;
    const ColourModel model = hana();
    const auto bytes = encode_colour_model(model, kind.format, {}, notes);
    ASSERT_TRUE(bytes) << kind.name;
    const auto again = decode_colour_model(*bytes, kind.name, notes);
    ASSERT_TRUE(again) << kind.name << " " << again.error().one_line();
    if (kind.name_kept) {
      EXPECT_EQ(again->name, "hana") << kind.name;
    }
    ASSERT_EQ(again->styles.size(), model.styles.size()) << kind.name;
    for (std::size_t i = 0; i < model.styles.size(); ++i) {
      const Style &a = model.styles[i], &b = again->styles[i];
      EXPECT_EQ(b.id, kind.ids ? a.id : static_cast<StyleId>(i) + 1) << kind.name;
      EXPECT_EQ(b.role, a.role) << kind.name << " " << a.name;
      EXPECT_EQ(b.colours.at("normal"), a.colours.at("normal")) << kind.name;
      if (kind.parts) {
        EXPECT_EQ(b.part, a.part) << kind.name;
      }
      if (kind.format == ModelFormat::ccf) {
        EXPECT_TRUE(a.name.starts_with(b.name) && b.name.size() >= 3) << b.name;
      } else {
        EXPECT_EQ(b.name, a.name) << kind.name;
      }
    }
  }
}

TEST(ColourModelFile, FormatsAreToldByTheirContentFirst) {
  Report notes;
  for (const Kind& kind : kKinds) {
    if (kind.format == ModelFormat::toml) continue;
    const auto bytes = encode_colour_model(hana(), kind.format, {}, notes);
    const auto model = decode_colour_model(*bytes, "no-ending", notes);
    ASSERT_TRUE(model) << kind.name;
    EXPECT_EQ(model->styles.size(), 6U) << kind.name;
  }
}

TEST(ColourModelFile, OneVariantIsWritten) {
  ColourModel model = hana();
  model.variants = {"normal", "night"};
  model.styles[0].colours["night"] = {10, 20, 30, 255};
  Report notes;
  const auto bytes = encode_colour_model(model, ModelFormat::gpl, "night", notes);
  ASSERT_TRUE(bytes);
  const auto night = decode_colour_model(*bytes, "m.gpl", notes);
  ASSERT_TRUE(night);
  EXPECT_EQ(night->colour(1, "normal"), (Rgba8{10, 20, 30, 255}));
  EXPECT_EQ(night->colour(2, "normal"), (Rgba8{230, 190, 170, 255}));
  const auto none = encode_colour_model(model, ModelFormat::gpl, "dawn", notes);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::wrong_use);
}

TEST(ColourModelFile, AnOpenToonzPaletteWithLinksTexturesAndPages) {
  const std::string text = R"(<palette>
  <version>
    71 0
  </version>
  <styles>
    <style>
      color_0 3 255 255 255 0
    </style>
    <style>
      color_1 3 0 0 0 255
    </style>
    <style pickedpos="740,96">
      _1 "trace blue" 3 0 0 255 255
    </style>
    <style>
      "|0000-1" "@skin old" skin 3 255 229 204 255
    </style>
    <style>
      Chalk 1000 4 5 6
    </style>
  </styles>
  <stylepages>
    <page>
      <name>
        colors
      </name>
      <indices>
        0 1 2
      </indices>
    </page>
    <page>
      <name>
        "the body"
      </name>
      <indices>
        3 4
      </indices>
    </page>
  </stylepages>
  <shortcuts>
    10 1 2
  </shortcuts>
</palette>
)";
  Report notes;
  const auto model = decode_colour_model(bytes_of(text), "m.tpl", notes);
  ASSERT_TRUE(model) << model.error().one_line();
  ASSERT_EQ(model->styles.size(), 3U);
  EXPECT_EQ(model->styles[0].name, "color_1");
  EXPECT_EQ(model->styles[0].part, "");
  EXPECT_EQ(model->styles[1].role, StyleRole::line);
  EXPECT_EQ(model->styles[2].id, 3);
  EXPECT_EQ(model->styles[2].name, "skin");
  EXPECT_EQ(model->styles[2].part, "the body");
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].what, "no-flat-colour");
}

TEST(ColourModelFile, SwatchesOfVersionOneAndOtherSpaces) {
  // HSB 120 degrees, full, full; grey at 25 % ink; Lab.
  const Bytes aco{0,    1, 0, 3, 0, 1, 0x55, 0x55, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 8, 0x09,
                  0xC4, 0, 0, 0, 0, 0, 0,    0,    7,    1,    1,    1,    1, 1, 1, 0, 0};
  Report notes;
  const auto model = decode_colour_model(aco, "m.aco", notes);
  ASSERT_TRUE(model) << model.error().one_line();
  ASSERT_EQ(model->styles.size(), 2U);
  EXPECT_EQ(model->colour(1, "normal"), (Rgba8{0, 255, 0, 255}));
  EXPECT_EQ(model->colour(2, "normal"), (Rgba8{191, 191, 191, 255}));
  ASSERT_EQ(notes.size(), 1U);
  EXPECT_EQ(notes[0].what, "colour-space");
}

TEST(ColourModelFile, PaperWhiteAndDoublesAreLeftOutWithANote) {
  Report notes;
  const auto model = decode_colour_model(
      bytes_of("GIMP Palette\nName: x\n#\n255 255 255 eye\n1 2 3 a\n1 2 3 b\n4 5 6\n"), "m.gpl", notes);
  ASSERT_TRUE(model);
  ASSERT_EQ(model->styles.size(), 2U);
  EXPECT_EQ(model->styles[0].id, 2);
  EXPECT_EQ(model->styles[1].name, "colour 4");
  ASSERT_EQ(notes.size(), 2U);
  EXPECT_EQ(notes[0].what, "paper-white");
  EXPECT_EQ(notes[1].what, "double-colour");
}

TEST(ColourModelFile, BadBytesNameTheirPlace) {
  Report notes;
  const auto line = [&](const Bytes& bytes, const char* name) {
    const auto model = decode_colour_model(bytes, name, notes);
    return model ? "read" : model.error().one_line();
  };
  EXPECT_EQ(line(bytes_of("GIMP Palette\n1 2 x\n"), "m.gpl"),
            "m.gpl, line 2: is not 'R G B name' with numbers from 0 to 255");
  EXPECT_EQ(line(bytes_of("<palette><styles>"), "m.tpl"),
            "m.tpl, line 1: is no whole OpenToonz palette: </palette> is missing (save it again)");
  EXPECT_EQ(line({0, 0x64, 1, 2}, "m.ccf"),
            "m.ccf, byte 4: the chart ends too early (save it again from PaintMan)");
  EXPECT_EQ(line({'A', 'S', 'E', 'F', 0, 1, 0, 0, 0, 0, 0, 1, 0}, "m.ase"),
            "m.ase, byte 13: the swatches end too early (save them again)");
  EXPECT_EQ(line({0, 1, 0, 9, 1}, "m.aco"), "m.aco, byte 5: the swatches end too early (save them again)");
  EXPECT_EQ(line(bytes_of("hello"), "m.xyz"),
            "m.xyz: is no colour model that the program knows (use .toml, .tpl, .gpl, .aco, .ase or .ccf)");
}

TEST(ColourModelFile, AChartHoldsNoMoreThanItsPlaces) {
  ColourModel model;
  model.variants = {"normal"};
  for (int i = 1; i <= 1281; ++i)
    model.styles.push_back(
        style(i, "c", "", StyleRole::normal,
              {static_cast<std::uint8_t>(i & 255), static_cast<std::uint8_t>(i >> 8), 7, 255}));
  Report notes;
  const auto bytes = encode_colour_model(model, ModelFormat::ccf, {}, notes);
  ASSERT_FALSE(bytes);
  EXPECT_EQ(bytes.error().code, ErrorCode::bad_input);
}

using Target = void (*)(std::span<const std::uint8_t>);
class ModelReplay : public ::testing::TestWithParam<std::pair<const char*, Target>> {};

TEST_P(ModelReplay, Corpus) {
  const auto& [name, target] = GetParam();
  const std::string folder = std::string(NAKAWARI_SOURCE_DIR) + "/src/paint/corpus/" + name;
  int replayed = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    std::ifstream in(file.path(), std::ios::binary);
    const Bytes bytes{std::istreambuf_iterator<char>(in), {}};
    EXPECT_NO_THROW(target(bytes)) << file.path();
    ++replayed;
    for (std::size_t part = 1; part < 8; ++part)
      EXPECT_NO_THROW(target(std::span(bytes).first(bytes.size() * part / 8))) << file.path();
  }
  EXPECT_GE(replayed, 2) << folder;
}

INSTANTIATE_TEST_SUITE_P(Paint, ModelReplay,
                         ::testing::Values(std::pair{"model_toml", Target(fuzz::model_toml)},
                                           std::pair{"model_tpl", Target(fuzz::model_tpl)},
                                           std::pair{"model_gpl", Target(fuzz::model_gpl)},
                                           std::pair{"model_aco", Target(fuzz::model_aco)},
                                           std::pair{"model_ase", Target(fuzz::model_ase)},
                                           std::pair{"model_ccf", Target(fuzz::model_ccf)}),
                         [](const auto& one) { return std::string(one.param.first); });

}  // namespace
}  // namespace nakawari
