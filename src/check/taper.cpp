// Taper (iri-nuki): how free line ends run out, over the whole drawing.
#include <fmt/format.h>

#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kTip = 0.15, kLength = 0.10;  // fail
constexpr int kLeastEnds = 6;
constexpr double kShortest = 24;  // px at 1920: shorter lines are all taper

}  // namespace

void check_taper(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "taper";
  const Seen& seen = context.at(drawing);
  std::vector<double> tips, lengths;
  Vec2 at;
  for (std::size_t s = 0; s < seen.facts.size(); ++s) {
    const StrokeFacts& f = seen.facts[s];
    if (f.length < seen.px(kShortest) || f.kind == StrokeClass::trace) continue;
    for (const int e : {0, 1}) {
      if (!f.free[e]) continue;
      tips.push_back(f.tip[e]);
      lengths.push_back(f.taper[e]);
      const Stroke& stroke = seen.strokes.strokes[s];
      at = e == 0 ? stroke.points.front() : stroke.points.back();
    }
  }
  const auto n = static_cast<int>(tips.size());
  if (n < kLeastEnds)
    return out.skip(kName, drawing, fmt::format("it has fewer than {} free line ends", kLeastEnds));
  // Where half of the ends taper and half do not, the median length jumps from one to the other: it is
  // believed when the tips go with it.
  constexpr double kTipsGoAlong = 0.3;  // of their threshold
  bool tips_off = false;
  const auto judge = [&](const char* name, const std::vector<double>& values, double usual_fail,
                         const char* what, bool believed) {
    const Figure* figure = context.profile.find(name, kLeastEnds);
    if (!figure)
      return out.skip(kName, drawing, fmt::format("fewer than {} approved free line ends", kLeastEnds));
    const double fail = taper_fail(context, name, n, usual_fail);
    const double value = median_of(values), off = std::abs(value - figure->median);
    tips_off = off >= kTipsGoAlong * fail;
    if (believed && listed(off, fail))
      out.findings.push_back(finding(
          kName, drawing, off, value, figure->median, fail, "ratio", at, seen.px(60),
          fmt::format("{} of {} free line ends: {:.2f}, approved {:.2f}", what, n, value, figure->median)));
  };
  judge("taper.tip", tips, kTip, "width of the tips over the lines'", true);
  judge("taper.length", lengths, kLength, "length of the tapers over the lines'", tips_off);
}

}  // namespace nakawari
