// Pairs across a trace line: a shadow's border has a colour and its shadow on its two sides, as the model
// has them.
#include <fmt/format.h>

#include "check/pairs.h"
#include "check/tools.h"

namespace nakawari {

std::string pair_name(const Style& a, const Style& b) {
  return a.id < b.id ? a.name + " | " + b.name : b.name + " | " + a.name;
}

void check_palette_pair(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "palette-pair";
  constexpr double kShare = 0.02;  // of the length of all such borders, fail
  constexpr double kContact = 10;  // px at 1920: shorter ones are ends of trace lines
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  if (context.model.styles.empty()) return out.skip(kName, drawing, kNoModel);
  double all = 0, wrong = 0, longest = 0;
  const SeenContact* worst = nullptr;
  for (const SeenContact& c : seen.contacts) {
    if (c.ink == Ink::black || c.ink == Ink::none) continue;
    const SeenRegion &ra = seen.regions[c.a], &rb = seen.regions[c.b];
    if (!ra.painted() || !rb.painted()) continue;
    const Style *a = context.style(ra.colour), *b = context.style(rb.colour);
    if (!a || !b) continue;
    all += c.length;
    if (c.length < std::max(5.0, seen.px(kContact)) || a->part == b->part) continue;
    if (context.profile.find("pair." + pair_name(*a, *b))) continue;
    wrong += c.length;
    if (c.length > longest) {
      longest = c.length;
      worst = &c;
    }
  }
  if (!worst) return;
  const Style *a = context.style(seen.regions[worst->a].colour),
              *b = context.style(seen.regions[worst->b].colour);
  Finding found =
      finding(kName, drawing, std::max(wrong / all, kWarnShare * kShare), wrong / all, 0, kShare, "share",
              worst->at, std::max(longest, seen.px(30)),
              fmt::format("{} meets {} across a trace line; the model has no such pair", a->name, b->name));
  found.part = a->part;
  out.findings.push_back(std::move(found));
}

}  // namespace nakawari
