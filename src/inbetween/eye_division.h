/// \file
/// Divides a whole eye that somebody circled into upper lid, lower lid, iris and highlight, where its
/// structure is plain: something round between two lines that run from corner to corner. Where it is not,
/// says which part is to be named by hand.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "drawing/drawing.h"
#include "inbetween/eyes.h"

namespace nakawari {

struct EyeDivision {
  std::array<std::vector<StrokeRun>, kEyeParts> parts;  ///< by EyePart; all empty when it is unclear
  std::string unclear;                                  ///< what is not plain and what to name; for people
};

/// The lines mostly within the lasso. A fold of the lid and lashes count as the upper lid, a pupil as the
/// iris; what is closed and lies beside the middle of the iris is a highlight. An eye with no more than one
/// line from corner to corner and nothing round is closed: all of it is the upper lid. Trace lines outside
/// the iris are drawn on the white.
EyeDivision divide_eye(const Drawing& drawing, const std::vector<Vec2>& lasso);

}  // namespace nakawari
