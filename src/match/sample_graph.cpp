#include "match/sample_graph.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nakawari {
namespace {

// Near links are sought in this many directions, so that they surround a sample like a triangulation would.
constexpr int kSectors = 6;
// A near link to the own stroke must be this much shorter than the way along the stroke: the other side of a
// limb, not the next bend of the same line.
constexpr double kShortcut = 4;

void sample_stroke(const Stroke& stroke, StrokeId id, double spacing, std::vector<Sample>& out) {
  std::vector<double> along(stroke.points.size(), 0);
  for (std::size_t i = 1; i < stroke.points.size(); ++i)
    along[i] = along[i - 1] + distance(stroke.points[i - 1], stroke.points[i]);
  const double total = along.back();
  const int count = std::max(2, static_cast<int>(std::lround(total / spacing)) + 1);

  std::size_t segment = 1;
  const std::size_t begin = out.size();
  for (int k = 0; k < count; ++k) {
    const double s = total * k / (count - 1);
    while (segment + 1 < along.size() && along[segment] < s) ++segment;
    const double span = along[segment] - along[segment - 1];
    const double u = span > 0 ? std::clamp((s - along[segment - 1]) / span, 0.0, 1.0) : 0;
    Sample sample;
    sample.position = lerp(stroke.points[segment - 1], stroke.points[segment], u);
    sample.stroke = id;
    sample.along = static_cast<float>(s);
    sample.width = static_cast<float>(stroke.widths[segment - 1] * (1 - u) + stroke.widths[segment] * u);
    sample.ink = stroke.ink;
    out.push_back(sample);
  }
  for (std::size_t i = begin; i < out.size(); ++i) {
    const Vec2 before = out[i > begin ? i - 1 : i].position;
    const Vec2 after = out[i + 1 < out.size() ? i + 1 : i].position;
    out[i].tangent = normalized(after - before);
    if (out[i].tangent == Vec2{}) out[i].tangent = {1, 0};
  }
}

void link_strokes_and_nodes(const Drawing& drawing, SampleGraph& graph) {
  std::vector<std::vector<std::int32_t>> at_node(drawing.nodes.size());
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    const std::int32_t begin = graph.first[s], end = graph.first[s + 1];
    for (std::int32_t i = begin; i + 1 < end; ++i) graph.links.push_back({i, i + 1, LinkKind::stroke});
    const Stroke& stroke = drawing.strokes[s];
    if (stroke.start >= 0) at_node[stroke.start].push_back(begin);
    if (stroke.end >= 0) at_node[stroke.end].push_back(end - 1);
  }
  for (auto& ends : at_node) {
    std::sort(ends.begin(), ends.end());
    for (std::size_t k = 1; k < ends.size(); ++k)
      if (ends[0] != ends[k]) graph.links.push_back({ends[0], ends[k], LinkKind::node});
  }
}

/// Which of the directions `way` points to. The borders lie at every 60 degrees from the x axis: told apart
/// by slopes, and by the angle itself only next to one, where rounding decides.
int sector_of(Vec2 way) {
  static_assert(kSectors == 6);
  constexpr double kSlope = std::numbers::sqrt3, kClose = 1e-9;
  const double x = std::abs(way.x), y = std::abs(way.y), steep = y - kSlope * x;
  if (std::abs(steep) < kClose * (x + y) || y < kClose * x) {
    const double angle = std::atan2(way.y, way.x) + std::numbers::pi;
    return std::min(kSectors - 1, static_cast<int>(angle / (2 * std::numbers::pi) * kSectors));
  }
  if (steep > 0) return way.y < 0 ? 1 : 4;
  if (way.x < 0) return way.y < 0 ? 0 : 5;
  return way.y < 0 ? 2 : 3;
}

/// Samples in the order of rows of square cells, so that what is looked through around a place lies together.
class Rows {
 public:
  struct Item {
    Vec2 position;
    StrokeId stroke;
    float along;
    std::int32_t index;
  };

  Rows(const std::vector<Sample>& samples, double cell) : cell_(cell) {
    Vec2 far = low_ = samples.empty() ? Vec2{} : samples[0].position;
    for (const Sample& s : samples) {
      low_ = {std::min(low_.x, s.position.x), std::min(low_.y, s.position.y)};
      far = {std::max(far.x, s.position.x), std::max(far.y, s.position.y)};
    }
    columns_ = static_cast<int>((far.x - low_.x) / cell_) + 1;
    rows_ = static_cast<int>((far.y - low_.y) / cell_) + 1;
    start_.assign(static_cast<std::size_t>(columns_) * rows_ + 1, 0);
    const auto bucket = [&](Vec2 p) { return row(p.y) * columns_ + column(p.x); };
    for (const Sample& s : samples) ++start_[bucket(s.position) + 1];
    for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
    items_.resize(samples.size());
    std::vector<std::int32_t> fill(start_.begin(), start_.end() - 1);
    for (std::size_t i = 0; i < samples.size(); ++i)
      items_[fill[bucket(samples[i].position)]++] = {samples[i].position, samples[i].stroke, samples[i].along,
                                                     static_cast<std::int32_t>(i)};
  }

  /// Calls `visit(item)` for the samples around a place, ring of cells by ring, as far as `reach()` says
  /// then.
  template <typename Visit, typename Reach>
  void visit(Vec2 centre, Visit&& visit, Reach&& reach) const {
    const int cx = column(centre.x), cy = row(centre.y);
    const int last = std::max({cx, columns_ - 1 - cx, cy, rows_ - 1 - cy});
    for (int ring = 0; ring <= last && (ring - 1) * cell_ <= reach(); ++ring)
      for (int y = std::max(0, cy - ring); y <= std::min(rows_ - 1, cy + ring); ++y) {
        const bool whole = y == cy - ring || y == cy + ring;
        if (whole) visit_row(y, std::max(0, cx - ring), std::min(columns_ - 1, cx + ring), visit);
        if (whole) continue;
        if (cx - ring >= 0) visit_row(y, cx - ring, cx - ring, visit);
        if (cx + ring < columns_) visit_row(y, cx + ring, cx + ring, visit);
      }
  }

 private:
  [[nodiscard]] int column(double x) const {
    return static_cast<int>(std::clamp((x - low_.x) / cell_, 0.0, columns_ - 1.0));
  }
  [[nodiscard]] int row(double y) const {
    return static_cast<int>(std::clamp((y - low_.y) / cell_, 0.0, rows_ - 1.0));
  }
  template <typename Visit>
  void visit_row(int y, int x0, int x1, Visit& visit) const {
    for (std::int32_t k = start_[y * columns_ + x0]; k < start_[y * columns_ + x1 + 1]; ++k) visit(items_[k]);
  }
  double cell_;
  Vec2 low_;
  int columns_ = 1, rows_ = 1;
  std::vector<std::int32_t> start_;
  std::vector<Item> items_;
};

void link_near(SampleGraph& graph, double radius) {
  const Rows rows(graph.samples, radius / 8);
  constexpr double kSlack = 1 + 1e-9;  // squares round elsewhere than lengths
  std::vector<Link> found;
  for (std::int32_t i = 0; i < graph.size(); ++i) {
    const Sample& here = graph.samples[i];
    std::array<std::int32_t, kSectors> best;
    std::array<double, kSectors> best_distance, best_square;
    best.fill(-1);
    best_distance.fill(radius);
    best_square.fill(radius * radius * kSlack);
    double farthest = radius * radius * kSlack;
    const auto look = [&](const Rows::Item& there) {
      const Vec2 way = there.position - here.position;
      const double square = dot(way, way);
      if (square > farthest) return;
      const int sector = sector_of(way);
      if (square > best_square[sector] || there.index == i) return;
      const double d = length(way);
      if (d < 1e-6 || d >= radius) return;
      if (there.stroke == here.stroke && std::abs(there.along - here.along) < kShortcut * d) return;
      if (d < best_distance[sector] || (d == best_distance[sector] && there.index < best[sector])) {
        best_distance[sector] = d;
        best_square[sector] = d * d * kSlack;
        best[sector] = there.index;
        farthest = *std::max_element(best_square.begin(), best_square.end());
      }
    };
    rows.visit(here.position, look, [&] { return std::sqrt(farthest); });
    for (const std::int32_t j : best)
      if (j >= 0) found.push_back({std::min(i, j), std::max(i, j), LinkKind::near});
  }
  std::sort(found.begin(), found.end(),
            [](const Link& l, const Link& r) { return l.a != r.a ? l.a < r.a : l.b < r.b; });
  found.erase(std::unique(found.begin(), found.end(),
                          [](const Link& l, const Link& r) { return l.a == r.a && l.b == r.b; }),
              found.end());
  graph.links.insert(graph.links.end(), found.begin(), found.end());
}

void index_links(SampleGraph& graph) {
  graph.link_start.assign(graph.samples.size() + 1, 0);
  for (const Link& link : graph.links) {
    ++graph.link_start[link.a + 1];
    ++graph.link_start[link.b + 1];
  }
  for (std::size_t i = 1; i < graph.link_start.size(); ++i) graph.link_start[i] += graph.link_start[i - 1];
  graph.link_of.resize(graph.links.size() * 2);
  std::vector<std::int32_t> fill(graph.link_start.begin(), graph.link_start.end() - 1);
  for (std::size_t l = 0; l < graph.links.size(); ++l) {
    graph.link_of[fill[graph.links[l].a]++] = static_cast<std::int32_t>(l);
    graph.link_of[fill[graph.links[l].b]++] = static_cast<std::int32_t>(l);
  }
}

}  // namespace

double page_scale(const Drawing& drawing) {
  return std::max(0.25, std::max(drawing.width, drawing.height) / 1024.0);
}

std::int32_t SampleGraph::at(StrokeId stroke, double along) const {
  const std::int32_t begin = first[stroke], last = first[stroke + 1] - 1;
  const double whole = samples[last].along;
  const auto k =
      begin + static_cast<std::int32_t>(std::lround(whole > 0 ? along / whole * (last - begin) : 0));
  return std::clamp(k, begin, last);
}

SampleGraph sample_graph(const Drawing& drawing, const SampleOptions& options) {
  SampleGraph graph;
  double total = 0;
  for (const Stroke& stroke : drawing.strokes) total += arc_length(stroke);
  graph.spacing =
      std::max(options.spacing * std::min(page_scale(drawing), 1.5), total / options.most_samples);

  graph.first.push_back(0);
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    sample_stroke(drawing.strokes[s], static_cast<StrokeId>(s), graph.spacing, graph.samples);
    graph.first.push_back(graph.size());
  }
  link_strokes_and_nodes(drawing, graph);
  link_near(graph, options.near_radius * page_scale(drawing));
  index_links(graph);
  return graph;
}

SampleGrid::SampleGrid(const SampleGraph& graph, double cell) : cell_(cell) {
  double right = 0, bottom = 0;
  if (!graph.samples.empty()) {
    left_ = right = graph.samples[0].position.x;
    top_ = bottom = graph.samples[0].position.y;
  }
  for (const Sample& sample : graph.samples) {
    left_ = std::min(left_, sample.position.x);
    right = std::max(right, sample.position.x);
    top_ = std::min(top_, sample.position.y);
    bottom = std::max(bottom, sample.position.y);
  }
  columns_ = static_cast<int>((right - left_) / cell_) + 1;
  rows_ = static_cast<int>((bottom - top_) / cell_) + 1;
  start_.assign(static_cast<std::size_t>(columns_) * rows_ + 1, 0);
  const auto bucket = [&](Vec2 p) { return row(p.y) * columns_ + column(p.x); };
  for (const Sample& sample : graph.samples) ++start_[bucket(sample.position) + 1];
  for (std::size_t i = 1; i < start_.size(); ++i) start_[i] += start_[i - 1];
  item_.resize(graph.samples.size());
  std::vector<std::int32_t> fill(start_.begin(), start_.end() - 1);
  for (std::int32_t i = 0; i < graph.size(); ++i) item_[fill[bucket(graph.samples[i].position)]++] = i;
}

int SampleGrid::column(double x) const {
  return static_cast<int>(std::clamp(std::floor((x - left_) / cell_), 0.0, columns_ - 1.0));
}
int SampleGrid::row(double y) const {
  return static_cast<int>(std::clamp(std::floor((y - top_) / cell_), 0.0, rows_ - 1.0));
}

}  // namespace nakawari
