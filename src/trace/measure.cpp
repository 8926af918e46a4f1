#include "trace/measure.h"

#include <algorithm>

#include "base/check.h"
#include "image/components.h"
#include "trace/thinning.h"
#include "trace/topology.h"

namespace nakawari::tracing {
namespace {

/// Is there a pixel of the mask at most one pixel away, centre to centre?
bool within_one(const Mask& mask, std::int32_t pixel) {
  const int x = pixel % mask.width, y = pixel / mask.width;
  const auto on = [&](int dx, int dy) { return mask.contains(x + dx, y + dy) && mask(x + dx, y + dy); };
  return on(0, 0) || on(1, 0) || on(-1, 0) || on(0, 1) || on(0, -1);
}

double share_within_one(const std::vector<std::int32_t>& pixels, const Mask& mask) {
  if (pixels.empty()) return 1;
  const auto near =
      std::count_if(pixels.begin(), pixels.end(), [&](std::int32_t p) { return within_one(mask, p); });
  return static_cast<double>(near) / static_cast<double>(pixels.size());
}

int count_regions(const Mask& ink) {
  Mask paper = ink;
  for (std::uint8_t& p : paper.data) p = p ? 0 : 1;
  int count = 0;
  for (const Component& c : connected_components(paper, Connectivity::four).components)
    count += c.area > kCrumb;
  return count;
}

}  // namespace

TraceReport compare_lines(const Mask& source, const Mask& ours) {
  NAKAWARI_CHECK(source.width == ours.width && source.height == ours.height);
  const Skeleton thin_source = thin_by_distance(source), thin_ours = thin_by_distance(ours);
  TraceReport report;
  const double precision = share_within_one(thin_ours.pixels, thin_source.on);
  const double recall = share_within_one(thin_source.pixels, thin_ours.on);
  report.f1_1px = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
  report.unexplained = 1 - share_within_one(thin_source.ink, ours);
  report.invented = 1 - share_within_one(thin_ours.ink, source);
  report.regions_source = count_regions(source);
  report.regions_ours = count_regions(ours);
  return report;
}

}  // namespace nakawari::tracing
