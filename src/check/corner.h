/// \file
/// How sharply a line turns. Shared by the check of corners and the program that plants faults.
#pragma once

#include <array>
#include <vector>

#include "check/look.h"

namespace nakawari {

/// A corner of a main line, away from its ends.
struct Corner {
  Vec2 at;
  StrokeId stroke = -1;
  double along = 0;          ///< px from the stroke's start
  Vec2 inward;               ///< to its inner side, unit
  std::array<Vec2, 2> arms;  ///< where the line goes from it, unit
  double turn = 0;           ///< of the line about it, radians
  double sharp = 0;          ///< of that, within a few pixels
};

/// Arms over which `turn` and `sharp` are measured, px.
double corner_arm(const Seen& seen);
double sharp_arm(const Seen& seen);

/// All corners that turn by more than 50 degrees, most of it at once; by stroke, along it.
std::vector<Corner> corners_of(const Seen& seen);

/// What turns around a place where a corner is expected.
struct Turning {
  double sharp = -1;         ///< the sharpest turn of a main line, radians over `sharp_arm`; below 0: no line
  bool lines_meet = false;   ///< lines end or meet there: what turns may be no corner of one line
  std::array<Vec2, 2> arms;  ///< where the line goes from there, unit
};

/// `inward`: where the corner's inner side lies, unit; a soft one lies up to `reach` on that side of `at`.
Turning turning_at(const Seen& seen, Vec2 at, Vec2 inward, double reach);

/// How far inside of a sharp corner a soft one is looked for, px.
double corner_reach(const Seen& seen);

}  // namespace nakawari
