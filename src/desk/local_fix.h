/// \file
/// A first answer to a correction: the correspondence of a pair as it will be near the fix, without matching
/// the pair anew. It is on the screen until the build has matched the pair with the fix and replaces it.
#pragma once

#include "drawing/drawing.h"
#include "match/fixes.h"
#include "match/match.h"

namespace nakawari {

/// `before` with the added fixes obeyed on the lines that they name; everything else stays. Arcs and depth do
/// not change which line is which. Cost: linear in samples and in the points of the lines named.
Correspondence with_fixes(const Correspondence& before, const Drawing& a, const Drawing& b,
                          const MatchFixes& added);

}  // namespace nakawari
