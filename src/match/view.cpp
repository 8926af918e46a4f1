#include "match/view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace nakawari {
namespace {

// How far from a line its sides are looked for (px of the view): a line is one pixel wide there.
constexpr std::array<double, 5> kProbes = {1.5, 2.25, 3, 4, 5.5};
// A region has a colour when this share of its pixels has it.
constexpr double kOneColour = 0.6;
// Regions of one colour are this likely the same thing, shared among all that have it.
constexpr float kSameColour = 0.6F;
// Two pictures speak of one model when they share this much of the smaller one's painted area.
constexpr double kOneModel = 0.5;

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

/// Alpha counts only as painted or not.
std::int32_t packed(Rgba8 c) {
  return c.a < 128 ? 1 << 24 : c.r << 16 | c.g << 8 | c.b;
}

/// The colour that most of each region has, -1 without one.
std::vector<std::int32_t> main_colours(const View& view, const Raster& painted) {
  std::vector<std::map<std::int32_t, int>> counts(view.map.regions.size());
  for (int y = 0; y < view.map.label.height; ++y)
    for (int x = 0; x < view.map.label.width; ++x) {
      const int u = static_cast<int>((x + 0.5) * view.cell), v = static_cast<int>((y + 0.5) * view.cell);
      if (view.map.label(x, y) > 0 && painted.contains(u, v))
        ++counts[view.map.label(x, y) - 1][packed(painted(u, v))];
    }
  std::vector<std::int32_t> colours(counts.size(), -1);
  for (std::size_t r = 0; r < counts.size(); ++r) {
    int all = 0, most = 0;
    for (const auto& [colour, count] : counts[r]) {
      all += count;
      if (count <= most) continue;
      most = count;
      colours[r] = colour;
    }
    if (most < kOneColour * all) colours[r] = -1;
  }
  return colours;
}

std::map<std::int32_t, double> areas_of(const View& view) {
  std::map<std::int32_t, double> areas;
  for (std::size_t r = 0; r < view.colour.size(); ++r)
    if (view.colour[r] >= 0 && !view.map.regions[r].touches_edge)
      areas[view.colour[r]] += view.map.regions[r].area;
  return areas;
}

double total(const std::map<std::int32_t, double>& areas) {
  double sum = 0;
  for (const auto& [colour, area] : areas) sum += area;
  return sum;
}

}  // namespace

void colour_regions(View& a, const Raster& painted_a, View& b, const Raster& painted_b) {
  a.colour = main_colours(a, painted_a);
  b.colour = main_colours(b, painted_b);
  const auto in_a = areas_of(a), in_b = areas_of(b);
  double shared = 0;
  for (const auto& [colour, area] : in_a)
    if (const auto other = in_b.find(colour); other != in_b.end()) shared += std::min(area, other->second);
  const bool one_model = shared >= kOneModel * std::min(total(in_a), total(in_b));
  const auto forget = [&](View& view, const std::map<std::int32_t, double>& others) {
    for (std::int32_t& colour : view.colour)
      if (!one_model || !others.contains(colour)) colour = -1;
  };
  forget(a, in_b);
  forget(b, in_a);
}

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
  if (!here.colour.empty() && !there.colour.empty()) hear_colours();
}

/// What the artist painted in two colours is not the same thing; what has one colour may be, however far.
void Sides::hear_colours() {
  std::map<std::int32_t, int> ours, theirs;
  for (const std::int32_t colour : here_->colour) ++ours[colour];
  for (const std::int32_t colour : there_->colour) ++theirs[colour];
  for (std::size_t i = 0; i < here_->colour.size(); ++i)
    for (std::size_t j = 0; j < columns_; ++j) {
      const std::int32_t colour = here_->colour[i];
      if (colour < 0 || there_->colour[j] < 0) continue;
      float& like = likeness_[i * columns_ + j];
      const int many = std::max(ours[colour], theirs[colour]);
      like = colour == there_->colour[j] ? std::max(like, kSameColour / static_cast<float>(many)) : 0;
    }
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
