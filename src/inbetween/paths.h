/// \file
/// Where each point of a pair wants to be at t: on its way from key to key, bent so that it runs on smoothly
/// through the keys from and to its neighbours, along an arc that the artist drew, at its group's own t.
#pragma once

#include <vector>

#include "inbetween/blend.h"
#include "inbetween/course.h"
#include "match/match.h"

namespace nakawari {

/// A path drawn by the artist for what lies at its beginning in the first key. It is followed by share of its
/// length, or by the artist's ticks on it; its ends give way to the keys. What lies around that place in the
/// same motion group comes along, the less the farther away it is.
struct DrawnArc {
  std::vector<Vec2> path;
  std::vector<double> ticks = {};  ///< the t of each point, rising from 0 to 1; empty: by length
};

/// Spacing of a named motion group that differs from the drawing's own t (charts.toml).
struct GroupSpacing {
  Vec2 anchor;     ///< a point on a line of the group in the first key
  double t = 0.5;  ///< the group's own t for this drawing
};

/// The motion of all points of a pair, ready for any t. Hermite curves whose ends have the speed of the
/// parabola through three keys; where a neighbour is missing, a parabola.
class Paths {
 public:
  /// Sets `hold` of the points that have a path of their own.
  /// `courses`: one per point, from the keys that `around` names.
  Paths(BlendGraph& graph, const Correspondence& correspondence, const SampleGraph& a,
        const std::vector<Course>& courses, const Around& around, const std::vector<DrawnArc>& arcs,
        double page_scale);

  [[nodiscard]] std::vector<PointAt> at(const BlendGraph& graph, double t,
                                        const std::vector<GroupSpacing>& groups) const;

 private:
  struct Bend {
    Vec2 start, finish;  ///< speed at the keys, less the mean speed; px
    double turn_start = 0, turn_finish = 0;
  };
  struct Led {
    std::int32_t point = -1;
    std::vector<Vec2> path;
    std::vector<double> along;
    [[nodiscard]] Vec2 at(double u) const;
  };
  /// A point that comes along with what arcs lead, and which share of each one's way it goes; together at
  /// most all of it.
  struct Follower {
    std::int32_t point = -1;
    std::vector<double> weight;  ///< one per arc
  };
  void bend(const BlendGraph& graph, const std::vector<Course>& courses, const Around& around);
  void find_groups(const BlendGraph& graph, const Correspondence& correspondence, const SampleGraph& a);
  void find_followers(BlendGraph& graph);
  void lead(const BlendGraph& graph, std::vector<PointAt>& points) const;
  std::vector<Bend> bends_;  // empty: straight on
  std::vector<Led> led_;     // by arcs
  std::vector<Follower> followers_;
  std::vector<std::int32_t> group_;  // per point
  double scale_;
};

}  // namespace nakawari
