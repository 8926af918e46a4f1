/// \file
/// Lines over lines: strokes drawn onto a picture that has lines already.
#pragma once

#include <vector>

#include "drawing/drawing.h"
#include "image/grid.h"

namespace nakawari {

/// What is seen where two lines cross: the darker; paper hides nothing.
Rgba8 over(Rgba8 below, Rgba8 above);

/// Some strokes of a drawing on a smaller page, whose corner lies at (left, top); with nodes of their own.
/// wanted: per stroke.
Drawing part_of(const Drawing& whole, const std::vector<char>& wanted, int left, int top, int width,
                int height);

/// Draws strokes over a picture of the same page: black over trace lines, but a closed trace line that
/// touches a solid black shape is a light upon it. Cost: linear in the windows of strokes that overlap.
void draw_over(Raster& lines, const Drawing& strokes);

}  // namespace nakawari
