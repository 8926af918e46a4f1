/// \file
/// What a person said about how two drawings belong together. Always hard constraints.
#pragma once

#include <string>
#include <vector>

#include "geometry/vec2.h"

namespace nakawari {

/// "This point of the first key is that point of the second."
struct GuidePair {
  std::string id;
  Vec2 a, b;
};

/// "The strokes near these points of A are the strokes near those points of B" (N:M).
struct StrokePairFix {
  std::string id;
  std::vector<Vec2> a, b;
};

/// "The line near this point has no partner in the other key": it is born or dies.
struct NoPartnerFix {
  std::string id;
  bool in_first = true;  ///< the point lies in the first key, else in the second
  Vec2 at;
};

/// "What lies at the first point of this path in A moves along it to its last point in B."
struct ArcFix {
  std::string id;
  std::vector<Vec2> path;  ///< at least two points
};

/// "The lines inside this polygon move together": one motion group.
struct GroupFix {
  std::string id;
  bool in_first = true;     ///< the polygon lies over the first key, else over the second
  std::vector<Vec2> lasso;  ///< at least three points, closed by itself
  std::string name = {};    ///< "hair"; "eye L upper-lid" makes it part of an eye (inbetween/eye.h)
};

/// "The part at `front` covers the part at `behind`", until some t, when the two change places.
struct DepthFix {
  std::string id;
  bool in_first = true;  ///< both points lie in the first key, else in the second
  Vec2 front, behind;
  double until = 1;  ///< 1: all the way
};

struct MatchFixes {
  std::vector<GuidePair> guides;
  std::vector<StrokePairFix> stroke_pairs;
  std::vector<NoPartnerFix> no_partner;
  std::vector<ArcFix> arcs;
  std::vector<GroupFix> groups;
  std::vector<DepthFix> depths;
};

}  // namespace nakawari
