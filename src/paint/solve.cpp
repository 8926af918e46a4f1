#include "paint/solve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "paint/meetings.h"

namespace nakawari {
namespace {

constexpr int kMaxRounds = 200;
/// Lighter links are not heard: a region has some twenty, of which a few say nearly all.
constexpr float kFaintLink = 1e-4F;
constexpr float kStill = 1e-4F;  ///< no belief moved by more: converged

using Incoming = std::vector<std::vector<const DrawingLink*>>;

/// What the links say of each region that is not fixed, from what is believed of the other drawings.
void hear_links(const LabelProblem& problem, const std::vector<const DrawingLink*>& incoming,
                const LabelBelief& all, std::size_t drawing, std::vector<std::vector<float>>& mine) {
  double total = 0;
  for (const DrawingLink* link : incoming) total += link->trust;
  if (total <= 0) return;
  for (int r = 0; r < problem.regions[drawing]; ++r) {
    if (problem.fixed[drawing][r] >= 0) continue;
    std::fill(mine[r].begin(), mine[r].end(), 0.0F);
    for (const DrawingLink* link : incoming) {
      for (const RegionLink& from : link->links[r]) {
        if (from.weight < kFaintLink) break;  // heaviest first
        const float w = static_cast<float>(link->trust / total) * from.weight;
        const std::vector<float>& theirs = all[link->from][from.from];
        for (int s = 0; s < problem.styles; ++s) mine[r][s] += w * theirs[s];
      }
    }
  }
}

float largest_change(const std::vector<std::vector<float>>& a, const std::vector<std::vector<float>>& b) {
  float change = 0;
  for (std::size_t r = 0; r < a.size(); ++r)
    for (std::size_t s = 0; s < a[r].size(); ++s) change = std::max(change, std::abs(a[r][s] - b[r][s]));
  return change;
}

}  // namespace

LabelSolution solve_labels(const LabelProblem& problem, Threads threads) {
  const std::size_t drawings = problem.regions.size();
  LabelBelief heard(drawings);
  Incoming incoming(drawings);
  for (const DrawingLink& link : problem.links) incoming[link.to].push_back(&link);
  for (std::size_t d = 0; d < drawings; ++d) {
    heard[d].assign(problem.regions[d], std::vector<float>(problem.styles, 0.0F));
    for (int r = 0; r < problem.regions[d]; ++r) {
      if (problem.fixed[d][r] >= 0) heard[d][r][problem.fixed[d][r]] = 1;
    }
  }
  // There and back through the drawings, each hearing what was just said: from a neighbour to the next in one
  // round, where all at once would need a round a drawing.
  for (int round = 0; round < kMaxRounds; ++round) {
    float change = 0;
    for (std::size_t k = 0; k < drawings; ++k) {
      const std::size_t d = round % 2 == 0 ? k : drawings - 1 - k;
      auto next = heard[d];
      hear_links(problem, incoming[d], heard, d, next);
      change = std::max(change, largest_change(next, heard[d]));
      heard[d] = std::move(next);
    }
    if (change < kStill) break;
  }
  LabelSolution solution{heard, heard};
  if (problem.touching.empty()) return solution;
  const Meetings meetings = learn_meetings(problem.styles, problem.touching, problem.fixed);
  parallel_for(threads, drawings, [&](std::size_t d) {
    hear_neighbours(problem.touching[d], meetings, problem.fixed[d], solution.belief[d]);
  });
  return solution;
}

double agreement(const LabelProblem& problem, const LabelBelief& belief, int drawing, int region, int label,
                 Ignorance ignorance) {
  constexpr double kContradiction = 1e-3;
  double logs = 0, heard = 0;
  for (const DrawingLink& link : problem.links) {
    if (link.to != drawing || link.trust <= 0) continue;
    double mass = 0, says = 0;
    for (const RegionLink& from : link.links[region]) {
      const std::vector<float>& theirs = belief[link.from][from.from];
      double known = 1;
      if (ignorance == Ignorance::silent) known = std::accumulate(theirs.begin(), theirs.end(), 0.0);
      mass += from.weight * known;
      says += from.weight * theirs[label];
    }
    if (mass <= 0) continue;
    logs += mass * std::log(std::clamp(says / mass, kContradiction, 1.0));
    heard += mass;
  }
  return heard > 0 ? std::exp(logs / heard) : 0;
}

}  // namespace nakawari
