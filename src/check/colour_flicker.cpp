// Colour flicker (iro-paka): a region that has one colour before and after, and another here.
#include <fmt/format.h>

#include "check/tools.h"
#include "paint/paint.h"

namespace nakawari {

void check_colour_flicker(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "colour-flicker";
  constexpr double kSmallest = 120;  // px at 1920, never below 12: smaller ones come and go with the lines
  // Times that: smaller patches of another shade of the part may come with the light, and are for
  // information.
  constexpr double kShade = 10;
  constexpr float kOneColour = 0.85F;  // share of the region that must land on the colour
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both() || !context.at(near.before).has_paint || !context.at(near.after).has_paint)
    return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    // What waits for a colour is the painter's question, not its mistake.
    if (!region.painted() || region.graded || region.colour == kCheckColour ||
        region.area < std::max(12.0, kSmallest * seen.scale * seen.scale))
      continue;
    const RegionHit &b = near.to_before->regions[r], &a = near.to_after->regions[r];
    if (!same(b.colour, a.colour) || same(b.colour, region.colour) || b.colour.a == 0 ||
        b.colour == kCheckColour)
      continue;
    if (b.colour_share < kOneColour || a.colour_share < kOneColour) continue;
    const Style *here = context.style(region.colour), *there = context.style(b.colour);
    // It is the same shape, not something that passes in front.
    if (same_region(near.to_before, near.from_before, static_cast<int>(r)) < 0 ||
        same_region(near.to_after, near.from_after, static_cast<int>(r)) < 0 ||
        !understood(context, kName, drawing, region.inside, extent(region) / 2 + seen.px(60), 0, out))
      continue;
    Finding found = fact(kName, drawing, region.area, region.inside, extent(region),
                         fmt::format("{} here, {} before and after", here ? here->name : hex(region.colour),
                                     there ? there->name : hex(b.colour)));
    if (there) found.part = there->part;
    if (here && there && here->part == there->part &&
        region.area < kShade * kSmallest * seen.scale * seen.scale)
      found.level = Level::warn;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
