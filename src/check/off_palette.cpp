// Colours that the model does not have; without a model, that no approved drawing has.
#include <fmt/format.h>

#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {

void check_off_palette(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "off-palette";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const bool model = !context.model.styles.empty();
  if (!model && context.profile.colours.empty()) return out.skip(kName, drawing, kNoModel);
  for (const ColourUse& use : seen.colours) {
    if (is_no_paint(use.colour)) continue;
    if (model ? context.style(use.colour) != nullptr || !other_variant(context, use.colour).empty()
              : std::binary_search(context.profile.colours.begin(), context.profile.colours.end(),
                                   hex(use.colour)))
      continue;
    out.findings.push_back(fact(kName, drawing, use.area, use.at, std::max(8.0, seen.px(24)),
                                fmt::format("{} px of {}, which {} does not have", use.area, hex(use.colour),
                                            model ? "the model" : "any approved drawing")));
  }
}

}  // namespace nakawari
