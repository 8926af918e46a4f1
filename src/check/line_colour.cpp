// Line tone and trace colours: every pixel of a 2-value line is a pure ink; smooth lines are as dark as the
// approved ones.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {

void check_line_colour(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "line-colour";
  constexpr double kDensity = 0.10;  // fail
  const Seen& seen = context.at(drawing);
  if (seen.odd_line.count > 0)
    out.findings.push_back(fact(kName, drawing, seen.odd_line.count, seen.odd_line.at, seen.px(20),
                                fmt::format("{} line pixels are of no pure ink, the first is {}",
                                            seen.odd_line.count, hex(seen.odd_line.colour))));
  if (seen.kind == LineKind::two_value || seen.graph.samples.empty()) return;
  const Figure* figure = context.profile.find("density");
  if (!figure) return out.skip(kName, drawing, "no approved drawing to compare the darkness of lines with");
  const double off = std::abs(seen.density - figure->median);
  if (listed(off, kDensity))
    out.findings.push_back(
        finding(kName, drawing, off, seen.density, figure->median, kDensity, "density",
                seen.graph.samples.front().position, 0,
                fmt::format("its lines cover {:.2f} of the paper in their middle, approved {:.2f}",
                            seen.density, figure->median)));
}

}  // namespace nakawari
