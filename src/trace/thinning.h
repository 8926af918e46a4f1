/// \file
/// One-pixel skeletons that keep the topology of the ink and run along its ridge.
#pragma once

#include <cstdint>
#include <vector>

#include "image/grid.h"

namespace nakawari::tracing {

/// A thinned mask. Beyond the page's edge counts as ink, so a line cut by the edge is traced up to it.
struct Skeleton {
  Grid<std::int32_t> depth;  ///< squared distance from an ink pixel to the nearest paper pixel; 0 on paper
  Mask on;  ///< 1 on the skeleton: eight-connected, no pixel can go without a change of topology
  std::vector<std::int32_t> ink;     ///< indices of all ink pixels, in scan order
  std::vector<std::int32_t> pixels;  ///< indices of the skeleton's pixels, in scan order
};

/// Removes simple pixels in order of their distance to paper, from the four sides in turn; pixels that
/// have become the end of an arc stay.
/// Cost: linear in the page for one pass, then in the ink times its half width.
/// Source: Pudney 1998, distance-ordered homotopic thinning.
Skeleton thin_by_distance(const Mask& mask);

}  // namespace nakawari::tracing
