#include "pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

constexpr int kZoom = 4, kSide = 96;  // pixels of the drawing to each crop's side

/// A square of the picture around a place, enlarged, into the tile (column, row) of the sheet.
void tile(const Raster& from, Vec2 at, int side, int zoom, int column, int row, Raster& sheet) {
  const int left = static_cast<int>(at.x) - side / 2, top = static_cast<int>(at.y) - side / 2;
  for (int y = 0; y < side * zoom; ++y)
    for (int x = 0; x < side * zoom; ++x) {
      const int u = left + x / zoom, v = top + y / zoom;
      Rgba8 c = from.contains(u, v) ? from(u, v) : Rgba8{200, 200, 200, 255};
      if (c.a == 0) c = {235, 235, 245, 255};
      // A cross in the corner of the place, not over it.
      if ((u == left + side / 2 && (y < 12 || y > side * zoom - 12)) ||
          (v == top + side / 2 && (x < 12 || x > side * zoom - 12)))
        c = {255, 0, 160, 255};
      sheet(column * (side * zoom + 4) + x, row * (side * zoom + 4) + y) = c;
    }
}

}  // namespace

Result<void> write_finding(const std::string& folder, const Window& window, const Finding& f) {
  const auto i = static_cast<std::size_t>(f.drawing);
  const int wide = std::clamp(static_cast<int>(1.6 * f.size), kSide, 3 * kSide);
  const int zoom = std::max(1, kZoom * kSide / wide);
  const int step = wide * zoom + 4;
  const bool painted = window.drawings[i].painted.has_value();
  Raster sheet(3 * step, (painted ? 2 : 1) * step);
  for (int k = -1; k <= 1; ++k) {
    const std::size_t d = i + static_cast<std::size_t>(k);
    if (d >= window.drawings.size()) continue;
    tile(window.drawings[d].source, f.at, wide, zoom, k + 1, 0, sheet);
    if (painted && window.drawings[d].painted)
      tile(*window.drawings[d].painted, f.at, wide, zoom, k + 1, 1, sheet);
  }
  return write_picture(fmt::format("{}/{}-{}-{}-{:.0f}-{:.0f}.png", folder, f.check, window.name,
                                   window.drawings[i].name, f.at.x, f.at.y),
                       sheet);
}

}  // namespace nakawari::bench
