/// \file
/// Motion groups: parts that move as one rigid piece between the keys.
#pragma once

#include "match/fixes.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// Numbers every sample's motion group in both drawings, the largest group first. A group is what one rigid
/// motion (of the pair's own size) explains within 4 px at 1024; what none explains joins the one that comes
/// nearest. Lines that a person circled get a group of their own, and so do their partners. Source:
/// sequential consensus; deterministic, no chance involved. Cost: one pass over the samples a hypothesis.
void group(const SampleGraph& a, const SampleGraph& b, const MatchFixes& fixes, double page_scale,
           Correspondence& correspondence);

}  // namespace nakawari
