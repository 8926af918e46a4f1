#include "inbetween/paths.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

namespace nakawari {
namespace {

// A point with a bent path is tied to it this much: over some seven samples of its line.
constexpr double kBentHold = 0.02;
// A drawn arc is the artist's word.
constexpr double kLedHold = 50;
// How far from a line an arc may begin (px at 1024).
constexpr double kArcReach = 40;
// What lies around a place that an arc leads comes along over about this far (px at 1024), tied this much.
constexpr double kFollow = 300, kFollowHold = 0.05;
// Less than this share of the way is none.
constexpr double kLeastShare = 0.02;
// Within this of where it begins (px) an arc is heard alone.
constexpr double kAtOnce = 1;
// A bend may not change a point's speed by more than its mean speed and this (px at 1024): wrong matches
// beyond.
constexpr double kFreeBend = 24;
// A group with more of the lines than this is the whole drawing, no part of it.
constexpr double kWholeDrawing = 0.8;
// A drawing whose lines move less than this in the median (px at 1024) holds, whatever moves around it.
constexpr double kHolds = 0.5;
// Turns below this (radians) are none.
constexpr double kNoTurn = 1e-4;

double turn_between(double from, double to) {
  return std::remainder(to - from, 2 * std::numbers::pi);
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
             const std::vector<Course>& courses, const Around& around, const std::vector<DrawnArc>& arcs,
             double scale)
    : scale_(scale) {
  bend(graph, courses, around);
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
    led_.push_back(std::move(led));
  }
  find_groups(graph, correspondence, a);
  find_followers(graph);
  for (const Led& led : led_) graph.points[led.point].hold = kLedHold;
}

/// Groups as the matching found them; else what hangs together.
void Paths::find_groups(const BlendGraph& graph, const Correspondence& correspondence, const SampleGraph& a) {
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

/// Each arc is heard by nearness, and all of them together fade with the way to the nearest. A mean goes
/// nowhere beyond what the arcs say: functions that pass through them swing where two of them lie close.
void Paths::find_followers(BlendGraph& graph) {
  const double reach = kFollow * scale_;
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(graph.points.size()) && !led_.empty(); ++i) {
    Follower follower{i, {}};
    double sum = 0, share = 0;
    for (const Led& led : led_) {
      const double apart = length_squared(graph.points[i].a - graph.points[led.point].a);
      const bool same = group_[i] == group_[led.point];
      follower.weight.push_back(same ? 1 / (apart + kAtOnce * kAtOnce) : 0);
      sum += follower.weight.back();
      if (same) share = std::max(share, std::exp(-apart / (reach * reach)));
    }
    if (share < kLeastShare) continue;
    for (double& weight : follower.weight) weight *= share / sum;
    double& hold = graph.points[i].hold;
    hold = std::max(hold, kFollowHold * share);
    followers_.push_back(std::move(follower));
  }
}

void Paths::bend(const BlendGraph& graph, const std::vector<Course>& courses, const Around& around) {
  if (std::none_of(courses.begin(), courses.end(), [](const Course& c) { return c.before || c.after; }))
    return;
  std::vector<double> moved;
  for (const Blended& p : graph.points) moved.push_back(distance(p.a, p.b));
  std::nth_element(moved.begin(), moved.begin() + static_cast<std::ptrdiff_t>(moved.size() / 2), moved.end());
  if (moved[moved.size() / 2] < kHolds * scale_) return;

  bends_.resize(graph.points.size());
  for (std::size_t i = 0; i < courses.size(); ++i) {
    const auto& [before, after] = courses[i];
    if (!before && !after) continue;
    const Blended& p = graph.points[i];
    const PointMotion ours{p.b - p.a, p.rotation};
    // A key at which the motion turns back is an extreme, not a breakdown: nothing runs on through it, unless
    // the keys are no more than samples.
    const auto through = [&](const PointMotion& theirs, double time) {
      const bool passes = dot(ours.speed, theirs.speed) > 0;
      return passes || around.use == Around::Use::plain_time ? at_key(ours, theirs, time) : ours;
    };
    const PointMotion start = before ? through(*before, around.time_before) : ours;
    const PointMotion finish = after ? through(*after, around.time_after) : ours;
    Bend bend{start.speed - ours.speed, finish.speed - ours.speed, turn_between(ours.turn, start.turn),
              turn_between(ours.turn, finish.turn)};
    // One neighbour makes a parabola.
    if (!before) {
      bend.start = -bend.finish;
      bend.turn_start = -bend.turn_finish;
    }
    if (!after) {
      bend.finish = -bend.start;
      bend.turn_finish = -bend.turn_start;
    }
    const double most = length(ours.speed) + kFreeBend * scale_;
    if (length(bend.start) > most || length(bend.finish) > most) continue;
    if (around.use == Around::Use::shape) {
      const Vec2 way = normalized(ours.speed);
      bend.start -= way * dot(way, bend.start);
      bend.finish -= way * dot(way, bend.finish);
      bend.turn_start = bend.turn_finish = 0;
    }
    bends_[i] = bend;
  }
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
  lead(graph, result);
  return result;
}

Vec2 Paths::Led::at(double u) const {
  const double share = u * along.back();
  std::size_t k = 1;
  while (k + 1 < along.size() && along[k] < share) ++k;
  const double span = along[k] - along[k - 1];
  return lerp(path[k - 1], path[k], span > 0 ? (share - along[k - 1]) / span : 0);
}

void Paths::lead(const BlendGraph& graph, std::vector<PointAt>& points) const {
  std::vector<Vec2> aim, off;
  for (const Led& led : led_) {
    const Blended& p = graph.points[led.point];
    const double u = points[led.point].t;
    // The keys stay the keys: the arc's ends give way.
    aim.push_back(led.at(u) + lerp(p.a - led.path.front(), p.b - led.path.back(), u));
    off.push_back(aim.back() - points[led.point].path);
  }
  for (const Follower& follower : followers_)
    for (std::size_t k = 0; k < off.size(); ++k) points[follower.point].path += off[k] * follower.weight[k];
  for (std::size_t k = 0; k < aim.size(); ++k) points[led_[k].point].path = aim[k];
}

}  // namespace nakawari
