#include "face/eye_names.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "drawing/render.h"
#include "image/line_image.h"
#include "match/test_drawings.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

using test::Sketch;

std::vector<Vec2> bow(double left, double right, double ends, double middle) {
  std::vector<Vec2> points;
  for (double x = left; x <= right; x += 2) {
    const double u = 2 * (x - left) / (right - left) - 1;
    points.push_back({x, middle + (ends - middle) * u * u});
  }
  return points;
}

/// A head with a nose, a brow and one eye; the eye open or closed.
Drawing head(bool open) {
  Sketch sketch(400, 400);
  sketch.arc({200, 200}, 150, 180, 0, 360).line({290, 220}, {300, 270}).line({300, 270}, {285, 275});
  sketch.stroke(bow(100, 220, 140, 128), 5);
  sketch.stroke(open ? bow(100, 220, 210, 170) : bow(100, 220, 214, 238), 7);
  if (open) {
    sketch.stroke(bow(112, 208, 224, 248), 2.5F);
    std::vector<Vec2> iris;
    for (int degrees = -50; degrees <= 230; degrees += 3) {
      const double angle = degrees * std::numbers::pi / 180;
      iris.push_back({160 + 24 * std::cos(angle), 204 + 34 * std::sin(angle)});
    }
    sketch.stroke(std::move(iris), 3);
  }
  Drawing drawing = sketch.done();
  drawing.kind = LineKind::two_value;
  return drawing;
}

Raster picture(const Drawing& drawing) {
  return to_raster(render_lines(drawing));
}

ExpressionSheet sheet() {
  ExpressionSheet sheet;
  sheet.file = "sheet.toml";
  sheet.chin = {200, 380};
  sheet.brow = {200, 130};
  const auto box = [](double l, double t, double r, double b) {
    return std::vector<Vec2>{{l, t}, {r, t}, {r, b}, {l, b}};
  };
  sheet.parts = {{"brow", PartKind::brow, "brow", "", box(90, 110, 230, 150)},
                 {"lid", PartKind::upper_lid, "eye L", "", box(90, 160, 230, 260)},
                 {"lower",
                  PartKind::lower_lid,
                  "eye L",
                  "",
                  {{96, 202}, {130, 226}, {190, 226}, {224, 202}, {210, 262}, {110, 262}}},
                 {"iris", PartKind::iris, "eye L", "", box(130, 178, 190, 238)}};
  FaceSample neutral, blink;
  neutral.name = "neutral";
  neutral.pictures.push_back({"", "neutral.png", picture(head(true))});
  blink.name = "blink";
  blink.at = {{"blink", 1}};
  blink.binary = {"eye L"};
  blink.pictures.push_back({"", "blink.png", picture(head(false))});
  sheet.samples = {neutral, blink};
  EXPECT_TRUE(complete(sheet));
  return sheet;
}

/// A drawing as it is traced from its picture.
Drawing key(const Drawing& drawing) {
  auto traced = trace(classify_lines(picture(drawing)));
  EXPECT_TRUE(traced);
  return *traced;
}

/// Length of what is named so.
double named(const Drawing& drawing, const NamedEye& eye, PartKind kind) {
  double sum = 0;
  for (const auto& [stroke, own] : eye.lines)
    if (own == kind) sum += arc_length(drawing.strokes[static_cast<std::size_t>(stroke)]);
  return sum;
}

TEST(EyeNames, AHeadOnAnyPlaceOfThePageHasItsEyesNamed) {
  auto namer = EyeNamer::make(sheet(), {1});
  ASSERT_TRUE(namer);
  for (const auto& [degrees, shift] : {std::pair{0.0, Vec2{0, 0}}, std::pair{4.0, Vec2{24, -13}}}) {
    const Drawing open = key(test::moved(head(true), {200, 200}, degrees, shift)),
                  closed = key(test::moved(head(false), {200, 200}, degrees, shift));
    const auto seen = namer->name(open), shut = namer->name(closed);
    ASSERT_EQ(seen.size(), 1U);
    ASSERT_EQ(shut.size(), 1U);
    EXPECT_EQ(seen[0].eye, "eye L");
    EXPECT_EQ(seen[0].like, "neutral");
    EXPECT_NEAR(named(open, seen[0], PartKind::upper_lid), 150, 30);
    EXPECT_NEAR(named(open, seen[0], PartKind::lower_lid), 115, 15);
    EXPECT_NEAR(named(open, seen[0], PartKind::iris), 140, 35);
    EXPECT_EQ(shut[0].like, "blink");
    EXPECT_NEAR(named(closed, shut[0], PartKind::upper_lid), 130, 20);
    EXPECT_EQ(named(closed, shut[0], PartKind::iris), 0);
  }
}

TEST(EyeNames, WhatIsNoSuchHeadHasNoEyes) {
  auto namer = EyeNamer::make(sheet(), {1});
  ASSERT_TRUE(namer);
  Sketch box(400, 400);
  box.line({60, 60}, {340, 80}).line({340, 80}, {320, 350}).line({320, 350}, {60, 60});
  Drawing other = head(true);
  other.width = 500;
  for (const Drawing& drawing : {box.done(), other, Drawing{400, 400, {}, false, {}, {}}}) {
    const auto eyes = namer->name(drawing);
    ASSERT_EQ(eyes.size(), 1U);
    EXPECT_TRUE(eyes[0].like.empty());
    EXPECT_TRUE(eyes[0].lines.empty());
  }
}

}  // namespace
}  // namespace nakawari
