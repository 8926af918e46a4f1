/// \file
/// A correspondence as a picture: both keys side by side, lines that belong together in one colour.
#pragma once

#include "image/grid.h"
#include "match/match.h"

namespace nakawari::bench {

/// The first key left, the second right. Every stroke of the first key has a colour that turns along it; the
/// partners have the same colour. Lines without a partner stay black.
Raster match_picture(const Raster& a, const Raster& b, const Correspondence& correspondence);

}  // namespace nakawari::bench
