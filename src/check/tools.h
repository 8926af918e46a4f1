/// \file
/// What the checks share. Internal to the checks.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "check/checks.h"

namespace nakawari {

/// A finding is listed from this share of the threshold on: a fault of just the threshold's size measures a
/// little below it as often as above.
inline constexpr double kWarnShare = 0.85;

/// True when `off` is worth listing against `threshold`.
inline bool listed(double off, double threshold) {
  return off >= kWarnShare * threshold;
}

/// A finding about a difference `off` from `reference`; level by `off` against the threshold, confidence by
/// how far it lies above the line from which findings are listed.
inline Finding finding(const char* check, int drawing, double off, double value, double reference,
                       double threshold, const char* unit, Vec2 at, double size, std::string text) {
  Finding f;
  f.check = check;
  f.drawing = drawing;
  f.value = value;
  f.reference = reference;
  f.threshold = threshold;
  f.unit = unit;
  f.level = off >= threshold ? Level::fail : Level::warn;
  f.confidence = threshold > 0
                     ? std::clamp(0.5 + 0.5 * (off / threshold - kWarnShare) / (2 - kWarnShare), 0.5, 0.99)
                     : 0.99;
  f.at = at;
  f.size = size;
  f.text = std::move(text);
  return f;
}

/// A fact without degrees: `count` pixels that must not be there.
inline Finding fact(const char* check, int drawing, int count, Vec2 at, double size, std::string text) {
  return finding(check, drawing, 2, count, 0, 1, "px", at, size, std::move(text));
}

/// The drawings before and after, registered, or nothing.
struct Neighbours {
  int before = -1, after = -1;
  const Track *to_before = nullptr, *to_after = nullptr, *from_before = nullptr, *from_after = nullptr;
  [[nodiscard]] bool both() const { return to_before && to_after && from_before && from_after; }
  [[nodiscard]] bool any() const { return to_before || to_after; }
};

inline Neighbours neighbours(const CheckContext& context, int drawing) {
  Neighbours n;
  n.before = context.at(drawing).given.before;
  n.after = context.at(drawing).given.after;
  n.to_before = context.track(drawing, n.before);
  n.to_after = context.track(drawing, n.after);
  n.from_before = context.track(n.before, drawing);
  n.from_after = context.track(n.after, drawing);
  return n;
}

/// Where the chart puts a drawing on the way from the one before to the one after; nothing without a chart.
inline std::optional<double> chart_share(const CheckContext& context, int drawing) {
  const CheckInput& given = context.at(drawing).given;
  if (given.t < 0 || given.before < 0 || given.after < 0) return std::nullopt;
  const auto place = [&](int other) -> std::optional<double> {
    if (other == given.from) return 0.0;
    if (other == given.to) return 1.0;
    const CheckInput& there = context.at(other).given;
    if (there.t >= 0 && there.from == given.from && there.to == given.to) return there.t;
    return std::nullopt;
  };
  const auto before = place(given.before), after = place(given.after);
  if (!before || !after || *after <= *before) return std::nullopt;
  return (given.t - *before) / (*after - *before);
}

inline constexpr const char* kOneSided = "nothing stands before it, or nothing after it";
inline constexpr const char* kNoPaint = "it is not painted";
inline constexpr const char* kNoModel = "there is no colour model";

/// Sample `i` of the drawing that `there` leads away from has its line there, and the way back leads home.
/// Where a line is gone, motion pulls its samples onto what is left of it: these do not come home.
inline bool comes_home(const CheckContext& context, const Track& there, const Track& back, std::int32_t i) {
  const std::int32_t k = there.samples[static_cast<std::size_t>(i)].sample;
  if (k < 0) return false;
  const SampleHit& home = back.samples[static_cast<std::size_t>(k)];
  const Seen &from = context.at(there.from), &to = context.at(there.to);
  const Sample& self = from.graph.samples[i];
  // Onto the own line; a line that runs beside it is another one.
  constexpr double kBeside = 2.5;
  if (home.sample >= 0 && distance(home.place, self.position) < std::max(6.0, from.px(10)) &&
      (from.graph.samples[home.sample].stroke == self.stroke ||
       std::abs(cross(self.tangent, home.place - self.position)) < kBeside))
    return true;
  // Lines may slip along themselves; what is left of one ends near.
  const Sample& s = to.graph.samples[k];
  const StrokeFacts& f = to.facts[s.stroke];
  const double stump = std::max(12.0, from.px(24));
  return !((f.free[0] && s.along < stump) || (f.free[1] && f.length - s.along < stump));
}

/// Where `at` lies in the other drawing by what moves around it, not on it: median over a ring of `radius`.
/// For what may be missing there.
inline Vec2 carried(const Track& track, Vec2 at, double radius) {
  constexpr int kPlaces = 16;
  std::vector<double> x, y;
  for (int k = 0; k < kPlaces; ++k) {
    const double a = 2 * 3.14159265358979 * k / kPlaces;
    const Vec2 p = at + Vec2{std::cos(a), std::sin(a)} * radius, q = track.moved(p);
    x.push_back(q.x - p.x);
    y.push_back(q.y - p.y);
  }
  return at + Vec2{median_of(std::move(x)), median_of(std::move(y))};
}

/// True when the drawing as a whole is followed; else it is noted as not judged.
inline bool followed(const CheckContext& context, const char* check, int drawing, Outcome& out) {
  if (context.followed[static_cast<std::size_t>(drawing)]) return true;
  out.skip(check, drawing, "too few of its lines are found again beside it, or it swings out here and back");
  return false;
}

/// True where the drawing was understood (context.h). Else the place is noted as not judged: call it last, so
/// that the note stands exactly where a finding would.
inline bool understood(const CheckContext& context, const char* check, int drawing, Vec2 at, double radius,
                       double hole, Outcome& out) {
  if (is_understood(context, drawing, at, radius, hole)) return true;
  out.not_judged.push_back(
      {check, drawing,
       "lines around a doubtful place are not found again beside it, or swing out here and back", at,
       std::max(2 * hole, context.at(drawing).px(48))});
  return false;
}

/// Below this share of lines found again, a drawing and its neighbour are too far apart to compare.
inline constexpr double kFoundEnough = 0.6;

/// Region `r` of drawing `from` and the region of `to` where it went are the same: most of it lands there,
/// most of that comes back. -1 when not.
inline int same_region(const Track* there, const Track* back, int r, float share = 0.7F) {
  if (!there || !back) return -1;
  const RegionHit& hit = there->regions[static_cast<std::size_t>(r)];
  if (hit.best < 0 || hit.share < share) return -1;
  const RegionHit& home = back->regions[static_cast<std::size_t>(hit.best)];
  if (home.best != r || home.share < share) return -1;

  return hit.best;
}

/// Another region than `self` has the colour and comes as near as `reach`.
inline bool has_colour_near(const Seen& seen, Rgba8 colour, Vec2 at, double reach, int self) {
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (static_cast<int>(r) == self || !same(region.colour, colour)) continue;
    const double dx = std::max({region.left - at.x, 0.0, at.x - region.right});
    const double dy = std::max({region.top - at.y, 0.0, at.y - region.bottom});
    if (std::max(dx, dy) < reach) return true;
  }
  return false;
}

inline double extent(const SeenRegion& region) {
  return std::max(region.right - region.left, region.bottom - region.top) + 1.0;
}

/// `visit(sample, outward)` for every sample of the lines around region `r`; `outward` is its normal away
/// from the region.
template <typename Visit>
void visit_outline(const Seen& seen, int r, Visit&& visit) {
  const SeenRegion& region = seen.regions[static_cast<std::size_t>(r)];
  seen.grid->visit(region.centre, extent(region), [&](std::int32_t i) {
    const Sample& s = seen.graph.samples[i];
    const Vec2 normal = perpendicular(s.tangent), across = normal * (s.width / 2 + 1.5);
    if (seen.region_at(s.position - across) == r)
      visit(i, normal);
    else if (seen.region_at(s.position + across) == r)
      visit(i, -normal);
  });
}

/// Mean thickness of a region, px: slivers between two lines come and go.
inline double thickness(const SeenRegion& region) {
  return region.outline > 0 ? 4.0 * region.area / region.outline : 0;
}

}  // namespace nakawari
