/// \file
/// Draws strokes back to pixels.
#pragma once

#include "drawing/drawing.h"
#include "image/line_image.h"

namespace nakawari {

/// The line image of a drawing, of the drawing's own kind: 2-value (a pixel is ink when its centre lies
/// within the stroke) or anti-aliased (exact area coverage up to 1/255). Stroke outlines are round-capped
/// and round-joined with linearly changing width. A stroke thinner than one pixel still leaves an
/// eight-connected line in 2-value. Where inks overlap, the higher stroke id wins.
/// Cost: linear in the inked area. The result does not depend on threads.
LineImage render_lines(const Drawing& drawing);

}  // namespace nakawari
