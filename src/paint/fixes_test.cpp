// Paint fixes after the drawing under them was drawn anew: found again, or reported as lost.
#include <gtest/gtest.h>

#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255};
constexpr Rgba8 kBlue{0, 0, 255, 255};
constexpr Rgba8 kRed{200, 40, 40, 255};
constexpr Rgba8 kGreen{40, 160, 60, 255};

void frame(Raster& picture, int x0, int y0, int x1, int y1) {
  for (int x = x0; x <= x1; ++x) picture(x, y0) = picture(x, y1) = kInk;
  for (int y = y0; y <= y1; ++y) picture(x0, y) = picture(x1, y) = kInk;
}

/// A large box and a small one beside it, redrawn `shift` px to the right; the first is a reference.
PaintDrawing boxes(int shift, bool painted) {
  PaintDrawing drawing;
  drawing.time = painted ? 0 : 1;
  drawing.source = Raster(160, 100, kPaper);
  frame(drawing.source, 10 + shift, 10, 70 + shift, 80);
  frame(drawing.source, 90 + shift, 30, 110 + shift, 50);
  drawing.lines = classify_lines(drawing.source);
  if (!painted) return drawing;
  drawing.painted = drawing.source;
  for (int y = 11; y < 80; ++y)
    for (int x = 11; x < 110; ++x) {
      if (x < 70) (*drawing.painted)(x, y) = kRed;
      if (x > 90 && y > 30 && y < 50) (*drawing.painted)(x, y) = kGreen;
    }
  return drawing;
}

Result<PaintResult> painted_with(int shift, const StyleFix& fix) {
  PaintJob job;
  job.drawings = {boxes(0, true), boxes(shift, false)};
  job.fixes.styles = {fix};
  return paint(job, {.threads = {}, .margin = 0});
}

TEST(PaintFix, ARegionThatMovedAwayIsFoundByItsSize) {
  // The small box was at 100,40 when that was said; by now that point lies beside it.
  const auto result = painted_with(16, {"f", 1, {94.5, 40.5}, 1, 19 * 19});
  ASSERT_TRUE(result);
  EXPECT_TRUE(result->lost_fixes.empty());
  EXPECT_EQ(result->drawings[1].painted(116, 40), kRed);
  EXPECT_EQ(result->drawings[1].painted(2, 2), kClear);
}

TEST(PaintFix, WithoutASizeThePointDecides) {
  const auto result = painted_with(16, {"f", 1, {94.5, 40.5}, 1, 0});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->drawings[1].painted(116, 40), kGreen);
  EXPECT_EQ(result->drawings[1].painted(2, 2), kRed);
}

TEST(PaintFix, TheGroundIsMeantAsLargeAsThePageShowsIt) {
  // The lines fill a corner of the page; what lies outside is known by its size on the whole page.
  PaintJob job;
  job.drawings = {boxes(0, true), boxes(0, false)};
  for (PaintDrawing& drawing : job.drawings) {
    const auto on_large_page = [](const Raster& part) {
      Raster page(640, 480, kPaper);
      for (int y = 0; y < part.height; ++y)
        for (int x = 0; x < part.width; ++x) page(x, y) = part(x, y);
      return page;
    };
    drawing.source = on_large_page(drawing.source);
    if (drawing.painted) drawing.painted = on_large_page(*drawing.painted);
    drawing.lines = classify_lines(drawing.source);
  }
  const double ground = 640 * 480 - 61 * 71 - 21 * 21;
  for (const Vec2 at : {Vec2{80.5, 40.5}, Vec2{600.5, 400.5}}) {
    for (const double area : {0.0, ground}) {
      job.fixes.styles = {{"f", 1, at, 1, area}};
      const auto result = paint(job, {.threads = {}, .margin = 0});
      ASSERT_TRUE(result);
      EXPECT_TRUE(result->lost_fixes.empty());
      EXPECT_EQ(result->drawings[1].painted(600, 400), kRed);
      EXPECT_EQ(result->drawings[1].painted(100, 40), kGreen);
    }
  }
}

TEST(PaintFix, ARegionThatIsNoMoreIsReportedAsLost) {
  const auto result = painted_with(0, {"f", 1, {100.5, 40.5}, 1, 30});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->lost_fixes, std::vector<std::string>{"f"});
  EXPECT_EQ(result->drawings[1].painted(100, 40), kGreen);
}

TEST(PaintFix, ADrawnWallIsLedToTheLinesAndReportedWhenItPartsNothing) {
  PaintJob job;
  job.drawings = {boxes(0, true), boxes(0, false)};
  for (const int x : {39, 40, 41}) {
    job.drawings[1].source(x, 10) = kPaper;  // a gap in the top of the large box
  }
  job.drawings[1].lines = classify_lines(job.drawings[1].source);
  // Said on lines that stood some pixels lower; the other where nothing is to be closed.
  job.fixes.gaps = {{"wall", 1, {{38.5, 10.5}, {42.5, 10.5}}, GapChoice::close},
                    {"nothing", 1, {{130.5, 70.5}, {140.5, 70.5}}, GapChoice::close},
                    {"open", 1, {{130.5, 20.5}, {140.5, 20.5}}, GapChoice::open}};
  const auto result = paint(job, {.threads = {}, .margin = 0});
  ASSERT_TRUE(result);
  EXPECT_EQ(result->lost_fixes, (std::vector<std::string>{"open", "nothing"}));
  EXPECT_EQ(result->drawings[1].painted(40, 40), kRed);
  EXPECT_EQ(result->drawings[1].painted(40, 4), kClear);
}

TEST(PaintFix, ATraceRoleFindsItsLineByItsInk) {
  PaintJob job;
  job.model = *read_colour_model(
      "[[style]]\nid = 1\nname = \"a\"\nnormal = \"#c82828\"\n"
      "[[style]]\nid = 2\nname = \"s\"\nrole = \"shadow\"\nnormal = \"#28a03c\"\n",
      "m.toml");
  PaintDrawing drawing = boxes(0, true);
  for (int y = 11; y < 80; ++y) {
    drawing.source(30, y) = (*drawing.painted)(30, y) = kBlue;
    for (int x = 31; x < 70; ++x) (*drawing.painted)(x, y) = kGreen;
  }
  drawing.lines = classify_lines(drawing.source);
  job.drawings = {drawing};
  const auto at = [&](double x, Ink ink) {
    job.fixes.traces = {{"f", 0, {x, 40.5}, StyleRole::normal, ink}};
    return *paint(job, {.threads = {}, .margin = 0});
  };
  const PaintResult found = at(45.5, Ink::blue), lost = at(45.5, Ink::none), other = at(30.5, Ink::red);
  EXPECT_EQ(found.drawings[0].painted(30, 40), kRed);
  EXPECT_TRUE(found.lost_fixes.empty());
  for (const PaintResult* result : {&lost, &other}) {
    EXPECT_EQ(result->drawings[0].painted(30, 40), kGreen);
    EXPECT_EQ(result->lost_fixes, std::vector<std::string>{"f"});
  }
}

}  // namespace
}  // namespace nakawari
