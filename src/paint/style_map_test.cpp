#include "paint/style_map.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255};
constexpr Rgba8 kDay{200, 40, 40, 255}, kNight{60, 20, 80, 255};

ColourModel day_and_night() {
  return *read_colour_model(
      "variants = [\"day\", \"night\"]\n"
      "[[style]]\nid = 7\nname = \"coat\"\nday = \"#c82828\"\nnight = \"#3c1450\"\n"
      "[[style]]\nid = 9\nname = \"line\"\nrole = \"line\"\nday = \"#000000\"\nnight = \"#101010\"\n",
      "m.toml");
}

Raster row(std::initializer_list<Rgba8> pixels) {
  Raster picture(static_cast<int>(pixels.size()), 1);
  std::copy(pixels.begin(), pixels.end(), picture.data.begin());
  return picture;
}

TEST(StyleMap, ReadsAPictureInTheVariantThatItWasPaintedIn) {
  const Raster source = row({kPaper, kInk, kPaper, kPaper, kPaper});
  for (const Rgba8 coat : {kDay, kNight}) {
    const Raster painted = row({coat, kInk, kPaper, kCheckColour, {1, 2, 3, 255}});
    const StyleMap styles = styles_of(painted, source, day_and_night());
    EXPECT_EQ(styles.data,
              (std::vector<StyleId>{7, kKeptPixel, kBackgroundStyle, kUnknownStyle, kKeptPixel}));
  }
}

TEST(StyleMap, PureWhiteBesideClearPixelsIsAColourThatTheModelLacks) {
  const Raster source = row({kPaper, kInk, kPaper, kPaper});
  EXPECT_EQ(styles_of(row({kDay, kInk, kPaper, kClear}), source, day_and_night()).data,
            (std::vector<StyleId>{7, kKeptPixel, kKeptPixel, kBackgroundStyle}));
  EXPECT_EQ(styles_of(row({kDay, kInk, kPaper, kPaper}), source, day_and_night()).data,
            (std::vector<StyleId>{7, kKeptPixel, kBackgroundStyle, kBackgroundStyle}));
}

TEST(StyleMap, NamesTheColoursThatTheModelLacks) {
  const Rgba8 lacked{1, 2, 3, 255};
  Raster source(40, 2, kPaper), painted(40, 2, kDay);
  source.data[0] = painted.data[0] = kInk;
  for (int x = 10; x < 35; ++x) painted(x, 1) = lacked;
  painted(39, 1) = {9, 9, 9, 255};  // one pixel is no region
  const StyleMap styles = styles_of(painted, source, day_and_night());
  const auto found = lacked_colours(styles, painted, source);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].colour, lacked);
  EXPECT_EQ(found[0].area, 25);
  EXPECT_EQ(found[0].x, 10);
  EXPECT_EQ(found[0].y, 1);
}

TEST(StyleMap, ColoursAnewAndKeepsTheLines) {
  const Raster source = row({kPaper, kInk, kPaper});
  const StyleMap styles = styles_of(row({kDay, kInk, kClear}), source, day_and_night());
  EXPECT_EQ(coloured(styles, source, day_and_night(), "night"), row({kNight, kInk, kClear}));
  EXPECT_EQ(coloured(styles, source, day_and_night(), ""), row({kDay, kInk, kClear}));
}

TEST(StyleMap, CodesDependOnPlacesAlone) {
  ColourModel model = day_and_night(), other = day_and_night();
  other.styles[0].colours["day"] = {1, 1, 1, 255};
  const ColourModel a = colour_coded(model), b = colour_coded(other);
  for (const Style& style : model.styles) {
    EXPECT_EQ(a.colour(style.id, "code"), b.colour(style.id, "code"));
    EXPECT_EQ(a.find(a.colour(style.id, "code"), "code")->id, style.id);
  }
  const Raster source = row({kPaper, kPaper});
  const StyleMap styles = styles_of(row({kDay, {1, 2, 3, 255}}), source, model);
  EXPECT_EQ(colour_coded(styles, source, a), row({a.colour(7, "code"), kCheckColour}));
}

TEST(StyleMap, NamesTheRegionsThatChanged) {
  StyledDrawing now;
  now.styles = StyleMap(4, 1, 7);
  now.regions = {{4, 0.5, 0.5, 7, 1, false}, {9, 2.5, 0.5, 7, 1, false}, {2, 3.5, 0.5, 7, 0.1, true}};
  StyleMap before(4, 1, 7);
  before(2, 0) = 9;
  const auto list = repainted(before, now);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].region, 1);
  EXPECT_EQ(list[0].before, 9);
  EXPECT_EQ(list[0].after, 7);
  EXPECT_EQ(list[1].after, kUnknownStyle);
}

}  // namespace
}  // namespace nakawari
