/// \file
/// How sharply a line turns. Shared by the check of corners and the program that plants faults.
#pragma once

#include <vector>

#include "check/look.h"

namespace nakawari {

/// A corner of a main line, away from its ends.
struct Corner {
  Vec2 at;
  StrokeId stroke = -1;
  double along = 0;  ///< px from the stroke's start
  double turn = 0;   ///< of the line about it, radians
  double sharp = 0;  ///< of that, within a few pixels
};

/// Arms over which `turn` and `sharp` are measured, px.
double corner_arm(const Seen& seen);
double sharp_arm(const Seen& seen);

/// All corners that turn by more than 50 degrees, most of it at once; by stroke, along it.
std::vector<Corner> corners_of(const Seen& seen);

/// The sharpest turn of the main lines around a place, radians over `sharp_arm`. Below 0 where no line runs
/// through, or where lines end or meet: what turns there is no corner of one line.
double sharpest_around(const Seen& seen, Vec2 at, double reach);

}  // namespace nakawari
