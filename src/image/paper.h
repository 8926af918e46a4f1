/// \file
/// Which pixels of a painted picture are paper. 24-bit TGA has no alpha: pure white is paper there. A picture
/// that has clear pixels says by them what is paper, and pure white beside them is paint.
#pragma once

#include "image/grid.h"

namespace nakawari {

/// Whether pure white is paper: nothing in the picture is clear. Ask it of the whole page. Cost: linear.
bool white_is_paper(const Raster& painted);

/// The paper made clear, where pure white is paper. Cost: linear.
void clear_paper(Raster& painted);

}  // namespace nakawari
