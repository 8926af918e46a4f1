#include "cut/embed.h"

#include <algorithm>
#include <cmath>

namespace nakawari {

std::string png_uri(const std::vector<std::uint8_t>& png) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text = "data:image/png;base64,";
  for (std::size_t i = 0; i < png.size(); i += 3) {
    const std::size_t left = png.size() - i;
    const unsigned group = static_cast<unsigned>(png[i]) << 16 | (left > 1 ? png[i + 1] : 0U) << 8 |
                           (left > 2 ? png[i + 2] : 0U);
    text += kDigits[group >> 18];
    text += kDigits[group >> 12 & 63];
    text += left > 1 ? kDigits[group >> 6 & 63] : '=';
    text += left > 2 ? kDigits[group & 63] : '=';
  }
  return text;
}

std::string script_safe(const std::string& json) {
  std::string text;
  for (const char c : json) text += c == '<' ? std::string("\\u003c") : std::string(1, c);
  return text;
}

Raster cut_out(const Raster& picture, double x, double y, double side, int most) {
  const int box = std::max(1, static_cast<int>(std::ceil(side / most)));
  const int cells = std::max(1, static_cast<int>(side / box));
  const int left = static_cast<int>(std::floor(x - cells * box / 2.0));
  const int top = static_cast<int>(std::floor(y - cells * box / 2.0));
  Raster out(cells, cells, kPaper);
  for (int v = 0; v < cells; ++v) {
    for (int u = 0; u < cells; ++u) {
      int sum[3] = {0, 0, 0};
      for (int j = 0; j < box; ++j)
        for (int i = 0; i < box; ++i) {
          const int px = left + u * box + i, py = top + v * box + j;
          const Rgba8 p = picture.contains(px, py) ? picture(px, py) : kPaper;
          if (p.a == 255) {
            sum[0] += p.r;
            sum[1] += p.g;
            sum[2] += p.b;
            continue;
          }
          const int clear = 255 - p.a;
          sum[0] += (p.r * p.a + 255 * clear) / 255;
          sum[1] += (p.g * p.a + 255 * clear) / 255;
          sum[2] += (p.b * p.a + 255 * clear) / 255;
        }
      const auto mean = [&](int k) { return static_cast<std::uint8_t>(sum[k] / (box * box)); };
      out(u, v) = {mean(0), mean(1), mean(2), 255};
    }
  }
  return out;
}

}  // namespace nakawari
