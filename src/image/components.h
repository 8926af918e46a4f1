/// \file
/// Connected components and one-pixel skeletons of masks.
#pragma once

#include <cstdint>
#include <vector>

#include "image/grid.h"

namespace nakawari {

enum class Connectivity { four, eight };

struct Component {
  int area = 0;
  int left = 0, top = 0, right = 0, bottom = 0;  ///< inclusive bounds
  double centre_x = 0, centre_y = 0;             ///< mean of pixel centres
  bool touches_edge = false;                     ///< reaches the picture's edge
};

struct Components {
  Grid<std::int32_t> label;           ///< 0 = not in the mask; i + 1 for components[i]
  std::vector<Component> components;  ///< in order of their first pixel in scan order
};

/// Labels the nonzero pixels of `mask`. Cost: linear in pixels.
Components connected_components(const Mask& mask, Connectivity connectivity);

/// Thins `mask` to a one-pixel, eight-connected skeleton of the same topology (Zhang and Suen 1984 with
/// the staircase pass of Holt et al. 1987; each removal is checked, so that parts and holes are kept
/// exactly). For measures; tracing has its own distance-ordered thinning. Cost: line pixels times the
/// largest half width.
Mask thinned(const Mask& mask);

}  // namespace nakawari
