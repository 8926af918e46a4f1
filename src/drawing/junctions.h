/// \file
/// Which strokes run on through a junction and which end there. Strokes are cut at every junction; an
/// animator sees the lines that pass through. A stroke that ends on others is the stem of a T: what it
/// outlines lies behind what the bar outlines.
#pragma once

#include <utility>
#include <vector>

#include "drawing/drawing.h"

namespace nakawari {

/// One end of a stroke.
struct StrokeEnd {
  StrokeId stroke = -1;
  bool at_end = false;  ///< false: its first point, true: its last
  friend bool operator==(const StrokeEnd&, const StrokeEnd&) = default;
};

/// A node where three or more stroke ends meet.
struct Junction {
  NodeId node = -1;
  std::vector<std::pair<StrokeEnd, StrokeEnd>> through;  ///< pairs that are one line, lower stroke first
  std::vector<StrokeEnd> stems;                          ///< ends without a partner, in order of stroke
};

/// All junctions, in order of node. Every end at a node is in exactly one pair or one of the stems.
///
/// Pairs are those of least total energy: turning angle, jump in width, change of ink, and a fixed price
/// for every end that stays alone. Directions are measured outside the junction's blob. Exact up to eight
/// ends; above, the cheapest pairs first.
/// Cost: linear in strokes. Source: after the reverse drawing of Noris et al. 2013.
std::vector<Junction> junctions(const Drawing& drawing);

/// Unit direction in which a stroke leaves the node at one of its ends, measured over a few widths after
/// the first `skip` pixels of its length.
Vec2 leaving_direction(const Drawing& drawing, StrokeEnd end, double skip = 0);

}  // namespace nakawari
