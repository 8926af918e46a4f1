#include "drawing/junctions.h"

#include <algorithm>
#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nakawari {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

/// Strokes that leave one node in the given directions (degrees); every second one is drawn inward.
Drawing star(const std::vector<double>& degrees, double turn = 0, bool mirror = false) {
  Drawing d;
  d.width = d.height = 200;
  d.nodes.push_back({{100, 100}, {}});
  for (std::size_t i = 0; i < degrees.size(); ++i) {
    Vec2 way = rotated(Vec2{1, 0}, (degrees[i] + turn) * std::numbers::pi / 180);
    if (mirror) way.x = -way.x;
    Stroke s;
    for (int k = 0; k <= 10; ++k) s.points.push_back(Vec2{100, 100} + way * (3.0 * k));
    s.widths.assign(s.points.size(), 2.5F);
    s.start = 0;
    s.end = static_cast<NodeId>(d.nodes.size());
    d.nodes.push_back({s.points.back(), {}});
    if (i % 2) {
      std::reverse(s.points.begin(), s.points.end());
      std::swap(s.start, s.end);
    }
    d.strokes.push_back(s);
  }
  link_nodes(d);
  return d;
}

StrokeEnd out(StrokeId s) {
  return {s, s % 2 == 1};
}

TEST(Junctions, CrossingsAndTsUnderSymmetries) {
  for (const double turn : {0.0, 37.0, 90.0, 211.0})
    for (const bool mirror : {false, true}) {
      const auto cross = junctions(star({0, 70, 180, 250}, turn, mirror));
      ASSERT_EQ(cross.size(), 1U);
      EXPECT_THAT(cross[0].through, ElementsAre(Pair(out(0), out(2)), Pair(out(1), out(3))));
      EXPECT_THAT(cross[0].stems, IsEmpty());

      const auto tee = junctions(star({0, 95, 180}, turn, mirror));
      ASSERT_EQ(tee.size(), 1U);
      EXPECT_THAT(tee[0].through, ElementsAre(Pair(out(0), out(2))));
      EXPECT_THAT(tee[0].stems, ElementsAre(out(1)));
    }
}

TEST(Junctions, EvenForkHasNoLineThroughIt) {
  const auto fork = junctions(star({0, 120, 240}));
  ASSERT_EQ(fork.size(), 1U);
  EXPECT_THAT(fork[0].through, IsEmpty());
  EXPECT_THAT(fork[0].stems, ElementsAre(out(0), out(1), out(2)));
}

TEST(Junctions, InkDecidesBetweenEqualTurns) {
  Drawing d = star({0, 160, 200});
  d.strokes[2].ink = Ink::blue;
  EXPECT_THAT(junctions(d)[0].through, ElementsAre(Pair(out(0), out(1))));
  d.strokes[2].ink = Ink::black;
  d.strokes[0].ink = d.strokes[2].ink = Ink::blue;
  EXPECT_THAT(junctions(d)[0].through, ElementsAre(Pair(out(0), out(2))));
}

TEST(Junctions, ManyEndsPairWithTheirOpposites) {
  std::vector<double> degrees;
  for (int i = 0; i < 10; ++i) degrees.push_back(36.0 * i);
  const auto all = junctions(star(degrees));
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all[0].through.size(), 5U);
  for (const auto& [a, b] : all[0].through) EXPECT_EQ(b.stroke - a.stroke, 5);
}

TEST(Junctions, EndsAndBendsAreNone) {
  EXPECT_THAT(junctions(star({0})), IsEmpty());
  EXPECT_THAT(junctions(star({0, 90})), IsEmpty());
}

}  // namespace
}  // namespace nakawari
