/// \file
/// Small drawings made of known strokes, for the tests of this module and of those above it.
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

#include "drawing/drawing.h"

namespace nakawari::test {

/// Builds a drawing stroke by stroke; ends closer than half a pixel share a node.
class Sketch {
 public:
  explicit Sketch(int width = 1024, int height = 1024) {
    drawing_.width = width;
    drawing_.height = height;
  }

  Sketch& line(Vec2 from, Vec2 to, float width = 3) {
    std::vector<Vec2> points;
    const int steps = std::max(2, static_cast<int>(distance(from, to) / 2));
    for (int k = 0; k <= steps; ++k) points.push_back(lerp(from, to, static_cast<double>(k) / steps));
    return stroke(std::move(points), width);
  }

  /// A part of an ellipse, angles in degrees, clockwise on the screen.
  Sketch& arc(Vec2 centre, double rx, double ry, double from, double to, float width = 3) {
    std::vector<Vec2> points;
    const int steps = std::max(8, static_cast<int>(std::abs(to - from) / 360 * 3 * (rx + ry)));
    for (int k = 0; k <= steps; ++k) {
      const double angle = (from + (to - from) * k / steps) * std::numbers::pi / 180;
      points.push_back({centre.x + rx * std::cos(angle), centre.y + ry * std::sin(angle)});
    }
    if (std::abs(std::abs(to - from) - 360) < 1e-9) points.back() = points.front();
    return stroke(std::move(points), width);
  }

  Sketch& stroke(std::vector<Vec2> points, float width = 3) {
    Stroke stroke;
    stroke.start = node(points.front());
    stroke.end = node(points.back());
    points.front() = drawing_.nodes[stroke.start].position;
    points.back() = drawing_.nodes[stroke.end].position;
    stroke.widths.assign(points.size(), width);
    stroke.points = std::move(points);
    drawing_.strokes.push_back(std::move(stroke));
    return *this;
  }

  [[nodiscard]] Drawing done() {
    link_nodes(drawing_);
    return drawing_;
  }

 private:
  NodeId node(Vec2 at) {
    for (std::size_t n = 0; n < drawing_.nodes.size(); ++n)
      if (distance(drawing_.nodes[n].position, at) < 0.5) return static_cast<NodeId>(n);
    drawing_.nodes.push_back({at, {}});
    return static_cast<NodeId>(drawing_.nodes.size() - 1);
  }

  Drawing drawing_;
};

/// The same drawing after a rigid motion about `pivot`, then a shift.
inline Drawing moved(Drawing drawing, Vec2 pivot, double degrees, Vec2 shift) {
  const double angle = degrees * std::numbers::pi / 180;
  const auto move = [&](Vec2& p) { p = pivot + rotated(p - pivot, angle) + shift; };
  for (Node& node : drawing.nodes) move(node.position);
  for (Stroke& stroke : drawing.strokes)
    for (Vec2& p : stroke.points) move(p);
  return drawing;
}

/// A face of simple shapes: outline, two eyes, nose, mouth, a tuft of hair that joins the outline.
inline Drawing face() {
  return Sketch()
      .arc({256, 256}, 90, 110, -90, 270)
      .arc({220, 240}, 18, 12, 0, 360)
      .arc({292, 240}, 18, 12, 0, 360)
      .line({256, 250}, {248, 285})
      .arc({256, 310}, 30, 14, 20, 160)
      .stroke({{256, 146}, {262, 120}, {280, 104}, {300, 100}})
      .done();
}

}  // namespace nakawari::test
