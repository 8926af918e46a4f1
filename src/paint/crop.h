/// \file
/// The painter works on the part of the page where any drawing of the cel has ink.
#pragma once

#include <vector>

#include "image/page_part.h"
#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {

/// The smallest part that holds the ink of all drawings and a rim of paper around it (none at the page's
/// edge).
PagePart ink_bounds(const PaintJob& job);

/// The job on that part alone: pictures, lines, fixes and registrations. A style that was said of a place
/// outside is said of the rim's pixel nearest to it.
PaintJob cropped(const PaintJob& job, const PagePart& crop);

/// Puts the pictures and places of a result back on the whole page. Outside the part every pixel belongs to
/// the region that reaches the rim there.
void put_back(const PagePart& crop, int width, int height, PaintResult& result);

/// What each region of a part has of the whole page, px, as put_back() counts. Cost: linear in the part.
std::vector<double> page_areas(const RegionMap& map, const PagePart& crop, int width, int height);

}  // namespace nakawari
