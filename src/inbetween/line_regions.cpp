#include "inbetween/line_regions.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

constexpr double kGridSide = 1024;
// Regions up to this many cells are not painted on their own (the benchmark's measure leaves out 50 px).
constexpr int kSmallRegion = 50;
// From a centre line to the paper beside it, in cells.
constexpr double kBeside = 2.2;
// Paper around the lines, in cells: outside is one region, and it touches the grid's edge.
constexpr double kMargin = 6;

void draw_line(Mask& mask, Vec2 from, Vec2 to, double cell) {
  const Vec2 p = from / cell, q = to / cell;
  const int steps =
      std::max(1, static_cast<int>(std::ceil(std::max(std::abs(q.x - p.x), std::abs(q.y - p.y)))));
  for (int k = 0; k <= steps; ++k) {
    const Vec2 at = lerp(p, q, static_cast<double>(k) / steps);
    const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
    if (mask.contains(x, y)) mask(x, y) = 0;
  }
}

}  // namespace

std::int32_t LineRegions::beside(Vec2 at, Vec2 tangent, double side) const {
  const Vec2 normal = perpendicular(tangent) * (side > 0 ? -1.0 : 1.0);
  for (const double away : {kBeside, kBeside + 1}) {
    const Vec2 p = (at - origin) / cell + normal * away;
    const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
    if (!regions.label.contains(x, y)) return 0;
    if (const std::int32_t label = regions.label(x, y); label > 0) return label;
  }
  return 0;
}

std::int32_t LineRegions::at(Vec2 place) const {
  // Off the grid lies what lies at its edge.
  const Vec2 p = (place - origin) / cell;
  const int x = static_cast<int>(std::clamp(p.x, 0.0, regions.label.width - 1.0)),
            y = static_cast<int>(std::clamp(p.y, 0.0, regions.label.height - 1.0));
  return regions.label(x, y);
}

bool LineRegions::counts(std::int32_t region) const {
  const Component& c = regions.components[static_cast<std::size_t>(region) - 1];
  return !c.touches_edge && c.area > kSmallRegion;
}

LineRegions line_regions(int width, int height, const std::vector<Wall>& walls) {
  LineRegions map;
  map.cell = std::max(1.0, std::max(width, height) / kGridSide);
  // Only where there are lines: paper is most of a page.
  Vec2 low{static_cast<double>(width), static_cast<double>(height)}, high;
  for (const Wall& wall : walls)
    for (const Vec2 p : {wall.from, wall.to}) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  const Vec2 margin{kMargin * map.cell, kMargin * map.cell};
  low = low - margin;
  high = high + margin;
  map.origin = {std::clamp(low.x, 0.0, static_cast<double>(width)),
                std::clamp(low.y, 0.0, static_cast<double>(height))};
  high = {std::clamp(high.x, map.origin.x, static_cast<double>(width)),
          std::clamp(high.y, map.origin.y, static_cast<double>(height))};
  const auto cells = [&](double span) { return std::max(1, static_cast<int>(std::ceil(span / map.cell))); };
  Mask paper(cells(high.x - map.origin.x), cells(high.y - map.origin.y), 1);
  for (const Wall& wall : walls) draw_line(paper, wall.from - map.origin, wall.to - map.origin, map.cell);
  map.regions = connected_components(paper, Connectivity::four);
  return map;
}

LineRegions line_regions(const Drawing& drawing) {
  std::vector<Wall> walls;
  for (const Stroke& stroke : drawing.strokes)
    for (std::size_t i = 1; i < stroke.points.size(); ++i)
      walls.push_back({stroke.points[i - 1], stroke.points[i]});
  return line_regions(drawing.width, drawing.height, walls);
}

std::vector<std::int32_t> same_regions(const LineRegions& here, const LineRegions& there,
                                       const Registration& anchors) {
  std::vector<std::int32_t> same(static_cast<std::size_t>(here.size()) + 1, 0);
  std::vector<int> border_here(same.size()), border_there(static_cast<std::size_t>(there.size()) + 1);
  std::vector<std::pair<std::int32_t, std::int32_t>> votes;
  for (const Anchor& anchor : anchors)
    for (const double side : {-1.0, 1.0}) {
      const std::int32_t h = here.beside(anchor.here, anchor.here_tangent, side);
      const std::int32_t t = there.beside(anchor.there, anchor.there_tangent, side);
      ++border_here[h];
      ++border_there[t];
      if (h > 0 && t > 0) votes.emplace_back(h, t);
    }
  std::sort(votes.begin(), votes.end());
  for (std::size_t i = 0; i < votes.size();) {
    std::size_t j = i;
    while (j < votes.size() && votes[j] == votes[i]) ++j;
    const auto [h, t] = votes[i];
    const auto shared = static_cast<int>(j - i);
    if (2 * shared > border_here[h] && 2 * shared > border_there[t]) same[h] = t;
    i = j;
  }
  return same;
}

}  // namespace nakawari
