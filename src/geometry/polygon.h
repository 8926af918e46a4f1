/// \file
/// Polygons that a person draws around something.
#pragma once

#include <vector>

#include "geometry/vec2.h"

namespace nakawari {

/// Whether a point lies in a polygon, which is closed by itself (even-odd rule).
inline bool inside(const std::vector<Vec2>& polygon, Vec2 p) {
  bool in = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Vec2 a = polygon[i], b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < a.x + (b.x - a.x) * (p.y - a.y) / (b.y - a.y)) in = !in;
  }
  return in;
}

}  // namespace nakawari
