/// \file
/// A cel of eyes fills a twentieth of its page: the painter works on the part of the page where ink is.
#pragma once

#include "paint/paint.h"

namespace nakawari {

/// A part of the page.
struct Crop {
  int x = 0, y = 0, width = 0, height = 0;
};

/// The smallest part that holds the ink of all drawings and a rim of paper around it (none at the page's
/// edge).
Crop ink_bounds(const PaintJob& job);

/// The job on that part alone: pictures, lines, fixes and registrations.
PaintJob cropped(const PaintJob& job, const Crop& crop);

/// Puts the pictures and places of a result back on the whole page. Outside the part every pixel belongs to
/// the region that reaches the rim there.
void put_back(const Crop& crop, int width, int height, PaintResult& result);

}  // namespace nakawari
