#include "inbetween/inbetween.h"

#include <gtest/gtest.h>

#include "match/test_drawings.h"

namespace nakawari {
namespace {

using test::face;
using test::moved;
using test::Sketch;

Inbetweener between(const Drawing& a, const Drawing& b) {
  auto found = match(a, b);
  EXPECT_TRUE(found);
  return {a, b, std::move(*found)};
}

/// Mean distance from the points of `drawing` to the nearest point of `truth`.
double mean_distance(const Drawing& drawing, const Drawing& truth) {
  double sum = 0;
  int count = 0;
  for (const Stroke& stroke : drawing.strokes)
    for (const Vec2 p : stroke.points) {
      double least = 1e9;
      for (const Stroke& other : truth.strokes)
        for (const Vec2 q : other.points) least = std::min(least, distance(p, q));
      sum += least;
      ++count;
    }
  return count > 0 ? sum / count : 1e9;
}

TEST(Inbetween, OutsideTheKeysIsWrongUse) {
  const Drawing a = face();
  const Inbetweener keys = between(a, a);
  for (const double t : {-0.5, 0.0, 1.0, 1.5, std::nan("")}) EXPECT_FALSE(keys.at(t)) << t;
}

TEST(Inbetween, EqualKeysGiveTheKey) {
  const Drawing a = face();
  const auto drawn = between(a, a).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(drawn->drawing, a), 1.2);
  EXPECT_LT(mean_distance(a, drawn->drawing), 1.5);
}

TEST(Inbetween, ARigidTurnStaysRigid) {
  const Drawing a = face(), b = moved(a, {256, 256}, 40, {0, 0}), truth = moved(a, {256, 256}, 20, {0, 0});
  const auto drawn = between(a, b).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(drawn->drawing, truth), 2.0);
}

TEST(Inbetween, AnArmTurnsOnAnArc) {
  // A forearm held by an elbow at the end of a fixed upper arm.
  const auto figure = [](double degrees) {
    const double angle = degrees * std::numbers::pi / 180;
    const Vec2 elbow{256, 256}, hand = elbow + rotated({120, 0}, angle);
    return Sketch()
        .line({100, 256}, elbow)
        .line(elbow, hand)
        .arc(hand + rotated({14, 0}, angle), 14, 14, 180 + degrees, 540 + degrees)
        .done();
  };
  const auto drawn = between(figure(0), figure(50)).at(0.5);
  ASSERT_TRUE(drawn);
  EXPECT_LT(mean_distance(figure(25), drawn->drawing), 3.0);
}

TEST(Inbetween, JunctionsStayClosed) {
  const Drawing a = face(), b = moved(a, {256, 256}, 15, {20, 10});
  for (const double t : {0.1, 0.35, 0.5, 0.9}) {
    const auto drawn = between(a, b).at(t);
    ASSERT_TRUE(drawn);
    for (const Stroke& stroke : drawn->drawing.strokes) {
      EXPECT_EQ(stroke.points.front(), drawn->drawing.nodes[stroke.start].position);
      EXPECT_EQ(stroke.points.back(), drawn->drawing.nodes[stroke.end].position);
    }
    // The tuft still stands on the outline.
    bool joined = false;
    for (const Node& node : drawn->drawing.nodes) joined = joined || node.strokes.size() >= 3;
    EXPECT_TRUE(joined) << t;
  }
}

TEST(Inbetween, EveryStrokeNamesAParent) {
  const Drawing a = face(), b = moved(a, {256, 256}, 10, {5, 5});
  const auto drawn = between(a, b).at(0.5);
  ASSERT_TRUE(drawn);
  ASSERT_EQ(drawn->parents.size(), drawn->drawing.strokes.size());
  for (const auto& parents : drawn->parents) EXPECT_FALSE(parents.empty());
}

TEST(Inbetween, SwappingKeysAndTimeGivesTheSameLines) {
  const Drawing a = face(), b = moved(a, {256, 256}, 18, {12, -8});
  const auto forth = between(a, b).at(0.3), back = between(b, a).at(0.7);
  ASSERT_TRUE(forth && back);
  EXPECT_LT(mean_distance(forth->drawing, back->drawing), 1.5);
}

}  // namespace
}  // namespace nakawari
