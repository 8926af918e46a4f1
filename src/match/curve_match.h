/// \file
/// Puts deformed lines onto the other drawing's lines, sample by sample, in order along each stroke, so that
/// one stroke may meet several (N:M) and parts of it none.
#pragma once

#include <vector>

#include "match/deform.h"
#include "match/sample_graph.h"
#include "match/view.h"

namespace nakawari {

struct CurveMatchOptions {
  double reach = 8;        ///< px at 1024: a partner lies within this of the deformed place
  double none_cost = 2.0;  ///< price of a sample without partner, in squared standard distances
  double switch_cost = 3;  ///< price of beginning or ending a run without partner
};

/// What a sample of one drawing may match: -2 no partner allowed, -1 anything, else only strokes listed in
/// `allowed[that index]`.
struct Allowed {
  std::vector<std::int32_t> rule;  ///< per sample; empty = anything everywhere
  std::vector<std::vector<StrokeId>> strokes;
};

/// Per sample of `from`: the matched sample of `to`, or -1. Solved exactly per stroke (Viterbi).
std::vector<std::int32_t> match_curves(const SampleGraph& from, const Deformation& deformed,
                                       const SampleGraph& to, const SampleGrid& to_grid, const Sides& sides,
                                       const Allowed& allowed, double page_scale,
                                       const CurveMatchOptions& options = {});

}  // namespace nakawari
