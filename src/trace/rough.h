/// \file
/// Pencil roughs: grey, grained, drawn over several times, on paper that is no even white.
#pragma once

#include "image/line_image.h"

namespace nakawari::tracing {

/// Pencil rather than clean lines: nearly all ink is grey, and much of it lies away from anything dark
/// (grain, shaded paper, faint construction lines). Clean anti-aliased lines are grey only beside their dark
/// middle.
bool looks_rough(const LineImage& lines);

/// The lines of a rough at 2 values: ridges of darkness found at three widths above the paper's own tone,
/// kept where they are strong or hang together with a strong one. Strokes drawn over each other closer than a
/// few pixels become one line; specks and pores go. What remains is traced like clean lines. Cost: about 60
/// passes over the page. Source: scale-normalised ridges, Lindeberg 1998; hysteresis, Canny 1986.
LineImage ridge_lines(const LineImage& rough);

}  // namespace nakawari::tracing
