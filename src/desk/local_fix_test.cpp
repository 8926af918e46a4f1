#include "desk/local_fix.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace nakawari {
namespace {

/// Level lines 100 px long at these heights.
Drawing lines(double x, std::vector<double> heights) {
  Drawing drawing;
  drawing.width = drawing.height = 400;
  for (const double y : heights) {
    Stroke stroke;
    stroke.points = {{x, y}, {x + 50, y}, {x + 100, y}};
    stroke.widths = {2, 2, 2};
    drawing.strokes.push_back(stroke);
  }
  return drawing;
}

/// Every line of `a` matched with the line of `b` that `partner` names, shifted by `shift`.
std::vector<SampleMatch> matched(const Drawing& a, const std::vector<int>& partner, Vec2 shift) {
  std::vector<SampleMatch> samples;
  for (std::size_t i = 0; i < a.strokes.size(); ++i)
    for (int k = 0; k <= 10; ++k) {
      SampleMatch s;
      s.stroke = static_cast<StrokeId>(i);
      s.along = static_cast<float>(10 * k);
      s.here = a.strokes[i].points.front() + Vec2{10.0 * k, 0};
      s.predicted = s.there = s.here + shift;
      s.partner_stroke = partner[i];
      samples.push_back(s);
    }
  return samples;
}

struct Pair {
  Drawing a = lines(50, {100, 200}), b = lines(150, {110, 210});
  // Crossed on purpose: line 0 is thought to be line 1.
  Correspondence wrong{matched(a, {1, 0}, {100, 10}), matched(b, {1, 0}, {-100, -10}), 1, 1, 0};
};

TEST(LocalFix, a_pair_is_obeyed_in_both_directions_and_frees_the_wrong_partner) {
  const Pair p;
  MatchFixes fixes;
  fixes.stroke_pairs = {{"f1", {{100, 101}}, {{200, 109}}}};
  const Correspondence c = with_fixes(p.wrong, p.a, p.b, fixes);
  for (const SampleMatch& s : c.a_to_b) {
    EXPECT_EQ(s.partner_stroke, s.stroke == 0 ? 0 : -1);
    if (s.stroke == 0) {
      EXPECT_NEAR(distance(s.there, s.here + Vec2{100, 10}), 0, 1e-6);
    }
  }
  for (const SampleMatch& s : c.b_to_a) EXPECT_EQ(s.partner_stroke, s.stroke == 0 ? 0 : -1);
}

TEST(LocalFix, a_line_drawn_the_other_way_round_is_paired_the_way_that_it_moves) {
  Pair p;
  std::reverse(p.b.strokes[0].points.begin(), p.b.strokes[0].points.end());
  MatchFixes fixes;
  fixes.stroke_pairs = {{"f1", {{100, 101}}, {{200, 109}}}};
  for (const SampleMatch& s : with_fixes(p.wrong, p.a, p.b, fixes).a_to_b)
    if (s.stroke == 0) {
      EXPECT_NEAR(distance(s.there, s.here + Vec2{100, 10}), 0, 1e-6);
    }
}

TEST(LocalFix, no_partner_frees_both_sides) {
  const Pair p;
  MatchFixes fixes;
  fixes.no_partner = {{"f1", false, {200, 111}}};
  const Correspondence c = with_fixes(p.wrong, p.a, p.b, fixes);
  for (const SampleMatch& s : c.b_to_a) EXPECT_EQ(s.partner_stroke, s.stroke == 0 ? -1 : 0);
  for (const SampleMatch& s : c.a_to_b) EXPECT_EQ(s.partner_stroke, s.stroke == 1 ? -1 : 1);
}

TEST(LocalFix, a_guide_moves_its_point_and_fades_with_distance) {
  Pair p;
  p.wrong = {matched(p.a, {0, 1}, {100, 10}), matched(p.b, {0, 1}, {-100, -10}), 1, 1, 0};
  MatchFixes fixes;
  fixes.guides = {{"f1", {100, 100}, {215, 110}}};
  double at_point = 0, far = 0;
  for (const SampleMatch& s : with_fixes(p.wrong, p.a, p.b, fixes).a_to_b) {
    if (s.stroke == 0 && s.along == 50) at_point = s.there.x - s.here.x;
    if (s.stroke == 1 && s.along == 100) far = s.there.x - s.here.x;
  }
  EXPECT_NEAR(at_point, 115, 0.5);
  EXPECT_LT(far, 106);
}

TEST(LocalFix, a_lasso_makes_a_group_of_its_own) {
  const Pair p;
  MatchFixes fixes;
  fixes.groups = {{"f1", true, {{40, 90}, {160, 90}, {160, 110}, {40, 110}}}};
  for (const SampleMatch& s : with_fixes(p.wrong, p.a, p.b, fixes).a_to_b)
    EXPECT_EQ(s.group, s.stroke == 0 ? 1 : 0);
}

TEST(LocalFix, points_near_no_line_change_nothing) {
  const Pair p;
  MatchFixes fixes;
  fixes.stroke_pairs = {{"f1", {{300, 350}}, {{200, 110}}}};
  fixes.no_partner = {{"f2", true, {300, 350}}};
  const Correspondence c = with_fixes(p.wrong, p.a, p.b, fixes);
  for (std::size_t i = 0; i < c.a_to_b.size(); ++i)
    EXPECT_EQ(c.a_to_b[i].partner_stroke, p.wrong.a_to_b[i].partner_stroke);
}

}  // namespace
}  // namespace nakawari
