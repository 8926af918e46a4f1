/// \file
/// What a douga checker knows about eyes, as numbers: faces between expression drawings and in-betweens of a
/// blink keep to the same. All points lie in a frame in which the eye is level: x along it, y down.
///
/// Source: research in docs/face.md (the trade's own teaching pages on mepachi).
#pragma once

#include <vector>

#include "geometry/vec2.h"

namespace nakawari {

/// Where half way between an open and a closed eye lies when nobody drew it: nearer to the open one.
inline constexpr double kHalfBlink = 0.4;

/// How far an eye is closed at `t` of a blink, both from 0 (open) to 1 (closed): `half` at one half.
double closed_at(double t, double half = kHalfBlink);

/// White between the iris and the lower lid, >= 0; negative when there is none of the two.
double white_below(const std::vector<Vec2>& iris, const std::vector<Vec2>& lower_lid);

/// How far each point of an iris goes down when the iris is lowered by `down`: all of it below its middle,
/// less and less above, so that its top stays under the upper lid.
std::vector<double> lowered(const std::vector<Vec2>& iris, double down);

}  // namespace nakawari
