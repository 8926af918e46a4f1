#include "trace/topology.h"

#include <cstring>

#include "base/check.h"
#include "trace/simple_points.h"

namespace nakawari::tracing {
namespace {

constexpr std::array<Ring, 256> kRings = ring_table();

class Warp {
 public:
  Warp(const Mask& source, const Mask& ours) : page_(ours) {
    for (int y = 0; y < ours.height; ++y) {
      const std::uint8_t *a = &source.data[source.index(0, y)], *b = &ours.data[ours.index(0, y)];
      if (std::memcmp(a, b, static_cast<std::size_t>(ours.width)) == 0) continue;
      for (int x = 0; x < ours.width; ++x)
        if ((a[x] != 0) != (b[x] != 0)) queue_.push_back(static_cast<std::int32_t>(ours.index(x, y)));
    }
  }

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

}  // namespace

std::vector<std::int32_t> topology_differences(const Mask& source, const Mask& ours) {
  NAKAWARI_CHECK(source.width == ours.width && source.height == ours.height);
  return Warp(source, ours).run();
}

}  // namespace nakawari::tracing
