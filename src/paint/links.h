/// \file
/// Which drawings of a cel are compared, and what each comparison says about their regions.
#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "match/flow.h"
#include "match/regions.h"
#include "paint/paint.h"
#include "paint/solve.h"

namespace nakawari {

/// The drawings of a job as the comparisons see them.
struct PreparedCel {
  PaintJob job;
  double page = 0;                                     ///< diagonal of the whole page, px
  std::vector<std::shared_ptr<const RegionMap>> maps;  ///< per drawing
  std::vector<FlowImage> images;                       ///< per drawing; empty where every line is known
  /// The job's registrations, and those of hand-drawn drawings that the painter matched itself.
  std::vector<PaintRegistration> registrations;
  std::size_t given = 0;  ///< so many of them are the job's
};

/// Two drawings between which evidence flows, in both directions.
struct DrawingPair {
  int a = 0, b = 0;
  double trust = 1;
};

/// Hand-drawn neighbours in time, and every painted drawing directly with every unpainted one: the direct
/// pairs keep a slip between two neighbours from spoiling all that lies behind it. Trust falls with the steps
/// between. A drawing that was made from others takes part through these alone.
std::vector<DrawingPair> pairs_to_compare(const PaintJob& job);

/// Regions and what registration needs, of all drawings; `match_lines` traces and matches what the job holds
/// no registration of: hand-drawn neighbours, and unpainted drawings with the painted ones most like them.
/// Cost: about 0.2 s a drawing at 1920x1080, and with `match_lines` a trace and up to three matches each.
PreparedCel prepare_cel(PaintJob job, double page, bool match_lines, Threads threads);

/// Motion between the two drawings of a pair, there and back.
struct BothWays {
  Motion there, back;
};

/// How a pair moves, in one opinion or two that weigh alike.
using PairMotion = std::vector<BothWays>;

/// How every pair moves: as its known lines do, else by dense motion that begins with the motion of the
/// drawings between. Beside the matched lines of hand-drawn drawings dense motion is heard too: where lines
/// are matched with others of the same kind (stripes, fingers), it is seldom wrong at the same place. It
/// depends on the lines alone, so that it stays when walls are built. Needs `cel.images`; memory: a byte a
/// pixel, pair and opinion. Cost: about 0.4 s a pair and step between, at 1920x1080.
std::vector<PairMotion> pair_motions(const PreparedCel& cel, const std::vector<DrawingPair>& pairs,
                                     Threads threads);

/// The links of every pair, two for each: a to b, then b to a. Pairs without a `fresh` drawing keep what
/// `links` held before; an empty `fresh` means all. `motions`: of pair_motions().
void link_drawings(const PreparedCel& cel, const std::vector<DrawingPair>& pairs,
                   const std::vector<PairMotion>& motions, const std::vector<bool>& fresh, Threads threads,
                   std::vector<DrawingLink>& links);

/// The links with the weights that a made drawing's region gets from its parents brought to a mean of one per
/// parent.
std::vector<DrawingLink> balanced(const PaintJob& job, std::vector<DrawingLink> links);

}  // namespace nakawari
