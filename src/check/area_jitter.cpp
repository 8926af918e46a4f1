// Area: what main lines enclose is larger or smaller than the middle of what it is before and after.
#include <fmt/format.h>

#include "check/shapes.h"
#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
void check_area_jitter(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "area-jitter";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
  const Shapes here = shapes_of(context, seen);
  const std::vector<TrackedShape> tracked = tracked_shapes(context, drawing, here);
  const double restless = restlessness_of(here, tracked);
  for (const TrackedShape& t : tracked) {
    const Shape& shape = here.all[t.shape];
    const double middle = t.middle, off = std::abs(t.off);
    // What changes between the neighbours may well change unevenly; what does not, should not here.
    const double fail = area_fail(middle, shape.outline, t.moving, restless, shape.rigid);
    const SeenRegion& region = seen.regions[shape.largest];
    if (!listed(off, fail) || !t.swells ||
        !understood(context, kName, drawing, region.inside, shape.extent() / 2 + seen.px(60),
                    shape.extent() / 2, out))
      continue;
    Finding found = finding(kName, drawing, off * middle, shape.area, middle, fail * middle, "px2",
                            region.inside, shape.extent(),
                            fmt::format("this shape is {:+.0f} % against the middle of its neighbours",
                                        100 * (shape.area - middle) / middle));
    if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
      found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
