#include "face/solids.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "image/distance.h"

namespace nakawari {
namespace {

// A solid is this many times as wide as the lines are in the median, and at least so many px.
constexpr double kWider = 2.2, kLeastHalf = 4;
// Its core (half as deep as its deepest place) is at most this many times as long as wide.
constexpr double kLongest = 2.2;
constexpr double kCore = 0.5;
// Rounder than this, the axis stands upright, so that it does not turn by chance.
constexpr double kRound = 1.12;
// Ink left over beside a solid is its own when it is this small a share of it.
constexpr double kCrumb = 0.12;
// It fills this share of its hull, and at most this share of its border lies against other ink.
constexpr double kConvex = 0.85, kMostTouching = 0.2;
constexpr int kMostSolids = 6, kTries = 16;
constexpr double kStep = 2;   // px between points of the stroke
constexpr double kTip = 0.2;  // share of the depth at which the stroke ends

using Pixels = std::vector<std::int32_t>;

/// The middle of pixel `index` of a picture `width` wide.
Vec2 middle_of(std::int32_t index, int width) {
  const std::int32_t x = index % width, y = index / width;
  return {x + 0.5, y + 0.5};
}

/// Distance to paper; 0 on paper.
Grid<float> depth_of(const Mask& ink) {
  Mask paper(ink.width + 2, ink.height + 2, 1);
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x) paper(x + 1, y + 1) = ink(x, y) == 0;
  const Grid<float> far = distance_to(paper);
  Grid<float> depth(ink.width, ink.height);
  for (int y = 0; y < ink.height; ++y)
    for (int x = 0; x < ink.width; ++x) depth(x, y) = std::max(0.0F, far(x + 1, y + 1) - 0.5F);
  return depth;
}

/// Half the width of lines: the median depth along their middles.
double usual_half(const Grid<float>& depth) {
  std::vector<float> ridge;
  for (int y = 1; y + 1 < depth.height; ++y)
    for (int x = 1; x + 1 < depth.width; ++x) {
      const float own = depth(x, y);
      if (own <= 0) continue;
      bool top = true;
      for (int dy = -1; dy <= 1 && top; ++dy)
        for (int dx = -1; dx <= 1; ++dx) top = top && depth(x + dx, y + dy) <= own;
      if (top) ridge.push_back(own);
    }
  if (ridge.empty()) return 0;
  const auto middle = ridge.begin() + static_cast<std::ptrdiff_t>(ridge.size() / 2);
  std::nth_element(ridge.begin(), middle, ridge.end());
  return *middle;
}

template <typename In>
Pixels flood(const Grid<float>& depth, std::int32_t from, Mask& seen, In&& in) {
  Pixels pixels{from};
  seen.data[from] = 1;
  for (std::size_t head = 0; head < pixels.size(); ++head) {
    const int x = pixels[head] % depth.width, y = pixels[head] / depth.width;
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) {
        if (!depth.contains(x + dx, y + dy) || seen(x + dx, y + dy) != 0) continue;
        const auto next = static_cast<std::int32_t>(depth.index(x + dx, y + dy));
        if (!in(next)) continue;
        seen.data[next] = 1;
        pixels.push_back(next);
      }
  }
  return pixels;
}

struct Moments {
  Vec2 middle, axis;
  double longer = 1;
};

Moments moments_of(const Pixels& pixels, int width) {
  Moments m;
  const auto n = static_cast<double>(pixels.size());
  for (const std::int32_t p : pixels) m.middle += middle_of(p, width) / n;
  double xx = 1.0 / 12, xy = 0, yy = 1.0 / 12;
  for (const std::int32_t p : pixels) {
    const Vec2 d = middle_of(p, width) - m.middle;
    xx += d.x * d.x / n;
    xy += d.x * d.y / n;
    yy += d.y * d.y / n;
  }
  const double mean = (xx + yy) / 2, half = std::hypot((xx - yy) / 2, xy);
  m.longer = std::sqrt((mean + half) / std::max(mean - half, 1e-9));
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
  m.axis = m.longer < kRound ? Vec2{0, 1} : Vec2{std::cos(angle), std::sin(angle)};
  if (m.axis.y < 0) m.axis = -m.axis;
  return m;
}

/// Convex hull, counter-clockwise (Andrew 1979).
std::vector<Vec2> hull_of(std::vector<Vec2> points) {
  std::sort(points.begin(), points.end(), [](Vec2 l, Vec2 r) { return l.x != r.x ? l.x < r.x : l.y < r.y; });
  std::vector<Vec2> hull;
  for (int pass = 0; pass < 2; ++pass) {
    const std::size_t base = hull.size();
    for (const Vec2 p : points) {
      while (hull.size() >= base + 2 &&
             cross(hull[hull.size() - 1] - hull[hull.size() - 2], p - hull[hull.size() - 2]) <= 0)
        hull.pop_back();
      hull.push_back(p);
    }
    hull.pop_back();
    std::reverse(points.begin(), points.end());
  }
  return hull;
}

std::vector<Vec2> hull_of_pixels(const Pixels& shape, int width) {
  std::vector<Vec2> corners;
  for (const std::int32_t p : shape)
    for (const Vec2 d : {Vec2{0, 0}, Vec2{1, 0}, Vec2{0, 1}, Vec2{1, 1}})
      corners.push_back(middle_of(p, width) - Vec2{0.5, 0.5} + d);
  return hull_of(std::move(corners));
}

/// A shape that one stroke can stand for: nearly convex, and not a bulge of something larger.
bool stands_alone(const Pixels& shape, const Mask& taken, const Mask& ink) {
  int border = 0, touching = 0;
  for (const std::int32_t p : shape) {
    const int x = p % ink.width, y = p / ink.width;
    bool edge = false, touches = false;
    for (const auto& [dx, dy] : {std::pair{1, 0}, std::pair{-1, 0}, std::pair{0, 1}, std::pair{0, -1}}) {
      if (!ink.contains(x + dx, y + dy) || taken(x + dx, y + dy) != 0) continue;
      edge = true;
      touches = touches || ink(x + dx, y + dy) != 0;
    }
    border += edge;
    touching += touches;
  }
  const std::vector<Vec2> hull = hull_of_pixels(shape, ink.width);
  double twice = 0;
  for (std::size_t i = 0; i < hull.size(); ++i) twice += cross(hull[i], hull[(i + 1) % hull.size()]);
  return touching <= kMostTouching * border &&
         static_cast<double>(shape.size()) >= kConvex * std::abs(twice) / 2;
}

/// The deepest place of each slice across the axis, with its depth in the hull.
Stroke stroke_of(const Pixels& shape, int width) {
  const Moments m = moments_of(shape, width);
  const std::vector<Vec2> hull = hull_of_pixels(shape, width);
  // The deepest place of a slice lies in the middle of a convex shape; its depth is the distance to the
  // border.
  double low = 1e9, high = -1e9;
  for (const Vec2 p : hull) {
    low = std::min(low, dot(p - m.middle, m.axis));
    high = std::max(high, dot(p - m.middle, m.axis));
  }
  const Vec2 side = perpendicular(m.axis);
  const auto depth_at = [&](Vec2 p) {
    double least = 1e9;
    for (std::size_t i = 0; i < hull.size(); ++i) {
      const Vec2 a = hull[i], along = normalized(hull[(i + 1) % hull.size()] - a);
      least = std::min(least, std::abs(cross(along, p - a)));
    }
    return least;
  };
  const auto width_at = [&](double t) {  // from one border of the slice to the other
    std::array<double, 2> range{1e9, -1e9};
    for (std::size_t i = 0; i < hull.size(); ++i) {
      const Vec2 a = hull[i] - m.middle, b = hull[(i + 1) % hull.size()] - m.middle;
      const double ta = dot(a, m.axis), tb = dot(b, m.axis);
      if ((ta - t) * (tb - t) > 0 || ta == tb) continue;
      const double s = dot(lerp(a, b, (t - ta) / (tb - ta)), side);
      range = {std::min(range[0], s), std::max(range[1], s)};
    }
    return range;
  };
  Stroke stroke;
  stroke.ink = Ink::black;
  const int steps = std::max(4, static_cast<int>((high - low) / kStep));
  double deepest = 0;
  for (int k = 1; k < steps; ++k) {
    const double t = low + (high - low) * k / steps;
    const auto range = width_at(t);
    if (range[1] < range[0]) continue;
    const Vec2 middle = m.middle + m.axis * t + side * (0.5 * (range[0] + range[1]));
    const double depth = depth_at(middle);
    deepest = std::max(deepest, depth);
    stroke.points.push_back(middle);
    stroke.widths.push_back(static_cast<float>(2 * depth));
  }
  const auto thin = [&](float w) { return w < 2 * kTip * deepest; };
  while (stroke.points.size() > 2 && thin(stroke.widths.back())) {
    stroke.points.pop_back();
    stroke.widths.pop_back();
  }
  while (stroke.points.size() > 2 && thin(stroke.widths.front())) {
    stroke.points.erase(stroke.points.begin());
    stroke.widths.erase(stroke.widths.begin());
  }
  return stroke;
}

}  // namespace

std::vector<Stroke> take_solids(LineImage& black) {
  Mask ink(black.width(), black.height(), 0);
  for (std::size_t i = 0; i < ink.data.size(); ++i) ink.data[i] = black.coverage.data[i] >= 128;
  const Grid<float> depth = depth_of(ink);
  const double least = std::max(kLeastHalf, kWider * usual_half(depth));
  std::vector<std::int32_t> deep;
  for (std::size_t i = 0; i < depth.data.size(); ++i)
    if (depth.data[i] >= least) deep.push_back(static_cast<std::int32_t>(i));
  std::stable_sort(deep.begin(), deep.end(),
                   [&](std::int32_t l, std::int32_t r) { return depth.data[l] > depth.data[r]; });

  std::vector<Stroke> solids;
  Mask tried(ink.width, ink.height, 0);
  int tries = 0;
  for (const std::int32_t top : deep) {
    if (tried.data[top] != 0) continue;
    if (static_cast<int>(solids.size()) == kMostSolids || ++tries > kTries) break;
    const double bottom = kCore * depth.data[top];
    const Pixels core = flood(depth, top, tried, [&](std::int32_t p) { return depth.data[p] >= bottom; });
    if (moments_of(core, ink.width).longer > kLongest) continue;
    // The shape: discs about the core.
    Pixels shape;
    Mask taken(ink.width, ink.height, 0);
    for (const std::int32_t p : core) {
      const int r = static_cast<int>(std::ceil(depth.data[p])), px = p % ink.width, py = p / ink.width;
      for (int y = std::max(0, py - r); y <= std::min(ink.height - 1, py + r); ++y)
        for (int x = std::max(0, px - r); x <= std::min(ink.width - 1, px + r); ++x)
          if (taken(x, y) == 0 && ink(x, y) != 0 && std::hypot(x - px, y - py) <= depth.data[p] + 0.5) {
            taken(x, y) = 1;
            shape.push_back(static_cast<std::int32_t>(ink.index(x, y)));
          }
    }
    if (static_cast<double>(shape.size()) < least * least) continue;  // one taken before
    if (!stands_alone(shape, taken, ink)) continue;
    solids.push_back(stroke_of(shape, ink.width));
    // Crumbs that the discs left beside it are its own.
    const auto own_size = static_cast<double>(shape.size());
    Mask seen(taken);
    for (std::size_t k = 0; k < shape.size(); ++k) {
      const int px = shape[k] % ink.width, py = shape[k] / ink.width;
      for (int y = std::max(0, py - 1); y <= std::min(ink.height - 1, py + 1); ++y)
        for (int x = std::max(0, px - 1); x <= std::min(ink.width - 1, px + 1); ++x) {
          if (seen(x, y) != 0 || ink(x, y) == 0) continue;
          const Pixels crumb = flood(depth, static_cast<std::int32_t>(ink.index(x, y)), seen,
                                     [&](std::int32_t q) { return ink.data[q] != 0; });
          if (static_cast<double>(crumb.size()) <= kCrumb * own_size)
            shape.insert(shape.end(), crumb.begin(), crumb.end());
        }
    }
    for (const std::int32_t p : shape) {
      ink.data[p] = 0;
      // With its fringe.
      const int px = p % ink.width, py = p / ink.width;
      for (int y = std::max(0, py - 1); y <= std::min(ink.height - 1, py + 1); ++y)
        for (int x = std::max(0, px - 1); x <= std::min(ink.width - 1, px + 1); ++x)
          if (ink(x, y) == 0) {
            black.coverage(x, y) = 0;
            black.ink(x, y) = Ink::none;
          }
    }
  }
  return solids;
}

}  // namespace nakawari
