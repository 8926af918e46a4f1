#include "inbetween/paths.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <optional>

namespace nakawari {
namespace {

// A point with a bent path is tied to it this much: over some seven samples of its line.
constexpr double kBentHold = 0.02;
// A drawn arc is the artist's word.
constexpr double kLedHold = 50;
// How far from a line an arc may begin (px at 1024).
constexpr double kArcReach = 40;
// A bend may not change a point's speed by more than its mean speed and this (px at 1024): wrong matches
// beyond.
constexpr double kFreeBend = 12;
// A group with more of the lines than this is the whole drawing, no part of it.
constexpr double kWholeDrawing = 0.8;
// A drawing whose lines move less than this in the median (px at 1024) holds, whatever moves around it.
constexpr double kHolds = 0.5;
// Turns below this (radians) are none.
constexpr double kNoTurn = 1e-4;

double turn_between(double from, double to) {
  return std::remainder(to - from, 2 * std::numbers::pi);
}

struct Motion {
  Vec2 speed;
  double turn = 0;
};

/// Speed at a key between two intervals of lengths 1 (ours) and `time` (the neighbour's). A key at which the
/// motion turns back is an extreme, not a breakdown: nothing runs on through it.
Motion through(const Motion& ours, const Motion& theirs, double time) {
  if (dot(ours.speed, theirs.speed) <= 0) return ours;
  return {(theirs.speed + ours.speed * time) / (1 + time), (theirs.turn + ours.turn * time) / (1 + time)};
}

/// Sample groups by lines that hang together, for drawings whose matching knows no groups.
std::vector<std::int32_t> hanging_together(const SampleGraph& graph) {
  std::vector<std::int32_t> root(graph.samples.size());
  for (std::size_t i = 0; i < root.size(); ++i) root[i] = static_cast<std::int32_t>(i);
  const auto find = [&](std::int32_t i) {
    while (root[i] != i) i = root[i] = root[root[i]];
    return i;
  };
  for (const Link& link : graph.links)
    if (link.kind != LinkKind::near) {
      const std::int32_t p = find(link.a), q = find(link.b);
      root[std::max(p, q)] = std::min(p, q);
    }
  for (std::size_t i = 0; i < root.size(); ++i) root[i] = find(static_cast<std::int32_t>(i));
  return root;
}

/// The way from key to key about the pivot that the turn belongs to: an arc of that angle over the chord.
Vec2 on_arc(const Blended& point, double u) {
  const double half = std::remainder(point.rotation, 2 * std::numbers::pi) / 2;
  if (std::abs(half) < kNoTurn) return lerp(point.a, point.b, u);
  const Vec2 chord = point.b - point.a;
  return point.a + rotated(chord, half * (u - 1)) * (std::sin(half * u) / std::sin(half));
}

std::int32_t nearest_point(const BlendGraph& graph, std::size_t count, Vec2 at, double reach) {
  std::int32_t best = -1;
  double least = reach;
  for (std::size_t i = 0; i < count; ++i)
    if (const double d = distance(graph.points[i].a, at); d < least) {
      least = d;
      best = static_cast<std::int32_t>(i);
    }
  return best;
}

}  // namespace

Paths::Paths(BlendGraph& graph, const Correspondence& correspondence, const SampleGraph& a,
             const SampleGraph& b, const Around& around, const std::vector<DrawnArc>& arcs, double scale)
    : scale_(scale) {
  bend(graph, correspondence, b, around);
  for (std::size_t i = 0; i < bends_.size(); ++i)
    if (!(bends_[i].start == Vec2{} && bends_[i].finish == Vec2{})) graph.points[i].hold = kBentHold;
  for (const DrawnArc& arc : arcs) {
    if (arc.path.size() < 2) continue;
    const std::int32_t point = nearest_point(graph, a.samples.size(), arc.path.front(), kArcReach * scale);
    if (point < 0) continue;
    Led led{point, arc.path, {0}};
    for (std::size_t i = 1; i < arc.path.size(); ++i)
      led.along.push_back(led.along.back() + distance(arc.path[i - 1], arc.path[i]));
    if (arc.ticks.size() == arc.path.size()) led.along = arc.ticks;
    graph.points[point].hold = kLedHold;
    led_.push_back(std::move(led));
  }

  // Groups as the matching found them; else what hangs together.
  for (const SampleMatch& m : correspondence.a_to_b) group_.push_back(m.group);
  std::map<std::int32_t, std::size_t> size;
  for (const std::int32_t g : group_) ++size[g];
  const bool one = std::any_of(size.begin(), size.end(), [&](const auto& g) {
    return static_cast<double>(g.second) > kWholeDrawing * static_cast<double>(group_.size());
  });
  if (one) group_ = hanging_together(a);
  group_.resize(graph.points.size(), -1);
  for (const BlendLink& link : graph.links)
    if (link.kind != LinkKind::near) {
      auto &p = group_[link.from], &q = group_[link.to];
      if (p < 0) p = q;
      if (q < 0) q = p;
    }
}

void Paths::bend(const BlendGraph& graph, const Correspondence& correspondence, const SampleGraph& b,
                 const Around& around) {
  const bool before = around.before && around.before->b_to_a.size() == correspondence.a_to_b.size();
  const bool after = around.after && around.after->a_to_b.size() == correspondence.b_to_a.size();
  if (!before && !after) return;
  std::vector<double> moved;
  for (const Blended& p : graph.points) moved.push_back(distance(p.a, p.b));
  if (moved.empty()) return;
  std::nth_element(moved.begin(), moved.begin() + static_cast<std::ptrdiff_t>(moved.size() / 2), moved.end());
  if (moved[moved.size() / 2] < kHolds * scale_) return;

  const auto known = [](const SampleMatch& m, double sign, double time) -> std::optional<Motion> {
    if (m.partner_stroke < 0) return std::nullopt;
    return Motion{(m.there - m.here) * (sign / time), sign * m.rotation / time};
  };
  const auto set = [&](std::size_t point, std::int32_t of_a, std::int32_t of_b) {
    const Blended& p = graph.points[point];
    const Motion ours{p.b - p.a, p.rotation};
    std::optional<Motion> first, last;
    if (before && of_a >= 0) first = known(around.before->b_to_a[of_a], -1, around.time_before);
    if (after && of_b >= 0) last = known(around.after->a_to_b[of_b], 1, around.time_after);
    if (!first && !last) return;
    const Motion start = first ? through(ours, *first, around.time_before) : ours;
    const Motion finish = last ? through(ours, *last, around.time_after) : ours;
    Bend bend{start.speed - ours.speed, finish.speed - ours.speed, turn_between(ours.turn, start.turn),
              turn_between(ours.turn, finish.turn)};
    // One neighbour makes a parabola.
    if (!first) {
      bend.start = -bend.finish;
      bend.turn_start = -bend.turn_finish;
    }
    if (!last) {
      bend.finish = -bend.start;
      bend.turn_finish = -bend.turn_start;
    }
    const double most = length(ours.speed) + kFreeBend * scale_;
    if (length(bend.start) > most || length(bend.finish) > most) return;
    if (around.use == Around::Use::shape) {
      const Vec2 way = normalized(ours.speed);
      bend.start -= way * dot(way, bend.start);
      bend.finish -= way * dot(way, bend.finish);
      bend.turn_start = bend.turn_finish = 0;
    }
    bends_[point] = bend;
  };
  bends_.resize(graph.points.size());
  for (std::size_t i = 0; i < correspondence.a_to_b.size(); ++i) {
    const SampleMatch& m = correspondence.a_to_b[i];
    set(i, static_cast<std::int32_t>(i),
        m.partner_stroke >= 0 ? b.at(m.partner_stroke, m.partner_along) : -1);
  }
  for (std::size_t j = 0; j < graph.place_of_b.size(); ++j)
    if (!graph.place_of_b[j].shared) set(graph.place_of_b[j].from, -1, static_cast<std::int32_t>(j));
}

std::vector<PointAt> Paths::at(const BlendGraph& graph, double t,
                               const std::vector<GroupSpacing>& groups) const {
  std::vector<PointAt> result(graph.points.size(), {t, {}, 0});
  for (const GroupSpacing& spacing : groups) {
    const std::int32_t point = nearest_point(graph, graph.points.size(), spacing.anchor, 1e9);
    if (point < 0) continue;
    for (std::size_t i = 0; i < result.size(); ++i)
      if (group_[i] == group_[point]) result[i].t = spacing.t;
  }
  for (std::size_t i = 0; i < result.size(); ++i) {
    const Blended& p = graph.points[i];
    const double u = result[i].t, rise = u * (1 - u) * (1 - u), fall = -u * u * (1 - u);
    result[i].path = on_arc(p, u);
    if (bends_.empty()) continue;
    result[i].path += bends_[i].start * rise + bends_[i].finish * fall;
    result[i].extra = bends_[i].turn_start * rise + bends_[i].turn_finish * fall;
  }
  for (const Led& led : led_) {
    const double u = result[led.point].t, at = u * led.along.back();
    std::size_t k = 1;
    while (k + 1 < led.along.size() && led.along[k] < at) ++k;
    const double span = led.along[k] - led.along[k - 1];
    const Vec2 on = lerp(led.path[k - 1], led.path[k], span > 0 ? (at - led.along[k - 1]) / span : 0);
    // The keys stay the keys: the arc's ends give way.
    const Blended& p = graph.points[led.point];
    result[led.point].path = on + lerp(p.a - led.path.front(), p.b - led.path.back(), u);
  }
  return result;
}

}  // namespace nakawari
