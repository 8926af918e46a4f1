// A painter that was corrected again and again answers like one that was told everything at once.
#include "paint/painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

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

/// Two boxes, the left one parted by a blue line; in later drawings the right one has a gap in its side.
PaintDrawing drawing(int shift) {
  PaintDrawing made;
  made.time = shift;
  made.source = Raster(140, 90, kPaper);
  frame(made.source, 10 + shift, 10, 60 + shift, 70);
  frame(made.source, 80 + shift, 20, 120 + shift, 60);
  for (int x = 11; x < 60; ++x) made.source(x + shift, 40) = kBlue;
  for (int y = 36; shift > 0 && y < 40; ++y) made.source(80 + shift, y) = kPaper;
  made.lines = classify_lines(made.source);
  if (shift > 0) return made;
  made.painted = made.source;
  for (int y = 11; y < 70; ++y)
    for (int x = 11; x < 120; ++x) {
      if (x < 60 && (*made.painted)(x, y) == kPaper) (*made.painted)(x, y) = kRed;
      if (x > 80 && y > 20 && y < 60) (*made.painted)(x, y) = kGreen;
    }
  return made;
}

PaintJob job() {
  PaintJob made;
  made.drawings = {drawing(0), drawing(3), drawing(6), drawing(9)};
  return made;
}

auto parts(const PaintedRegion& r) {
  return std::tuple(r.area, r.x, r.y, r.style, r.confidence, r.asked);
}

/// Expects what paint() gives from nothing.
void expect_as_painted(const Painter& painter, const PaintFixes& fixes) {
  PaintJob fresh = job();
  fresh.fixes = fixes;
  const auto whole = paint(std::move(fresh));
  ASSERT_TRUE(whole);
  EXPECT_EQ(painter.lost_fixes(), whole->lost_fixes);
  for (std::size_t d = 0; d < whole->drawings.size(); ++d) {
    const PaintedDrawing now = painter.drawing(d), &then = whole->drawings[d];
    EXPECT_EQ(now.painted.data, then.painted.data) << d;
    EXPECT_EQ(now.region.data, then.region.data) << d;
    ASSERT_EQ(now.regions.size(), then.regions.size()) << d;
    for (std::size_t r = 0; r < now.regions.size(); ++r)
      EXPECT_EQ(parts(now.regions[r]), parts(then.regions[r])) << d << ' ' << r;
    EXPECT_EQ(now.closures.size(), then.closures.size()) << d;
    EXPECT_EQ(now.judgement.confidence, then.judgement.confidence) << d;
  }
}

TEST(Painter, ASeriesOfFixesGivesWhatAllAtOnceGive) {
  auto painter = Painter::of(job());
  ASSERT_TRUE(painter);
  PaintFixes fixes;
  const auto solve = [&] {
    ASSERT_TRUE(painter->solve(fixes));
    expect_as_painted(*painter, fixes);
  };
  solve();
  fixes.styles.push_back({"style", 2, {100.5, 30.5}, 1, 0});
  solve();
  // The gap in the right box's side.
  fixes.gaps.push_back({"open", 1, {{83, 34}, {83, 42}}, GapChoice::open});
  solve();
  fixes.gaps.push_back({"wall", 3, {{19, 25}, {68, 25}}, GapChoice::close});
  solve();
  fixes.traces.push_back({"trace", 1, {30.5, 40.5}, StyleRole::highlight, Ink::none});
  fixes.traces.push_back({"lost", 1, {30.5, 80.5}, StyleRole::highlight, Ink::none});
  solve();
  EXPECT_EQ(painter->lost_fixes(), std::vector<std::string>{"lost"});
  fixes.gaps.erase(fixes.gaps.begin());
  solve();
  fixes = {};
  solve();
}

TEST(Painter, SaysWhichDrawingsAFixChanged) {
  auto painter = Painter::of(job(), {.threads = {}, .margin = 0});
  ASSERT_TRUE(painter && painter->solve({}));
  EXPECT_EQ(painter->changed(), (std::vector<bool>{true, true, true, true}));
  ASSERT_TRUE(painter->solve({}));
  EXPECT_EQ(painter->changed(), (std::vector<bool>{false, false, false, false}));
  PaintFixes fixes;
  fixes.styles.push_back({"f", 3, {100.5, 30.5}, 1, 0});
  ASSERT_TRUE(painter->solve(fixes));
  EXPECT_FALSE(painter->changed()[0]);
  EXPECT_TRUE(painter->changed()[3]);
}

TEST(Painter, RemembersTheLinesThatItMatched) {
  const auto first = Painter::of(job());
  ASSERT_TRUE(first);
  const auto matched = first->matched();
  ASSERT_FALSE(matched.empty());
  PaintJob again = job();
  again.remembered = matched;
  auto second = Painter::of(std::move(again));
  ASSERT_TRUE(second && second->solve({}));
  expect_as_painted(*second, {});

  // What is remembered is not matched again, even where nothing had been found.
  PaintJob none = job();
  none.remembered = matched;
  for (PaintRegistration& each : none.remembered) each.anchors.clear();
  const auto third = Painter::of(std::move(none));
  ASSERT_TRUE(third);
  EXPECT_EQ(third->matched().size(), matched.size());
  for (const PaintRegistration& each : third->matched()) EXPECT_TRUE(each.anchors.empty());
}

}  // namespace
}  // namespace nakawari
