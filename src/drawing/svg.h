/// \file
/// Scalable Vector Graphics of a drawing, for any vector program.
#pragma once

#include <string>

#include "drawing/drawing.h"

namespace nakawari {

/// One SVG document: a group per ink, a filled outline path per stroke (so that tapers survive), and the
/// centre line as data-centre on it. Numbers have two decimals; the text depends on the drawing alone.
std::string to_svg(const Drawing& drawing);

}  // namespace nakawari
