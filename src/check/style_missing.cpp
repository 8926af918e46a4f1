// A colour that stands before and after, and nowhere here.
#include <fmt/format.h>

#include <optional>

#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {
namespace {

const ColourUse* use_of(const Seen& seen, Rgba8 colour) {
  for (const ColourUse& use : seen.colours)
    if (use.colour == colour) return &use;
  return nullptr;
}

/// A place in a region of that colour before, whose shape stands here in another.
std::optional<Vec2> shape_that_stands(const Seen& before, Rgba8 colour, const Neighbours& near) {
  constexpr float kSame = 0.5F;
  for (std::size_t r = 0; r < before.regions.size(); ++r)
    if (same(before.regions[r].colour, colour) &&
        same_region(near.from_before, near.to_before, static_cast<int>(r), kSame) >= 0)
      return before.regions[r].inside;
  return std::nullopt;
}

}  // namespace

void check_style_missing(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "style-missing";
  constexpr double kSmallest = 60;  // px at 1920, fail
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both() || !context.at(near.before).has_paint || !context.at(near.after).has_paint)
    return out.skip(kName, drawing, kOneSided);
  const double fail = std::max(8.0, kSmallest * seen.scale * seen.scale);
  for (const ColourUse& use : context.at(near.before).colours) {
    if (use.regions == 0 || is_no_paint(use.colour)) continue;
    const ColourUse* after = use_of(context.at(near.after), use.colour);
    if (!after || after->regions == 0 || use_of(seen, use.colour)) continue;
    const double area = std::min(use.area, after->area);
    if (!listed(area, fail)) continue;
    // What is hidden or closed here (the iris of a blink) needs no colour: the shape must stand here.
    const auto at = shape_that_stands(context.at(near.before), use.colour, near);
    if (!at) {
      out.not_judged.push_back({kName, drawing, "what has a colour before and after is not found again here",
                                near.from_before->moved(use.at), seen.px(40)});
      continue;
    }
    const Style* style = context.style(use.colour);
    Finding found = finding(
        kName, drawing, area, 0, area, fail, "px", near.from_before->moved(*at), seen.px(40),
        fmt::format("{} stands before and after, and nowhere here", style ? style->name : hex(use.colour)));
    if (style) found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
