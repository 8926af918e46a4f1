// Graded paint (an airbrushed cheek, a metal): no two pixels are alike, so colours are not compared by
// equality but by how far apart their means look.
#include <fmt/format.h>

#include "check/lab.h"
#include "check/tools.h"

namespace nakawari {

void check_colour_difference(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "colour-difference";
  constexpr double kFail = 5;        // Delta E*ab: plainly another colour; 2.3 is just noticeable
  constexpr double kSmallest = 120;  // px at 1920: the mean of fewer strays
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const double least = std::max(12.0, kSmallest * seen.scale * seen.scale);
  if (std::none_of(seen.regions.begin(), seen.regions.end(),
                   [&](const SeenRegion& r) { return r.graded && r.area >= least; }))
    return out.skip(kName, drawing, "its paint is flat: colour-flicker and off-palette compare that exactly");
  const Neighbours near = neighbours(context, drawing);
  if (!near.both() || !context.at(near.before).has_paint || !context.at(near.after).has_paint)
    return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (!region.graded || region.area < least) continue;
    const int b = same_region(near.to_before, near.from_before, static_cast<int>(r));
    const int a = same_region(near.to_after, near.from_after, static_cast<int>(r));
    if (b < 0 || a < 0) continue;
    const SeenRegion &was = context.at(near.before).regions[static_cast<std::size_t>(b)],
                     &will = context.at(near.after).regions[static_cast<std::size_t>(a)];
    if (!was.painted() || !will.painted()) continue;
    std::array<double, 3> between{};
    for (std::size_t k = 0; k < 3; ++k) between[k] = (was.mean[k] + will.mean[k]) / 2;
    const double off = delta_e(lab_of(region.mean), lab_of(between));
    // What changes between its neighbours may change unevenly.
    const double moving = delta_e(lab_of(was.mean), lab_of(will.mean));
    const double fail = kFail + moving / 2;
    if (!listed(off, fail) ||
        !understood(context, kName, drawing, region.inside, extent(region) / 2 + seen.px(60), 0, out))
      continue;
    out.findings.push_back(
        finding(kName, drawing, off, off, 0, fail, "dE", region.inside, extent(region),
                fmt::format("this graded paint looks {:.1f} dE beside the middle of its neighbours", off)));
  }
}

}  // namespace nakawari
