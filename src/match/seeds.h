/// \file
/// Neighbourhoods of a drawing that are sought in another as one piece, and the choice among the places
/// found.
#pragma once

#include <array>
#include <vector>

#include "base/parallel.h"
#include "geometry/vec2.h"
#include "match/sample_graph.h"
#include "match/view.h"

namespace nakawari {

/// A motion of a neighbourhood: x goes to `to` + scale * rotation * (x - from).
struct Placement {
  Vec2 from, to;
  float rotation = 0;  ///< radians
  float scale = 1;
  float cost = 0;  ///< 0 = every line of the neighbourhood falls on a like line, about 1 = none

  [[nodiscard]] Vec2 apply(Vec2 x) const { return to + rotated(x - from, rotation) * scale; }
  [[nodiscard]] Placement inverse() const { return {to, from, -rotation, 1 / scale, cost}; }
};

/// A sample of a neighbourhood: where it lies from the seed, which way it runs, how much it counts.
struct PatchPoint {
  float x = 0, y = 0, angle = 0, weight = 0;
  bool trace_line = false;
};

struct Seed {
  std::int32_t sample = 0;
  std::vector<std::int32_t> patch;  ///< samples of the neighbourhood, `own` of the own lines first
  std::vector<PatchPoint> points;   ///< one per sample of the patch
  int own = 0;
  std::vector<Placement> candidates;     ///< best first
  std::vector<std::int32_t> neighbours;  ///< seeds that want to move alike
  std::vector<float> neighbour_weight;
  int chosen = 0;
  float margin = 0;  ///< how much worse the best other choice is; 0 = a toss-up

  [[nodiscard]] const Placement& choice() const { return candidates[chosen]; }
};

/// Most samples of a neighbourhood: along the own lines, and across paper.
inline constexpr int kPatchOwn = 18, kPatchOther = 10;

/// Seeds of one drawing and, per sample, the seed that speaks for it.
struct Seeded {
  std::vector<Seed> seeds;
  std::vector<std::int32_t> owner;
};

/// Seeds about `spacing` px apart along the lines, at least one a stroke, without candidates. Neighbours
/// along lines count most, those across a region that both bound more than others.
Seeded spread_seeds(const SampleGraph& graph, const SampleGrid& grid, const View& view, double spacing,
                    double page_scale, Threads threads);

/// Chooses a candidate for every seed: min-sum belief propagation on the candidates' costs and on how far
/// neighbours would place each other apart. All messages at once, a fixed number of times.
void choose(std::vector<Seed>& seeds, double page_scale);

}  // namespace nakawari
