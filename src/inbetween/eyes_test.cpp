#include "inbetween/eyes.h"

#include <gtest/gtest.h>

#include "drawing/eye.h"
#include "inbetween/eye_division.h"
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
                    {"c", false, box(430, 516, 610, 560), "eye R upper-lid"}},
                   {}, {})
      .lines;
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
                                {"3", true, box(0, 0, 9, 9), "iris"},
                                {"4", true, box(0, 0, 9, 9), "eyebrow"}},
                               {}, {})
                         .lines;
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].eye, "eye L");
  EXPECT_EQ(lines[0].part, EyePart::lower_lid);
  EXPECT_FALSE(lines[0].in_first);
}

// ---- a whole eye in one circle

/// Length of a part.
double divided(const Drawing& drawing, const EyeDivision& division, EyePart part) {
  double sum = 0;
  for (const StrokeRun& run : division.parts[static_cast<std::size_t>(part)])
    sum += std::min(static_cast<double>(run.to), arc_length(drawing.strokes[run.stroke])) - run.from;
  return sum;
}

TEST(EyeDivision, APlainEyeIsDivided) {
  const std::vector<Vec2> circle = box(430, 455, 610, 570);
  const EyeDivision open = divide_eye(eye(true), circle), closed = divide_eye(eye(false), circle);
  EXPECT_EQ(open.unclear, "");
  EXPECT_NEAR(divided(eye(true), open, EyePart::upper_lid), 196, 10);
  EXPECT_NEAR(divided(eye(true), open, EyePart::lower_lid), 168, 10);
  EXPECT_NEAR(divided(eye(true), open, EyePart::iris), 128, 10);
  EXPECT_EQ(closed.unclear, "");
  EXPECT_GT(divided(eye(false), closed, EyePart::upper_lid), 150);
  EXPECT_EQ(divided(eye(false), closed, EyePart::lower_lid), 0);
}

TEST(EyeDivision, PupilHighlightFoldLashAndAnOutlineInOneLine) {
  Sketch sketch;
  // An outline drawn all around in one stroke, a whole iris in it, a pupil, a highlight, a fold, a lash.
  sketch.arc({520, 500}, 80, 40, 180, 540, 4)
      .arc({520, 500}, 28, 30, 0, 360, 2)
      .arc({520, 502}, 9, 12, 0, 360, 2);
  sketch.arc({508, 486}, 6, 5, 0, 360, 2).stroke(bow(452), 2).line({604, 494}, {616, 480}, 2);
  const Drawing drawing = sketch.done();
  const EyeDivision division = divide_eye(drawing, box(420, 440, 630, 560));
  EXPECT_EQ(division.unclear, "");
  // Half of the outline each; above it the fold and the lash.
  EXPECT_NEAR(divided(drawing, division, EyePart::lower_lid), 193, 6);
  EXPECT_NEAR(divided(drawing, division, EyePart::upper_lid), 193 + 212 + 18, 20);
  EXPECT_NEAR(divided(drawing, division, EyePart::iris), 182 + 66, 12);
  EXPECT_NEAR(divided(drawing, division, EyePart::highlight), 35, 4);
}

TEST(EyeDivision, WhatIsNotPlainSaysWhatToName) {
  const Drawing open = eye(true);
  EXPECT_NE(divide_eye(open, box(0, 0, 10, 10)).unclear.find("upper lid"), std::string::npos);
  EXPECT_NE(divide_eye(open, box(490, 474, 550, 524)).unclear, "");
  Drawing blind = open;
  blind.strokes.pop_back();  // the iris
  link_nodes(blind);
  const EyeDivision division = divide_eye(blind, box(430, 455, 610, 570));
  EXPECT_NE(division.unclear.find("first the iris"), std::string::npos);
  const EyeNames names = eye_lines({{"f7", true, box(430, 455, 610, 570), "eye L"}}, blind, eye(false));
  ASSERT_EQ(names.unclear.size(), 1u);
  EXPECT_EQ(names.unclear[0].fix, "f7");
  EXPECT_TRUE(names.lines.empty());
}

TEST(Eyes, OneCircleAroundTheEyeIsEnoughForABlink) {
  const Drawing open = eye(true), closed = eye(false);
  const auto pairs = match(open, closed);
  ASSERT_TRUE(pairs);
  InbetweenOptions options;
  options.eyes = eye_lines({{"f", true, box(430, 455, 610, 570), "eye R"}}, open, closed).lines;
  const auto half = Inbetweener(open, closed, *pairs, options).at(0.5);
  ASSERT_TRUE(half);
  const Seen seen = seen_in(half->drawing);
  EXPECT_NEAR(seen.upper, kOpenLid + (kClosedLid - kOpenLid) * kHalfBlink, 3);
  EXPECT_NEAR(seen.lower, 540, 1.5);
  EXPECT_NEAR(540 - seen.iris_bottom, 20 * (1 - kHalfBlink), 3);
}

TEST(Eyes, WhatIsFoundBlinksTooAndWhatIsSaidGoesBeforeIt) {
  const Drawing open = eye(true), closed = eye(false);
  const auto pairs = match(open, closed);
  ASSERT_TRUE(pairs);
  // The sheet names everything, but takes iris and lower lid for each other.
  const StrokeId upper = 3, lower = 4, iris = 5;
  const auto found = [](EyePart part, bool in_first, StrokeId stroke) {
    return EyeLines{"eye L", part, in_first, {}, {{stroke}}, false};
  };
  InbetweenOptions options;
  options.eyes = {found(EyePart::upper_lid, true, upper), found(EyePart::iris, true, lower),
                  found(EyePart::lower_lid, true, iris), found(EyePart::upper_lid, false, upper)};
  const auto half = [&] { return seen_in(Inbetweener(open, closed, *pairs, options).at(0.5)->drawing); };
  EXPECT_GT(std::abs(540 - half().iris_bottom - 20 * (1 - kHalfBlink)), 3);
  // A person says which is which, and calls the eye otherwise.
  const auto said = eye_lines({{"i", true, box(490, 474, 550, 524), "eye R iris"},
                               {"l", true, box(430, 516, 610, 560), "eye R lower-lid"}},
                              open, closed);
  options.eyes.insert(options.eyes.end(), said.lines.begin(), said.lines.end());
  const Seen seen = half();
  EXPECT_NEAR(seen.upper, kOpenLid + (kClosedLid - kOpenLid) * kHalfBlink, 3);
  EXPECT_NEAR(seen.lower, 540, 1.5);
  EXPECT_NEAR(540 - seen.iris_bottom, 20 * (1 - kHalfBlink), 3);
}

}  // namespace
}  // namespace nakawari
