// Registration (taps, gata): the whole drawing lies beside the middle of its neighbours by one and the same
// shift, and the neighbours do not.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kRegistrationJumpFail = 1.0;  // px at 1920
constexpr double kFloor = 0.30;                // px: windowed means of 2-value lines
/// The rest after the common shift, median, that still lets one speak of a common shift, px at 1920.
constexpr double kRest = 0.5;
constexpr int kRegistrationJumpLeastSamples = 60;

struct Shift {
  bool known = false;
  Vec2 shift;
  double rest = 0;
};

/// The common shift of a drawing against its place between its neighbours. Lines say only how far they lie
/// off along their normal, so the shift is the least-squares one over all normals, outliers weighed down.
Shift shift_of(const CheckContext& context, int drawing) {
  Shift result;
  if (drawing < 0) return result;
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both() || near.to_before->found < kFoundEnough || near.to_after->found < kFoundEnough)
    return result;
  struct Row {
    Vec2 normal;
    double off;
  };
  // The middle of its neighbours, or where the chart wants it between them.
  const double share = chart_share(context, drawing).value_or(0.5);
  std::vector<Row> rows;
  for (std::int32_t i = 0; i < seen.graph.size(); ++i) {
    const SampleHit &b = near.to_before->samples[i], &a = near.to_after->samples[i];
    if (b.sample < 0 || a.sample < 0) continue;
    const Sample& s = seen.graph.samples[i];
    const Vec2 normal = perpendicular(s.tangent);
    rows.push_back({normal, dot(s.position - (b.place + (a.place - b.place) * share), normal)});
  }
  if (static_cast<int>(rows.size()) < kRegistrationJumpLeastSamples) return result;
  Vec2 shift;
  double scale = 4;
  for (int round = 0; round < 8; ++round) {
    double xx = 1e-9, xy = 0, yy = 1e-9;
    Vec2 right;
    std::vector<double> rest;
    for (const Row& row : rows) {
      const double r = row.off - dot(row.normal, shift);
      rest.push_back(std::abs(r));
      const double w = 1 / (1 + (r / scale) * (r / scale));
      xx += w * row.normal.x * row.normal.x;
      xy += w * row.normal.x * row.normal.y;
      yy += w * row.normal.y * row.normal.y;
      right += row.normal * (w * row.off);
    }
    const double det = xx * yy - xy * xy;
    if (det < 1e-6 * xx * yy) return result;  // all lines run one way
    shift = {(right.x * yy - right.y * xy) / det, (right.y * xx - right.x * xy) / det};
    result.rest = median_of(std::move(rest));
    scale = std::max(0.15, 2 * result.rest);
  }
  result.known = true;
  result.shift = shift;
  return result;
}

}  // namespace

void check_registration(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "registration";
  const Seen& seen = context.at(drawing);
  const Shift here = shift_of(context, drawing);
  if (!here.known) return out.skip(kName, drawing, "it has no two neighbours like it");
  if (here.rest > seen.px(kRest) * 1.0 + 0.15)
    return out.skip(kName, drawing, "its parts move too differently for a common shift");
  const double fail = std::max(kFloor / kWarnShare, seen.px(kRegistrationJumpFail));
  const double off = length(here.shift);
  if (!listed(off, fail)) return;
  // A cel that speeds up lies beside the middle on every drawing the same way; one that was laid beside its
  // pegs throws its neighbours half as far to the other side.
  bool alone = false;
  for (const int side : {seen.given.before, seen.given.after}) {
    const Shift there = shift_of(context, side);
    if (!there.known) continue;
    if (dot(there.shift, here.shift) > 0.2 * off * off) return;
    alone = true;
  }
  Finding found = finding(
      kName, drawing, off, off, 0, fail, "px", {seen.width / 2.0, seen.height / 2.0}, 0,
      fmt::format("the whole drawing lies ({:+.1f}, {:+.1f}) px beside its place between its neighbours",
                  here.shift.x, here.shift.y));
  if (!alone) found.confidence *= 0.8;
  out.findings.push_back(std::move(found));
}

}  // namespace nakawari
