/// \file
/// Moves centre lines and widths by fractions of a pixel until the drawing, rendered again, gives the
/// source's pixels.
#pragma once

#include "base/parallel.h"
#include "drawing/drawing.h"
#include "image/line_image.h"

namespace nakawari::tracing {

/// Every pixel near an edge states how far the nearest side of a stroke should move: a 2-value pixel only
/// that its centre be inside or outside, an anti-aliased one the covered share. The demands on each side of
/// a point are averaged and its middle and half width follow; fairing keeps the line smooth in between.
/// Nodes move at most half a pixel, together with all strokes that meet there.
///
/// Cost: linear in ink; about 3 ms a round per 10,000 px of line on one core. The result does not depend on
/// the number of threads.
void fit_to_pixels(Drawing& drawing, const LineImage& lines, Threads threads = {});

}  // namespace nakawari::tracing
