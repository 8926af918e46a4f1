// What a drawing contributes to a style profile.
#include "check/look.h"
#include "check/strokes.h"

namespace nakawari {

Measurements measurements(const Seen& seen, bool lines, bool paint) {
  constexpr double kTaperLength = 24;  // px at 1920
  Measurements m;
  if (lines) {
    int ends = 0;
    for (std::size_t s = 0; s < seen.facts.size(); ++s) {
      const StrokeFacts& f = seen.facts[s];
      const std::string kind = word(f.kind);
      if (f.length >= kJudgedLength) {
        m["width." + kind].push_back(f.width);
        m["roughness." + kind].push_back(f.roughness);
      }
      double turned = 0;
      for (std::int32_t i = seen.graph.first[s] + 1; i < seen.graph.first[s + 1]; ++i)
        turned += std::abs(std::asin(
            std::clamp(cross(seen.graph.samples[i - 1].tangent, seen.graph.samples[i].tangent), -1.0, 1.0)));
      if (f.length >= kJudgedLength) m["curvature." + kind].push_back(turned / f.length);
      for (const int e : {0, 1}) {
        ends += f.free[e];
        if (!f.free[e] || f.length < seen.px(kTaperLength) || f.kind == StrokeClass::trace) continue;
        m["taper.tip"].push_back(f.tip[e]);
        m["taper.length"].push_back(f.taper[e]);
      }
    }
    m["free-ends"].push_back(ends);
    if (!seen.graph.samples.empty()) m["density"].push_back(seen.density);
  }
  if (paint && seen.has_paint) {
    double painted = 0;
    for (const ColourUse& use : seen.colours) painted += use.area;
    for (const ColourUse& use : seen.colours) {
      if (use.graded == use.area) continue;  // a shade of an airbrush, no colour of the palette
      const std::string name = hex(use.colour);
      m["colour." + name].push_back(1);
      if (use.regions > 0) m["area." + name].push_back(use.area / painted);
    }
  }
  return m;
}

}  // namespace nakawari
