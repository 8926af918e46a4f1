#include "bench/match_picture.h"

#include <algorithm>
#include <cmath>

namespace nakawari::bench {
namespace {

void dot_at(Raster& picture, Vec2 at, Rgba8 colour, int radius) {
  for (int y = -radius; y <= radius; ++y)
    for (int x = -radius; x <= radius; ++x) {
      const int u = static_cast<int>(at.x) + x, v = static_cast<int>(at.y) + y;
      if (picture.contains(u, v)) picture(u, v) = colour;
    }
}

/// Neighbouring strokes should differ: hue by stroke, turning along it.
Rgba8 colour_of(StrokeId stroke, float along) {
  const double hue = std::fmod(stroke * 0.381966 + along * 0.0012, 1.0) * 6;
  const auto channel = [&](double centre) {
    const double d = std::abs(std::remainder(hue - centre, 6.0));
    return static_cast<std::uint8_t>(230 * std::clamp(2 - d, 0.0, 1.0));
  };
  return {channel(0), channel(2), channel(4), 255};
}

}  // namespace

Raster match_picture(const Raster& a, const Raster& b, const Correspondence& correspondence) {
  Raster picture(a.width + b.width, std::max(a.height, b.height), kPaper);
  for (int y = 0; y < a.height; ++y)
    for (int x = 0; x < a.width; ++x) picture(x, y) = a(x, y);
  for (int y = 0; y < b.height; ++y)
    for (int x = 0; x < b.width; ++x) picture(a.width + x, y) = b(x, y);
  const Vec2 right{static_cast<double>(a.width), 0};
  for (const SampleMatch& m : correspondence.a_to_b) {
    if (m.partner_stroke < 0) continue;
    const Rgba8 colour = colour_of(m.stroke, m.along);
    dot_at(picture, m.here, colour, 1);
    dot_at(picture, m.there + right, colour, 1);
  }
  return picture;
}

}  // namespace nakawari::bench
