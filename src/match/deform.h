/// \file
/// Fits one drawing's samples onto another's lines while neighbourhoods stay as rigid as they can.
///
/// Alternates nearest like-directed lines, local rotations and one sparse solve. Links across paper give
/// way where parts slide over each other; links along lines hardly do.
/// Source: Sykora et al. 2009 (as-rigid-as-possible registration), on a stroke graph instead of a lattice,
/// with point-to-line residuals and robust links.
#pragma once

#include <vector>

#include "match/features.h"
#include "match/sample_graph.h"
#include "match/view.h"

namespace nakawari {

struct Deformation {
  std::vector<Vec2> position;   ///< where each sample goes
  std::vector<float> rotation;  ///< local rotation, radians
  double size = 1;              ///< how much larger everything is there
};

/// A sample that must go to a place.
struct Pin {
  std::int32_t sample = 0;
  Vec2 to;
};

struct DeformOptions {
  int iterations = 14;
  double reach_first = 18, reach_last = 6;  ///< px at 1024: how far a line may lie to attract
  double stiffness_first = 8, stiffness_last = 0.7;
};

/// One drawing as the fit sees it.
struct DeformSide {
  const SampleGraph& graph;
  const SampleGrid& grid;
  const std::vector<Feature>& features;
};

/// Refines `start` (one position per sample of `from`). Lines
/// pull across themselves only; ends, junctions and corners pull to the like one nearest to them, if that
/// holds both ways. Cost: about 10 ms an iteration for 5,000 samples.
Deformation deform(const DeformSide& from, const DeformSide& to, const Sides& sides, Deformation start,
                   const std::vector<Pin>& pins, double page_scale, const DeformOptions& options = {});

}  // namespace nakawari
