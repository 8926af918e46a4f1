#include "bench/paint_metrics.h"

#include <gtest/gtest.h>

namespace nakawari::bench {
namespace {

constexpr Rgba8 kSkin{250, 200, 170, 255}, kShirt{20, 60, 200, 255};

// Three columns parted by lines at x = 10 and x = 14: 10, 3 and 5 wide, 20 high.
Mask lines() {
  Mask mask(20, 20);
  for (int y = 0; y < 20; ++y) mask(10, y) = mask(14, y) = 1;
  return mask;
}

Raster painted(Rgba8 first, Rgba8 second, Rgba8 third) {
  Raster picture(20, 20);
  for (int y = 0; y < 20; ++y)
    for (int x = 0; x < 20; ++x) picture(x, y) = x < 10 ? first : x < 14 ? second : third;
  return picture;
}

TEST(PaintScore, SharesOfOneWrongRegion) {
  const Components regions = regions_outside(lines());
  ASSERT_EQ(regions.components.size(), 3U);
  const PaintScore s = score_paint(regions, painted(kClear, kSkin, kShirt), painted(kClear, kShirt, kShirt));
  EXPECT_NEAR(s.acc, 2.0 / 3, 1e-9);
  EXPECT_NEAR(s.pix_acc, 300.0 / 360, 1e-9);
  EXPECT_NEAR(s.pix_f_acc, 100.0 / 160, 1e-9);
  EXPECT_NEAR(s.pix_b_miou, 1, 1e-9);
  EXPECT_EQ(s.corrections, 1);
}

TEST(PaintScore, LostGround) {
  const PaintScore s =
      score_paint(regions_outside(lines()), painted(kClear, kSkin, kClear), painted(kClear, kClear, kShirt));
  EXPECT_NEAR(s.pix_b_miou, 200.0 / 360, 1e-9);
  EXPECT_EQ(s.pix_f_acc, 0);
}

TEST(PaintScore, WhatWasAskedIsNotHeldAgainstPrecision) {
  Mask asked(20, 20);
  for (int y = 0; y < 20; ++y)
    for (int x = 11; x < 14; ++x) asked(x, y) = 1;
  const PaintScore s = score_paint(regions_outside(lines()), painted(kClear, kSkin, kShirt),
                                   painted(kClear, kShirt, kShirt), asked);
  EXPECT_NEAR(s.covered, 2.0 / 3, 1e-9);
  EXPECT_EQ(s.precision, 1);
  EXPECT_NEAR(s.acc_thres, 2.0 / 3, 1e-9);
}

TEST(PaintScore, TinyRegionsCountForAccOnly) {
  Mask mask = lines();
  for (int x = 0; x < 4; ++x) mask(x, 2) = 1;  // cuts 4 x 2 = 8 px from the corner with the next line
  for (int y = 0; y < 2; ++y) mask(3, y) = 1;
  const Components regions = regions_outside(mask);
  ASSERT_EQ(regions.components.size(), 4U);
  Raster ours = painted(kSkin, kSkin, kShirt);
  for (int y = 0; y < 2; ++y)
    for (int x = 0; x < 3; ++x) ours(x, y) = kShirt;
  const PaintScore s = score_paint(regions, painted(kSkin, kSkin, kShirt), ours);
  EXPECT_NEAR(s.acc, 0.75, 1e-9);
  EXPECT_EQ(s.acc_thres, 1);
}

TEST(PaintScore, WhatRanOutThroughAGapIsImpure) {
  // One region of ours reaches over the second line: its smaller part is of another true colour.
  Grid<std::int32_t> region = regions_outside(lines()).label;
  for (int y = 0; y < 20; ++y)
    for (int x = 15; x < 20; ++x) region(x, y) = 2;
  EXPECT_NEAR(impure_share(region, painted(kClear, kSkin, kShirt)), 60.0 / 360, 1e-9);
  EXPECT_EQ(impure_share(region, painted(kClear, kSkin, kSkin)), 0);
}

TEST(PaintScore, TraceLinesAreRightByTheColourOfMostOfTheirPixels) {
  Mask trace(20, 20);
  for (int y = 0; y < 20; ++y) trace(3, y) = trace(17, y) = 1;
  Raster ours = painted(kSkin, kSkin, kShirt);
  for (int y = 0; y < 8; ++y) ours(3, y) = kShirt;
  for (int y = 0; y < 12; ++y) ours(17, y) = kSkin;
  PaintScore score;
  score_trace(trace, painted(kSkin, kSkin, kShirt), ours, score);
  EXPECT_EQ(score.trace, 2);
  EXPECT_EQ(score.trace_right, 1);
}

TEST(PaintScore, MeanCountsPrecisionOverAllRegions) {
  PaintScore many, none;
  many.large = many.sure = 4;
  many.sure_right = 3;
  none.large = 12;
  EXPECT_NEAR(mean({many, none}).precision, 0.75, 1e-9);
  EXPECT_NEAR(mean({many, none}).covered, 0.25, 1e-9);
  EXPECT_EQ(mean({}).drawings, 0);
}

TEST(BestMargin, IsTheLowestThresholdThatKeepsThePrecision) {
  const BestMargin best =
      best_margin({{0.2, true}, {0.9, true}, {0.8, true}, {0.5, false}, {0.6, true}}, 0.75);
  EXPECT_EQ(best.margin, 0.2);
  EXPECT_EQ(best.covered, 1);
  EXPECT_EQ(best_margin({{0.9, true}, {0.8, true}, {0.5, false}, {0.2, false}}, 1).covered, 0.5);
}

TEST(BestMargin, RegionsOfOneConfidenceStayTogether) {
  const BestMargin best = best_margin({{0.9, true}, {0.8, true}, {0.8, false}}, 0.9);
  EXPECT_EQ(best.margin, 0.9);
  EXPECT_NEAR(best.covered, 1.0 / 3, 1e-12);
}

TEST(BestMargin, NothingSureEnoughCoversNothing) {
  EXPECT_EQ(best_margin({{0.9, false}}, 0.9).covered, 0);
  EXPECT_EQ(best_margin({}, 0.9).covered, 0);
}

}  // namespace
}  // namespace nakawari::bench
