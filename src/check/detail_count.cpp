// Details and patterns: small closed shapes (buttons, stripes, marks) that stand before and after and not
// here, or only here.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kDetailCountSmallest = 150, kDetailCountLargest = 6000;  // px at 1920
constexpr double kDetailCountThin = 4;                                    // px at 1920
constexpr double kSwallowed = 2.5;            // a region that lands in one this much larger is gone
constexpr double kDetailCountSamePlace = 36;  // px at 1920

bool is_detail(const Seen& seen, const SeenRegion& r) {
  const double square = seen.scale * seen.scale;
  return !r.touches_edge && r.area >= kDetailCountSmallest * square &&
         r.area <= kDetailCountLargest * square && thickness(r) >= std::max(2.5, seen.px(kDetailCountThin)) &&
         r.area >= 0.5 * (r.right - r.left + 1.0) * (r.bottom - r.top + 1.0);
}

/// Details lie in one thing, or between two: what meets more is a corner between lines.
std::vector<std::uint8_t> meets_few(const Seen& seen) {
  std::vector<std::uint8_t> met(seen.regions.size(), 0);
  for (const SeenContact& c : seen.contacts) {
    if (c.length < 3) continue;
    for (const int r : {c.a, c.b}) met[r] = static_cast<std::uint8_t>(std::min(met[r] + 1, 3));
  }
  for (std::uint8_t& m : met) m = m <= 2;
  return met;
}

/// A good part of the line around region `r` is not there; where the rest would lie, other lines are near.
bool outline_lost(const Seen& seen, const Track& track, int r) {
  int looked = 0, lost = 0;
  visit_outline(seen, r, [&](std::int32_t i, Vec2) {
    ++looked;
    lost += track.samples[i].sample < 0;
  });
  return looked > 0 && 4 * lost > looked;
}

/// True when the shape of region `r` is not there: it lands wholly inside a much larger one, and a good part
/// of its outline on no line.
bool swallowed(const CheckContext& context, const Track& track, int r) {
  const RegionHit& hit = track.regions[static_cast<std::size_t>(r)];
  if (hit.best < 0 || hit.share < 0.95F || !outline_lost(context.at(track.from), track, r)) return false;
  const SeenRegion& here = context.at(track.from).regions[static_cast<std::size_t>(r)];
  const SeenRegion& there = context.at(track.to).regions[static_cast<std::size_t>(hit.best)];
  return there.area > kSwallowed * here.area;
}

}  // namespace

void check_detail_count(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "detail-count";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  if (near.from_before->found < kFoundEnough || near.from_after->found < kFoundEnough)
    return out.skip(kName, drawing, "its neighbours are too different");
  const Seen &before = context.at(near.before), &after = context.at(near.after);
  const double reach = std::max(6.0, seen.px(kDetailCountSamePlace));

  struct Gone {
    Vec2 at;
    int area;
  };
  const auto few = meets_few(seen), few_before = meets_few(before), few_after = meets_few(after);
  const double around = seen.px(100);
  std::vector<Gone> after_gone;
  for (std::size_t r = 0; r < after.regions.size(); ++r)
    if (few_after[r] && is_detail(after, after.regions[r]) &&
        swallowed(context, *near.from_after, static_cast<int>(r)))
      after_gone.push_back({near.from_after->moved(after.regions[r].centre), after.regions[r].area});
  for (std::size_t r = 0; r < before.regions.size(); ++r) {
    const SeenRegion& region = before.regions[r];
    if (!few_before[r] || !is_detail(before, region) ||
        !swallowed(context, *near.from_before, static_cast<int>(r)))
      continue;
    const Vec2 at = near.from_before->moved(region.centre);
    const bool twice = std::any_of(after_gone.begin(), after_gone.end(), [&](const Gone& g) {
      return distance(g.at, at) < reach && g.area < 2 * region.area && region.area < 2 * g.area;
    });
    if (!twice || !is_understood(context, drawing, at, around)) continue;
    Finding found = finding(kName, drawing, 1, 0, 1, 1, "count", at, extent(region),
                            "a closed detail stands before and after, and is missing here");
    if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
      found.part = style->part;
    out.findings.push_back(std::move(found));
  }
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (!few[r] || !is_detail(seen, region) || !swallowed(context, *near.to_before, static_cast<int>(r)) ||
        !swallowed(context, *near.to_after, static_cast<int>(r)) ||
        !is_understood(context, drawing, region.centre, around))
      continue;
    Finding found = finding(kName, drawing, 1, 1, 0, 1, "count", region.inside, extent(region),
                            "a closed detail stands here, and neither before nor after");
    if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
      found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
