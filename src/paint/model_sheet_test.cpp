#include "paint/model_sheet.h"

#include <gtest/gtest.h>

#include "match/regions.h"

namespace nakawari {
namespace {

constexpr Rgba8 kLine{0, 0, 0, 255}, kLight{250, 200, 150, 255}, kDark{200, 150, 100, 255};

/// A ring of line around two colours that meet without one, on a clear ground.
Raster figure(int size) {
  Raster picture(size, size, kClear);
  const int a = size / 4, b = 3 * size / 4;
  for (int y = a; y < b; ++y)
    for (int x = a; x < b; ++x) {
      const bool rim = x < a + 2 || y < a + 2 || x >= b - 2 || y >= b - 2;
      picture(x, y) = rim ? kLine : x < size / 2 ? kLight : kDark;
    }
  return picture;
}

TEST(ModelSheet, ColoursThatMeetWithoutALineAreTwoRegions) {
  const PaintDrawing sheet = model_sheet(figure(40), 60, 50);
  ASSERT_EQ(sheet.source.width, 60);
  ASSERT_EQ(sheet.source.height, 50);
  EXPECT_TRUE(sheet.sheet);
  EXPECT_EQ(find_regions(sheet.lines).regions.size(), 3U);
  EXPECT_EQ((*sheet.painted)(25, 25), kLight);
  EXPECT_EQ((*sheet.painted)(35, 25), kDark);
}

TEST(ModelSheet, ALargePictureIsMadeSmallerWithoutNewColours) {
  const PaintDrawing sheet = model_sheet(figure(400), 64, 64);
  for (const Rgba8& pixel : sheet.painted->data)
    EXPECT_TRUE(pixel == kPaper || pixel == kLine || pixel == kLight || pixel == kDark);
  EXPECT_EQ(find_regions(sheet.lines).regions.size(), 3U);
}

}  // namespace
}  // namespace nakawari
