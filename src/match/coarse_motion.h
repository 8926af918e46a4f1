/// \file
/// Finds large motion: where each neighbourhood of one drawing goes in the other, before anything is known.
///
/// Seeds spread over the lines of both drawings. Each collects places where its neighbourhood may go: from
/// dense motion, from the regions beside it, from a search of every shift in reach and a fan of rotations,
/// from its neighbours and from the other drawing's seeds. A place is judged both ways (do our lines fall on
/// like lines, do the lines there fall on ours) and by the regions on both sides; belief propagation chooses
/// one each so that neighbours move alike. Nothing is chained: no seed depends on the order in which others
/// were decided.
#pragma once

#include <vector>

#include "base/parallel.h"
#include "geometry/vec2.h"
#include "match/line_field.h"
#include "match/proposals.h"
#include "match/sample_graph.h"
#include "match/seeds.h"
#include "match/view.h"

namespace nakawari {

struct CoarseOptions {
  Threads threads;
  double seed_spacing = 26;    ///< px along lines, at 1024 px page size, as all lengths here
  double reach = 230;          ///< largest shift sought beyond the whole figure's
  double rotation_step = 20;   ///< degrees
  double rotation_reach = 60;  ///< degrees
  int candidates = 8;
  int rounds = 3;  ///< rounds of choosing and of lending one's motion to the neighbours
};

/// One drawing with all that the search looks at.
struct CoarseSide {
  const SampleGraph& graph;
  const SampleGrid& grid;
  const LineField& wide;
  const LineField& fine;
  const View& view;
};

/// The similarity that brings the whole of one drawing roughly over the other: none, or the one that takes
/// centre to centre and size to size where that covers clearly more.
Placement whole_motion(const CoarseSide& here, const CoarseSide& there);

struct CoarseMotion {
  std::vector<Seed> a, b;  ///< seeds of A with their way to B, and of B with theirs to A
};

/// `out`, `back`: dense motion A to B and B to A, in pixels of the views; `sides` from A to B: made better on
/// the way.
CoarseMotion coarse_motion(const CoarseSide& a, const CoarseSide& b, const Placement& whole,
                           const Motion& out, const Motion& back, Sides& sides, double page_scale,
                           const CoarseOptions& options);

}  // namespace nakawari
