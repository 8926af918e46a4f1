// Main lines come out of painting as they went in.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {

void check_line_altered(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "line-altered";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  for (const PixelFact& lost : seen.altered_line) {
    const Style* style = lost.colour.a != 0 ? context.style(lost.colour) : nullptr;
    if (style && style->role == StyleRole::line) continue;  // the model colours the lines themselves
    out.findings.push_back(fact(kName, drawing, lost.count, lost.at, std::max(8.0, seen.px(20)),
                                fmt::format("{} px of main line became {}", lost.count,
                                            lost.colour.a == 0 ? "clear" : hex(lost.colour))));
  }
}

}  // namespace nakawari
