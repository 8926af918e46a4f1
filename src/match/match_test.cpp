#include "match/match.h"

#include <gtest/gtest.h>

#include "match/test_drawings.h"

namespace nakawari {
namespace {

using test::face;
using test::moved;
using test::Sketch;

/// Mean distance from where matched samples went to where they should have gone.
double mean_error(const std::vector<SampleMatch>& matches, Vec2 pivot, double degrees, Vec2 shift) {
  double sum = 0;
  int count = 0;
  for (const SampleMatch& m : matches) {
    if (m.partner_stroke < 0) continue;
    sum += distance(m.there, pivot + rotated(m.here - pivot, degrees * std::numbers::pi / 180) + shift);
    ++count;
  }
  return count > 0 ? sum / count : 1e9;
}

struct Motion {
  const char* name;
  double degrees;
  Vec2 shift;
};

class RigidMotion : public testing::TestWithParam<Motion> {};

TEST_P(RigidMotion, IsFound) {
  const Motion& motion = GetParam();
  const Drawing a = face(), b = moved(a, {256, 256}, motion.degrees, motion.shift);
  const auto found = match(a, b);
  ASSERT_TRUE(found);
  EXPECT_GT(found->coverage_a, 0.95);
  EXPECT_GT(found->coverage_b, 0.95);
  EXPECT_LT(mean_error(found->a_to_b, {256, 256}, motion.degrees, motion.shift), 2.0);
}

INSTANTIATE_TEST_SUITE_P(Match, RigidMotion,
                         testing::Values(Motion{"still", 0, {0, 0}}, Motion{"small", 3, {4, -2}},
                                         Motion{"shift", 0, {60, 30}}, Motion{"turn", 30, {0, 0}},
                                         Motion{"both", -25, {-40, 20}}),
                         [](const auto& motion) { return motion.param.name; });

TEST(Match, EmptyDrawingsMatchNothing) {
  Drawing empty;
  empty.width = empty.height = 64;
  const auto found = match(empty, empty);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->a_to_b.empty());
}

TEST(Match, RefusesPagesOfDifferentSize) {
  const auto found = match(Sketch(100, 100).line({10, 10}, {50, 50}).done(),
                           Sketch(100, 120).line({10, 10}, {50, 50}).done());
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("100x120"), std::string::npos);
}

TEST(Match, ALineThatOnlyOneKeyHasFindsNoPartner) {
  const Drawing a = face();
  Drawing b = face();
  b.strokes.pop_back();
  link_nodes(b);
  const auto found = match(a, b);
  ASSERT_TRUE(found);
  for (const SampleMatch& m : found->a_to_b) {
    if (m.stroke == static_cast<StrokeId>(a.strokes.size()) - 1 && m.along > 12) {
      EXPECT_LT(m.partner_stroke, 0) << m.along;
    }
  }
}

TEST(Match, ANoPartnerFixIsObeyed) {
  const Drawing a = face();
  MatchFixes fixes;
  fixes.no_partner.push_back({"f1", true, {248, 285}});
  const auto found = match(a, a, fixes);
  ASSERT_TRUE(found);
  for (const SampleMatch& m : found->a_to_b) {
    if (m.stroke == 3) {
      EXPECT_LT(m.partner_stroke, 0);
    }
  }
}

TEST(Match, AGuideCarriesAPartBeyondReach) {
  const Drawing a = Sketch(1024, 512).arc({120, 256}, 40, 30, 0, 360).line({700, 100}, {700, 400}).done();
  const Drawing b = Sketch(1024, 512).arc({520, 256}, 40, 30, 0, 360).line({700, 100}, {700, 400}).done();
  MatchFixes fixes;
  fixes.guides.push_back({"g1", {160, 256}, {560, 256}});
  fixes.guides.push_back({"g2", {80, 256}, {480, 256}});
  const auto found = match(a, b, fixes);
  ASSERT_TRUE(found);
  int good = 0, all = 0;
  for (const SampleMatch& m : found->a_to_b) {
    if (m.stroke != 0) continue;
    ++all;
    good += m.partner_stroke == 0 && distance(m.there, m.here + Vec2{400, 0}) < 6;
  }
  EXPECT_GT(good, all * 8 / 10);
}

TEST(Match, ThreadsDoNotChangeTheAnswer) {
  const Drawing a = face(), b = moved(a, {256, 256}, 12, {10, 5});
  MatchOptions one, eight;
  one.threads.count = 1;
  eight.threads.count = 8;
  const auto first = match(a, b, {}, one), second = match(a, b, {}, eight);
  ASSERT_TRUE(first && second);
  ASSERT_EQ(first->a_to_b.size(), second->a_to_b.size());
  for (std::size_t i = 0; i < first->a_to_b.size(); ++i) {
    EXPECT_EQ(first->a_to_b[i].there, second->a_to_b[i].there);
    EXPECT_EQ(first->a_to_b[i].partner_stroke, second->a_to_b[i].partner_stroke);
  }
}

}  // namespace
}  // namespace nakawari
