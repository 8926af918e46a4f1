// Spacing (tsume): how far along the way from the drawing before to the one after it lies, against the chart.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kSpacingFail = 0.10;  // of the way between the neighbours
constexpr double kMoved = 4;           // px at 1920: what moves less says nothing
constexpr int kSpacingLeastSamples = 40;

}  // namespace

void check_spacing(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "spacing";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  if (near.to_before->found < kFoundEnough || near.to_after->found < kFoundEnough)
    return out.skip(kName, drawing, "its neighbours are too different");
  // Each line says how far along it lies between its two neighbours, by the way across itself; the ones that
  // move far say it best.
  std::vector<double> each;
  for (std::int32_t i = 0; i < seen.graph.size(); ++i) {
    const SampleHit &b = near.to_before->samples[i], &a = near.to_after->samples[i];
    if (b.sample < 0 || a.sample < 0) continue;
    const Sample& s = seen.graph.samples[i];
    const Vec2 normal = perpendicular(s.tangent);
    const double way = dot(a.place - b.place, normal);
    if (std::abs(way) < seen.px(kMoved)) continue;
    const double part = dot(s.position - b.place, normal);
    each.push_back(part / way);
  }
  if (static_cast<int>(each.size()) < kSpacingLeastSamples)
    return out.skip(kName, drawing, "too little moves between its neighbours");
  const double place = median_of(each);
  const std::optional<double> wanted = chart_share(context, drawing);
  const Vec2 at{seen.width / 2.0, seen.height / 2.0};
  if (wanted) {
    const double off = std::abs(place - *wanted);
    // Where lines disagree, the drawing has no one place on the way.
    const double stray = 3 * figure_of(each).mad / std::sqrt(static_cast<double>(each.size()) / 10);
    if (const double fail = std::max(kSpacingFail, stray); listed(off, fail))
      out.findings.push_back(
          finding(kName, drawing, off, place, *wanted, fail, "of the way", at, 0,
                  fmt::format("it lies at {:.2f} of the way between its neighbours, the chart says {:.2f}",
                              place, *wanted)));
    return;
  }
  // Without a chart the artist's steps are as the artist wants them.
  out.skip(kName, drawing, "no chart says where it lies between its neighbours");
}

}  // namespace nakawari
