// Colours of another variant of the model than the cut's: day among night.
#include <fmt/format.h>

#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {

void check_variant_mix(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "variant-mix";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  if (context.model.variants.size() < 2) return out.skip(kName, drawing, "the colour model has one variant");
  for (const ColourUse& use : seen.colours) {
    if (is_no_paint(use.colour) || context.style(use.colour)) continue;
    const std::string variant = other_variant(context, use.colour);
    if (variant.empty()) continue;
    const Style* style = context.model.find(use.colour, variant);
    Finding found = fact(kName, drawing, use.area, use.at, std::max(8.0, seen.px(24)),
                         fmt::format("{} px of {} in its {} colour", use.area, style->name, variant));
    found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
