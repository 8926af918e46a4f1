// Corners that went soft (namari): a line that turns sharply on the drawings that it lies between, and
// roundly here.
#include "check/corner.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kSoftFail = 0.4;     // of the sharper turn that is lost
constexpr double kCornerTurn = 0.87;  // radians, 50 degrees
constexpr double kAtOnce = 0.6;       // of the turn, within the short arms
constexpr double kCornerApart = 8;    // px at 1920 between where two drawings put the same corner
constexpr double kCornerReach = 30;   // px at 1920 inwards of that place: there a soft corner lies
constexpr double kSameArms = 0.71;    // cosine: a soft corner joins the same two lines
constexpr double kArms = 2.25;        // of corner_arm: so far from it
constexpr double kCornerAround = 60;  // px at 1920: the ring by which a corner is followed

/// Places and turns along one stroke.
class StrokeWalk {
 public:
  explicit StrokeWalk(const Stroke& stroke) : stroke_(stroke), along_(stroke.points.size(), 0) {
    for (std::size_t i = 1; i < along_.size(); ++i)
      along_[i] = along_[i - 1] + distance(stroke.points[i - 1], stroke.points[i]);
  }
  [[nodiscard]] double length() const { return along_.back(); }
  /// Mean over a few pixels: the steps of 2-value lines turn as well.
  [[nodiscard]] Vec2 about(double s) const {
    return (at(s - 2) + at(s - 1) + at(s) + at(s + 1) + at(s + 2)) / 5;
  }
  [[nodiscard]] Vec2 at(double s) const {
    s = std::clamp(s, 0.0, length());
    const auto it = std::upper_bound(along_.begin() + 1, along_.end() - 1, s);
    const auto i = static_cast<std::size_t>(it - along_.begin());
    const double step = along_[i] - along_[i - 1];
    return lerp(stroke_.points[i - 1], stroke_.points[i], step > 0 ? (s - along_[i - 1]) / step : 0);
  }
  /// Which way it goes `far` from `s`, to both sides: beyond what is round.
  [[nodiscard]] std::array<Vec2, 2> arms(double s, double far) const {
    constexpr double kOver = 4;  // px to both sides
    const double a = std::max(s - far, kOver + 2), b = std::min(s + far, length() - kOver - 2);
    return {normalized(about(a - kOver) - about(a + kOver)), normalized(about(b + kOver) - about(b - kOver))};
  }
  /// Angle between the arms before and after `s`.
  [[nodiscard]] double turn(double s, double arm) const {
    const Vec2 p = about(s), a = p - about(s - arm), b = about(s + arm) - p;
    return std::abs(std::atan2(cross(a, b), dot(a, b)));
  }

 private:
  const Stroke& stroke_;
  std::vector<double> along_;
};

bool is_main(const Seen& seen, std::size_t stroke) {
  return seen.strokes.strokes[stroke].ink == Ink::black;
}

/// Where a corner of drawing `from` lies on `drawing`, step by step by what moves around it: its own samples
/// slip along the line, and a soft corner is not where the sharp one is. Nothing without a way there.
std::optional<Vec2> followed_to(const CheckContext& context, int from, int drawing, bool forward, Vec2 at) {
  constexpr int kMostSteps = 64;
  for (int step = 0, here = from; step < kMostSteps; ++step) {
    const Seen& seen = context.at(here);
    const int next = forward ? seen.given.after : seen.given.before;
    const Track* track = context.track(here, next);
    if (!track) return std::nullopt;
    at = carried(*track, at, std::max(24.0, seen.px(kCornerAround)));
    if (next == drawing) return at;
    here = next;
  }
  return std::nullopt;
}

struct Expected {
  Vec2 at, inward;
  std::array<Vec2, 2> arms;
  double sharp = 0;
};

std::vector<Expected> expected_from(const CheckContext& context, int from, int drawing, bool forward) {
  std::vector<Expected> list;
  for (const Corner& c : corners_of(context.at(from)))
    if (const auto at = followed_to(context, from, drawing, forward, c.at))
      list.push_back({*at, c.inward, c.arms, c.sharp});
  return list;
}

/// The lines go the same two ways; in either order.
bool same_arms(const std::array<Vec2, 2>& a, const std::array<Vec2, 2>& b) {
  return std::max(std::min(dot(a[0], b[0]), dot(a[1], b[1])), std::min(dot(a[0], b[1]), dot(a[1], b[0]))) >
         kSameArms;
}

}  // namespace

double corner_arm(const Seen& seen) {
  return std::max(12.0, seen.px(24));
}

double sharp_arm(const Seen& seen) {
  return std::max(5.0, seen.px(12));
}

std::vector<Corner> corners_of(const Seen& seen) {
  const double arm = corner_arm(seen), near = sharp_arm(seen);
  constexpr double kStep = 1.5;  // px
  std::vector<Corner> corners;
  for (std::size_t s = 0; s < seen.strokes.strokes.size(); ++s) {
    if (!is_main(seen, s) || seen.facts[s].length < 2 * arm + near) continue;
    const StrokeWalk course(seen.strokes.strokes[s]);
    Corner best;
    const auto keep = [&] {
      best.inward =
          best.turn > 0
              ? normalized((course.at(best.along - arm) + course.at(best.along + arm)) / 2 - best.at)
              : Vec2{};
      best.arms = course.arms(best.along, kArms * arm);
      if (best.turn > 0 && best.sharp >= kAtOnce * best.turn) corners.push_back(best);
      best = {};
    };
    for (double along = arm; along <= course.length() - arm; along += kStep) {
      if (best.turn > 0 && along > best.along + arm) keep();
      const double turn = course.turn(along, arm);
      if (turn < kCornerTurn || turn <= best.turn) continue;
      best = {course.at(along), static_cast<StrokeId>(s), along, {}, {}, turn, 0};
      for (double u = -near / 2; u <= near / 2; u += kStep)
        best.sharp = std::max(best.sharp, course.turn(along + u, near));
    }
    keep();
  }
  return corners;
}

double corner_reach(const Seen& seen) {
  return std::max(12.0, seen.px(kCornerReach));
}

Turning turning_at(const Seen& seen, Vec2 at, Vec2 inward, double reach) {
  constexpr double kStep = 1.5;                  // px
  constexpr double kHere = 8;                    // px at 1920: the corner itself
  constexpr double kInside = 0.8, kRound = 0.5;  // cosines of the way there, of a round corner's middle
  const double near = sharp_arm(seen), here = std::max(4.0, seen.px(kHere));
  Turning turning;
  for (const Node& node : seen.strokes.nodes)
    turning.lines_meet =
        turning.lines_meet || (node.strokes.size() != 2 && distance(node.position, at) < reach);
  // Which strokes pass, and where.
  std::vector<std::pair<StrokeId, double>> passing;
  seen.grid->visit(at, reach, [&](std::int32_t i) {
    const Sample& s = seen.graph.samples[i];
    const Vec2 way = s.position - at;
    const double far = length(way);
    if (s.ink != Ink::black || far > reach) return;
    if (far < here || (dot(way, inward) > kInside * far && std::abs(dot(s.tangent, inward)) < kRound))
      passing.emplace_back(s.stroke, s.along);
  });
  std::sort(passing.begin(), passing.end());
  for (std::size_t k = 0; k < passing.size();) {
    const StrokeId stroke = passing[k].first;
    const StrokeWalk course(seen.strokes.strokes[static_cast<std::size_t>(stroke)]);
    for (; k < passing.size() && passing[k].first == stroke; ++k)
      for (double u = -seen.graph.spacing / 2; u <= seen.graph.spacing / 2; u += kStep)
        if (const double s = passing[k].second + u; s > near && s < course.length() - near)
          if (const double turn = course.turn(s, near); turn > turning.sharp) {
            turning.sharp = turn;
            turning.arms = course.arms(s, kArms * corner_arm(seen));
          }
  }
  return turning;
}

void check_corner(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "corner";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
  // An in-between is held against its keys: those beside it may be as soft as itself.
  const bool keys = seen.given.by_program && seen.given.from >= 0 && seen.given.to >= 0;
  const std::vector<Expected> was =
      expected_from(context, keys ? seen.given.from : near.before, drawing, true);
  const std::vector<Expected> will =
      expected_from(context, keys ? seen.given.to : near.after, drawing, false);
  const double apart = std::max(4.0, seen.px(kCornerApart));
  for (const Expected& b : was) {
    const Expected* a = nullptr;
    for (const Expected& e : will)
      if (distance(e.at, b.at) < apart && (!a || distance(e.at, b.at) < distance(a->at, b.at))) a = &e;
    if (!a) continue;
    const Vec2 at = (a->at + b.at) / 2;
    const Turning here = turning_at(seen, at, normalized(a->inward + b.inward), corner_reach(seen));
    const double usual = std::min(a->sharp, b.sharp), lost = 1 - here.sharp / usual;
    if (here.sharp < 0 || !listed(lost, kSoftFail) || !same_arms(here.arms, b.arms) ||
        !same_arms(here.arms, a->arms) ||
        !understood(context, kName, drawing, at, seen.px(60), seen.px(16), out))
      continue;
    if (here.lines_meet) {
      out.not_judged.push_back({kName, drawing, "other lines meet this corner here", at, seen.px(48)});
      continue;
    }
    constexpr double kDegrees = 57.29577951;
    out.findings.push_back(finding(
        kName, drawing, lost, 1 - lost, 1, kSoftFail, "of the turn", at, seen.px(48),
        fmt::format("this corner turns by {:.0f} degrees at once, on {} by {:.0f}", kDegrees * here.sharp,
                    keys ? "its keys" : "the drawings beside it", kDegrees * usual)));
  }
}

}  // namespace nakawari
