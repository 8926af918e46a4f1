/// \file
/// Puts what a person said into a correspondence, each fix solved again around itself. Nothing out of its
/// reach moves, so one fix never disturbs what it does not touch, and the desk can show it at once.
#pragma once

#include <vector>

#include "match/deform.h"
#include "match/features.h"
#include "match/fixes.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// One drawing, sampled and indexed: all that a local solution needs.
struct RefitSide {
  SampleGraph graph;
  SampleGrid grid;
  std::vector<Feature> points;

  RefitSide(const Drawing& drawing, double page_scale)
      : graph(sample_graph(drawing)), grid(graph, 12 * page_scale), points(features(drawing, graph)) {}

  [[nodiscard]] DeformSide fit() const { return {graph, grid, points}; }
};

/// Guides, then stroke pairs, then lines without partner. A guide carries its neighbourhood (120 px at 1024
/// along lines, half as far across paper) stiffly to its place and fits it there; pairs and lines without
/// partner concern their strokes alone. Lines of the other drawing that lose their partner so are left
/// without one. Fixes that name no line within 30 px are passed over. Cost: 2 to 10 ms a fix.
void refit(const RefitSide& a, const RefitSide& b, const MatchFixes& fixes, double page_scale,
           Correspondence& correspondence);

}  // namespace nakawari
