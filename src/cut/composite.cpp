#include "cut/composite.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "image/line_image.h"

namespace nakawari {
namespace {

/// `top` over an opaque `bottom`, rounded to nearest.
std::uint8_t over(std::uint8_t top, std::uint8_t bottom, int alpha) {
  return static_cast<std::uint8_t>((top * alpha + bottom * (255 - alpha) + 127) / 255);
}

}  // namespace

Raster composite(const std::vector<const Raster*>& layers, int width, int height, Rgba8 paper) {
  Raster picture(width, height, paper);
  for (const Raster* layer : layers) {
    if (!layer) continue;
    NAKAWARI_CHECK(layer->width == width && layer->height == height);
    for (std::size_t i = 0; i < picture.data.size(); ++i) {
      const Rgba8 top = layer->data[i];
      Rgba8& pixel = picture.data[i];
      if (top.a == 255) {
        pixel = top;
      } else if (top.a > 0) {
        pixel = {over(top.r, pixel.r, top.a), over(top.g, pixel.g, top.a), over(top.b, pixel.b, top.a), 255};
      }
    }
  }
  return picture;
}

Raster lines_as_cel(const Raster& drawing) {
  const LineImage lines = classify_lines(drawing);
  Raster cel(drawing.width, drawing.height, kClear);
  for (std::size_t i = 0; i < cel.data.size(); ++i) {
    if (lines.coverage.data[i] == 0) continue;
    cel.data[i] = ink_colour(lines.ink.data[i]);
    cel.data[i].a = lines.coverage.data[i];
  }
  return cel;
}

Raster reduced(const Raster& picture, int width) {
  const int box = std::max(1, picture.width / width);
  Raster small(std::max(1, picture.width / box), std::max(1, picture.height / box), kPaper);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      std::array<int, 3> sum{};
      const int right = std::min(picture.width, (x + 1) * box);
      const int bottom = std::min(picture.height, (y + 1) * box);
      for (int v = y * box; v < bottom; ++v) {
        for (int u = x * box; u < right; ++u) {
          const Rgba8 p = picture(u, v);
          sum[0] += over(p.r, kPaper.r, p.a);
          sum[1] += over(p.g, kPaper.g, p.a);
          sum[2] += over(p.b, kPaper.b, p.a);
        }
      }
      const int count = (right - x * box) * (bottom - y * box);
      const auto mean = [&](int i) { return static_cast<std::uint8_t>((sum[i] + count / 2) / count); };
      small(x, y) = {mean(0), mean(1), mean(2), 255};
    }
  }
  return small;
}

Raster middle_of(const Raster& picture, int width, int height) {
  NAKAWARI_CHECK(picture.width >= width && picture.height >= height);
  Raster middle(width, height);
  const int left = (picture.width - width) / 2, top = (picture.height - height) / 2;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) middle(x, y) = picture(left + x, top + y);
  return middle;
}

}  // namespace nakawari
