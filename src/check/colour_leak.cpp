// Leaks: paint that runs through a gap to the page's edge, where the sheet is clear before and after.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {

void check_colour_leak(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "colour-leak";
  constexpr float kClearShare = 0.5F;
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const Neighbours near = neighbours(context, drawing);
  if (!near.any()) return out.skip(kName, drawing, "it stands alone");
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (!region.touches_edge || !region.painted()) continue;
    int clear = 0, looked = 0;
    for (const Track* track : {near.to_before, near.to_after}) {
      if (!track || !context.at(track->to).has_paint) continue;
      const RegionHit& hit = track->regions[r];
      if (hit.best < 0) continue;
      ++looked;
      clear += hit.colour.a == 0 && hit.colour_share >= kClearShare &&
               context.at(track->to).regions[static_cast<std::size_t>(hit.best)].touches_edge;
    }
    if (looked == 0 || clear < looked) continue;
    out.findings.push_back(
        fact(kName, drawing, region.area, region.inside, extent(region),
             fmt::format("{} runs out to the page's edge; beside this drawing the sheet is clear there",
                         hex(region.colour))));
  }
}

}  // namespace nakawari
