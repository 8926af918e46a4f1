/// \file
/// What the keys before and after a pair know of its motion.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "inbetween/blend.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

struct Around {
  enum class Use {
    shape,            ///< paths bend, but t alone says how far along (a chart was drawn)
    shape_and_speed,  ///< speed too runs on through keys that the motion passes (t is plain time)
    plain_time        ///< and through those at which it turns back: all keys are even samples of one motion
  };
  std::shared_ptr<const Correspondence> before;  ///< of (the key before A, A); may be empty
  std::shared_ptr<const Correspondence> after;   ///< of (B, the key after B); may be empty
  double time_before = 1, time_after = 1;        ///< those intervals against this one
  Use use = Use::shape;
};

/// Speed and turn of a point, in px and radians per interval of the pair.
struct PointMotion {
  Vec2 speed;
  double turn = 0;
};

/// A point's motion before the first key and after the second; nothing where a neighbour is missing or does
/// not have the point.
struct Course {
  std::optional<PointMotion> before, after;
};

/// One per point of `graph`. Neighbours that are not of these drawings count as missing.
std::vector<Course> courses(const BlendGraph& graph, const Correspondence& correspondence,
                            const SampleGraph& b, const Around& around);

/// Speed at a key between our interval, of length 1, and the neighbour's of length `time`: that of the
/// parabola through the three keys.
PointMotion at_key(const PointMotion& ours, const PointMotion& theirs, double time);

}  // namespace nakawari
