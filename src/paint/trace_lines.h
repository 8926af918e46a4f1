/// \file
/// Trace lines bound shadows and highlights and are painted over with the colour that they delimit.
#pragma once

#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {

/// Recolours every connected piece of coloured line in `out.painted`: blue takes the side of a shadow style,
/// red that of a highlight style; where the model tells no such side, the smallest neighbour that is no
/// speck. A piece whose side is not decided yet takes the check colour. Black lines are not touched. Source:
/// research fact "trace lines"; pieces are not yet split where two of them meet.
void paint_trace_lines(const LineImage& lines, const RegionMap& map, const ColourModel& model,
                       const std::string& variant, PaintedDrawing& out);

}  // namespace nakawari
