#include "trace/topology.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <utility>

#include "base/check.h"
#include "trace/simple_points.h"

namespace nakawari::tracing {
namespace {

constexpr std::array<Ring, 256> kRings = ring_table();

std::vector<std::int32_t> differing(const Mask& source, const Mask& ours) {
  NAKAWARI_CHECK(source.width == ours.width && source.height == ours.height);
  std::vector<std::int32_t> pixels;
  for (int y = 0; y < ours.height; ++y) {
    const std::uint8_t *a = &source.data[source.index(0, y)], *b = &ours.data[ours.index(0, y)];
    if (std::memcmp(a, b, static_cast<std::size_t>(ours.width)) == 0) continue;
    for (int x = 0; x < ours.width; ++x)
      if ((a[x] != 0) != (b[x] != 0)) pixels.push_back(static_cast<std::int32_t>(ours.index(x, y)));
  }
  return pixels;
}

class Warp {
 public:
  Warp(std::vector<std::int32_t> pixels, const Mask& ours) : page_(ours), queue_(std::move(pixels)) {}

  std::vector<std::int32_t> run() {
    std::vector<std::int32_t> left;
    bool moved = true;
    while (moved) {
      moved = false;
      left.clear();
      for (const std::int32_t p : queue_) {
        if (kRings[ring(p)] == Ring::keep) {
          left.push_back(p);
          continue;
        }
        std::uint8_t& here = page_.data[static_cast<std::size_t>(p)];
        here = here ? 0 : 1;
        moved = true;
      }
      queue_.swap(left);
    }
    return queue_;
  }

 private:
  [[nodiscard]] std::size_t ring(std::int32_t p) const {
    const int x = p % page_.width, y = p / page_.width;
    std::size_t bits = 0;
    for (std::size_t k = 0; k < 8; ++k) {
      const int u = x + kRingX[k], v = y + kRingY[k];
      if (!page_.contains(u, v) || page_(u, v)) bits |= std::size_t{1} << k;
    }
    return bits;
  }

  Mask page_;
  std::vector<std::int32_t> queue_;
};

/// Calls `see` with every edge neighbour of a pixel.
template <typename See>
void around(const Mask& page, std::int32_t p, See see) {
  const int x = p % page.width, y = p / page.width;
  if (x > 0) see(p - 1);
  if (x + 1 < page.width) see(p + 1);
  if (y > 0) see(p - page.width);
  if (y + 1 < page.height) see(p + page.width);
}

/// The paper region of `source` around a pixel in scan order; empty when it has more pixels than a small one.
std::vector<std::int32_t> small_region(const Mask& source, std::int32_t seed) {
  std::vector<std::int32_t> found{seed};
  for (std::size_t i = 0; i < found.size(); ++i) {
    around(source, found[i], [&](std::int32_t q) {
      if (!source.data[static_cast<std::size_t>(q)] &&
          std::find(found.begin(), found.end(), q) == found.end())
        found.push_back(q);
    });
    if (found.size() > kSmallRegion) return {};
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<std::int32_t> topology_differences(const Mask& source, const Mask& ours) {
  return Warp(differing(source, ours), ours).run();
}

std::vector<std::int32_t> small_region_differences(const Mask& source, const Mask& ours) {
  struct Change {
    int area = 0, change = 0;
    std::vector<std::int32_t> pixels;
  };
  std::map<std::int32_t, Change> regions;  // by first pixel
  for (const std::int32_t p : differing(source, ours)) {
    const auto count = [&](std::int32_t paper, int change) {
      const std::vector<std::int32_t> region = small_region(source, paper);
      if (region.empty()) return;
      Change& known = regions[region.front()];
      known.area = static_cast<int>(region.size());
      known.change += change;
      known.pixels.push_back(p);
    };
    if (!source.data[static_cast<std::size_t>(p)])
      count(p, -1);
    else
      around(source, p, [&](std::int32_t q) {
        if (!source.data[static_cast<std::size_t>(q)]) count(q, 1);
      });
  }
  std::vector<std::int32_t> wrong;
  const auto counts = [](int area) { return area > kCrumb; };
  for (const auto& [first, region] : regions)
    if (5 * std::abs(region.change) > region.area ||
        counts(region.area) != counts(region.area + region.change))
      wrong.insert(wrong.end(), region.pixels.begin(), region.pixels.end());
  std::sort(wrong.begin(), wrong.end());
  wrong.erase(std::unique(wrong.begin(), wrong.end()), wrong.end());
  return wrong;
}

}  // namespace nakawari::tracing
