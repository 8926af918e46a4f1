#include "face/draw_over.h"

#include <algorithm>
#include <cmath>

#include "drawing/render.h"
#include "geometry/polygon.h"
#include "image/components.h"

namespace nakawari {
namespace {

// Paper of at most so many px between lines that nearly touch is a pinhole.
constexpr int kPinhole = 4;
// A black stroke this many times as wide as a trace line is a solid shape.
constexpr double kSolidWidth = 4;

/// A closed trace line that touches a solid black shape.
bool lies_on_solid(const Drawing& drawing, const Stroke& ring) {
  if (ring.ink == Ink::black || !ring.closed()) return false;
  const double line = *std::max_element(ring.widths.begin(), ring.widths.end());
  for (const Stroke& solid : drawing.strokes) {
    if (solid.ink != Ink::black) continue;
    for (std::size_t i = 0; i < solid.points.size(); ++i) {
      if (solid.widths[i] < kSolidWidth * line) continue;
      for (const Vec2 p : ring.points)
        if (distance(p, solid.points[i]) < solid.widths[i] / 2) return true;
    }
  }
  return false;
}

/// Strokes whose windows overlap, and their window.
struct Cluster {
  int left = 0, top = 0, right = 0, bottom = 0;
  std::vector<char> wanted;  ///< per stroke of the drawing
  [[nodiscard]] bool meets(const Cluster& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

std::vector<Cluster> clusters_of(const Drawing& drawing) {
  std::vector<Cluster> clusters;
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    const Stroke& stroke = drawing.strokes[s];
    double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
    for (std::size_t i = 0; i < stroke.points.size(); ++i) {
      const double room = stroke.widths[i] / 2 + 2;
      left = std::min(left, stroke.points[i].x - room);
      top = std::min(top, stroke.points[i].y - room);
      right = std::max(right, stroke.points[i].x + room);
      bottom = std::max(bottom, stroke.points[i].y + room);
    }
    Cluster own{static_cast<int>(std::floor(left)), static_cast<int>(std::floor(top)),
                static_cast<int>(std::ceil(right)), static_cast<int>(std::ceil(bottom)),
                std::vector<char>(drawing.strokes.size(), 0)};
    own.wanted[s] = 1;
    // A window that grew may meet others.
    for (std::size_t k = 0; k < clusters.size();) {
      if (!own.meets(clusters[k])) {
        ++k;
        continue;
      }
      own.left = std::min(own.left, clusters[k].left);
      own.top = std::min(own.top, clusters[k].top);
      own.right = std::max(own.right, clusters[k].right);
      own.bottom = std::max(own.bottom, clusters[k].bottom);
      for (std::size_t j = 0; j <= s; ++j) own.wanted[j] |= clusters[k].wanted[j];
      clusters.erase(clusters.begin() + static_cast<std::ptrdiff_t>(k));
      k = 0;
    }
    clusters.push_back(std::move(own));
  }
  return clusters;
}

/// Lines that cross at a flat angle leave holes of a pixel or two, which nobody would draw and nobody paints.
void fill_pinholes(LineImage& lines) {
  if (lines.kind != LineKind::two_value) return;
  Mask paper(lines.width(), lines.height(), 0);
  for (std::size_t i = 0; i < paper.data.size(); ++i) paper.data[i] = lines.coverage.data[i] == 0 ? 1 : 0;
  const Components holes = connected_components(paper, Connectivity::four);
  for (int y = 0; y < paper.height; ++y)
    for (int x = 0; x < paper.width; ++x) {
      const int k = holes.label(x, y);
      if (k == 0) continue;
      const Component& hole = holes.components[static_cast<std::size_t>(k - 1)];
      if (hole.area > kPinhole || hole.touches_edge) continue;
      // Scanned from the left, the pixel before is ink.
      lines.ink(x, y) = lines.ink(x - 1, y);
      lines.coverage(x, y) = 255;
    }
}

void draw_cluster(const Drawing& strokes, const Cluster& cluster, Raster& lines) {
  const int x0 = std::max(0, cluster.left), y0 = std::max(0, cluster.top);
  const int x1 = std::min(lines.width, cluster.right);
  const int y1 = std::min(lines.height, cluster.bottom);
  if (x1 <= x0 || y1 <= y0) return;
  Drawing window = part_of(strokes, cluster.wanted, x0, y0, x1 - x0, y1 - y0);
  // Black lies over trace lines; but a closed trace line over a solid shape is a light upon it.
  std::vector<Stroke> lights;
  std::vector<char> light;
  for (const Stroke& stroke : window.strokes) light.push_back(lies_on_solid(window, stroke) ? 1 : 0);
  std::vector<Stroke> others;
  for (std::size_t s = 0; s < window.strokes.size(); ++s)
    (light[s] != 0 ? lights : others).push_back(std::move(window.strokes[s]));
  window.strokes = std::move(others);
  std::stable_partition(window.strokes.begin(), window.strokes.end(),
                        [](const Stroke& stroke) { return stroke.ink != Ink::black; });
  LineImage lines_drawn = render_lines(window);
  fill_pinholes(lines_drawn);
  Raster drawn = to_raster(lines_drawn);
  const Rgba8 paper = window.transparent_paper ? kClear : kPaper;
  for (const Stroke& ring : lights) {
    const auto [low_x, high_x] =
        std::minmax_element(ring.points.begin(), ring.points.end(), [](Vec2 l, Vec2 r) { return l.x < r.x; });
    const auto [low_y, high_y] =
        std::minmax_element(ring.points.begin(), ring.points.end(), [](Vec2 l, Vec2 r) { return l.y < r.y; });
    for (int y = std::max(0, static_cast<int>(low_y->y)); y < drawn.height && y <= high_y->y; ++y)
      for (int x = std::max(0, static_cast<int>(low_x->x)); x < drawn.width && x <= high_x->x; ++x)
        if (inside(ring.points, {x + 0.5, y + 0.5})) drawn(x, y) = paper;
  }
  for (int y = 0; y < drawn.height; ++y)
    for (int x = 0; x < drawn.width; ++x) lines(x0 + x, y0 + y) = over(lines(x0 + x, y0 + y), drawn(x, y));
  if (lights.empty()) return;
  window.strokes = std::move(lights);
  drawn = to_raster(render_lines(window));
  for (int y = 0; y < drawn.height; ++y)
    for (int x = 0; x < drawn.width; ++x)
      if (drawn(x, y).a != 0 && drawn(x, y) != kPaper) lines(x0 + x, y0 + y) = drawn(x, y);
}

}  // namespace

Rgba8 over(Rgba8 below, Rgba8 above) {
  if (below.a == 0 || below == kPaper) return above;
  if (above.a == 0 || above == kPaper) return below;
  return below.r + below.g + below.b <= above.r + above.g + above.b ? below : above;
}

Drawing part_of(const Drawing& whole, const std::vector<char>& wanted, int left, int top, int width,
                int height) {
  Drawing part;
  part.width = width;
  part.height = height;
  part.kind = whole.kind;
  part.transparent_paper = whole.transparent_paper;
  std::vector<NodeId> node(whole.nodes.size(), -1);
  const Vec2 shift{static_cast<double>(-left), static_cast<double>(-top)};
  const auto own = [&](NodeId id) {
    if (node[id] < 0) {
      node[id] = static_cast<NodeId>(part.nodes.size());
      part.nodes.push_back({whole.nodes[id].position + shift, {}});
    }
    return node[id];
  };
  for (std::size_t s = 0; s < whole.strokes.size(); ++s) {
    if (!wanted[s]) continue;
    Stroke stroke = whole.strokes[s];
    stroke.start = own(stroke.start);
    stroke.end = own(stroke.end);
    for (Vec2& point : stroke.points) point += shift;
    part.strokes.push_back(std::move(stroke));
  }
  link_nodes(part);
  return part;
}

void draw_over(Raster& lines, const Drawing& strokes) {
  for (const Cluster& cluster : clusters_of(strokes)) draw_cluster(strokes, cluster, lines);
}

}  // namespace nakawari
