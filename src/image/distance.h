/// \file
/// Exact Euclidean distances to a set of pixels.
#pragma once

#include <cstdint>

#include "image/grid.h"

namespace nakawari {

/// Distance in pixels, centre to centre, from every pixel to the nearest nonzero pixel of `mask`;
/// 0 on the mask; +infinity everywhere when the mask is empty.
/// Cost: linear in pixels. Source: Felzenszwalb and Huttenlocher 2012.
Grid<float> distance_to(const Mask& mask);

/// The same with, for every pixel, the index (y * width + x) of a nearest mask pixel, -1 when the mask is
/// empty. Ties go to the smallest index, so the answer does not depend on scan order.
struct NearestPixels {
  Grid<float> distance;
  Grid<std::int32_t> index;
};
NearestPixels nearest_pixels(const Mask& mask);

}  // namespace nakawari
