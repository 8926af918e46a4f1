// Area: a closed region that is larger or smaller than the middle of what it is before and after.
#include <fmt/format.h>

#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kLeastArea = 120;     // px at 1920
constexpr double kAreaJitterThin = 5;  // px at 1920: thinner regions are mostly outline

constexpr double kAllRound = 0.65;  // share of the outline that must lie off the same way

/// A region that is drawn too large lies outside of its place all round; one over which something moves, or
/// that is covered here and there, changes on one side.
bool swells_all_round(const Seen& seen, const Neighbours& near, int r, bool larger) {
  int looked = 0, off = 0;
  visit_outline(seen, r, [&](std::int32_t i, Vec2 outward) {
    ++looked;
    const SampleHit &b = near.to_before->samples[i], &a = near.to_after->samples[i];
    if (b.sample < 0 || a.sample < 0) return;
    const double by = dot(seen.graph.samples[i].position - (b.place + a.place) / 2, outward);
    off += larger ? by > 0 : by < 0;
  });
  return looked > 0 && off >= kAllRound * looked;
}

}  // namespace

void check_area_jitter(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "area-jitter";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  const Seen &before = context.at(near.before), &after = context.at(near.after);
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (region.touches_edge || region.area < kLeastArea * seen.scale * seen.scale ||
        thickness(region) < seen.px(kAreaJitterThin))
      continue;
    const int b = same_region(near.to_before, near.from_before, static_cast<int>(r));
    const int a = same_region(near.to_after, near.from_after, static_cast<int>(r));
    if (a < 0 || b < 0) continue;
    const double was = before.regions[b].area, will = after.regions[a].area;
    const double middle = (was + will) / 2;
    const Style* style = region.painted() ? context.style(region.colour) : nullptr;
    const PaintedPart kind = style ? painted_part(style->part) : PaintedPart::other;
    const bool rigid = kind == PaintedPart::iris || kind == PaintedPart::glint;
    // What changes between the neighbours may well change unevenly; what does not, should not here.
    const double moving = std::abs(was - will) / middle;
    const double fail = area_fail(middle, region.outline, moving, rigid);
    const double off = std::abs(region.area - middle) / middle;
    if (!listed(off, fail) || !swells_all_round(seen, near, static_cast<int>(r), region.area > middle) ||
        !is_understood(context, drawing, region.inside, extent(region) / 2 + seen.px(60)))
      continue;
    Finding found = finding(kName, drawing, off * middle, region.area, middle, fail * middle, "px2",
                            region.inside, extent(region),
                            fmt::format("this region is {:+.0f} % against the middle of its neighbours",
                                        100 * (region.area - middle) / middle));
    if (style) found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
