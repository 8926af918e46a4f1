#include "inbetween/eyes.h"

#include <gtest/gtest.h>

#include "drawing/eye.h"
#include "inbetween/inbetween.h"
#include "match/test_drawings.h"

namespace nakawari {
namespace {

using test::Sketch;

// An eye: its upper lid's middle at y, its lower lid at 540, an iris that hangs from the upper lid to 520.
constexpr double kOpenLid = 470, kClosedLid = 536;
std::vector<Vec2> bow(double middle) {
  std::vector<Vec2> points;
  for (int x = 440; x <= 600; x += 2) {
    const double u = (x - 520) / 80.0;
    points.push_back({static_cast<double>(x), middle + (520 - middle) * u * u});
  }
  return points;
}
Drawing eye(bool open) {
  Sketch sketch;
  // A face around it, and a nose, that hold still.
  sketch.arc({560, 520}, 300, 380, 0, 360).line({640, 560}, {650, 640}).line({650, 640}, {625, 645});
  sketch.stroke(bow(open ? kOpenLid : kClosedLid), 5);
  if (open) {
    sketch.stroke(bow(540), 2);
    // The iris, cut off by the upper lid.
    std::vector<Vec2> iris;
    for (int degrees = -40; degrees <= 220; degrees += 4) {
      const double angle = degrees * std::numbers::pi / 180;
      iris.push_back({520 + 26 * std::cos(angle), 490 + 30 * std::sin(angle)});
    }
    sketch.stroke(std::move(iris), 2);
  }
  return sketch.done();
}

std::vector<Vec2> box(double left, double top, double right, double bottom) {
  return {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
}

std::vector<EyeLines> named() {
  return eye_lines({{"i", true, box(490, 474, 550, 524), "eye R iris"},
                    {"u", true, box(430, 460, 610, 516), "eye R upper-lid"},
                    {"l", true, box(430, 516, 610, 560), "eye R lower-lid"},
                    {"c", false, box(430, 516, 610, 560), "eye R upper-lid"}});
}

struct Seen {
  double upper = 1e9, lower = -1e9, iris_bottom = -1e9, iris_top = 1e9;
};
/// Heights of the lines at the middle of the eye, told by their widths and places.
Seen seen_in(const Drawing& drawing) {
  Seen seen;
  for (const Stroke& stroke : drawing.strokes) {
    if (stroke.points.front().y > 560 || arc_length(stroke) > 500) continue;
    for (std::size_t k = 0; k < stroke.points.size(); ++k) {
      const Vec2 p = stroke.points[k];
      if (p.x < 430 || p.x > 610 || p.y > 560 || p.y < 440) continue;
      if (stroke.widths[k] > 3.2) {
        if (std::abs(p.x - 520) < 3) seen.upper = std::min(seen.upper, p.y);
      } else if (std::abs(p.x - 520) < 3 && p.y > 534) {
        seen.lower = std::max(seen.lower, p.y);
      } else if (p.x > 492 && p.x < 548 && p.y < 537) {
        seen.iris_bottom = std::max(seen.iris_bottom, p.y);
        seen.iris_top = std::min(seen.iris_top, p.y);
      }
    }
  }
  return seen;
}

TEST(Eyes, ABlinkLaysItsMiddleTowardTheOpenEyeAndTheIrisFollowsTheLid) {
  const Drawing open = eye(true), closed = eye(false);
  const auto pairs = match(open, closed), back = match(closed, open);
  ASSERT_TRUE(pairs && back);
  InbetweenOptions options;
  options.eyes = named();
  const Inbetweener closing(open, closed, *pairs, options);
  for (EyeLines& lines : options.eyes) lines.in_first = !lines.in_first;
  const Inbetweener opening(closed, open, *back, options);
  for (const double t : {0.25, 0.5, 0.75}) {
    const auto shut = closing.at(t), wide = opening.at(1 - t);
    ASSERT_TRUE(shut && wide);
    for (const Drawing* drawing : {&shut->drawing, &wide->drawing}) {
      const Seen seen = seen_in(*drawing);
      const double done = closed_at(t), lid = kOpenLid + (kClosedLid - kOpenLid) * done;
      EXPECT_NEAR(seen.upper, lid, 2.5) << t;
      EXPECT_NEAR(seen.lower, 540, 1.5) << t;
      // 20 px of white in the open eye, less and less as it closes.
      EXPECT_NEAR(540 - seen.iris_bottom, 20 * (1 - done), 2.5) << t;
      EXPECT_GT(seen.iris_top, std::min(lid, 480.0) - 3) << t;
    }
  }
}

TEST(Eyes, WithoutNamesABlinkIsBlendedLikeAnythingElse) {
  const Drawing open = eye(true), closed = eye(false);
  const auto pairs = match(open, closed);
  ASSERT_TRUE(pairs);
  const auto drawn = Inbetweener(open, closed, *pairs).at(0.75);
  ASSERT_TRUE(drawn);
  // The nearer key has neither lower lid nor iris.
  EXPECT_LT(seen_in(drawn->drawing).lower, 0);
}

TEST(Eyes, OnlyPartsOfEyesAreTakenFromGroups) {
  const auto lines = eye_lines({{"1", true, box(0, 0, 9, 9), "hair"},
                                {"2", false, box(0, 0, 9, 9), "eye L lower-lid"},
                                {"3", true, box(0, 0, 9, 9), "iris"}});
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].eye, "eye L");
  EXPECT_EQ(lines[0].part, EyePart::lower_lid);
  EXPECT_FALSE(lines[0].in_first);
}

}  // namespace
}  // namespace nakawari
