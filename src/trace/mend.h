/// \file
/// The last step of tracing: strokes that, drawn again, close a corridor or open a loop are mended there.
#pragma once

#include "drawing/drawing.h"
#include "image/grid.h"

namespace nakawari::tracing {

/// Moves and widens strokes by as little as it takes for their 2-value picture to have the topology of
/// `core`, and its smallest regions their size, in small windows around the places where they differ;
/// elsewhere nothing changes. A place that cannot be mended stays as it was. Returns the number of pixels
/// that still differ in topology.
///
/// Method: every pixel of a window is a constraint on the signed distance of the strokes near it, and those
/// that matter for topology come last in every sweep, so that they win (position-based dynamics, Mueller et
/// al. 2007). Cost: a few drawings of the page, and windows of some hundred pixels each.
int mend_topology(Drawing& drawing, const Mask& core);

}  // namespace nakawari::tracing
