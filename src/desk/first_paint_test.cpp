#include "desk/first_paint.h"

#include <gtest/gtest.h>

#include "desk/bucket.h"
#include "drawing/render.h"
#include "match/match.h"
#include "match/test_drawings.h"

namespace nakawari {
namespace {

constexpr Rgba8 kSkin{250, 214, 186, 255}, kHat{64, 92, 150, 255};
constexpr int kSize = 512;

/// A circle with a wall across, painted in two colours.
Drawing ball(double x) {
  return test::Sketch(kSize, kSize)
      .arc({x, 250}, 90, 90, 0, 180)
      .arc({x, 250}, 90, 90, 180, 360)
      .line({x - 90, 250}, {x + 90, 250})
      .done();
}

PaintedKey painted(double x) {
  const auto lines = std::make_shared<const Raster>(to_raster(render_lines(ball(x))));
  Raster paint = *lines;
  fill_region(paint, static_cast<int>(x), 210, kHat);
  fill_region(paint, static_cast<int>(x), 290, kSkin);
  return {lines, std::make_shared<const Raster>(std::move(paint))};
}

FirstPaint moving_ball() {
  FirstPaint input;
  auto pair = std::make_shared<ReadyPair>();
  pair->a = std::make_shared<const Drawing>(ball(200));
  pair->b = std::make_shared<const Drawing>(ball(260));
  pair->correspondence = *match(*pair->a, *pair->b);
  input.pair = pair;
  input.drawing.stem = "A0002";
  input.drawing.plan.t = 0.5;
  input.a = painted(200);
  input.b = painted(260);
  return input;
}

TEST(FirstPaint, the_regions_of_the_keys_stand_where_their_lines_went) {
  const auto picture = first_paint(moving_ball(), {2});
  ASSERT_TRUE(picture);
  EXPECT_EQ((*picture)(230, 210), kHat);
  EXPECT_EQ((*picture)(230, 290), kSkin);
  EXPECT_EQ((*picture)(20, 20).a, 0);
}

TEST(FirstPaint, obeys_the_fixes_of_its_drawing_alone) {
  FirstPaint input = moving_ball();
  Fix fix;
  fix.kind = FixKind::paint_style;
  fix.id = "f1";
  fix.style = "background";
  fix.at = {{230, 290}};
  fix.drawing = "A0003";
  input.fixes = {fix};
  auto picture = first_paint(input, {2});
  ASSERT_TRUE(picture);
  EXPECT_EQ((*picture)(230, 290), kSkin);
  input.fixes.front().drawing = "A0002";
  picture = first_paint(input, {2});
  ASSERT_TRUE(picture);
  EXPECT_EQ((*picture)(230, 290).a, 0);
  EXPECT_EQ((*picture)(230, 210), kHat);
}

/// A pass of three pixels between two halves of a line: what a wall closes.
Drawing split_ball(double x) {
  return test::Sketch(kSize, kSize)
      .arc({x, 250}, 90, 90, 0, 180)
      .arc({x, 250}, 90, 90, 180, 360)
      .line({x - 90, 250}, {x - 20, 250})
      .line({x + 20, 250}, {x + 90, 250})
      .done();
}

TEST(FirstPaint, a_correction_changes_what_it_touches_and_nothing_else) {
  FirstPaint input = moving_ball();
  const auto before = first_paint(input, {2});
  ASSERT_TRUE(before);
  Raster dirty = *before;
  fill_region(dirty, 230, 290, kHat);  // a fault that nobody points at
  Fix fix;
  fix.kind = FixKind::paint_style;
  fix.drawing = "A0002";
  fix.at = {{230, 210}};
  // The fix was taken back: the region that it spoke of is painted as the painter has it.
  fill_region(dirty, 230, 210, {9, 9, 9, 255});
  const auto after = first_paint_at(input, dirty, fix, {2});
  ASSERT_TRUE(after);
  EXPECT_EQ((*after)(230, 210), kHat);
  EXPECT_EQ((*after)(230, 290), kHat);
  EXPECT_EQ((*after)(20, 20).a, 0);
}

TEST(FirstPaint, a_wall_parts_at_once_what_it_parts_in_full) {
  FirstPaint input = moving_ball();
  auto pair = std::make_shared<ReadyPair>();
  pair->a = std::make_shared<const Drawing>(split_ball(200));
  pair->b = std::make_shared<const Drawing>(split_ball(260));
  pair->correspondence = *match(*pair->a, *pair->b);
  input.pair = pair;
  const auto open = first_paint(input, {2});
  ASSERT_TRUE(open);
  Fix fix;
  fix.kind = FixKind::close_gap;
  fix.id = "f1";
  fix.drawing = "A0002";
  fix.path = {{210, 250}, {250, 250}};
  input.fixes = {fix};
  const auto whole = first_paint(input, {2});
  const auto quick = first_paint_at(input, *open, fix, {2});
  ASSERT_TRUE(whole);
  ASSERT_TRUE(quick);
  for (const auto& [x, y] : {std::pair(230, 210), {230, 290}, {20, 20}})
    EXPECT_EQ((*quick)(x, y), (*whole)(x, y)) << x << " " << y;
}

TEST(FirstPaint, a_correction_that_points_at_nothing_is_told) {
  const FirstPaint input = moving_ball();
  const auto now = first_paint(input, {2});
  ASSERT_TRUE(now);
  Fix fix;
  fix.kind = FixKind::trace_role;
  fix.drawing = "A0002";
  fix.at = {{230, 210}};
  const auto after = first_paint_at(input, *now, fix, {2});
  ASSERT_FALSE(after);
  EXPECT_EQ(after.error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace nakawari
