/// \file
/// Trace lines (red, blue, green, yellow) bound shadows and highlights and are painted over: each takes the
/// colour of the side that its ink asks for.
#pragma once

#include <string>
#include <vector>

#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {

/// Paints the trace lines of a drawing whose regions are painted. Lines are cut at their junctions and each
/// piece is painted by itself: blue takes the shadow side, red the highlight side where the model knows
/// these roles, else the smaller neighbour that is no dust; `fixes` (those of this drawing) say otherwise.
/// The ids of fixes that lie on no trace line are added to `lost`.
void paint_trace_lines(const LineImage& lines, const RegionMap& map, const ColourModel& model,
                       const std::string& variant, const std::vector<const TraceFix*>& fixes,
                       PaintedDrawing& out, std::vector<std::string>& lost);

}  // namespace nakawari
