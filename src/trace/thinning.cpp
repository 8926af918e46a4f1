#include "trace/thinning.h"

#include <algorithm>
#include <array>
#include <limits>

#include "trace/simple_points.h"

namespace nakawari::tracing {
namespace {

/// Stands for "no paper above or below in this column"; its square still fits in 32 bits.
constexpr std::int16_t kFar = 30'000;

constexpr std::array<Ring, 256> kRings = ring_table();

std::int16_t one_more(std::int16_t steps) {
  return steps < kFar ? static_cast<std::int16_t>(steps + 1) : kFar;
}

/// Distance along the column to the nearest paper, then the exact distance by a bounded search along the
/// row: cheap, since lines are thin.
void measure_depth(const Mask& mask, Skeleton& out) {
  const int width = mask.width, height = mask.height;
  Grid<std::int32_t>& depth = out.depth;
  Grid<std::int16_t> column(width, height, 0);  // the page is large: what touches less of it is faster
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      if (!mask(x, y)) continue;
      out.ink.push_back(static_cast<std::int32_t>(mask.index(x, y)));
      column(x, y) = y > 0 ? one_more(column(x, y - 1)) : kFar;
    }
  for (auto i = out.ink.rbegin(); i != out.ink.rend(); ++i) {
    const std::int16_t below = *i + width < static_cast<std::int32_t>(column.data.size())
                                   ? column.data[static_cast<std::size_t>(*i + width)]
                                   : kFar;
    std::int16_t& here = column.data[static_cast<std::size_t>(*i)];
    here = std::min(here, one_more(below));
  }
  for (const std::int32_t i : out.ink) {
    const int x = i % width;
    const std::int16_t* row = &column.data[static_cast<std::size_t>(i - x)];
    std::int32_t best = row[x] * row[x];
    for (int dx = 1; dx * dx < best; ++dx) {
      if (x - dx < 0 && x + dx >= width) break;
      if (x - dx >= 0) best = std::min(best, dx * dx + row[x - dx] * row[x - dx]);
      if (x + dx < width) best = std::min(best, dx * dx + row[x + dx] * row[x + dx]);
    }
    depth.data[static_cast<std::size_t>(i)] = best;
  }
}

/// The page with a rim of one pixel, so that neighbours need no bounds check. The rim is paper here: it
/// holds no arcs, and an arc that reaches the page's edge ends there.
class Thinner {
 public:
  Thinner(const Mask& mask, const Skeleton& skeleton)
      : depth_(skeleton.depth), width_(mask.width), pitch_(mask.width + 2) {
    on_.assign(static_cast<std::size_t>(pitch_) * (mask.height + 2), 0);
    for (std::size_t k = 0; k < 8; ++k) ring_[k] = kRingY[k] * pitch_ + kRingX[k];
    for (const std::int32_t i : skeleton.ink) on_[place(i)] = kOn;
  }

  void run(const Skeleton& skeleton) {
    std::vector<std::pair<std::int32_t, std::int32_t>> order;  // depth, index
    order.reserve(skeleton.ink.size());
    for (const std::int32_t i : skeleton.ink)
      order.emplace_back(skeleton.depth.data[static_cast<std::size_t>(i)], i);
    std::sort(order.begin(), order.end());
    for (std::size_t from = 0; from < order.size();) {
      std::size_t to = from;
      const std::int32_t level = order[from].first;
      for (; to < order.size() && order[to].first == level; ++to) queue(place(order[to].second));
      peel(level);
      from = to;
    }
  }

  [[nodiscard]] bool on(std::int32_t index) const { return (on_[place(index)] & kOn) != 0; }

 private:
  [[nodiscard]] std::size_t place(std::int32_t index) const {
    return static_cast<std::size_t>((index / width_ + 1) * pitch_ + index % width_ + 1);
  }

  [[nodiscard]] std::int32_t depth(std::size_t p) const {
    const std::size_t row = p / static_cast<std::size_t>(pitch_);
    return depth_.data[p - static_cast<std::size_t>(pitch_) - 2 * row + 1];
  }

  void queue(std::size_t p) {
    if (on_[p] & kQueued) return;
    on_[p] |= kQueued;
    next_.push_back(p);
  }

  [[nodiscard]] int ring(std::size_t p) const {
    int bits = 0;
    for (std::size_t k = 0; k < 8; ++k) bits |= (on_[p + static_cast<std::size_t>(ring_[k])] & kOn) << k;
    return bits;
  }

  /// Removes what can go at this depth, side by side: only pixels that are open to the side at the start
  /// of its turn, so that a line loses at most one pixel at its ends.
  void peel(std::int32_t level) {
    static constexpr std::array<std::size_t, 4> kSides{6, 2, 0, 4};  // north, south, east, west
    std::vector<std::size_t> now, open;
    while (!next_.empty()) {
      now.swap(next_);
      next_.clear();
      std::sort(now.begin(), now.end());
      for (const std::size_t p : now) on_[p] &= kOn;
      for (const std::size_t side : kSides) {
        open.clear();
        for (const std::size_t p : now)
          if ((on_[p] & kOn) && !(on_[p + static_cast<std::size_t>(ring_[side])] & kOn)) open.push_back(p);
        for (const std::size_t p : open) {
          if (kRings[static_cast<std::size_t>(ring(p))] != Ring::open) continue;
          on_[p] &= kQueued;
          for (std::size_t k = 0; k < 8; ++k) {
            const std::size_t q = p + static_cast<std::size_t>(ring_[k]);
            if ((on_[q] & kOn) && depth(q) <= level) queue(q);
          }
        }
      }
    }
  }

  static constexpr std::uint8_t kOn = 1, kQueued = 2;
  const Grid<std::int32_t>& depth_;
  int width_, pitch_;
  std::array<int, 8> ring_{};
  std::vector<std::uint8_t> on_;  // bits kOn, kQueued
  std::vector<std::size_t> next_;
};

}  // namespace

Skeleton thin_by_distance(const Mask& mask) {
  Skeleton out;
  out.depth = Grid<std::int32_t>(mask.width, mask.height, 0);
  out.on = Mask(mask.width, mask.height, 0);
  measure_depth(mask, out);
  Thinner thinner(mask, out);
  thinner.run(out);
  for (const std::int32_t i : out.ink) {
    if (!thinner.on(i)) continue;
    out.on.data[static_cast<std::size_t>(i)] = 1;
    out.pixels.push_back(i);
  }
  return out;
}

}  // namespace nakawari::tracing
