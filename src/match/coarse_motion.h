/// \file
/// Finds large motion: where each neighbourhood of one drawing goes in the other, before anything is known.
///
/// Seeds spread over the lines; for each, every shift in reach and a fan of rotations is scored against the
/// other drawing's oriented distances, the best few are kept, and belief propagation chooses one each so that
/// neighbours move alike. Nothing is chained: no seed depends on the order in which others were decided.
#pragma once

#include <vector>

#include "base/parallel.h"
#include "geometry/vec2.h"
#include "match/line_field.h"
#include "match/sample_graph.h"

namespace nakawari {

/// A rigid motion of a neighbourhood: x goes to `to` + rotation * (x - from).
struct Placement {
  Vec2 from, to;
  float rotation = 0;  ///< radians
  float cost = 0;      ///< 0 = every line of the neighbourhood falls on a like line, 1 = none

  [[nodiscard]] Vec2 apply(Vec2 x) const { return to + rotated(x - from, rotation); }
};

struct Seed {
  std::int32_t sample = 0;
  std::vector<std::int32_t> patch;       ///< samples of the neighbourhood
  std::vector<float> patch_weight;       ///< 1 along the own lines, less across paper
  std::vector<Placement> candidates;     ///< best first
  std::vector<std::int32_t> neighbours;  ///< seeds that want to move alike
  std::vector<float> neighbour_weight;
  int chosen = 0;
  float margin = 0;  ///< how much worse the best other choice is; 0 = a toss-up
};

struct CoarseOptions {
  Threads threads;
  double seed_spacing = 26;    ///< px along lines, at 1024 px page size, as all lengths here
  double reach = 230;          ///< largest shift sought
  double rotation_step = 20;   ///< degrees
  double rotation_reach = 60;  ///< degrees
  int candidates = 6;
  int rounds = 3;  ///< rounds of choosing and of lending one's motion to the neighbours
};

/// A placement that must hold (a guide pair).
struct FixedPlacement {
  Vec2 from, to;
};

/// Seeds of `from`, each with its chosen candidate. `hints` are placements to try beside those found by
/// search (for example the other direction's answer, inverted); every seed within their neighbourhood tries
/// them.
std::vector<Seed> coarse_motion(const SampleGraph& from, const SampleGraph& to, const LineField& wide,
                                const LineField& fine, double page_scale,
                                const std::vector<FixedPlacement>& fixed, const std::vector<Placement>& hints,
                                const CoarseOptions& options);

}  // namespace nakawari
