/// \file
/// Gaps in lines. A paint bucket runs out through them; a painter sees the line go on. The places where a
/// line may go on are found beforehand, each an object with a place that a person can open or close; walls
/// are made only of those that the paint needs.
#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "geometry/vec2.h"
#include "image/grid.h"
#include "image/line_image.h"

namespace nakawari {

enum class ClosureKind : std::uint8_t {
  bridge,     ///< between two line ends that look at each other
  extension,  ///< from a line end on along its tangent to the next line
  neck,       ///< across a narrow passage between two wide rooms, where no line ends
  person,     ///< drawn by a person
};

/// A wall between regions that no line draws.
struct Closure {
  ClosureKind kind = ClosureKind::bridge;
  Vec2 from, to;                   ///< pixel centres at .5; `from` is a line end, but of a neck
  std::vector<std::int32_t> wall;  ///< pixels without ink between them, one thick and 8-connected, in order
  double score = 0;                ///< 0..1, how well the line ends fit it
};

/// Where a line stops, and where it would go.
struct LineEnd {
  int x = 0, y = 0;  ///< the last pixel of ink
  Vec2 at, tangent;  ///< its centre; unit length, out of the line
};

/// The ends of lines of at least a few pixels; shorter ones are dust or spurs.
std::vector<LineEnd> line_ends(const Mask& ink);

struct ClosureOptions {
  /// Longest gap in pixels.
  double reach = 16;
};

/// All places where a line may go on: for every line end the best bridge to another end, and what its tangent
/// hits. A closure that would cut off a sliver (1 to 20 px on one side) is none, nor one that crosses ink.
/// Sorted by length. Line ends are told on the thinned lines; ends of less than a few pixels of line are
/// dust. Cost: linear in pixels, and in line ends times the reach squared. Source: after Fourey et al. 2018
/// (the test for silly regions) and Toonz autoclose (cones at line ends).
std::vector<Closure> closure_candidates(const LineImage& lines, const ClosureOptions& options = {});

/// The narrow passages between rooms that are wide on both sides: at the saddles of the distance to the ink,
/// where two of its hills meet that are each at least twice as high and so large that a painter would see
/// them. Shortest first; none where one of `known` lies. Cost: linear in pixels.
/// Source: the merge tree of the clearance (watershed by flooding from above, Vincent and Soille 1991).
std::vector<Closure> neck_candidates(const LineImage& lines, const std::vector<Closure>& known,
                                     const ClosureOptions& options = {});

/// The closure that a person drew from point to point. An end that stops short of the lines, since they were
/// drawn anew a little beside it, is led on to the nearest ink within 12 px.
Closure closure_along(const LineImage& lines, const std::vector<Vec2>& path);

/// Adds the wall of a closure to a mask of the page; thick enough that regions, which are 4-connected, do not
/// pass.
void build_wall(const Closure& closure, Mask& walls);

/// The pixels without ink on the straight way between two points; empty when ink lies in between other than
/// at its ends.
std::vector<std::int32_t> wall_between(const Mask& ink, Vec2 from, Vec2 to);

/// Distance from a point to the closure's straight line, pixels.
double distance_to(const Closure& closure, Vec2 point);

}  // namespace nakawari
