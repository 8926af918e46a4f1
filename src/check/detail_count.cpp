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
         r.area <= kDetailCountLargest * square && thickness(r) >= std::max(2.5, seen.px(kDetailCountThin));
}

/// Details lie in one thing, or between two, and main lines bound them: what meets more is a corner between
/// lines, what a trace line bounds comes and goes with the light.
std::vector<std::uint8_t> meets_few(const Seen& seen) {
  std::vector<std::uint8_t> met(seen.regions.size(), 0);
  for (const SeenContact& c : seen.contacts) {
    if (c.length < 3) continue;
    const int count = c.ink == Ink::black ? 1 : 3;
    for (const int r : {c.a, c.b}) met[r] = static_cast<std::uint8_t>(std::min(met[r] + count, 3));
  }
  for (std::uint8_t& m : met) m = m <= 2;
  return met;
}

/// What shows between two different things is no detail of either: it comes out from behind one of them.
bool lies_in_one(const Seen& seen, int r) {
  int host = -1;
  for (const SeenContact& c : seen.contacts) {
    if (c.length < 3 || (c.a != r && c.b != r)) continue;
    const int other = c.a == r ? c.b : c.a;
    if (host >= 0 && host != other && !same(seen.regions[host].colour, seen.regions[other].colour))
      return false;
    host = other;
  }
  return true;
}

/// A good part of the line around region `r` is not there, or does not come home.
bool outline_lost(const CheckContext& context, const Track& track, int r) {
  const Track* back = context.track(track.to, track.from);
  int looked = 0, lost = 0;
  visit_outline(context.at(track.from), r, [&](std::int32_t i, Vec2) {
    ++looked;
    lost += !comes_home(context, track, *back, i);
  });
  return looked > 0 && 3 * lost > looked;
}

/// Where the middle of region `r` lies in the other drawing by what moves around it.
Vec2 place_there(const CheckContext& context, const Track& track, int r) {
  const Seen& here = context.at(track.from);
  const SeenRegion& region = here.regions[static_cast<std::size_t>(r)];
  return carried(track, region.centre, extent(region) / 2 + here.px(24));
}

/// True when the shape of region `r` is not there: a good part of its outline lies on no line, and where it
/// should stand is a much larger region.
bool swallowed(const CheckContext& context, const Track& track, int r) {
  if (!outline_lost(context, track, r)) return false;
  const Seen& there = context.at(track.to);
  const int host = there.region_at(place_there(context, track, r));
  return host >= 0 && there.regions[static_cast<std::size_t>(host)].area >
                          kSwallowed * context.at(track.from).regions[static_cast<std::size_t>(r)].area;
}

}  // namespace

void check_detail_count(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "detail-count";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
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
      after_gone.push_back(
          {place_there(context, *near.from_after, static_cast<int>(r)), after.regions[r].area});
  for (std::size_t r = 0; r < before.regions.size(); ++r) {
    const SeenRegion& region = before.regions[r];
    if (!few_before[r] || !is_detail(before, region) ||
        !swallowed(context, *near.from_before, static_cast<int>(r)))
      continue;
    const Vec2 at = place_there(context, *near.from_before, static_cast<int>(r));
    const bool twice = std::any_of(after_gone.begin(), after_gone.end(), [&](const Gone& g) {
      return distance(g.at, at) < reach && g.area < 2 * region.area && region.area < 2 * g.area;
    });
    if (!twice || !understood(context, kName, drawing, at, around, 0, out)) continue;
    Finding found = finding(kName, drawing, 1, 0, 1, 1, "count", at, extent(region),
                            "a closed detail stands before and after, and is missing here");
    if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
      found.part = style->part;
    out.findings.push_back(std::move(found));
  }
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (!few[r] || !is_detail(seen, region) || !lies_in_one(seen, static_cast<int>(r)) ||
        !swallowed(context, *near.to_before, static_cast<int>(r)) ||
        !swallowed(context, *near.to_after, static_cast<int>(r)) ||
        !understood(context, kName, drawing, region.centre, around, extent(region) / 2 + seen.px(8), out))
      continue;
    Finding found = finding(kName, drawing, 1, 1, 0, 1, "count", region.inside, extent(region),
                            "a closed detail stands here, and neither before nor after");
    if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
      found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
