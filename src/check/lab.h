/// \file
/// How far apart two colours look. Internal to the checks.
#pragma once

#include <array>
#include <cmath>

#include "image/grid.h"

namespace nakawari {

/// CIE 1976 L*a*b*, white D65.
struct Lab {
  double l = 0, a = 0, b = 0;
};

/// `srgb`: 0..255, may be means of several colours.
inline Lab lab_of(const std::array<double, 3>& srgb) {
  const auto linear = [](double v) {
    v /= 255;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  const double r = linear(srgb[0]), g = linear(srgb[1]), b = linear(srgb[2]);
  const auto f = [](double v) { return v > 216.0 / 24389 ? std::cbrt(v) : (24389.0 / 27 * v + 16) / 116; };
  const double x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047);
  const double y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b);
  const double z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

inline Lab lab_of(Rgba8 c) {
  return lab_of(
      std::array<double, 3>{static_cast<double>(c.r), static_cast<double>(c.g), static_cast<double>(c.b)});
}

/// Delta E*ab: 2.3 is just noticeable.
inline double delta_e(const Lab& p, const Lab& q) {
  return std::sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

}  // namespace nakawari
