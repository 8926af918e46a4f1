#include "desk/bucket.h"

#include <algorithm>

namespace nakawari {

int fill_region(Raster& picture, int x, int y, Rgba8 colour) {
  if (!picture.contains(x, y)) return 0;
  const Rgba8 old = picture(x, y);
  if (old == colour) return 0;
  int count = 0;
  std::vector<std::pair<int, int>> open{{x, y}};
  picture(x, y) = colour;
  while (!open.empty()) {
    const auto [px, py] = open.back();
    open.pop_back();
    ++count;
    for (const auto& [dx, dy] : {std::pair(1, 0), {-1, 0}, {0, 1}, {0, -1}}) {
      const int u = px + dx, v = py + dy;
      if (!picture.contains(u, v) || !(picture(u, v) == old)) continue;
      picture(u, v) = colour;
      open.emplace_back(u, v);
    }
  }
  return count;
}

int region_area(const Raster& picture, int x, int y) {
  constexpr Rgba8 kNobodys{1, 2, 3, 4};
  Raster copy = picture;
  return fill_region(copy, x, y, kNobodys);
}

Ink trace_ink_near(const Raster& lines, int x, int y) {
  constexpr int kTremble = 8;
  Raster part(2 * kTremble + 1, 2 * kTremble + 1, kPaper);
  for (int v = 0; v < part.height; ++v)
    for (int u = 0; u < part.width; ++u)
      if (lines.contains(x + u - kTremble, y + v - kTremble))
        part(u, v) = lines(x + u - kTremble, y + v - kTremble);
  const LineImage inks = classify_lines(part);
  Ink found = Ink::none;
  int nearest = 2 * kTremble * kTremble + 1;
  for (int v = 0; v < part.height; ++v)
    for (int u = 0; u < part.width; ++u) {
      const int away = (u - kTremble) * (u - kTremble) + (v - kTremble) * (v - kTremble);
      if (inks.ink(u, v) == Ink::none || inks.ink(u, v) == Ink::black || away >= nearest) continue;
      nearest = away;
      found = inks.ink(u, v);
    }
  return found;
}

std::vector<Box> differing(const Raster& a, const Raster& b, int grid) {
  if (a.width != b.width || a.height != b.height) return {{0, 0, b.width, b.height}};
  Grid<int> cells((a.width + grid - 1) / grid, (a.height + grid - 1) / grid, 0);
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x)
      if (!(a(x, y) == b(x, y))) cells(x / grid, y / grid) = 1;

  std::vector<Box> boxes;
  for (int cy = 0; cy < cells.height; ++cy) {
    for (int cx = 0; cx < cells.width; ++cx) {
      if (cells(cx, cy) == 0) continue;
      int x0 = cx, x1 = cx, y0 = cy, y1 = cy;
      std::vector<std::pair<int, int>> open{{cx, cy}};
      cells(cx, cy) = 0;
      while (!open.empty()) {
        const auto [px, py] = open.back();
        open.pop_back();
        x0 = std::min(x0, px);
        x1 = std::max(x1, px);
        y0 = std::min(y0, py);
        y1 = std::max(y1, py);
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx)
            if (cells.contains(px + dx, py + dy) && cells(px + dx, py + dy) != 0) {
              cells(px + dx, py + dy) = 0;
              open.emplace_back(px + dx, py + dy);
            }
      }
      boxes.push_back({x0 * grid, y0 * grid, (x1 - x0 + 1) * grid, (y1 - y0 + 1) * grid});
    }
  }
  return boxes;
}

}  // namespace nakawari
