#include "match/view.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nakawari {
namespace {

// How far from a line its sides are looked for (px of the view): a line is one pixel wide there.
constexpr std::array<double, 5> kProbes = {1.5, 2.25, 3, 4, 5.5};

LineImage one_pixel_lines(const Drawing& drawing, const SampleGraph& graph, double cell) {
  LineImage lines;
  const int width = static_cast<int>(std::ceil(drawing.width / cell)),
            height = static_cast<int>(std::ceil(drawing.height / cell));
  lines.coverage = Grid<std::uint8_t>(width, height, 0);
  lines.ink = Grid<Ink>(width, height, Ink::none);
  for (const Link& link : graph.links) {
    if (link.kind != LinkKind::stroke) continue;
    const Vec2 a = graph.samples[link.a].position / cell, b = graph.samples[link.b].position / cell;
    const int steps =
        std::max(1, static_cast<int>(std::ceil(2 * std::max(std::abs(b.x - a.x), std::abs(b.y - a.y)))));
    for (int k = 0; k <= steps; ++k) {
      const Vec2 p = lerp(a, b, static_cast<double>(k) / steps);
      const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
      if (!lines.coverage.contains(x, y)) continue;
      lines.coverage(x, y) = 255;
      lines.ink(x, y) = graph.samples[link.a].ink;
    }
  }
  return lines;
}

std::int32_t region_at(const View& view, Vec2 from, Vec2 direction) {
  for (const double way : kProbes) {
    const Vec2 p = from / view.cell + direction * way;
    const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
    if (view.map.label.contains(x, y) && view.map.label(x, y) > 0) return view.map.label(x, y) - 1;
  }
  return -1;
}

}  // namespace

View view_of(const Drawing& drawing, const SampleGraph& graph) {
  View view;
  view.cell = page_scale(drawing);
  const LineImage lines = one_pixel_lines(drawing, graph, view.cell);
  view.map = find_regions(lines);
  view.flow = prepare_flow(lines);
  for (const Sample& sample : graph.samples) {
    // y points down: the left of a tangent is against perpendicular().
    view.left.push_back(region_at(view, sample.position, -perpendicular(sample.tangent)));
    view.right.push_back(region_at(view, sample.position, perpendicular(sample.tangent)));
  }
  return view;
}

Sides::Sides(const View& here, const View& there, const Motion& out, const Motion& back)
    : here_(&here), there_(&there), columns_(there.map.regions.size()) {
  update(out, back);
}

void Sides::update(const Motion& out, const Motion& back) {
  const View &here = *here_, &there = *there_;
  const std::size_t rows = here.map.regions.size();
  likeness_.assign(rows * columns_, 0);
  if (rows == 0 || columns_ == 0) return;
  const double page = std::hypot(here.map.label.width, here.map.label.height);
  const Landing ahead = land(here.map, there.map, out), behind = land(there.map, here.map, back);
  const RegionLinks forward = link_regions(here.map.regions, there.map.regions, ahead, behind, page);
  const RegionLinks backward = link_regions(there.map.regions, here.map.regions, behind, ahead, page);
  for (std::size_t j = 0; j < forward.size(); ++j)
    for (const RegionLink& link : forward[j]) likeness_[link.from * columns_ + j] += 0.5F * link.weight;
  for (std::size_t i = 0; i < backward.size(); ++i)
    for (const RegionLink& link : backward[i]) likeness_[i * columns_ + link.from] += 0.5F * link.weight;
}

Sides Sides::reversed() const {
  Sides result(there_, here_);
  result.columns_ = here_->map.regions.size();
  result.likeness_.resize(likeness_.size());
  for (std::size_t i = 0; i < result.columns_; ++i)
    for (std::size_t j = 0; j < columns_; ++j)
      result.likeness_[j * result.columns_ + i] = likeness_[i * columns_ + j];
  return result;
}

}  // namespace nakawari
