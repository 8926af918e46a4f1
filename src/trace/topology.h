/// \file
/// Where two line pictures differ in topology: a corridor between lines that closed, a loop that opened.
#pragma once

#include <cstdint>
#include <vector>

#include "image/grid.h"

namespace nakawari::tracing {

/// Pixels of `ours` that must change, and cannot change one by one without splitting or joining ink or
/// paper, for `ours` to become `source`: `ours` is warped towards `source` by simple points, and what still
/// differs is listed in scan order. Empty exactly when the one can be deformed into the other within the
/// pixels in which they differ. Beyond the page's edge counts as ink.
/// Cost: linear in the pixels that differ plus one pass over the page.
/// Source: the warping error of Jain et al. 2010.
std::vector<std::int32_t> topology_differences(const Mask& source, const Mask& ours);

/// Closed regions of paper up to this many pixels are crumbs of the raster, which nobody paints or counts.
inline constexpr int kCrumb = 10;

/// Pixels that differ in or at closed regions of paper so small that a pixel matters (eyes, buckles): those
/// of `source` with at most kSmallRegion pixels whose area in `ours` is off by more than a fifth, or makes a
/// crumb of a region or a region of a crumb. In scan order. Cost: linear in the pixels that differ plus one
/// pass over the page.
inline constexpr int kSmallRegion = 30;
std::vector<std::int32_t> small_region_differences(const Mask& source, const Mask& ours);

}  // namespace nakawari::tracing
