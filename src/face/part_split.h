/// \file
/// Takes one drawing of an expression sheet apart: which stroke and which pixel belongs to which part of the
/// face. A stroke belongs to the part whose cel it is drawn on and whose polygon holds most of it; of
/// several, to the smallest. With ExpressionSheet::match_neutral, strokes that no polygon holds follow the
/// neutral drawing's strokes that they match. What no part claims is the base: face, nose, hair.
#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "drawing/drawing.h"
#include "face/expression_sheet.h"
#include "image/grid.h"

namespace nakawari {

struct SplitDrawing {
  Drawing drawing;           ///< strokes of all cels, bottom to top, on the page
  std::vector<int> part_of;  ///< per stroke: index into the sheet's parts, -1 = base
  Raster picture;            ///< the artist's pixels, cels over each other
  Grid<std::int16_t> owner;  ///< per pixel: part + 1; 0 = base or paper
};

/// Splits every sample of the sheet, neutral first.
///
/// Errors: bad_input naming the drawing: too large or small a picture, a drawing of another head angle (its
///         lines outside the parts, or the places of its parts, are not those of the neutral one).
/// Cost:   one trace a picture; one match a drawing with match_neutral.
Result<std::vector<SplitDrawing>> split_drawings(const ExpressionSheet& sheet, Threads threads);

}  // namespace nakawari
