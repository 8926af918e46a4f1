/// \file
/// The measures of faces: how far the lines of one part lie from the artist's, as a share of the face's
/// height, and how far its expression is from theirs in terms of the character's own travel.
#pragma once

#include <string>
#include <vector>

#include "geometry/vec2.h"
#include "image/grid.h"

namespace nakawari::bench {

/// Places of one part's line pixels.
using PartLines = std::vector<Vec2>;

/// Ink pixels (at least half) inside the mask.
PartLines part_lines(const Raster& picture, const Mask& inside);

struct PartError {
  double pcd = 0;    ///< half the sum of the mean distances both ways
  double pos = 0;    ///< distance of the middles
  double shape = 0;  ///< pcd after the part's own shift, turn and size are taken off
};

/// In pixels; divide by the face's height. Both must have lines.
PartError compare_lines(const PartLines& truth, const PartLines& ours);

/// What can be read off a part without knowing what it is: the parameters of EPE.
struct PartShape {
  double height = 0, width = 0;  ///< of the lines' box without the outer hundredth, px
  double x = 0, y = 0;           ///< middle, px
  double slope = 0;              ///< of the line through them, radians
  double bow = 0;                ///< how far the middle third hangs below the outer thirds, px
};
PartShape shape_of(const PartLines& lines);

/// The shape's numbers, in one order.
std::vector<double> numbers(const PartShape& shape);

/// sqrt of the mean of ((ours - truth) / range)^2 over the numbers whose range is above `least` px.
double epe(const std::vector<double>& truth, const std::vector<double>& ours,
           const std::vector<double>& range, double least);

}  // namespace nakawari::bench
