/// \file
/// Points and vectors of the drawing plane. Units: pixels, y down, origin at the top left corner of
/// the image; the centre of pixel (x, y) is (x + 0.5, y + 0.5).
#pragma once

#include <cmath>

namespace nakawari {

struct Vec2 {
  double x = 0, y = 0;

  friend constexpr bool operator==(const Vec2&, const Vec2&) = default;
  constexpr Vec2& operator+=(Vec2 o) {
    x += o.x;
    y += o.y;
    return *this;
  }
  constexpr Vec2& operator-=(Vec2 o) {
    x -= o.x;
    y -= o.y;
    return *this;
  }
  constexpr Vec2& operator*=(double s) {
    x *= s;
    y *= s;
    return *this;
  }
};

constexpr Vec2 operator+(Vec2 a, Vec2 b) {
  return {a.x + b.x, a.y + b.y};
}
constexpr Vec2 operator-(Vec2 a, Vec2 b) {
  return {a.x - b.x, a.y - b.y};
}
constexpr Vec2 operator-(Vec2 a) {
  return {-a.x, -a.y};
}
constexpr Vec2 operator*(Vec2 a, double s) {
  return {a.x * s, a.y * s};
}
constexpr Vec2 operator*(double s, Vec2 a) {
  return a * s;
}
constexpr Vec2 operator/(Vec2 a, double s) {
  return {a.x / s, a.y / s};
}

constexpr double dot(Vec2 a, Vec2 b) {
  return a.x * b.x + a.y * b.y;
}
/// Positive when b lies clockwise of a on the screen (y down).
constexpr double cross(Vec2 a, Vec2 b) {
  return a.x * b.y - a.y * b.x;
}
/// Not std::hypot, which minds squares beyond the range of double at ten times the cost.
inline double length(Vec2 a) {
  return std::sqrt(a.x * a.x + a.y * a.y);
}
constexpr double length_squared(Vec2 a) {
  return dot(a, a);
}
inline double distance(Vec2 a, Vec2 b) {
  return length(a - b);
}
/// The zero vector stays zero.
inline Vec2 normalized(Vec2 a) {
  const double l = length(a);
  return l > 0 ? a / l : Vec2{};
}
constexpr Vec2 perpendicular(Vec2 a) {
  return {-a.y, a.x};
}
constexpr Vec2 lerp(Vec2 a, Vec2 b, double t) {
  return a + (b - a) * t;
}
/// A rotation that is applied to many vectors: the angle's sine and cosine once.
struct Turn {
  double c = 1, s = 0;
  Turn() = default;
  explicit Turn(double radians) : c(std::cos(radians)), s(std::sin(radians)) {}
  Vec2 operator()(Vec2 a) const { return {c * a.x - s * a.y, s * a.x + c * a.y}; }
};
inline Vec2 rotated(Vec2 a, double radians) {
  return Turn(radians)(a);
}

}  // namespace nakawari
