#include "paint/paint.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255};
constexpr Rgba8 kRed{200, 40, 40, 255};
constexpr Rgba8 kGreen{40, 160, 60, 255};

void frame(Raster& picture, int x0, int y0, int x1, int y1, Rgba8 ink = kInk) {
  for (int x = x0; x <= x1; ++x) picture(x, y0) = picture(x, y1) = ink;
  for (int y = y0; y <= y1; ++y) picture(x0, y) = picture(x1, y) = ink;
}

/// A box with a smaller one inside, moved by `shift`.
PaintDrawing boxes(int shift) {
  PaintDrawing drawing;
  drawing.name = std::string(static_cast<std::size_t>(shift) + 1, 'A');
  drawing.time = shift;
  drawing.source = Raster(96, 96, kPaper);
  frame(drawing.source, 20 + shift, 20, 70 + shift, 70);
  frame(drawing.source, 35 + shift, 35, 50 + shift, 50);
  drawing.lines = classify_lines(drawing.source);
  return drawing;
}

PaintDrawing painted_boxes() {
  PaintDrawing drawing = boxes(0);
  Raster picture = drawing.source;
  for (int y = 21; y < 70; ++y) {
    for (int x = 21; x < 70; ++x) {
      if (picture(x, y) == kPaper) picture(x, y) = x > 35 && x < 50 && y > 35 && y < 50 ? kGreen : kRed;
    }
  }
  drawing.painted = picture;
  return drawing;
}

PaintJob moving_boxes() {
  PaintJob job;
  job.drawings = {painted_boxes(), boxes(2), boxes(4)};
  return job;
}

TEST(Paint, FollowsAMovingBoxThroughTheCel) {
  const auto result = paint(moving_boxes());
  ASSERT_TRUE(result) << result.error().one_line();
  for (const int d : {1, 2}) {
    const Raster& picture = result->drawings[d].painted;
    EXPECT_EQ(picture(42 + 2 * d, 42), kGreen) << d;
    EXPECT_EQ(picture(28 + 2 * d, 42), kRed) << d;
    EXPECT_EQ(picture(5, 5), kClear) << d;
    EXPECT_EQ(result->drawings[d].judgement.verdict, Verdict::pass) << d;
  }
}

TEST(Paint, LeavesBlackLinesAsTheyWere) {
  const PaintJob job = moving_boxes();
  const auto result = paint(job);
  ASSERT_TRUE(result);
  for (std::size_t d = 0; d < job.drawings.size(); ++d) {
    for (std::size_t i = 0; i < job.drawings[d].source.data.size(); ++i) {
      if (job.drawings[d].source.data[i] != kInk) continue;
      ASSERT_EQ(result->drawings[d].painted.data[i], kInk);
    }
  }
}

TEST(Paint, SameBytesOnAnyNumberOfThreads) {
  PaintOptions one, many;
  one.threads = {1};
  many.threads = {4};
  const auto a = paint(moving_boxes(), one), b = paint(moving_boxes(), many);
  ASSERT_TRUE(a && b);
  for (std::size_t d = 0; d < a->drawings.size(); ++d)
    EXPECT_EQ(a->drawings[d].painted, b->drawings[d].painted);
}

TEST(Paint, AFixWinsAndALostOneIsReported) {
  PaintJob job = moving_boxes();
  job.fixes = {{"f1", 1, {44.5, 42.5}, 1}, {"f2", 1, {22.5, 30.5}, 1}, {"f3", 9, {5, 5}, 1}};
  const auto result = paint(job);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->drawings[1].painted(44, 42), result->model.colour(1, ""));
  EXPECT_EQ(result->lost_fixes, (std::vector<std::string>{"f2", "f3"}));
}

TEST(Paint, BlueTakesTheShadowSideAlsoWhenItIsTheLargerOne) {
  auto model = read_colour_model(
      "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#c82828\"\n"
      "[[style]]\nid = 2\nname = \"s\"\nrole = \"shadow\"\nnormal = \"#802020\"\n",
      "m.toml");
  ASSERT_TRUE(model);
  PaintJob job;
  job.model = *model;
  PaintDrawing drawing;
  drawing.source = Raster(64, 64, kPaper);
  frame(drawing.source, 10, 10, 50, 50);
  for (int y = 11; y < 50; ++y) drawing.source(20, y) = {0, 0, 255, 255};
  drawing.lines = classify_lines(drawing.source);
  Raster picture = drawing.source;
  for (int y = 11; y < 50; ++y) {
    for (int x = 11; x < 50; ++x) {
      if (x != 20) picture(x, y) = x < 20 ? Rgba8{200, 40, 40, 255} : Rgba8{128, 32, 32, 255};
    }
  }
  drawing.painted = picture;
  job.drawings = {drawing};
  const auto result = paint(job);
  ASSERT_TRUE(result) << result.error().one_line();
  EXPECT_EQ(result->drawings[0].painted(20, 30), (Rgba8{128, 32, 32, 255}));
}

TEST(Paint, RefusesWhatItCannotUse) {
  PaintJob nothing;
  nothing.drawings = {boxes(0)};
  EXPECT_FALSE(paint(nothing));
  PaintJob sizes = moving_boxes();
  sizes.drawings[1].source = Raster(10, 10, kPaper);
  EXPECT_FALSE(paint(sizes));
}

}  // namespace
}  // namespace nakawari
