// What moves far: laws of match() under symmetries, and figures whose parts move by known amounts.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "match/match.h"
#include "match/test_drawings.h"

namespace nakawari {
namespace {

using test::face;
using test::moved;
using test::Sketch;

using Map = std::function<Vec2(Vec2)>;

Drawing mapped(Drawing drawing, const Map& map) {
  for (Node& node : drawing.nodes) node.position = map(node.position);
  for (Stroke& stroke : drawing.strokes)
    for (Vec2& p : stroke.points) p = map(p);
  return drawing;
}

Map turned(Vec2 pivot, double degrees, double size, Vec2 shift) {
  return [=](Vec2 p) { return pivot + rotated(p - pivot, degrees * std::numbers::pi / 180) * size + shift; };
}

struct Shares {
  double paired = 0, right = 0;
};

/// Shares of the samples of the given strokes with a partner, and of those within `within` px of `truth`.
Shares shares(const std::vector<SampleMatch>& matches, const Map& truth, double within, StrokeId from = 0,
              StrokeId to = 1000) {
  int all = 0, with = 0, good = 0;
  for (const SampleMatch& m : matches) {
    if (m.stroke < from || m.stroke >= to) continue;
    ++all;
    if (m.partner_stroke < 0) continue;
    ++with;
    good += distance(m.there, truth(m.here)) <= within;
  }
  return {static_cast<double>(with) / std::max(1, all), static_cast<double>(good) / std::max(1, with)};
}

/// A head on a body with an arm of two outlines, a cuff and a hand, which turns about the shoulder. Strokes 0
/// to 2 are the body's, the rest the arm's.
Drawing figure(double arm_degrees, Vec2 arm_shift = {}) {
  const Vec2 shoulder = Vec2{560, 420} + arm_shift;
  const auto at = [&](double x, double y) {
    return shoulder + rotated({x, y}, arm_degrees * std::numbers::pi / 180);
  };
  return Sketch()
      .arc({480, 300}, 70, 80, 0, 360)
      .arc({480, 560}, 70, 160, 0, 360)
      .arc({500, 290}, 14, 9, 0, 360)
      .line(at(0, -22), at(150, -16))
      .line(at(0, 22), at(150, 16))
      .line(at(150, -16), at(150, 16))
      .line(at(120, -17), at(120, 17))
      .arc(at(172, 0), 20, 20, arm_degrees - 150, arm_degrees + 150)
      .done();
}

struct Whole {
  const char* name;
  double degrees, size;
  Vec2 shift;
};

class WholeMotion : public testing::TestWithParam<Whole> {};

TEST_P(WholeMotion, IsFound) {
  const Whole& motion = GetParam();
  const Drawing a = face();
  const Map truth = turned({256, 256}, motion.degrees, motion.size, motion.shift);
  const auto found = match(a, mapped(a, truth));
  ASSERT_TRUE(found);
  const Shares forward = shares(found->a_to_b, truth, 4);
  EXPECT_GT(forward.paired, 0.9);
  EXPECT_GT(forward.right, 0.9);
  EXPECT_GT(found->coverage_b, 0.85);
}

INSTANTIATE_TEST_SUITE_P(Match, WholeMotion,
                         testing::Values(Whole{"across_the_page", 0, 1, {410, 120}},
                                         Whole{"truck_in", 0, 1.4, {60, 40}},
                                         Whole{"truck_out", 0, 0.7, {0, 0}},
                                         Whole{"far_and_turned", 20, 1, {300, 200}}),
                         [](const auto& motion) { return motion.param.name; });

TEST(Motion, ALimbThatTurnsFarIsFollowed) {
  const Drawing a = figure(-20), b = figure(55);
  const auto found = match(a, b);
  ASSERT_TRUE(found);
  const Shares body = shares(found->a_to_b, [](Vec2 p) { return p; }, 3, 0, 3);
  const Shares arm = shares(found->a_to_b, turned({560, 420}, 75, 1, {}), 6, 3);
  EXPECT_GT(body.paired, 0.9);
  EXPECT_GT(body.right, 0.95);
  EXPECT_GT(arm.paired, 0.8);
  EXPECT_GT(arm.right, 0.8);
}

/// A body and two equal legs, painted in two colours; `left` says whose leg stands left.
Raster legs_painted(Rgba8 left, Rgba8 right) {
  Raster page(1024, 1024, kPaper);
  const auto fill = [&](int cx, int cy, int rx, int ry, Rgba8 colour) {
    for (int y = cy - ry; y <= cy + ry; ++y)
      for (int x = cx - rx; x <= cx + rx; ++x)
        if (std::pow((x - cx) / (rx + 0.0), 2) + std::pow((y - cy) / (ry + 0.0), 2) <= 1) page(x, y) = colour;
  };
  fill(480, 300, 100, 80, {40, 90, 200, 255});
  fill(430, 560, 30, 140, left);
  fill(530, 560, 30, 140, right);
  return page;
}

TEST(Motion, ColoursTellOneLegFromTheOther) {
  const Drawing a = Sketch()
                        .arc({480, 300}, 100, 80, 0, 360)
                        .arc({430, 560}, 30, 140, 0, 360)
                        .arc({530, 560}, 30, 140, 0, 360)
                        .done();
  const Rgba8 near{250, 210, 180, 255}, far{200, 150, 120, 255};
  const Raster before = legs_painted(near, far), crossed = legs_painted(far, near);
  const Map stay = [](Vec2 p) { return p; },
            across = [](Vec2 p) { return p + Vec2{p.x < 480 ? 100.0 : -100.0, 0}; };

  MatchOptions colours;
  colours.painted_a = &before;
  colours.painted_b = &crossed;
  const auto lines = match(a, a), painted = match(a, a, {}, colours);
  ASSERT_TRUE(lines);
  ASSERT_TRUE(painted);
  EXPECT_GT(shares(lines->a_to_b, stay, 3, 1).right, 0.95);
  EXPECT_GT(shares(painted->a_to_b, stay, 3, 0, 1).right, 0.95);
  EXPECT_GT(shares(painted->a_to_b, across, 4, 1).right, 0.9);
}

TEST(Motion, PartsThatMoveApartKeepTheirLinesAndAreTwoGroups) {
  const Drawing a = figure(0), b = figure(0, {140, -60});
  const auto found = match(a, b);
  ASSERT_TRUE(found);
  const Shares body = shares(found->a_to_b, [](Vec2 p) { return p; }, 3, 0, 3);
  const Shares arm = shares(found->a_to_b, [](Vec2 p) { return p + Vec2{140, -60}; }, 4, 3);
  EXPECT_GT(body.right, 0.95);
  EXPECT_GT(arm.paired, 0.9);
  EXPECT_GT(arm.right, 0.9);
  int body_group = -1, arm_group = -1;
  for (const SampleMatch& m : found->a_to_b) (m.stroke < 3 ? body_group : arm_group) = m.group;
  EXPECT_NE(body_group, arm_group);
}

TEST(Motion, SidesExchangedGiveTheSamePairs) {
  const Drawing a = figure(0), b = moved(figure(30), {480, 500}, 5, {30, 10});
  const auto forth = match(a, b), back = match(b, a);
  ASSERT_TRUE(forth && back);
  const auto alike = [](const std::vector<SampleMatch>& one, const std::vector<SampleMatch>& two) {
    EXPECT_EQ(one.size(), two.size());
    int same = 0;
    for (std::size_t i = 0; i < one.size(); ++i)
      same += one[i].partner_stroke == two[i].partner_stroke && distance(one[i].there, two[i].there) < 2;
    return static_cast<double>(same) / static_cast<double>(one.size());
  };
  EXPECT_GT(alike(forth->a_to_b, back->b_to_a), 0.97);
  EXPECT_GT(alike(forth->b_to_a, back->a_to_b), 0.97);
}

struct Law {
  const char* name;
  Map map;
};

class Commutes : public testing::TestWithParam<Law> {};

TEST_P(Commutes, WithMatching) {
  const Drawing a = moved(figure(0), {}, 0, {-100, 0}), b = moved(figure(25), {}, 0, {-70, 15});
  const Map& map = GetParam().map;
  const auto plain = match(a, b), other = match(mapped(a, map), mapped(b, map));
  ASSERT_TRUE(plain && other);
  int same = 0;
  ASSERT_FALSE(plain->a_to_b.empty());
  for (const SampleMatch& m : plain->a_to_b) {
    const SampleMatch* nearest = nullptr;
    double least = 4;
    for (const SampleMatch& n : other->a_to_b)
      if (n.stroke == m.stroke && distance(n.here, map(m.here)) < least) {
        least = distance(n.here, map(m.here));
        nearest = &n;
      }
    same += nearest != nullptr && nearest->partner_stroke == m.partner_stroke &&
            distance(nearest->there, map(m.there)) < 4;
  }
  EXPECT_GT(same, 0.93 * static_cast<double>(plain->a_to_b.size()));
}

INSTANTIATE_TEST_SUITE_P(Match, Commutes,
                         testing::Values(Law{"shift", [](Vec2 p) { return p + Vec2{37, -21}; }},
                                         Law{"mirror", [](Vec2 p) { return Vec2{1024 - p.x, p.y}; }},
                                         Law{"quarter_turn", [](Vec2 p) { return Vec2{1024 - p.y, p.x}; }},
                                         Law{"smaller", [](Vec2 p) { return p * 0.8 + Vec2{90, 90}; }}),
                         [](const auto& law) { return law.param.name; });

/// Largest way that a sample of strokes [from, to) lies from where it lay.
double disturbed(const Correspondence& one, const Correspondence& two, StrokeId from, StrokeId to) {
  double most = 0;
  for (std::size_t i = 0; i < one.a_to_b.size(); ++i)
    if (one.a_to_b[i].stroke >= from && one.a_to_b[i].stroke < to)
      most = std::max(most, distance(one.a_to_b[i].there, two.a_to_b[i].there) +
                                (one.a_to_b[i].partner_stroke != two.a_to_b[i].partner_stroke ? 100 : 0));
  return most;
}

TEST(Fixes, OneFixMovesNothingThatItDoesNotTouch) {
  const Drawing a = figure(0), b = figure(20);
  const auto plain = match(a, b);
  ASSERT_TRUE(plain);
  const Map turn = turned({560, 420}, 20, 1, {});
  MatchFixes guide, none;
  guide.guides.push_back({"g", {752, 420}, turn({752, 420})});
  none.no_partner.push_back({"n", true, {680, 403}});
  for (const MatchFixes& fixes : {guide, none}) {
    const auto fixed = match(a, b, fixes);
    ASSERT_TRUE(fixed);
    EXPECT_EQ(disturbed(*plain, *fixed, 0, 3), 0);
  }
}

TEST(Fixes, SolvedAgainOneByOneTheyGiveTheSame) {
  const Drawing a = figure(0), b = figure(40);
  MatchFixes guide;
  guide.guides.push_back({"g", {752, 420}, turned({560, 420}, 40, 1, {})({752, 420})});
  const auto plain = match(a, b), whole = match(a, b, guide);
  ASSERT_TRUE(plain && whole);
  const auto stepwise = rematch(a, b, *plain, guide);
  ASSERT_TRUE(stepwise);
  EXPECT_EQ(disturbed(*whole, *stepwise, 0, 1000), 0);
}

TEST(Fixes, AGuideIsMetExactly) {
  const Drawing a = figure(0), b = figure(60);
  const Vec2 hand{752, 420}, there = turned({560, 420}, 60, 1, {})(hand);
  MatchFixes fixes;
  fixes.guides.push_back({"g", hand, there});
  const auto found = match(a, b, fixes);
  ASSERT_TRUE(found);
  double least = 1e9;
  const SampleMatch* at = nullptr;
  for (const SampleMatch& m : found->a_to_b)
    if (distance(m.here, hand) < least) {
      least = distance(m.here, hand);
      at = &m;
    }
  ASSERT_NE(at, nullptr);
  EXPECT_LT(distance(at->there, there), 3);
  EXPECT_EQ(at->confidence, 1);
}

TEST(Fixes, AStrokePairIsMetWhereverTheStrokesLie) {
  const Drawing a = Sketch().line({100, 100}, {200, 110}).arc({500, 500}, 80, 60, 0, 360).done();
  const Drawing b = Sketch().line({700, 300}, {760, 390}).arc({500, 500}, 80, 60, 0, 360).done();
  MatchFixes fixes;
  fixes.stroke_pairs.push_back({"p", {{150, 105}}, {{730, 345}}});
  const auto found = match(a, b, fixes);
  ASSERT_TRUE(found);
  for (const SampleMatch& m : found->a_to_b) EXPECT_EQ(m.partner_stroke, m.stroke);
}

TEST(Fixes, WhatAPersonCirclesIsOneGroup) {
  const Drawing a = face();
  MatchFixes fixes;
  fixes.groups.push_back({"g", true, {{195, 220}, {245, 220}, {245, 260}, {195, 260}}});
  const auto found = match(a, a, fixes);
  ASSERT_TRUE(found);
  int eye = -1;
  for (const SampleMatch& m : found->a_to_b)
    if (m.stroke == 1) eye = m.group;
  for (const SampleMatch& m : found->a_to_b) EXPECT_EQ(m.group == eye, m.stroke == 1);
  for (const SampleMatch& m : found->b_to_a) EXPECT_EQ(m.group == eye, m.stroke == 1);
}

TEST(Fixes, ACorrespondenceOfOtherDrawingsIsWrongUse) {
  const Drawing a = face();
  const auto found = match(a, a);
  ASSERT_TRUE(found);
  EXPECT_FALSE(rematch(figure(0), a, *found, {}));
}

}  // namespace
}  // namespace nakawari
