/// \file
/// What a piece of a stroke covers at 2 values.
#pragma once

#include <algorithm>
#include <cmath>

#include "drawing/brush.h"

namespace nakawari::tracing {

/// Least radius at which a piece from a to b covers a pixel in every column or row: 2-value lines thinner
/// than a pixel are drawn as one pixel there.
inline double least_radius(Vec2 a, Vec2 b) {
  const Vec2 d = normalized(b - a);
  return 0.5 * std::max(std::abs(d.x), std::abs(d.y));
}

inline RoundCone hard_cone(Vec2 a, double ra, Vec2 b, double rb) {
  const double least = least_radius(a, b);
  return {a, std::max(ra, least), b, std::max(rb, least)};
}

}  // namespace nakawari::tracing
