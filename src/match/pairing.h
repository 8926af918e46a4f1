/// \file
/// From two one-way answers to pairs: what both directions agree on, and how sure that is.
#pragma once

#include <vector>

#include "match/deform.h"
#include "match/match.h"
#include "match/sample_graph.h"
#include "match/view.h"

namespace nakawari {

/// One direction's answer: where each sample goes, and the sample of the other drawing that it meets, or -1.
struct Way {
  Deformation deformation;
  std::vector<std::int32_t> partner;
  /// How well the seed that speaks for each sample fits, and how much worse its next best place was.
  std::vector<float> cost, margin;
};

/// The match of sample `i`: with a partner where the way there and back ends near its start.
///
/// Confidence is the share of such samples that lay within 3 px (at 1024) of the truth on the sequences for
/// tuning: a logistic fit on what is known about the pair. docs/match.md has the table.
SampleMatch paired(const SampleGraph& here, const SampleGraph& there, const Way& out, const Way& back,
                   const Sides& sides, std::int32_t i, double page_scale);

std::vector<SampleMatch> paired(const SampleGraph& here, const SampleGraph& there, const Way& out,
                                const Way& back, const Sides& sides, double page_scale);

/// Fills coverage and residual from the matches.
void summarise(Correspondence& correspondence);

}  // namespace nakawari
