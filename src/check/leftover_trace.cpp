// Trace line colour that is left after painting.
#include <fmt/format.h>

#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {

void check_leftover_trace(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "leftover-trace";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  for (const ColourUse& use : seen.colours)
    if (is_trace_colour(use.colour) && !context.style(use.colour))
      out.findings.push_back(fact(kName, drawing, use.area, use.at, std::max(8.0, seen.px(24)),
                                  fmt::format("{} px of trace line {} are left", use.area, hex(use.colour))));
}

}  // namespace nakawari
