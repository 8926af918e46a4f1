// Area: what main lines enclose is larger or smaller than the middle of what it is before and after.
#include <fmt/format.h>

#include <Eigen/Dense>

#include "check/shapes.h"
#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
namespace {

/// What a common swelling explains of the area, at least and at most, as a share.
constexpr double kExplainedLeast = 0.5, kExplainedMost = 1.7;
/// Rest of the outline after shift and swelling, median, share of how far the outline swells by.
constexpr double kRestShare = 0.5;
constexpr double kRestNoise = 0.3;  // px

/// A shape that is drawn too large lies outside of its place all round, wherever it lies; one over which
/// something moves, or that is covered here and there, changes on one side. So: shift and swelling of the
/// outline against the middle of its neighbours, by least squares along the normals, must explain the area.
bool swells_all_round(const Seen& seen, const Neighbours& near, const Shape& shape, double off) {
  struct Row {
    Eigen::Vector3d of;  // by shift in x and y, by swelling
    double by;
  };
  std::vector<Row> rows;
  const Vec2 centre{(shape.left + shape.right) / 2.0, (shape.top + shape.bottom) / 2.0};
  for (const int r : shape.regions)
    visit_outline(seen, r, [&](std::int32_t i, Vec2 outward) {
      const Sample& s = seen.graph.samples[i];
      const SampleHit &b = near.to_before->samples[i], &a = near.to_after->samples[i];
      if (s.ink != Ink::black || b.sample < 0 || a.sample < 0) return;
      const double arm = dot(s.position - centre, outward);
      rows.push_back({{outward.x, outward.y, arm}, dot(s.position - (b.place + a.place) / 2, outward)});
    });
  constexpr std::size_t kLeast = 8;
  if (rows.size() < kLeast) return false;
  Eigen::Vector3d fit = Eigen::Vector3d::Zero();
  double scale = 2, rest = 0;
  for (int round = 0; round < 8; ++round) {
    Eigen::Matrix3d left = 1e-6 * Eigen::Matrix3d::Identity();
    Eigen::Vector3d right = Eigen::Vector3d::Zero();
    std::vector<double> rests;
    for (const Row& row : rows) {
      const double r = (row.by - row.of.dot(fit)) / scale, w = 1 / (1 + r * r);
      rests.push_back(std::abs(row.by - row.of.dot(fit)));
      left += w * row.of * row.of.transpose();
      right += w * row.by * row.of;
    }
    rest = median_of(std::move(rests));
    scale = std::max(0.5, 2 * rest);
    fit = left.ldlt().solve(right);
  }
  const double swelling = std::clamp(fit.z(), -0.9, 0.9);
  const double explained = (1 / ((1 - swelling) * (1 - swelling)) - 1) / off;
  const double by = std::abs(swelling) * std::sqrt(shape.area / 3.14159265358979);
  return explained > kExplainedLeast && explained < kExplainedMost && rest < kRestShare * by + kRestNoise;
}

}  // namespace

void check_area_jitter(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "area-jitter";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  const Shapes here = shapes_of(context, seen);
  const std::vector<TrackedShape> tracked = tracked_shapes(context, drawing, here);
  const double restless = restlessness_of(tracked);
  for (const TrackedShape& t : tracked) {
    const Shape& shape = here.all[t.shape];
    const double middle = t.middle, off = std::abs(t.off);
    // What changes between the neighbours may well change unevenly; what does not, should not here.
    const double fail = area_fail(middle, shape.outline, t.moving, restless, shape.rigid);
    const SeenRegion& region = seen.regions[shape.largest];
    if (!listed(off, fail) || !swells_all_round(seen, near, shape, t.off) ||
        !understood(context, kName, drawing, region.inside, shape.extent() / 2 + seen.px(60),
                    shape.extent() / 2, out))
      continue;
    Finding found = finding(kName, drawing, off * middle, shape.area, middle, fail * middle, "px2",
                            region.inside, shape.extent(),
                            fmt::format("this shape is {:+.0f} % against the middle of its neighbours",
                                        100 * (shape.area - middle) / middle));
    if (const Style* style = region.painted() ? context.style(region.colour) : nullptr)
      found.part = style->part;
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
