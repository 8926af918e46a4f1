/// \file
/// The shape of one piece of a stroke: the hull of two discs, and its signed distance. Rendering and
/// tracing share it, so that what tracing fits is what rendering draws.
#pragma once

#include <algorithm>
#include <cmath>

#include "geometry/vec2.h"

namespace nakawari {

/// The convex hull of a disc of radius `ra` around `a` and one of radius `rb` around `b`.
/// When one disc contains the other, that disc.
class RoundCone {
 public:
  RoundCone(Vec2 a, double ra, Vec2 b, double rb) : a_(a), ra_(ra), rb_(rb) {
    const Vec2 d = b - a;
    length_ = std::sqrt(length_squared(d));
    if (length_ <= std::abs(ra - rb) + kFlat) {  // one disc inside the other
      if (rb > ra) a_ = b;
      ra_ = rb_ = std::max(ra, rb);
      length_ = 0;
      axis_ = {1, 0};
      sine_ = 0;
      cosine_ = 1;
      return;
    }
    axis_ = d / length_;
    sine_ = (ra - rb) / length_;
    cosine_ = std::sqrt(1 - sine_ * sine_);
  }

  /// The outline as seen from a point: signed distance in pixels, negative inside, exact outside and near
  /// the outline; and the unit direction in which it grows.
  struct Edge {
    double distance = 0;
    Vec2 outward;
  };
  [[nodiscard]] Edge edge(Vec2 q) const {
    const Vec2 v = q - a_;
    const double x = dot(v, axis_), side = cross(axis_, v), y = std::abs(side);
    const double k = x * cosine_ - y * sine_;
    if (k <= 0) return {std::sqrt(x * x + y * y) - ra_, normalized(v)};
    if (k >= length_ * cosine_)
      return {std::sqrt((x - length_) * (x - length_) + y * y) - rb_, normalized(v - axis_ * length_)};
    const double up = side < 0 ? -cosine_ : cosine_;
    return {x * sine_ + y * cosine_ - ra_, axis_ * sine_ + perpendicular(axis_) * up};
  }

  /// The distance alone.
  [[nodiscard]] double signed_distance(Vec2 q) const {
    const Vec2 v = q - a_;
    const double x = dot(v, axis_);
    const double y = std::abs(cross(axis_, v));
    // The outline's straight part runs between the two tangent points; k is the place along it.
    const double k = x * cosine_ - y * sine_;
    if (k <= 0) return std::sqrt(x * x + y * y) - ra_;
    if (k >= length_ * cosine_) return std::sqrt((x - length_) * (x - length_) + y * y) - rb_;
    return x * sine_ + y * cosine_ - ra_;
  }

 private:
  static constexpr double kFlat = 1e-9;
  Vec2 a_, axis_;
  double ra_, rb_, length_, sine_, cosine_;
};

}  // namespace nakawari
