#include "paint/decide.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

/// Two rooms side by side, and in the wall between them a hole of `hole` pixels.
RegionMap rooms(int hole) {
  Raster page(60, 30, kPaper);
  for (int y = 0; y < 30; ++y)
    for (int x = 0; x < 60; ++x)
      if (x < 2 || x > 57 || y < 2 || y > 27 || (x > 28 && x < 32)) page(x, y) = {0, 0, 0, 255};
  for (int k = 0; k < hole; ++k) page(30, 10 + k) = kPaper;
  return find_regions(classify_lines(page));
}

/// Left room of style 1, right room of style 2, and the hole, asked.
std::vector<PaintedRegion> painted(const RegionMap& map, StyleId hole) {
  std::vector<PaintedRegion> regions;
  for (const Region& r : map.regions) {
    const bool small = r.area < 100;
    regions.push_back({r.area, r.inside_x, r.inside_y, small ? hole : r.left < 30 ? 1 : 2, 0.5, small});
  }
  return regions;
}

int asked(int area, StyleId style, bool room_asked = false) {
  const RegionMap map = rooms(area);
  std::vector<PaintedRegion> regions = painted(map, style);
  EXPECT_EQ(regions.size(), 3U);
  if (room_asked) regions[0].asked = true;
  trust_pinholes(map, kMadePinhole, regions);
  int count = 0;
  for (const PaintedRegion& r : regions) count += r.asked;
  return count;
}

TEST(Pinholes, OneOfAStyleThatLiesBesideItIsNotAsked) {
  EXPECT_EQ(asked(6, 2), 0);
}

TEST(Pinholes, ALargerOneIsAsked) {
  EXPECT_EQ(asked(9, 2), 1);
}

TEST(Pinholes, AHighlightOfItsOwnStyleIsAsked) {
  EXPECT_EQ(asked(6, 3), 1);
}

TEST(Pinholes, WhatLiesBesideItMustBeSure) {
  EXPECT_EQ(asked(6, 1, true), 2);
}

}  // namespace
}  // namespace nakawari
