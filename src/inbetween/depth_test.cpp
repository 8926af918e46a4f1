#include "inbetween/depth.h"

#include <gtest/gtest.h>

#include <functional>

#include "inbetween/inbetween.h"
#include "match/test_drawings.h"

namespace nakawari {
namespace {

using test::Sketch;

/// A drawing whose strokes are known to belong to parts.
struct Figure {
  Drawing drawing;
  std::vector<int> part;  // per stroke
};

class Parts {
 public:
  /// A straight line of a part, cut at points on it.
  Parts& line(int part, Vec2 from, Vec2 to, std::vector<Vec2> cuts = {}) {
    std::sort(cuts.begin(), cuts.end(),
              [&](Vec2 l, Vec2 r) { return length_squared(l - from) < length_squared(r - from); });
    cuts.push_back(to);
    for (const Vec2 cut : cuts) {
      sketch_.line(from, cut);
      part_.push_back(part);
      from = cut;
    }
    return *this;
  }
  Parts& circle(int part, Vec2 centre, double radius) {
    sketch_.arc(centre, radius, radius, 0, 360);
    part_.push_back(part);
    return *this;
  }
  Figure done() { return {sketch_.done(), part_}; }

 private:
  Sketch sketch_;
  std::vector<int> part_;
};

struct Motion {
  Vec2 pivot, shift;
  double turn = 0;  // radians
  [[nodiscard]] Vec2 apply(Vec2 p) const { return pivot + rotated(p - pivot, turn) + shift; }
  [[nodiscard]] Motion inverse() const { return {pivot + shift, -shift, -turn}; }
};

/// Pairs from the known motion of every part.
std::vector<SampleMatch> known(const Figure& from, const Figure& to, const std::vector<Motion>& motions) {
  const SampleGraph here = sample_graph(from.drawing), there = sample_graph(to.drawing);
  std::vector<SampleMatch> matches;
  for (const Sample& sample : here.samples) {
    const int part = from.part[sample.stroke];
    SampleMatch m;
    m.here = sample.position;
    m.here_tangent = sample.tangent;
    m.rotation = static_cast<float>(motions[part].turn);
    m.there_tangent = rotated(sample.tangent, m.rotation);
    m.stroke = sample.stroke;
    m.along = sample.along;
    m.group = part;
    m.predicted = m.there = motions[part].apply(sample.position);
    double least = 2.5;
    for (const Sample& other : there.samples)
      if (const double d = distance(other.position, m.predicted);
          to.part[other.stroke] == part && d < least && std::abs(dot(other.tangent, m.there_tangent)) > 0.9) {
        least = d;
        m.partner_stroke = other.stroke;
        m.partner_along = other.along;
        m.confidence = 1;
      }
    matches.push_back(m);
  }
  return matches;
}

Inbetweener between(const Figure& a, const Figure& b, const std::vector<Motion>& motions,
                    InbetweenOptions options = {}) {
  Correspondence pairs;
  pairs.a_to_b = known(a, b, motions);
  std::vector<Motion> back;
  for (const Motion& motion : motions) back.push_back(motion.inverse());
  pairs.b_to_a = known(b, a, back);
  return {a.drawing, b.drawing, pairs, std::move(options)};
}

int count_where(const Drawing& drawing, const std::function<bool(Vec2)>& inside) {
  int count = 0;
  for (const Stroke& stroke : drawing.strokes)
    count += static_cast<int>(std::count_if(stroke.points.begin(), stroke.points.end(), inside));
  return count;
}

// A body with an emblem, and an arm that reaches over its side from the left. Both keys show all of the
// emblem.
constexpr int kBody = 0, kArm = 1;
constexpr Vec2 kEmblem{580, 550};
Figure body_and_arm(double y) {
  const Vec2 upper{500, y - 45}, lower{500, y + 45};
  return Parts()
      .line(kBody, {500, 150}, upper)
      .line(kBody, lower, {500, 950})
      .line(kBody, {500, 950}, {850, 950})
      .line(kBody, {850, 950}, {850, 150})
      .line(kBody, {850, 150}, {500, 150})
      .circle(kBody, kEmblem, 25)
      .line(kArm, {250, y - 45}, {660, y - 45}, {upper})
      .line(kArm, {660, y - 45}, {660, y + 45})
      .line(kArm, {660, y + 45}, {250, y + 45}, {lower})
      .line(kArm, {250, y + 45}, {250, y - 45})
      .done();
}

TEST(Depth, AnArmSwingsOverTheLinesOfTheBody) {
  const double from = 790, to = 310;
  const Inbetweener keys = between(body_and_arm(from), body_and_arm(to), {{}, {{}, {0, to - from}}});
  const auto emblem = [](Vec2 p) { return distance(p, kEmblem) < 30; };
  for (const double t : {0.2, 0.45, 0.5, 0.55, 0.8}) {
    const auto drawn = keys.at(t);
    ASSERT_TRUE(drawn);
    const double y = from + (to - from) * t;
    const auto in_arm = [&](Vec2 p) { return p.x > 256 && p.x < 654 && std::abs(p.y - y) < 40; };
    EXPECT_EQ(count_where(drawn->drawing, in_arm), 0) << t;
    const bool covered = std::abs(y - kEmblem.y) < 15;
    EXPECT_EQ(count_where(drawn->drawing, emblem) == 0, covered) << t;
    // The side of the body still reaches to the arm.
    for (const double edge : {y - 45, y + 45})
      EXPECT_GT(count_where(drawn->drawing,
                            [&](Vec2 p) {
                              return std::abs(p.x - 500) < 2 && std::abs(p.y - edge) < 9 &&
                                     std::abs(p.y - y) > 46;
                            }),
                0)
          << t;
  }
}

// Two legs at one hip, the near one turned by `degrees`, the far one as much the other way.
constexpr int kNear = 1, kFar = 2;
constexpr Vec2 kHip{512, 300};
Figure legs(double degrees) {
  const double angle = degrees * std::numbers::pi / 180;
  const auto at = [](double turn, double x, double y) { return kHip + rotated({x, y}, turn); };
  const double side = degrees > 0 ? 1 : -1;
  // Turning clockwise on the screen moves the near leg's foot to the left: its right line crosses the far
  // leg's left.
  const auto cross_at = [&](double near_x, double far_x) {
    const Vec2 p = at(angle, near_x, 0), d = rotated({0, 1}, angle), q = at(-angle, far_x, 0),
               e = rotated({0, 1}, -angle);
    return p + d * (cross(q - p, e) / cross(d, e));
  };
  const double w = 40, whole = 420;
  const Vec2 inner = cross_at(side * w, -side * w), outer = cross_at(side * w, side * w);
  Parts parts;
  parts.line(0, kHip - Vec2{160, 0}, kHip + Vec2{160, 0})
      .line(0, kHip - Vec2{160, 0}, kHip - Vec2{160, 150})
      .line(0, kHip - Vec2{160, 150}, kHip + Vec2{160, -150})
      .line(0, kHip + Vec2{160, -150}, kHip + Vec2{160, 0});
  for (const double x : {-w, w}) {
    std::vector<Vec2> cuts;
    if (x * side > 0) cuts = {inner, outer};
    parts.line(kNear, at(angle, x, 20), at(angle, x, whole), cuts);
    // The far leg's lines begin where the near leg lets them go.
    parts.line(kFar, x * side > 0 ? outer : inner, at(-angle, x, whole));
  }
  parts.line(kNear, at(angle, -w, 20), at(angle, w, 20))
      .line(kNear, at(angle, -w, whole), at(angle, w, whole));
  parts.line(kFar, at(-angle, -w, whole), at(-angle, w, whole));
  return parts.done();
}

TEST(Depth, CrossingLegsPassBehindEachOther) {
  const double degrees = 24, turn = 2 * degrees * std::numbers::pi / 180;
  const Inbetweener keys = between(legs(degrees), legs(-degrees), {{}, {kHip, {}, -turn}, {kHip, {}, turn}});
  for (const double t : {0.2, 0.35, 0.5, 0.65, 0.8}) {
    const auto drawn = keys.at(t);
    ASSERT_TRUE(drawn);
    const double angle = degrees * (1 - 2 * t) * std::numbers::pi / 180;
    const auto in_near = [&](Vec2 p) {
      const Vec2 q = rotated(p - kHip, -angle);
      return std::abs(q.x) < 33 && q.y > 27 && q.y < 413;
    };
    EXPECT_EQ(count_where(drawn->drawing, in_near), 0) << t;
  }
}

TEST(Depth, AFixMayChangeTheOrderHalfWay) {
  // Two squares that change places; no line ends on another, so nothing is found, only said.
  const auto squares = [](double x) {
    Parts parts;
    for (const int part : {0, 1}) {
      const Vec2 c{part == 0 ? 512 - x : 512 + x, part == 0 ? 500.0 : 540.0};
      const Vec2 corner[] = {c + Vec2{-80, -80}, c + Vec2{80, -80}, c + Vec2{80, 80}, c + Vec2{-80, 80}};
      for (int k = 0; k < 4; ++k) parts.line(part, corner[k], corner[(k + 1) % 4]);
    }
    return parts.done();
  };
  InbetweenOptions options;
  options.depths.push_back({"d", true, {312, 500}, {712, 540}, 0.5});
  const std::vector<Motion> motions{{{}, {400, 0}}, {{}, {-400, 0}}};
  const Inbetweener told = between(squares(200), squares(-200), motions, options),
                    not_told = between(squares(200), squares(-200), motions);
  for (const double t : {0.4, 0.6}) {
    const auto drawn = told.at(t), free = not_told.at(t);
    ASSERT_TRUE(drawn && free);
    const double x = 200 - 400 * t;
    const auto in_first = [&](Vec2 p) { return std::max(std::abs(p.x - 512 + x), std::abs(p.y - 500)) < 74; };
    const auto in_second = [&](Vec2 p) {
      return std::max(std::abs(p.x - 512 - x), std::abs(p.y - 540)) < 74;
    };
    EXPECT_EQ(count_where(drawn->drawing, in_first) == 0, t < 0.5) << t;
    EXPECT_EQ(count_where(drawn->drawing, in_second) == 0, t > 0.5) << t;
    EXPECT_GT(count_where(free->drawing, in_first), 20) << t;
    EXPECT_GT(count_where(free->drawing, in_second), 20) << t;
  }
}

TEST(Depth, OnlyClearVotesMakeAnOrder) {
  using Orders = std::vector<std::pair<std::int32_t, std::int32_t>>;
  EXPECT_EQ(clear_orders({{{1, 0}, 2.0}}), (Orders{{1, 0}}));
  EXPECT_EQ(clear_orders({{{1, 0}, 0.9}}), Orders{});
  EXPECT_EQ(clear_orders({{{1, 0}, 3.0}, {{0, 1}, 2.0}}), Orders{});
  EXPECT_EQ(clear_orders({{{1, 0}, 7.0}, {{0, 1}, 2.0}}), (Orders{{1, 0}}));
}

}  // namespace
}  // namespace nakawari
