/// \file
/// The joint labelling: one solution over the regions of all drawings of a cel.
#pragma once

#include <vector>

#include "base/parallel.h"
#include "match/affinity.h"
#include "paint/colour_model.h"

namespace nakawari {

/// Evidence that flows from drawing `from` to drawing `to`; `trust` weighs it against other pairs.
struct DrawingLink {
  int from = 0, to = 0;
  double trust = 1;
  RegionLinks links;
};

struct LabelProblem {
  int styles = 0;                       ///< labels 0 .. styles - 1
  std::vector<int> regions;             ///< count, per drawing
  std::vector<std::vector<int>> fixed;  ///< per drawing and region: label or -1
  std::vector<DrawingLink> links;
};

/// Per drawing and region one probability per style; their sum is the share of evidence that arrived at all.
using LabelBelief = std::vector<std::vector<std::vector<float>>>;

/// Every region's belief is the weighted mean of what links to it; fixed regions never change. Iterates until
/// the largest change is small. Deterministic. Source: label propagation, Zhu and Ghahramani 2002.
LabelBelief solve_labels(const LabelProblem& problem, Threads threads = {});

}  // namespace nakawari
