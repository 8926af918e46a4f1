/// \file
/// A drawing as the animator thinks of it: strokes with a centre line, a width and an ink, that meet in
/// shared nodes. Everything derived (in-betweens, SVG, checks) works on this; the artist's raster is kept
/// beside it wherever the output must equal the input.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/vec2.h"
#include "image/line_image.h"

namespace nakawari {

/// Index into Drawing::strokes and Drawing::nodes; -1 means none.
using StrokeId = std::int32_t;
using NodeId = std::int32_t;

/// A place where strokes end or meet. Every stroke end that touches it has exactly its position.
struct Node {
  Vec2 position;
  std::vector<StrokeId> strokes;  ///< in rising order; a closed stroke with its own node stands twice
};

/// One stroke: a polyline with a width at every point. `points.front()` is the position of node `start`,
/// `points.back()` of node `end`. A closed loop without a junction has start == end on a node of its own and
/// repeats the first point at the end. Points are about 1-3 px apart; corners are points.
struct Stroke {
  NodeId start = -1, end = -1;
  Ink ink = Ink::black;
  std::vector<Vec2> points;   ///< at least two
  std::vector<float> widths;  ///< full width of the line in pixels, one per point, > 0

  [[nodiscard]] bool closed() const { return start == end && points.size() > 2; }
};

struct Drawing {
  int width = 0, height = 0;  ///< pixels of the page
  LineKind kind = LineKind::two_value;
  bool transparent_paper = false;
  std::vector<Node> nodes;
  std::vector<Stroke> strokes;
};

/// Length of the centre line in pixels.
double arc_length(const Stroke& stroke);

/// Fills Node::strokes from the strokes' ends. Call after building strokes by hand.
void link_nodes(Drawing& drawing);

}  // namespace nakawari
