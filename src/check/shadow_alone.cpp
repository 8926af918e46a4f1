// A shadow or highlight lies beside the normal colour of its part.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

bool is_normal_of(const Style* style, const Style& shadow) {
  return style && style->part == shadow.part && style->role == StyleRole::normal;
}

/// Regions of shadow and highlight styles that touch no normal of their part.
std::vector<int> alone(const CheckContext& context, const Seen& seen) {
  std::vector<const Style*> style(seen.regions.size(), nullptr);
  for (std::size_t r = 0; r < style.size(); ++r)
    if (seen.regions[r].painted()) style[r] = context.style(seen.regions[r].colour);
  std::vector<bool> company(style.size(), false);
  for (const SeenContact& c : seen.contacts) {
    if (style[c.a] && is_normal_of(style[c.b], *style[c.a])) company[c.a] = true;
    if (style[c.b] && is_normal_of(style[c.a], *style[c.b])) company[c.b] = true;
  }
  std::vector<int> list;
  for (std::size_t r = 0; r < style.size(); ++r) {
    if (!style[r] || company[r]) continue;
    const StyleRole role = style[r]->role;
    if (role == StyleRole::normal || role == StyleRole::line) continue;
    // The model may have no normal of the part at all.
    const bool has = std::any_of(context.model.styles.begin(), context.model.styles.end(),
                                 [&](const Style& s) { return is_normal_of(&s, *style[r]); });
    if (has) list.push_back(static_cast<int>(r));
  }
  return list;
}

}  // namespace

void check_shadow_alone(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "shadow-alone";
  constexpr double kSmallest = 150;  // px at 1920
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  if (context.model.styles.empty()) return out.skip(kName, drawing, kNoModel);
  const Neighbours near = neighbours(context, drawing);
  if (near.both() && !followed(context, kName, drawing, out)) return;
  for (const int r : alone(context, seen)) {
    const SeenRegion& region = seen.regions[static_cast<std::size_t>(r)];
    if (region.area < kSmallest * seen.scale * seen.scale) continue;
    // Where the drawings beside it have the same colour, or do not agree, the part may lie in shadow as a
    // whole.
    Rgba8 beside = kClear;
    int agreed = 0;
    for (const Track* track : {near.to_before, near.to_after}) {
      if (!track || !context.at(track->to).has_paint) continue;
      const RegionHit& hit = track->regions[static_cast<std::size_t>(r)];
      if (hit.best < 0 || hit.colour_share < 0.7F || hit.colour.a == 0 || same(hit.colour, region.colour))
        continue;
      agreed += agreed == 0 || same(hit.colour, beside);
      beside = hit.colour;
    }
    if (agreed < 2 || same_region(near.to_before, near.from_before, r) < 0 ||
        same_region(near.to_after, near.from_after, r) < 0 ||
        !understood(context, kName, drawing, region.inside, extent(region) / 2 + seen.px(60), 0, out))
      continue;
    const Style* style = context.style(region.colour);
    // Of its own part before and after: the light may have left all of it for one drawing.
    if (const Style* was = context.style(beside); was && was->part == style->part) continue;
    Finding found = fact(kName, drawing, region.area, region.inside, extent(region),
                         fmt::format("{} stands without its normal colour beside it", style->name));
    found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
