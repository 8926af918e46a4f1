// Necks of regions: where the paper between two lines is narrow and wide on both sides.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "image/distance.h"
#include "paint/closures.h"

namespace nakawari {
namespace {

/// Both rooms are at least so many times as wide as the neck, and hold at least so many pixels that are
/// farther from the ink than the neck's own.
constexpr double kWider = 2;
constexpr int kRoom = 150;
/// A neck beside a known closure, px, is that closure.
constexpr double kBeside = 6;
/// Levels of clearance per pixel: saddles are told apart no finer.
constexpr int kLevels = 4;

/// Hills of the clearance, grown from the top; each knows its height and its pixels.
class Hills {
 public:
  explicit Hills(std::size_t pixels) : parent_(pixels, -1) {}
  [[nodiscard]] bool has(std::int32_t pixel) const { return parent_[pixel] >= 0; }
  void start(std::int32_t pixel, float height) {
    parent_[pixel] = static_cast<std::int32_t>(heights_.size());
    owner_.push_back(static_cast<std::int32_t>(heights_.size()));
    heights_.push_back(height);
    areas_.push_back(1);
  }
  void join(std::int32_t pixel, std::int32_t hill) {
    parent_[pixel] = hill;
    ++areas_[hill];
  }
  [[nodiscard]] std::int32_t of(std::int32_t pixel) {
    std::int32_t hill = parent_[pixel];
    while (owner_[hill] != hill) hill = owner_[hill] = owner_[owner_[hill]];
    return parent_[pixel] = hill;
  }
  [[nodiscard]] float height(std::int32_t hill) const { return heights_[hill]; }
  [[nodiscard]] int area(std::int32_t hill) const { return areas_[hill]; }
  /// The higher one takes the other.
  std::int32_t merge(std::int32_t a, std::int32_t b) {
    if (heights_[a] < heights_[b]) std::swap(a, b);
    owner_[b] = a;
    areas_[a] += areas_[b];
    return a;
  }

 private:
  std::vector<std::int32_t> parent_, owner_;
  std::vector<float> heights_;
  std::vector<int> areas_;
};

/// Pixels without ink, those farthest from it first.
std::vector<std::int32_t> from_the_top(const Grid<float>& clearance) {
  std::vector<std::vector<std::int32_t>> levels;
  for (std::size_t i = 0; i < clearance.data.size(); ++i) {
    const float c = clearance.data[i];
    if (c <= 0 || !std::isfinite(c)) continue;
    const auto level = static_cast<std::size_t>(c * kLevels);
    if (level >= levels.size()) levels.resize(level + 1);
    levels[level].push_back(static_cast<std::int32_t>(i));
  }
  std::vector<std::int32_t> order;
  for (auto level = levels.rbegin(); level != levels.rend(); ++level)
    order.insert(order.end(), level->begin(), level->end());
  return order;
}

/// The shortest way across at a pixel: from the ink nearest to it to the first ink on the other side.
Closure across(const Mask& ink, std::int32_t pixel, std::int32_t nearest, double reach) {
  const auto centre = [&](std::int32_t at) {
    const std::int32_t row = at / ink.width;
    return Vec2{at % ink.width + 0.5, row + 0.5};
  };
  const Vec2 here = centre(pixel), near = centre(nearest);
  Closure best;
  double shortest = reach + 1;
  for (const double degrees : {0.0, 15.0, -15.0, 30.0, -30.0, 45.0, -45.0}) {
    const Vec2 ray = rotated(normalized(here - near), degrees * std::numbers::pi / 180);
    for (double d = 0.5; d <= shortest; d += 0.5) {
      const Vec2 p = here + ray * d;
      const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
      if (!ink.contains(x, y)) break;
      if (ink(x, y) == 0) continue;
      auto wall = wall_between(ink, near, {x + 0.5, y + 0.5});
      const double width = distance(near, p) - 1;
      if (!wall.empty() && width < shortest) {
        shortest = width;
        best = {ClosureKind::neck, near, {x + 0.5, y + 0.5}, std::move(wall), 1 - width / (reach + 1)};
      }
      break;
    }
  }
  return best;
}

}  // namespace

std::vector<Closure> neck_candidates(const LineImage& lines, const std::vector<Closure>& known,
                                     const ClosureOptions& options) {
  const Mask ink = barrier_mask(lines);
  const NearestPixels nearest = nearest_pixels(ink);
  const Grid<float>& clearance = nearest.distance;
  Hills hills(clearance.data.size());
  std::vector<Closure> necks;
  for (const std::int32_t pixel : from_the_top(clearance)) {
    const int x = pixel % ink.width, y = pixel / ink.width;
    const float here = clearance.data[pixel];
    std::int32_t mine = -1;
    for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
      if (!ink.contains(x + dx, y + dy)) continue;
      const auto next = static_cast<std::int32_t>(ink.index(x + dx, y + dy));
      if (!hills.has(next)) continue;
      const std::int32_t other = hills.of(next);
      if (mine < 0) {
        hills.join(pixel, other);
        mine = other;
        continue;
      }
      if (other == mine) continue;
      const auto is_room = [&](std::int32_t hill) {
        return hills.height(hill) >= kWider * here && hills.area(hill) >= kRoom;
      };
      if (is_room(mine) && is_room(other) && 2 * here <= options.reach + 1) {
        Closure neck = across(ink, pixel, nearest.index.data[pixel], options.reach);
        const Vec2 at{x + 0.5, y + 0.5};
        const auto beside = [&](const Closure& c) { return distance_to(c, at) <= kBeside; };
        if (!neck.wall.empty() && std::none_of(known.begin(), known.end(), beside) &&
            std::none_of(necks.begin(), necks.end(), beside))
          necks.push_back(std::move(neck));
      }
      mine = hills.merge(mine, other);
    }
    if (mine < 0) hills.start(pixel, here);
  }
  std::stable_sort(necks.begin(), necks.end(),
                   [](const Closure& a, const Closure& b) { return a.wall.size() < b.wall.size(); });
  return necks;
}

}  // namespace nakawari
