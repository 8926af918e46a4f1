#include "drawing/eye.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nakawari {
namespace {

// White below the iris is looked for within this share of the iris's width around its middle.
constexpr double kColumn = 0.25;

struct Bounds {
  Vec2 low, high;
};

Bounds bounds_of(const std::vector<Vec2>& points) {
  Bounds bounds{points.front(), points.front()};
  for (const Vec2 p : points) {
    bounds.low = {std::min(bounds.low.x, p.x), std::min(bounds.low.y, p.y)};
    bounds.high = {std::max(bounds.high.x, p.x), std::max(bounds.high.y, p.y)};
  }
  return bounds;
}

}  // namespace

double closed_at(double t, double half) {
  return t < 0.5 ? 2 * t * half : half + (2 * t - 1) * (1 - half);
}

double white_below(const std::vector<Vec2>& iris, const std::vector<Vec2>& lower_lid) {
  if (iris.empty()) return -1;
  const Bounds box = bounds_of(iris);
  const Vec2 middle = lerp(box.low, box.high, 0.5);
  double lid = std::numeric_limits<double>::max();
  for (const Vec2 p : lower_lid)
    if (std::abs(p.x - middle.x) <= kColumn * (box.high.x - box.low.x) && p.y > middle.y)
      lid = std::min(lid, p.y);
  return lid == std::numeric_limits<double>::max() ? -1 : std::max(0.0, lid - box.high.y);
}

std::vector<double> lowered(const std::vector<Vec2>& iris, double down) {
  std::vector<double> result;
  if (iris.empty()) return result;
  const Bounds box = bounds_of(iris);
  const double height = box.high.y - box.low.y;
  for (const Vec2 p : iris)
    result.push_back(down * (height > 0 ? std::clamp(2 * (p.y - box.low.y) / height, 0.0, 1.0) : 1));
  return result;
}

}  // namespace nakawari
