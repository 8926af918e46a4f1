/// \file
/// The first answer to the paint bucket: the region at a point filled on the painted cel as it is seen. The
/// build then paints the whole cel with the fix and replaces it.
#pragma once

#include <vector>

#include "image/grid.h"
#include "image/line_image.h"

namespace nakawari {

/// Where a picture changes, px.
struct Box {
  int x = 0, y = 0, width = 0, height = 0;
};

/// Fills the connected pixels of one colour (4 neighbours) around (x, y) with `colour`. Returns how many
/// there were; 0 outside of the picture or when they have the colour already. Cost: linear in them.
int fill_region(Raster& picture, int x, int y, Rgba8 colour);

/// How many pixels that would fill.
int region_area(const Raster& picture, int x, int y);

/// The ink of the trace line nearest to (x, y), within a hand's tremble; none when there is none.
Ink trace_ink_near(const Raster& lines, int x, int y);

/// The places where two pictures of one size differ: boxes around differing pixels closer than `grid` px.
/// Empty when they are equal; the whole picture when their sizes differ.
std::vector<Box> differing(const Raster& a, const Raster& b, int grid = 48);

}  // namespace nakawari
