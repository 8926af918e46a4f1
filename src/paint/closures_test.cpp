#include "paint/closures.h"

#include <gtest/gtest.h>

#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255};
constexpr Rgba8 kGreen{40, 160, 60, 255};
constexpr Rgba8 kRed{200, 40, 40, 255};

/// A box of lines two pixels thick, its top side open over `gap` pixels.
Raster box(int gap, int shift = 0) {
  Raster page(120, 100, kPaper);
  const auto dot = [&](int x, int y) {
    for (const int dy : {0, 1})
      for (const int dx : {0, 1}) page(x + dx + shift, y + dy) = kInk;
  };
  for (int x = 20; x <= 90; ++x) {
    if (x + 1 < 55 - gap / 2 || x >= 55 - gap / 2 + gap) dot(x, 20);
    dot(x, 70);
  }
  for (int y = 20; y <= 70; ++y) {
    dot(20, y);
    dot(90, y);
  }
  return page;
}

class GapOfPixels : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Sizes, GapOfPixels, testing::Range(1, 13));

TEST_P(GapOfPixels, IsBridgedByOneClosureWhoseWallPartsTheRegions) {
  const LineImage lines = classify_lines(box(GetParam()));
  const std::vector<Closure> found = closure_candidates(lines);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, ClosureKind::bridge);
  EXPECT_LT(distance_to(found[0], {55, 21}), 2);
  Mask walls(lines.width(), lines.height());
  build_wall(found[0], walls);
  EXPECT_EQ(find_regions(lines).regions.size(), 1U);
  EXPECT_EQ(find_regions(lines, walls).regions.size(), 2U);
}

TEST_P(GapOfPixels, PaintDoesNotRunOutWhereTheReferenceIsClosed) {
  PaintJob job;
  PaintDrawing key, open;
  key.source = box(0);
  key.lines = classify_lines(key.source);
  Raster painted = key.source;
  for (int y = 22; y < 70; ++y)
    for (int x = 22; x < 90; ++x) painted(x, y) = kRed;
  key.painted = painted;
  open.time = 1;
  open.source = box(GetParam(), 2);
  open.lines = classify_lines(open.source);
  job.drawings = {key, open};
  const auto result = paint(job);
  ASSERT_TRUE(result) << result.error().one_line();
  const PaintedDrawing& out = result->drawings[1];
  EXPECT_EQ(out.painted(57, 50), kRed);
  EXPECT_EQ(out.painted(57, 10), kClear);
  ASSERT_EQ(out.closures.size(), 1U);
  EXPECT_TRUE(out.closures[0].used);

  // A person says that it is open: the paint runs out, and the closure is gone.
  job.fixes.gaps = {{"g", 1, {{57, 15}, {57, 26}}, GapChoice::open}, {"far", 1, {{5, 5}}, GapChoice::open}};
  const auto opened = paint(job);
  ASSERT_TRUE(opened);
  EXPECT_TRUE(opened->drawings[1].closures.empty());
  EXPECT_EQ(opened->drawings[1].painted(57, 50), opened->drawings[1].painted(57, 10));
  EXPECT_EQ(opened->lost_fixes, std::vector<std::string>{"far"});
}

TEST(Closures, ALineEndRunsOnAlongItsTangentToTheNextLine) {
  Raster page(80, 60, kPaper);
  for (int y = 5; y < 55; ++y) page(50, y) = kInk;
  for (int x = 10; x < 42; ++x) page(x, 30) = kInk;
  const std::vector<Closure> found = closure_candidates(classify_lines(page));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, ClosureKind::extension);
  EXPECT_EQ(found[0].wall.size(), 8U);
}

TEST(Closures, NoneWhereAWallWouldCutOffASliverOrTheEndsLookAway) {
  Raster page(80, 60, kPaper);
  for (int x = 10; x < 30; ++x) page(x, 30) = page(x, 34) = kInk;
  EXPECT_TRUE(closure_candidates(classify_lines(page)).empty());
}

/// Two rooms side by side with a passage of `width` px between them, `long` px long, at whose mouths the
/// walls bend: no line ends anywhere.
Raster rooms(int width, int size = 40) {
  Raster page(2 * size + 50, size + 20, kPaper);
  const int top = 10 + (size - width) / 2 - 1, bottom = top + width + 1;
  for (const int x0 : {10, 10 + size + 20}) {
    for (int x = x0; x <= x0 + size; ++x) page(x, 10) = page(x, 10 + size) = kInk;
    for (int y = 10; y <= 10 + size; ++y) page(x0, y) = page(x0 + size, y) = kInk;
  }
  for (int y = top + 1; y < bottom; ++y) page(10 + size, y) = page(10 + size + 20, y) = kPaper;
  for (int x = 10 + size; x <= 10 + size + 20; ++x) page(x, top) = page(x, bottom) = kInk;
  return page;
}

TEST(Closures, ANeckIsClosedOnceWhereNoLineEnds) {
  for (const int width : {2, 5, 8}) {
    const LineImage lines = classify_lines(rooms(width));
    EXPECT_TRUE(closure_candidates(lines).empty()) << width;
    const std::vector<Closure> necks = neck_candidates(lines, {});
    ASSERT_EQ(necks.size(), 1U) << width;
    EXPECT_EQ(necks[0].kind, ClosureKind::neck);
    EXPECT_EQ(necks[0].wall.size(), static_cast<std::size_t>(width));
  }
  // A passage that is as wide as its rooms is no neck, nor are rooms that nobody sees.
  EXPECT_TRUE(neck_candidates(classify_lines(rooms(30)), {}).empty());
  EXPECT_TRUE(neck_candidates(classify_lines(rooms(3, 8)), {}).empty());
}

TEST(Closures, APaintedDrawingPartsItsOwnNeckAndAPersonOpensAnother) {
  PaintJob job;
  PaintDrawing key, next;
  key.source = next.source = rooms(4);
  key.lines = next.lines = classify_lines(key.source);
  Raster painted = key.source;
  const std::vector<Closure> necks = neck_candidates(key.lines, {});
  ASSERT_EQ(necks.size(), 1U);
  const int middle = static_cast<int>(necks[0].from.x);
  for (int y = 11; y < 50; ++y)
    for (int x = 11; x < 110; ++x)
      if (painted(x, y) == kPaper && (x < 50 || x > 70 || (y > 27 && y < 33)))
        painted(x, y) = x <= middle ? kRed : kGreen;
  key.painted = painted;
  next.time = 1;
  job.drawings = {key, next};
  const auto closed = paint(job);
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->drawings[1].painted(30, 30), kRed);
  EXPECT_EQ(closed->drawings[1].painted(95, 30), kGreen);
  job.fixes.gaps = {{"open", 1, {{necks[0].from, necks[0].to}}, GapChoice::open}};
  const auto opened = paint(job);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->drawings[1].painted(30, 30), opened->drawings[1].painted(95, 30));
  EXPECT_TRUE(opened->lost_fixes.empty());
}

TEST(Closures, APersonClosesAnyGapAndItIsReportedWhereNothingIsOpen) {
  PaintJob job;
  PaintDrawing key, open;
  key.source = box(0);
  key.lines = classify_lines(key.source);
  Raster painted = key.source;
  for (int y = 22; y < 70; ++y)
    for (int x = 22; x < 90; ++x) painted(x, y) = kRed;
  key.painted = painted;
  open.time = 1;
  open.source = box(30);
  open.lines = classify_lines(open.source);
  job.drawings = {key, open};
  job.fixes.gaps = {{"wide", 1, {{38, 21}, {74, 21}}, GapChoice::close},
                    {"none", 1, {{30, 71}, {40, 71}}, GapChoice::close}};
  const auto result = paint(job);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->drawings[1].painted(55, 50), kRed);
  EXPECT_EQ(result->drawings[1].painted(55, 10), kClear);
  EXPECT_EQ(result->lost_fixes, std::vector<std::string>{"none"});
}

}  // namespace
}  // namespace nakawari
