/// \file
/// The painter works on the part of the page where any drawing of the cel has ink.
#pragma once

#include "image/page_part.h"
#include "paint/paint.h"

namespace nakawari {

/// The smallest part that holds the ink of all drawings and a rim of paper around it (none at the page's
/// edge).
PagePart ink_bounds(const PaintJob& job);

/// The job on that part alone: pictures, lines, fixes and registrations.
PaintJob cropped(const PaintJob& job, const PagePart& crop);

/// Puts the pictures and places of a result back on the whole page. Outside the part every pixel belongs to
/// the region that reaches the rim there.
void put_back(const PagePart& crop, int width, int height, PaintResult& result);

}  // namespace nakawari
