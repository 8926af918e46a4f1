/// \file
/// The lines of two keys and how they belong together, for the page to tint.
#pragma once

#include <string>

#include "desk/redraw.h"

namespace nakawari {

/// {"settled": true, "a": [STROKE...], "b": [STROKE...]}; a STROKE is {"ink", "width", "p": [x, y, x, y,
/// ...], "m": [...], "g": [...]}: points about 6 px apart, for each the partner stroke in the other key (-1:
/// none) and the motion group.
std::string pair_json(const ReadyPair& pair);

}  // namespace nakawari
