#include "paint/made_paint.h"

#include <gtest/gtest.h>

#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr Rgba8 kRed{200, 40, 40, 255}, kBlue{40, 40, 200, 255};
constexpr Rgba8 kBlack{0, 0, 0, 255}, kTrace{0, 0, 255, 255};

void box(Raster& picture, int x0, int y0, int x1, int y1, Rgba8 line) {
  for (int x = x0; x <= x1; ++x) picture(x, y0) = picture(x, y1) = line;
  for (int y = y0; y <= y1; ++y) picture(x0, y) = picture(x1, y) = line;
}

void fill(Raster& picture, int x0, int y0, int x1, int y1, Rgba8 colour) {
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) picture(x, y) = colour;
}

/// A box with a trace line across it, red over blue.
struct Page {
  Raster lines{60, 60, kPaper}, painted{60, 60, kClear};
  explicit Page(int shift) {
    box(lines, 10 + shift, 10, 30 + shift, 40, kBlack);
    for (int x = 11 + shift; x < 30 + shift; ++x) lines(x, 25) = kTrace;
    fill(painted, 11 + shift, 11, 29 + shift, 24, kRed);
    fill(painted, 11 + shift, 25, 29 + shift, 39, kBlue);
    box(painted, 10 + shift, 10, 30 + shift, 40, kBlack);
  }
};

/// The trace line and the top of the box, moved.
Registration anchors(int shift, float confidence = 1) {
  Registration all;
  for (int x = 12; x < 29; ++x)
    for (const double y : {10.5, 25.5})
      all.push_back({{x + shift + 0.5, y}, {x + 0.5, y}, {1, 0}, {1, 0}, confidence});
  return all;
}

TEST(MadePaint, EachSideOfALineHasItsColour) {
  MadePainter painter;
  const Page key(0), made(14);
  ASSERT_TRUE(painter.add(key.lines, key.painted));
  const auto result = painter.paint(made.lines, {{0, anchors(14)}}, 0);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->asked, 0);
  EXPECT_EQ(result->painted(30, 15), kRed);
  EXPECT_EQ(result->painted(30, 35), kBlue);
  EXPECT_EQ(result->painted(5, 5), kClear);
  EXPECT_EQ(result->painted(24, 20), kBlack) << "main lines stay";
  EXPECT_NE(result->painted(30, 25), kTrace) << "trace lines are painted over";
}

TEST(MadePaint, WhatTwoDrawingsSayInTwoWaysIsAsked) {
  MadePainter painter;
  const Page key(0), made(14);
  Raster other = key.painted;
  for (Rgba8& pixel : other.data)
    if (pixel == kRed) pixel = kBlue;
  ASSERT_TRUE(painter.add(key.lines, key.painted));
  ASSERT_TRUE(painter.add(key.lines, other));
  const auto equal = painter.paint(made.lines, {{0, anchors(14)}, {1, anchors(14)}}, 0);
  ASSERT_TRUE(equal);
  EXPECT_EQ(equal->painted(30, 15), kCheckColour);
  EXPECT_EQ(equal->asked, 1);
  const auto nearer = painter.paint(made.lines, {{0, anchors(14)}, {1, anchors(14, 0.2F)}}, 0);
  ASSERT_TRUE(nearer);
  EXPECT_EQ(nearer->painted(30, 15), kRed);
}

TEST(MadePaint, WithoutKnownLinesItIsWhatLiesThere) {
  MadePainter painter;
  const Page key(0);
  ASSERT_TRUE(painter.add(key.lines, key.painted));
  const auto result = painter.paint(key.lines, {}, 0);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->painted(20, 15), kRed);
  EXPECT_EQ(result->painted(20, 35), kBlue);
}

TEST(MadePaint, RefusesOtherSizes) {
  MadePainter painter;
  const Page key(0);
  EXPECT_FALSE(painter.add(key.lines, Raster(10, 10)));
  ASSERT_TRUE(painter.add(key.lines, key.painted));
  EXPECT_FALSE(painter.paint(Raster(10, 10), {}, 0));
  EXPECT_FALSE(painter.paint(key.lines, {}, 1));
}

TEST(MadePaint, AnEmptyPageIsItsGround) {
  MadePainter painter;
  const Raster empty(40, 40, kPaper);
  ASSERT_TRUE(painter.add(empty, Raster(40, 40, kClear)));
  const auto result = painter.paint(empty, {}, 0);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->painted(20, 20), kClear);
}

}  // namespace
}  // namespace nakawari
