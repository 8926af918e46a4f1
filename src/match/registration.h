/// \file
/// Where the lines of one drawing lie in another: the common currency of matching, in-betweening, paint and
/// checks.
#pragma once

#include <vector>

#include "geometry/vec2.h"

namespace nakawari {

/// A point on a line of drawing `here` and the same point of the same line in drawing `there`. The tangents
/// point the same way along the line, so that its left side here is its left side there (mirrored
/// parts excepted).
struct Anchor {
  Vec2 here, there;
  Vec2 here_tangent, there_tangent;  ///< unit length
  float confidence = 0;              ///< 0..1
};

/// Anchors in the order of here's strokes. Lines without a partner have none.
using Registration = std::vector<Anchor>;

}  // namespace nakawari
