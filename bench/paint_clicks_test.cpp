#include "bench/paint_clicks.h"

#include <gtest/gtest.h>

#include "bench/paint_metrics.h"
#include "image/line_image.h"

namespace nakawari::bench {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255}, kRed{200, 40, 40, 255}, kGreen{40, 160, 60, 255};

void box(PaintFrame& frame, int x0, int y0, int x1, int y1, Rgba8 colour) {
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) {
      const bool line = x == x0 || x == x1 || y == y0 || y == y1;
      frame.lines(x, y) = line ? kInk : kPaper;
      frame.painted(x, y) = line ? kInk : colour;
    }
}

/// A red and a green box; a second drawing also shows a third one, in a colour that the first has.
PaintFrame boxes(Rgba8 third) {
  PaintFrame frame;
  frame.lines = Raster(160, 100, kPaper);
  frame.painted = Raster(160, 100, kClear);
  box(frame, 10, 10, 50, 60, kRed);
  box(frame, 60, 10, 90, 50, kGreen);
  if (third.a != 0) box(frame, 110, 60, 150, 90, third);
  Mask line(160, 100);
  for (std::size_t i = 0; i < line.data.size(); ++i) line.data[i] = frame.lines.data[i] == kInk;
  frame.regions = regions_outside(line);
  return frame;
}

std::vector<int> clicks(const std::vector<PaintFrame>& frames) {
  PaintJob job;
  for (std::size_t i = 0; i < frames.size(); ++i) {
    PaintDrawing drawing;
    drawing.name = std::to_string(i);
    drawing.time = static_cast<double>(i);
    drawing.source = frames[i].lines;
    drawing.lines = classify_lines(drawing.source);
    if (i == 0) drawing.painted = frames[i].painted;
    job.drawings.push_back(std::move(drawing));
  }
  auto painter = nakawari::Painter::of(std::move(job));
  EXPECT_TRUE(painter);
  EXPECT_TRUE(painter->solve({}));
  std::vector<const PaintFrame*> truth{nullptr};
  for (std::size_t i = 1; i < frames.size(); ++i) truth.push_back(&frames[i]);
  const auto count = clicks_until_right(*painter, truth);
  EXPECT_TRUE(count);
  return count.value_or(std::vector<int>());
}

TEST(PaintClicks, WhatIsRightTakesNone) {
  EXPECT_EQ(clicks({boxes(kClear), boxes(kClear)}), (std::vector<int>{-1, 0}));
}

TEST(PaintClicks, WhatIsNewIsSaidOnceForAllDrawings) {
  // Which of the two colours a new box is taken for is the program's affair: one of these is wrong.
  int said = 0;
  for (const Rgba8 third : {kRed, kGreen}) {
    const std::vector<int> count = clicks({boxes(kClear), boxes(third), boxes(third)});
    ASSERT_EQ(count.size(), 3U);
    EXPECT_LE(count[1], 1);
    EXPECT_EQ(count[2], 0);
    said += count[1];
  }
  EXPECT_GE(said, 1);
}

TEST(PaintClicks, AColourThatNobodyPaintedCostsItsClickAndIsLeft) {
  const Rgba8 blue{30, 60, 200, 255};
  EXPECT_EQ(clicks({boxes(kClear), boxes(blue)}), (std::vector<int>{-1, 1}));
}

}  // namespace
}  // namespace nakawari::bench
