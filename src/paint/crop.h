/// \file
/// The painter works on the part of the page where any drawing of the cel has ink.
#pragma once

#include <vector>

#include "image/page_part.h"
#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {

/// The part of the page that is painted.
struct PaintPage {
  PagePart crop;
  int width = 0, height = 0;
};

/// Cuts the pictures of a drawing to its ink and a rim of paper around it (none at the page's edge), and says
/// so in `part`: for whoever loads many pages. The paper of a painted picture becomes clear. A drawing
/// without ink keeps no picture.
void keep_ink(PaintDrawing& drawing);

/// The smallest part that holds the ink of all drawings and a rim of paper around it.
PaintPage page_of(const PaintJob& job);

/// Leaves of the job that part alone: pictures, lines and registrations, not the fixes. The paper of painted
/// pictures becomes clear.
void crop(const PaintPage& page, PaintJob& job);

/// The fixes in the part's own pixels. A style that was said of a place outside is said of the rim's pixel
/// nearest to it.
PaintFixes cropped(PaintFixes fixes, const PagePart& part);

/// Puts the pictures and places of a painted drawing back on the whole page. Outside the part every pixel
/// belongs to the region that reaches the rim there.
void put_back(const PaintPage& page, PaintedDrawing& drawing);

/// The lines of the part on the whole page.
LineImage on_page(const LineImage& part, const PaintPage& page);

/// What each region of a part has of the whole page, px, as put_back() counts. Cost: linear in the part.
std::vector<double> page_areas(const RegionMap& map, const PaintPage& page);

}  // namespace nakawari
