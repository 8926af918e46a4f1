/// \file
/// Which line of one key is which line of the other: motion, stroke pairs, visibility, confidence.
#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "drawing/drawing.h"
#include "geometry/vec2.h"
#include "match/fixes.h"
#include "match/registration.h"

namespace nakawari {

struct MatchOptions {
  Threads threads;
  /// Half the search radius and work; for drafts on the desk.
  bool preview = false;
};

/// One sample of a stroke (about 3 px apart) and where it lies in the other drawing.
struct SampleMatch {
  Vec2 here, here_tangent;
  StrokeId stroke = -1;
  float along = 0;                   ///< arc length from the stroke's start, px
  Vec2 predicted;                    ///< where the smooth motion carries it, also when it has no partner
  float rotation = 0;                ///< local rotation here to there, radians
  float scale = 1;                   ///< local scale here to there
  std::int32_t partner_stroke = -1;  ///< stroke of the other drawing, -1: no partner
  float partner_along = 0;           ///< arc length on the partner stroke, px
  Vec2 there, there_tangent;  ///< place on the partner (equals `predicted` without one); tangent follows ours
  float confidence = 0;       ///< 0..1
  std::int32_t group = 0;     ///< motion group
};

/// Both directions; `a_to_b` is in the order of A's strokes and of arc length along each, `b_to_a` likewise.
struct Correspondence {
  std::vector<SampleMatch> a_to_b, b_to_a;
  double coverage_a = 0, coverage_b = 0;  ///< share of line length with a partner
  double residual = 0;  ///< px, how far partners lie from the smooth motion, 90th percentile
};

/// Matches two drawings of one cel.
///
/// Both drawings have the same page size, else bad_input. Drawings without strokes match nothing.
/// Fixes are hard constraints. Symmetric: match(b, a) gives the same pairs with the sides exchanged.
/// Cost: about 1 s for two full-figure drawings at 1920x1080 on two cores.
Result<Correspondence> match(const Drawing& a, const Drawing& b, const MatchFixes& fixes = {},
                             const MatchOptions& options = {});

/// The pairs of one direction as anchors: here = the drawing that `matches` starts from.
Registration registration(const std::vector<SampleMatch>& matches);

}  // namespace nakawari
