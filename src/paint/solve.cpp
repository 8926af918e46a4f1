#include "paint/solve.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

constexpr int kMaxRounds = 200;
constexpr float kStill = 1e-4F;  ///< no belief moved by more: converged

}  // namespace

LabelBelief solve_labels(const LabelProblem& problem, Threads threads) {
  const std::size_t drawings = problem.regions.size();
  LabelBelief belief(drawings);
  std::vector<std::vector<const DrawingLink*>> incoming(drawings);
  for (const DrawingLink& link : problem.links) incoming[link.to].push_back(&link);
  for (std::size_t d = 0; d < drawings; ++d) {
    belief[d].assign(problem.regions[d], std::vector<float>(problem.styles, 0.0F));
    for (int r = 0; r < problem.regions[d]; ++r) {
      if (problem.fixed[d][r] >= 0) belief[d][r][problem.fixed[d][r]] = 1;
    }
  }
  for (int round = 0; round < kMaxRounds; ++round) {
    LabelBelief next = belief;
    std::vector<float> change(drawings, 0);
    parallel_for(threads, drawings, [&](std::size_t d) {
      double total = 0;
      for (const DrawingLink* link : incoming[d]) total += link->trust;
      if (total <= 0) return;
      for (int r = 0; r < problem.regions[d]; ++r) {
        if (problem.fixed[d][r] >= 0) continue;
        std::vector<float>& mine = next[d][r];
        std::fill(mine.begin(), mine.end(), 0.0F);
        for (const DrawingLink* link : incoming[d]) {
          for (const RegionLink& from : link->links[r]) {
            const float w = static_cast<float>(link->trust / total) * from.weight;
            const std::vector<float>& theirs = belief[link->from][from.from];
            for (int s = 0; s < problem.styles; ++s) mine[s] += w * theirs[s];
          }
        }
        for (int s = 0; s < problem.styles; ++s) {
          change[d] = std::max(change[d], std::abs(mine[s] - belief[d][r][s]));
        }
      }
    });
    belief = std::move(next);
    if (*std::max_element(change.begin(), change.end()) < kStill) break;
  }
  return belief;
}

}  // namespace nakawari
