/// \file
/// What a person said about how two drawings belong together. Always hard constraints (DESIGN law 2).
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

struct MatchFixes {
  std::vector<GuidePair> guides;
  std::vector<StrokePairFix> stroke_pairs;
  std::vector<NoPartnerFix> no_partner;
};

}  // namespace nakawari
