// White: pure white is reserved for paper (beside clear pixels it is paint, but TGA and models keep it for
// paper); near-white around the character is paint that will show.
#include <fmt/format.h>

#include "check/palette.h"
#include "check/tools.h"

namespace nakawari {

void check_white_paint(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "white-paint";
  constexpr int kNear = 250;  // every channel
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  for (const SeenRegion& region : seen.regions) {
    const Rgba8 c = region.colour;
    if (c.a == 0) continue;
    if (c == kPaper)
      out.findings.push_back(fact(kName, drawing, region.area, region.inside, extent(region),
                                  "pure white as paint: 24-bit TGA shows it as transparent"));
    else if (region.touches_edge && std::min({c.r, c.g, c.b}) >= kNear && !context.style(c))
      out.findings.push_back(fact(kName, drawing, region.area, region.inside, extent(region),
                                  fmt::format("{} around the character is not paper", hex(c))));
  }
}

}  // namespace nakawari
