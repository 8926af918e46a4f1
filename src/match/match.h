/// \file
/// Which line of one key is which line of the other: motion, stroke pairs, visibility, confidence.
#pragma once

#include <cstdint>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "drawing/drawing.h"
#include "geometry/vec2.h"
#include "image/grid.h"
#include "match/fixes.h"
#include "match/registration.h"

namespace nakawari {

struct MatchOptions {
  Threads threads;
  /// Half the search radius and work; for drafts on the desk.
  bool preview = false;
  /// The artist's painted pictures of the two drawings, both or none: colours tell a left leg from a right
  /// one. Read while matching only.
  const Raster *painted_a = nullptr, *painted_b = nullptr;
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
  float confidence = 0;       ///< 0..1: share of such matches that are within 3 px (at 1024) of the truth
  std::int32_t group = 0;     ///< motion group: what moves as one piece has one number, in both drawings
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
/// Fixes are hard constraints, each solved around itself: a sample out of a fix's reach (120 px at 1024,
/// along lines or across) has the match it would have without it. Symmetric: match(b, a) gives the same pairs
/// with the sides exchanged. Cost: about 1 s for two full-figure drawings at 1920x1080 on two cores.
Result<Correspondence> match(const Drawing& a, const Drawing& b, const MatchFixes& fixes = {},
                             const MatchOptions& options = {});

/// What match() would give with `added` after the fixes that `before` was made with: every fix is solved
/// again around itself only, in their order, and nothing farther than its reach moves. For the desk.
///
/// Errors: wrong_use when `before` is not of these drawings. Cost: 20 ms and a few more a fix (estimated).
Result<Correspondence> rematch(const Drawing& a, const Drawing& b, const Correspondence& before,
                               const MatchFixes& added);

/// The pairs of one direction as anchors: here = the drawing that `matches` starts from.
Registration registration(const std::vector<SampleMatch>& matches);

}  // namespace nakawari
