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

}  // namespace
}  // namespace nakawari
