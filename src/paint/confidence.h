/// \file
/// How sure the painter is of a region's style: a few plain signs, weighed so that one margin holds whatever
/// is painted (docs/paint.md; the weights are printed by `nakawari_bench --tables paint --fit`).
#pragma once

#include <array>
#include <vector>

#include "paint/solve.h"

namespace nakawari {

/// What speaks for the best style of a region of a hand-drawn drawing.
struct StyleEvidence {
  double agreement = 0;  ///< geometric mean of what each drawing that is heard says alone (solve.h)
  double ahead = 0;      ///< share of the belief that is not the second best style's
  double returned = 0;   ///< how surely the regions that it comes from come from it in turn
  int area = 0;          ///< px
  int heard = 0;         ///< drawings that are linked to it
  int painted = 0;       ///< how many of them a person painted
};

/// Weights of the signs below, in their order.
using EvidenceWeights = std::array<double, 7>;

/// The signs of the evidence: 1, then each as its weight counts it.
std::array<double, 7> signs(const StyleEvidence& evidence);

/// 0..1. Of all regions above 0.6, 99.5 % are right on the benchmark's tune sequences (P3/9).
double confidence(const StyleEvidence& evidence);

/// The evidence for `label` from what the links say alone: neighbours may choose a style, but they do not
/// make it sure. `painted`: per drawing, whether a person painted it. Links lie in pairs: to b, then to a.
StyleEvidence evidence_for(const LabelProblem& problem, const LabelBelief& heard,
                           const std::vector<bool>& painted, int drawing, int region, int label, int area);

}  // namespace nakawari
