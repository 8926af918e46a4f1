#include "drawing/drawing.h"

#include "base/check.h"

namespace nakawari {

double arc_length(const Stroke& stroke) {
  double sum = 0;
  for (std::size_t i = 1; i < stroke.points.size(); ++i)
    sum += distance(stroke.points[i - 1], stroke.points[i]);
  return sum;
}

void link_nodes(Drawing& drawing) {
  for (Node& node : drawing.nodes) node.strokes.clear();
  const auto count = static_cast<NodeId>(drawing.nodes.size());
  for (std::size_t i = 0; i < drawing.strokes.size(); ++i) {
    const Stroke& stroke = drawing.strokes[i];
    for (const NodeId node : {stroke.start, stroke.end}) {
      NAKAWARI_CHECK(node >= 0 && node < count);
      drawing.nodes[static_cast<std::size_t>(node)].strokes.push_back(static_cast<StrokeId>(i));
    }
  }
}

}  // namespace nakawari
