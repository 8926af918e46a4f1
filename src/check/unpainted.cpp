// Unpainted: clear pixels inside a painted region; closed regions without paint that are painted beside this
// drawing; regions that the painter asks about.
#include "base/counted.h"
#include "check/tools.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr int kUnpaintedSmallest = 4;  // px of a region

}  // namespace

void check_unpainted(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "unpainted";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const Neighbours near = neighbours(context, drawing);
  bool alone = false;
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (region.area < kUnpaintedSmallest) continue;
    if (region.painted()) {
      if (region.clear > 0)
        out.findings.push_back(fact(kName, drawing, region.clear, region.clear_at, std::max(seen.px(24), 8.0),
                                    counted(region.clear, "clear pixel") + " inside a painted region"));
      if (region.colour == kCheckColour) {
        Finding asked = fact(kName, drawing, region.area, region.inside, extent(region),
                             "this region waits for a colour");
        asked.part = kAskedPart;
        out.findings.push_back(std::move(asked));
      }
      continue;
    }
    if (region.touches_edge) continue;
    int painted = 0, looked = 0;
    for (const Track* track : {near.to_before, near.to_after}) {
      if (!track || !context.at(track->to).has_paint) continue;
      const RegionHit& hit = track->regions[r];
      if (hit.best < 0) continue;
      ++looked;
      // The same shape with paint, or a small hole on the middle of one colour.
      const Track* back = track == near.to_before ? near.from_before : near.from_after;
      const bool shape = same_region(track, back, static_cast<int>(r), 0.6F) >= 0;
      painted += hit.colour.a != 0 && hit.colour_share > 0.9F && shape;
    }
    alone = alone || looked == 0;
    if (looked > 0 && painted == looked &&
        (!near.both() ||
         understood(context, kName, drawing, region.inside, extent(region) / 2 + seen.px(60), 0, out)))
      out.findings.push_back(fact(kName, drawing, region.area, region.inside, extent(region),
                                  "this closed region has no paint; beside this drawing it has"));
  }
  if (alone)
    out.skip(kName, drawing,
             "closed regions without paint: nothing beside this drawing tells whether they are holes");
}

}  // namespace nakawari
