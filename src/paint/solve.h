/// \file
/// The joint labelling: one solution over the regions of all drawings of a cel.
#pragma once

#include <vector>

#include "base/parallel.h"
#include "match/affinity.h"
#include "match/regions.h"
#include "paint/colour_model.h"
#include "paint/meetings.h"

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
  /// Per drawing and region: what lies across its lines. Which styles may meet is learnt from the regions
  /// whose labels are fixed. May be empty.
  std::vector<Touching> touching;
  std::vector<ShadePair> shades;  ///< what the colour model says of parts and their shades
};

/// Per drawing and region one probability per style; their sum is the share of evidence that arrived at all.
using LabelBelief = std::vector<std::vector<std::vector<float>>>;

struct LabelSolution {
  LabelBelief heard;   ///< what the links say
  LabelBelief belief;  ///< weighed by the neighbours across lines
};

/// Every region hears the weighted mean of what links to it, until the largest change is small; then each
/// drawing's regions hear their neighbours, once (meetings.h): what these said would come back from other
/// drawings as if it were seen there. Fixed regions never change. Deterministic.
/// Source: label propagation, Zhu and Ghahramani 2002.
/// start: beliefs to begin with, per drawing that has some; only what is near its answer saves time.
LabelSolution solve_labels(const LabelProblem& problem, Threads threads = {}, const LabelBelief& start = {});

/// What a linked region that knows little of its own style does to those that know more.
enum class Ignorance {
  doubtful,  ///< it contradicts: most of its belief says nothing
  silent,    ///< it is heard as far as it knows
};

/// How far all that links to a region agrees on a label, each drawing heard alone: the geometric mean of what
/// they say, so that one that contradicts weighs heavily. 0..1; 0 without links.
double agreement(const LabelProblem& problem, const LabelBelief& belief, int drawing, int region, int label,
                 Ignorance ignorance);

}  // namespace nakawari
