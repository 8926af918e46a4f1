#include "trace/thinning.h"

#include <algorithm>
#include <array>
#include <limits>

#include "trace/simple_points.h"

namespace nakawari::tracing {
namespace {

/// Stands for "no paper above or below in this column"; its square still fits in 32 bits.
constexpr std::int32_t kFar = 30'000;

constexpr std::array<Ring, 256> kRings = ring_table();

/// Distance along the column to the nearest paper, then the exact distance by a bounded search along the
/// row: cheap, since lines are thin.
void measure_depth(const Mask& mask, Skeleton& out) {
  const int width = mask.width, height = mask.height;
  Grid<std::int32_t>& depth = out.depth;
  Grid<std::int32_t> column(width, height, 0);
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      if (!mask(x, y)) continue;
      out.ink.push_back(static_cast<std::int32_t>(mask.index(x, y)));
      column(x, y) = y > 0 ? std::min(kFar, column(x, y - 1) + 1) : kFar;
    }
  for (auto i = out.ink.rbegin(); i != out.ink.rend(); ++i) {
    const std::int32_t below = *i + width < static_cast<std::int32_t>(column.data.size())
                                   ? column.data[static_cast<std::size_t>(*i + width)]
                                   : kFar;
    std::int32_t& here = column.data[static_cast<std::size_t>(*i)];
    here = std::min(here, below + 1);
  }
  for (const std::int32_t i : out.ink) {
    const int x = i % width;
    const std::int32_t* row = &column.data[static_cast<std::size_t>(i - x)];
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
  Thinner(const Mask& mask, const Skeleton& skeleton) : width_(mask.width), pitch_(mask.width + 2) {
    on_.assign(static_cast<std::size_t>(pitch_) * (mask.height + 2), 0);
    queued_.assign(on_.size(), 0);
    for (std::size_t k = 0; k < 8; ++k) ring_[k] = kRingY[k] * pitch_ + kRingX[k];
    for (const std::int32_t i : skeleton.ink) on_[place(i)] = 1;
  }

  void run(const Skeleton& skeleton) {
    std::vector<std::pair<std::int32_t, std::int32_t>> order;  // depth, index
    order.reserve(skeleton.ink.size());
    for (const std::int32_t i : skeleton.ink)
      order.emplace_back(skeleton.depth.data[static_cast<std::size_t>(i)], i);
    std::sort(order.begin(), order.end());
    depth_.assign(on_.size(), 0);
    for (const auto& [d, i] : order) depth_[place(i)] = d;
    for (std::size_t from = 0; from < order.size();) {
      std::size_t to = from;
      const std::int32_t level = order[from].first;
      for (; to < order.size() && order[to].first == level; ++to) queue(place(order[to].second));
      peel(level);
      from = to;
    }
  }

  [[nodiscard]] bool on(std::int32_t index) const { return on_[place(index)] != 0; }

 private:
  [[nodiscard]] std::size_t place(std::int32_t index) const {
    return static_cast<std::size_t>((index / width_ + 1) * pitch_ + index % width_ + 1);
  }

  void queue(std::size_t p) {
    if (queued_[p]) return;
    queued_[p] = 1;
    next_.push_back(p);
  }

  [[nodiscard]] int ring(std::size_t p) const {
    int bits = 0;
    for (std::size_t k = 0; k < 8; ++k) bits |= on_[p + static_cast<std::size_t>(ring_[k])] << k;
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
      for (const std::size_t p : now) queued_[p] = 0;
      for (const std::size_t side : kSides) {
        open.clear();
        for (const std::size_t p : now)
          if (on_[p] && !on_[p + static_cast<std::size_t>(ring_[side])]) open.push_back(p);
        for (const std::size_t p : open) {
          if (kRings[static_cast<std::size_t>(ring(p))] != Ring::open) continue;
          on_[p] = 0;
          for (std::size_t k = 0; k < 8; ++k) {
            const std::size_t q = p + static_cast<std::size_t>(ring_[k]);
            if (on_[q] && depth_[q] <= level) queue(q);
          }
        }
      }
    }
  }

  int width_, pitch_;
  std::array<int, 8> ring_{};
  std::vector<std::uint8_t> on_, queued_;
  std::vector<std::int32_t> depth_;
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
