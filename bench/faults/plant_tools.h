/// \file
/// What planting faults into lines needs. Internal to the program that plants them.
#pragma once

#include <vector>

#include "plant.h"

namespace nakawari::bench {

/// Lays a stroke over a picture. 2-value: pixels whose centre lies inside; smooth: coverage.
void lay(Raster& picture, const std::vector<Vec2>& points, const std::vector<double>& widths, bool smooth,
         Rgba8 ink = {0, 0, 0, 255});

/// Takes the line away between two lengths along a stroke.
void erase(Raster& picture, const Seen& seen, std::size_t stroke, double from, double to, double extra = 1.5);

/// Scales the picture about a point by `k` inside `radius`, back to nothing at 1.5 radii.
void swell(CheckInput& input, Vec2 centre, double radius, double k);

}  // namespace nakawari::bench
