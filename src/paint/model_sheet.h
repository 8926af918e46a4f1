/// \file
/// The painted picture of a colour model as a drawing that the painter can compare with.
#pragma once

#include "image/grid.h"
#include "paint/paint.h"

namespace nakawari {

/// Lays a painted picture of the figure (of any size; white or clear around it) on a page of `width` x
/// `height` px: larger ones are made smaller by leaving out pixels, so that no colour blends. Black pixels
/// are its lines; where two colours meet without a line, as trace lines are painted over, there is a blue
/// one. Cost: linear in pixels.
PaintDrawing model_sheet(const Raster& picture, int width, int height);

}  // namespace nakawari
