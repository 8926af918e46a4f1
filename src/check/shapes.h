/// \file
/// Shapes: what main lines enclose. Regions that only a trace line parts (a shadow, a highlight) are one
/// shape, since that border moves with the light; irises and their highlights stay by themselves.
#pragma once

#include <vector>

#include "check/context.h"

namespace nakawari {

struct Shape {
  std::vector<int> regions;
  int area = 0, outline = 0;  ///< outline: pixel edges of all its regions
  int largest = -1;           ///< region
  bool touches_edge = false, rigid = false;
  int left = 0, top = 0, right = 0, bottom = 0;
  [[nodiscard]] double extent() const { return std::max(right - left, bottom - top) + 1.0; }
  [[nodiscard]] Vec2 middle() const { return {(left + right) / 2.0, (top + bottom) / 2.0}; }
  [[nodiscard]] double thickness() const { return outline > 0 ? 4.0 * area / outline : 0; }
};

struct Shapes {
  std::vector<int> of;  ///< shape of every region
  std::vector<Shape> all;
};

Shapes shapes_of(const CheckContext& context, const Seen& seen);

/// A shape with what it is before and after.
struct TrackedShape {
  int shape = -1;
  double middle = 0;    ///< px, mean area before and after
  double moving = 0;    ///< what the two differ by, share of the middle
  double off = 0;       ///< of the shape here from the middle, share of it
  bool swells = false;  ///< its outline lies outside (or inside) of its place all round, by as much as `off`
};

/// The shapes of a drawing that are followed to both neighbours and back: most of each lands in its partner.
/// Off the page's edge, no slivers. Empty without two neighbours.
std::vector<TrackedShape> tracked_shapes(const CheckContext& context, int drawing, const Shapes& here);

/// |off| that four fifths of the shapes stay below: how much shapes change on this drawing anyway, by what
/// covers and turns them. Those that swell all round, and what these bend, do not count.
double restlessness_of(const Shapes& here, const std::vector<TrackedShape>& shapes);

}  // namespace nakawari
