// Compositing and smoothing: what a cel looks like in a frame.
#include <gtest/gtest.h>

#include "cut/composite.h"
#include "cut/smooth.h"
#include "cut/yuv.h"

namespace nakawari {
namespace {

constexpr Rgba8 kRed{200, 30, 40, 255}, kBlue{10, 20, 220, 255};

Raster half(int width, int height, Rgba8 left, Rgba8 right) {
  Raster picture(width, height, left);
  for (int y = 0; y < height; ++y)
    for (int x = width / 2; x < width; ++x) picture(x, y) = right;
  return picture;
}

TEST(Composite, UpperCelsHideLowerOnesWhereTheyAreOpaque) {
  const Raster below(4, 2, kRed), above = half(4, 2, kBlue, kClear);
  const Raster frame = composite({&below, nullptr, &above}, 4, 2, kPaper);
  EXPECT_EQ(frame(0, 0), kBlue);
  EXPECT_EQ(frame(3, 1), kRed);
}

TEST(Composite, PaperShowsWhereNoCelStands) {
  const Rgba8 paper{1, 2, 3, 255};
  EXPECT_EQ(composite({}, 2, 2, paper)(1, 1), paper);
}

TEST(Composite, HalfClearColoursAreMixedAndTheFrameIsOpaque) {
  const Raster below(1, 1, {100, 100, 100, 255}), above(1, 1, {200, 0, 100, 128});
  EXPECT_EQ(composite({&below, &above}, 1, 1, kPaper)(0, 0), (Rgba8{150, 50, 100, 255}));
}

TEST(Composite, AnUnpaintedDrawingShowsItsLinesOnly) {
  Raster drawing(3, 1, kPaper);
  drawing(1, 0) = {0, 0, 0, 255};
  const Raster cel = lines_as_cel(drawing);
  EXPECT_EQ(cel(0, 0), kClear);
  EXPECT_EQ(cel(1, 0), (Rgba8{0, 0, 0, 255}));
}

TEST(Composite, TheMiddleOfALargerBackground) {
  Raster large(6, 4, kRed);
  large(2, 1) = kBlue;
  const Raster middle = middle_of(large, 2, 2);
  EXPECT_EQ(middle.width, 2);
  EXPECT_EQ(middle(0, 0), kBlue);
}

TEST(Reduced, MeansOverBoxesOnWhite) {
  Raster picture(4, 2, kClear);
  picture(0, 0) = picture(1, 0) = {0, 0, 0, 255};
  const Raster small = reduced(picture, 2);
  ASSERT_EQ(small.width, 2);
  ASSERT_EQ(small.height, 1);
  EXPECT_EQ(small(0, 0), (Rgba8{128, 128, 128, 255}));
  EXPECT_EQ(small(1, 0), kPaper);
  EXPECT_EQ(reduced(picture, 100).width, 4);
}

TEST(Smooth, FlatColoursAndStraightEdgesStayAsTheyAre) {
  EXPECT_EQ(smoothed(Raster(20, 10, kRed)), Raster(20, 10, kRed));
  const Raster upright = half(20, 10, kRed, kBlue);
  EXPECT_EQ(smoothed(upright), upright);
}

TEST(Smooth, AStairBecomesASlope) {
  // One step in the middle of a nearly level edge.
  Raster stair(16, 8, kRed);
  for (int x = 0; x < 16; ++x)
    for (int y = x < 8 ? 4 : 3; y < 8; ++y) stair(x, y) = kBlue;
  const Raster soft = smoothed(stair);
  EXPECT_NE(soft(7, 3), stair(7, 3));
  EXPECT_NE(soft(8, 3), stair(8, 3));
  // Far from the edge nothing moves, and what is mixed lies between the two colours.
  for (int x = 0; x < 16; ++x) {
    EXPECT_EQ(soft(x, 0), kRed);
    EXPECT_EQ(soft(x, 7), kBlue);
    for (int y = 0; y < 8; ++y) {
      EXPECT_GE(soft(x, y).r, kBlue.r);
      EXPECT_LE(soft(x, y).r, kRed.r);
      EXPECT_EQ(soft(x, y).a, 255);
    }
  }
}

TEST(Smooth, MirroredCelsGiveMirroredResults) {
  Raster cel(24, 16, kClear);
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 24; ++x)
      if (3 * y > x + 6) cel(x, y) = kRed;
  Raster mirrored = cel;
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 24; ++x) mirrored(x, y) = cel(23 - x, y);
  const Raster a = smoothed(cel), b = smoothed(mirrored);
  for (int y = 0; y < 16; ++y)
    for (int x = 0; x < 24; ++x) EXPECT_EQ(a(x, y), b(23 - x, y)) << x << "," << y;
}

TEST(Smooth, AnOutlineFadesWithoutAFringe) {
  Raster cel(16, 8, kClear);
  for (int x = 0; x < 16; ++x)
    for (int y = x < 8 ? 4 : 3; y < 8; ++y) cel(x, y) = kRed;
  const Raster soft = smoothed(cel);
  bool faded = false;
  for (const Rgba8& p : soft.data) {
    if (p.a == 0 || p.a == 255) continue;
    faded = true;
    EXPECT_EQ((Rgba8{p.r, p.g, p.b, 255}), kRed);
  }
  EXPECT_TRUE(faded);
}

/// One colour as Y, Cb, Cr.
std::vector<std::uint8_t> one(Rgba8 colour) {
  const auto planes = yuv420(Raster(2, 2, colour));
  EXPECT_EQ(planes.size(), 6U);
  return {planes[0], planes[4], planes[5]};
}

TEST(Yuv, TheColoursOfTheStandard) {
  using Three = std::vector<std::uint8_t>;
  EXPECT_EQ(one({0, 0, 0, 255}), (Three{16, 128, 128}));
  EXPECT_EQ(one({255, 255, 255, 255}), (Three{235, 128, 128}));
  EXPECT_EQ(one({128, 128, 128, 255}), (Three{126, 128, 128}));
  // The 100 % bars of BT.709.
  EXPECT_EQ(one({255, 0, 0, 255}), (Three{63, 102, 240}));
  EXPECT_EQ(one({0, 255, 0, 255}), (Three{173, 42, 26}));
  EXPECT_EQ(one({0, 0, 255, 255}), (Three{32, 240, 118}));
  EXPECT_EQ(one({255, 255, 0, 255}), (Three{219, 16, 138}));
}

TEST(Yuv, OddSidesAreMadeEvenByRepeating) {
  Raster picture(3, 1, kRed);
  picture(2, 0) = kBlue;
  const auto planes = yuv420(picture);
  ASSERT_EQ(planes.size(), 4U * 2 + 2 * 2);
  EXPECT_EQ(planes[2], planes[3]);
  EXPECT_EQ(planes[3], planes[7]);
}

TEST(Yuv, ChromaLiesAtTheLeftColumn) {
  // Columns 0 and 1 are red, 2 and 3 blue: the second sample sees 1/4 of column 1.
  const auto planes = yuv420(half(4, 2, kRed, kBlue));
  const auto red = one(kRed), blue = one(kBlue);
  EXPECT_EQ(planes[8], red[1]);
  EXPECT_NEAR(planes[9], 0.25 * red[1] + 0.75 * blue[1], 1);
}

}  // namespace
}  // namespace nakawari
