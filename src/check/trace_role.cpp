// Trace lines take the colour of a side: blue that of the shadow, red that of the highlight.
#include <fmt/format.h>

#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {

void check_trace_role(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "trace-role";
  constexpr double kSmallest = 12;  // px at 1920: shorter ones are ends under main lines
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  for (const TracePiece& piece : seen.traces) {
    if (piece.area < std::max(8.0, kSmallest * seen.scale) || piece.sides.empty() ||
        is_trace_colour(piece.colour) || piece.colour == kCheckColour)
      continue;
    bool of_a_side = piece.colour.a == 0 ||
                     std::find(piece.near.begin(), piece.near.end(), piece.colour) != piece.near.end(),
         role_side = false, role_taken = false;
    for (const int side : piece.sides) {
      const Rgba8 c = seen.regions[side].colour;
      of_a_side = of_a_side || same(c, piece.colour);
      const Style* style = c.a != 0 ? context.style(c) : nullptr;
      if (!style) continue;
      const bool wanted = (piece.ink == Ink::blue &&
                           (style->role == StyleRole::shadow || style->role == StyleRole::shadow2)) ||
                          (piece.ink == Ink::red && style->role == StyleRole::highlight);
      role_side = role_side || wanted;
      role_taken = role_taken || (wanted && same(c, piece.colour));
      // The shadow itself may lie wholly under the lines: then its colour is that of no side.
      const Style* own = piece.colour.a != 0 ? context.style(piece.colour) : nullptr;
      of_a_side = of_a_side || (own && own->part == style->part && own->role != StyleRole::line);
    }
    if (of_a_side && (!role_side || role_taken)) continue;
    out.findings.push_back(fact(
        kName, drawing, piece.area, piece.at, std::max(8.0, seen.px(24)),
        of_a_side
            ? fmt::format("a {} trace line took {}, not its {} side", piece.ink == Ink::blue ? "blue" : "red",
                          hex(piece.colour), piece.ink == Ink::blue ? "shadow" : "highlight")
            : fmt::format("a trace line took {}, which lies on neither side", hex(piece.colour))));
  }
}

}  // namespace nakawari
