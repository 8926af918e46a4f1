/// \file
/// From pixel chains to smooth centre lines with widths that meet in exact nodes.
#pragma once

#include "drawing/drawing.h"
#include "image/line_image.h"
#include "trace/pixel_graph.h"

namespace nakawari::tracing {

/// Cuts chains where the ink under them changes for longer than a line is wide.
void split_at_ink_changes(PixelGraph& graph, const LineImage& lines, const Skeleton& skeleton);

/// Strokes and nodes of the graph. Every ink pixel is given to the nearest chain it is connected to; the
/// centre line is the coverage-weighted middle of what a chain owns, the width its area by length. Inside
/// a junction's blob nothing is measured: branches are led straight from outside it to the point where
/// their extensions meet best.
Drawing centre_lines(const PixelGraph& graph, const LineImage& lines, const Skeleton& skeleton);

}  // namespace nakawari::tracing
