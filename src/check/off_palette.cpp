// Colours that the model does not have; without a model, that no approved drawing has.
#include <fmt/format.h>

#include "check/lab.h"
#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {
namespace {

/// How far the colour looks from the model's nearest, and which that is; empty without a model.
std::string beside_nearest(const CheckContext& context, Rgba8 colour) {
  const Style* nearest = nullptr;
  double least = 0;
  for (const Style& style : context.model.styles) {
    const Rgba8 wanted = context.model.colour(style.id, context.variant);
    if (wanted.a == 0) continue;
    const double off = delta_e(lab_of(colour), lab_of(wanted));
    if (nearest && off >= least) continue;
    nearest = &style;
    least = off;
  }
  return nearest ? fmt::format("; {:.1f} dE from {}", least, nearest->name) : "";
}

}  // namespace

void check_off_palette(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "off-palette";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const bool model = !context.model.styles.empty();
  if (!model && context.profile.colours.empty()) return out.skip(kName, drawing, kNoModel);
  for (const ColourUse& use : seen.colours) {
    // Graded paint has colours of its own; colour-difference speaks of it.
    if (is_no_paint(use.colour) || use.graded == use.area) continue;
    if (model ? context.style(use.colour) != nullptr || !other_variant(context, use.colour).empty()
              : std::binary_search(context.profile.colours.begin(), context.profile.colours.end(),
                                   hex(use.colour)))
      continue;
    out.findings.push_back(
        fact(kName, drawing, use.area, use.at, std::max(8.0, seen.px(24)),
             fmt::format("{} px of {}, which {} does not have{}", use.area, hex(use.colour),
                         model ? "the model" : "any approved drawing", beside_nearest(context, use.colour))));
  }
}

}  // namespace nakawari
