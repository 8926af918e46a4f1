#include "paint/paint.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "paint/crop.h"
#include "paint/decide.h"

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

TEST(Paint, PureWhiteIsPaintBesideClearPixelsAndPaperWithout) {
  for (const bool clear : {true, false}) {
    PaintJob job = moving_boxes();
    for (int y = 0; y < 96; ++y)
      for (int x = 0; x < 96; ++x) {
        Rgba8& pixel = (*job.drawings[0].painted)(x, y);
        if (pixel == kGreen)
          pixel = kPaper;
        else if (pixel == kPaper && clear)
          pixel = kClear;
      }
    const auto result = paint(job);
    ASSERT_TRUE(result) << result.error().one_line();
    for (const int d : {1, 2}) {
      const Raster& picture = result->drawings[d].painted;
      EXPECT_EQ(picture(42 + 2 * d, 42), clear ? kPaper : kClear) << d;
      EXPECT_EQ(picture(28 + 2 * d, 42), kRed) << d;
      EXPECT_EQ(picture(5, 5), kClear) << d;
    }
  }
}

TEST(Paint, TheGroundIsNeverAskedThoughNothingElseIsShared) {
  // A closed mouth and an open one that is painted: only the paper around them is in both.
  PaintJob job;
  job.drawings = {boxes(1), boxes(2), painted_boxes()};
  for (const int d : {0, 1}) {
    PaintDrawing& closed = job.drawings[d];
    closed.source = Raster(96, 96, kPaper);
    for (int x = 30; x <= 60; ++x) closed.source(x, 40 + d) = kInk;
    closed.lines = classify_lines(closed.source);
  }
  job.drawings[2].time = 3;
  const auto result = paint(job);
  ASSERT_TRUE(result) << result.error().one_line();
  for (const int d : {0, 1}) {
    EXPECT_EQ(result->drawings[d].painted(5, 5), kClear) << d;
    EXPECT_EQ(result->drawings[d].judgement.verdict, Verdict::pass) << d;
  }
}

/// The boxes in a wide pencil line with grain, and dust in the rooms; other grain and dust in each drawing.
PaintDrawing pencilled(const PaintDrawing& clean, unsigned grain) {
  PaintDrawing drawing = clean;
  unsigned state = grain;
  const auto chance = [&state](unsigned one_in) {
    state = state * 1664525U + 1013904223U;
    return (state >> 16) % one_in == 0;
  };
  for (int y = 2; y + 2 < clean.source.height; ++y)
    for (int x = 2; x + 2 < clean.source.width; ++x) {
      if (clean.source(x, y) == kInk)
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx) drawing.source(x + dx, y + dy) = kInk;
      if (chance(600)) drawing.source(x, y) = kInk;
    }
  for (int y = 2; y + 2 < clean.source.height; ++y)
    for (int x = 2; x + 2 < clean.source.width; ++x)
      if (clean.source(x, y) == kInk && chance(8)) drawing.source(x, y) = kPaper;
  drawing.lines = classify_lines(drawing.source);
  if (drawing.painted)
    for (std::size_t i = 0; i < drawing.source.data.size(); ++i) {
      Rgba8& pixel = drawing.painted->data[i];
      pixel = drawing.source.data[i] == kInk ? kInk : pixel == kInk ? kRed : pixel;
    }
  return drawing;
}

TEST(Paint, GrainOfAPencilAndDustAreNotAskedAndStay) {
  PaintJob job = moving_boxes();
  for (unsigned d = 0; d < 3; ++d) job.drawings[d] = pencilled(job.drawings[d], d + 1);
  const auto result = paint(job);
  ASSERT_TRUE(result) << result.error().one_line();
  for (const int d : {1, 2}) {
    for (const PaintedRegion& region : result->drawings[d].regions)
      EXPECT_FALSE(region.asked && region.area <= kPencilGrain) << d << ": " << region.x << ", " << region.y;
    EXPECT_EQ(result->drawings[d].painted(42 + 2 * d, 43), kGreen) << d;
    for (std::size_t i = 0; i < job.drawings[d].source.data.size(); ++i) {
      if (job.drawings[d].source.data[i] != kInk) continue;
      ASSERT_EQ(result->drawings[d].painted.data[i], kInk);
    }
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
  job.fixes.styles = {{"f1", 1, {44.5, 42.5}, 1}, {"f2", 1, {22.5, 30.5}, 1}, {"f3", 9, {5, 5}, 1}};
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

/// Anchors on the outline of a frame that moved by `shift` to the right.
void add_anchors(int x0, int y0, int x1, int y1, int shift, Registration& anchors) {
  const auto add = [&](double x, double y, Vec2 along) {
    anchors.push_back({{x + 0.5, y + 0.5}, {x + 0.5 - shift, y + 0.5}, along, along, 1});
  };
  for (int x = x0 + 2; x < x1 - 1; x += 3) {
    add(x, y0, {1, 0});
    add(x, y1, {1, 0});
  }
  for (int y = y0 + 2; y < y1 - 1; y += 3) {
    add(x0, y, {0, 1});
    add(x1, y, {0, 1});
  }
}

TEST(Paint, AMadeDrawingTakesThePaintAlongItsLinesHoweverFarTheyMoved) {
  constexpr int kFarther = 60;
  PaintJob job;
  job.drawings = {painted_boxes()};
  PaintDrawing made;
  made.time = 1;
  made.source = Raster(160, 96, kPaper);
  frame(made.source, 20 + kFarther, 20, 70 + kFarther, 70);
  frame(made.source, 35 + kFarther, 35, 50 + kFarther, 50);
  made.lines = classify_lines(made.source);
  made.made_from = {0};
  PaintDrawing& key = job.drawings[0];
  for (Raster* picture : {&key.source, &*key.painted}) {
    Raster wide(160, 96, kPaper);
    for (int y = 0; y < 96; ++y)
      for (int x = 0; x < 96; ++x) wide(x, y) = (*picture)(x, y);
    *picture = wide;
  }
  key.lines = classify_lines(key.source);
  job.drawings.push_back(made);
  Registration anchors;
  add_anchors(20 + kFarther, 20, 70 + kFarther, 70, kFarther, anchors);
  add_anchors(35 + kFarther, 35, 50 + kFarther, 50, kFarther, anchors);
  job.registrations = {{1, 0, anchors}};
  const auto result = paint(job);
  ASSERT_TRUE(result) << result.error().one_line();
  const Raster& picture = result->drawings[1].painted;
  EXPECT_EQ(picture(42 + kFarther, 42), kGreen);
  EXPECT_EQ(picture(28 + kFarther, 42), kRed);
  EXPECT_EQ(picture(42, 42), kClear);
  EXPECT_EQ(result->drawings[1].judgement.verdict, Verdict::pass);
}

TEST(Paint, PaperAroundTheInkChangesNothing) {
  PaintJob job = moving_boxes();
  job.fixes.styles = {{"f", 1, {44.5, 42.5}, 1}};
  const auto small = paint(job);
  for (PaintDrawing& drawing : job.drawings) {
    const auto widen = [](const Raster& picture) {
      Raster wide(300, 200, kPaper);
      for (int y = 0; y < picture.height; ++y)
        for (int x = 0; x < picture.width; ++x) wide(x + 150, y + 70) = picture(x, y);
      return wide;
    };
    drawing.source = widen(drawing.source);
    drawing.lines = classify_lines(drawing.source);
    if (drawing.painted) drawing.painted = widen(*drawing.painted);
  }
  job.fixes.styles = {{"f", 1, {150 + 44.5, 70 + 42.5}, 1}};
  const auto wide = paint(job);
  ASSERT_TRUE(small && wide);
  EXPECT_TRUE(wide->lost_fixes.empty());
  EXPECT_EQ(wide->drawings[2].painted(150 + 46, 70 + 42), small->drawings[2].painted(46, 42));
  int all = 0;
  for (const PaintedRegion& region : wide->drawings[2].regions) all += region.area;
  const auto& label = wide->drawings[2].region.data;
  EXPECT_EQ(all, static_cast<int>(label.size() - std::count(label.begin(), label.end(), 0)));
  EXPECT_EQ(wide->drawings[2].painted(1, 1), kClear);
}

TEST(Paint, DrawingsCutToTheirInkAreTheSamePage) {
  PaintJob job;
  for (const int d : {0, 2, 4}) {
    job.drawings.push_back(d == 0 ? painted_boxes() : boxes(d));
    PaintDrawing& drawing = job.drawings.back();
    // A line that only one drawing has, far away, makes the parts differ.
    if (d == 2) frame(drawing.source, 4, 80, 12, 90);
    drawing.lines = classify_lines(drawing.source);
  }
  job.drawings.push_back(boxes(6));
  job.drawings.back().source = Raster(96, 96, kPaper);
  job.drawings.back().lines = classify_lines(job.drawings.back().source);
  const auto whole = paint(job);
  job.width = job.height = 96;
  for (PaintDrawing& drawing : job.drawings) keep_ink(drawing);
  EXPECT_LT(job.drawings[0].source.width, 80);
  EXPECT_TRUE(job.drawings[3].source.data.empty());
  const auto parts = paint(job);
  ASSERT_TRUE(whole && parts);
  for (std::size_t d = 0; d < 4; ++d) {
    EXPECT_EQ(parts->drawings[d].painted.data, whole->drawings[d].painted.data) << d;
    EXPECT_EQ(parts->drawings[d].region.data, whole->drawings[d].region.data) << d;
  }
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
