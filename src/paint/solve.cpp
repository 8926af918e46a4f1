#include "paint/solve.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace nakawari {
namespace {

constexpr int kMaxRounds = 200;
constexpr float kStill = 1e-4F;  ///< no belief moved by more: converged
/// The neighbours speak once the evidence of the references has come everywhere by direct links.
constexpr int kQuietRounds = 3;
/// Weight of the neighbours against the links: more lets a wrong patch hold itself up.
constexpr double kNeighbourWeight = 0.2;
/// Pairs of styles count as seen as often as chance would have it this many times besides; and no pair is
/// more welcome than this.
constexpr double kSmooth = 10, kMostWelcome = 4;
/// Chance of what no link says.
constexpr double kUnheard = 0.02;
/// Beliefs below this do not speak to neighbours.
constexpr float kFaint = 1e-3F;

using Table = std::vector<std::vector<double>>;

/// How much oftener than by chance two styles meet across a line in the fixed regions.
Table welcome_of(const LabelProblem& problem) {
  const auto styles = static_cast<std::size_t>(problem.styles);
  Table seen(styles, std::vector<double>(styles));
  std::vector<double> share(styles);
  double total = 0;
  for (std::size_t d = 0; d < problem.touching.size(); ++d) {
    for (std::size_t r = 0; r < problem.touching[d].size(); ++r) {
      const int mine = problem.fixed[d][r];
      if (mine < 0) continue;
      for (const RegionNeighbour& n : problem.touching[d][r]) {
        const int theirs = problem.fixed[d][n.region];
        if (theirs < 0) continue;
        const double weight = std::sqrt(n.contact);
        seen[mine][theirs] += weight;
        share[mine] += weight;
        total += weight;
      }
    }
  }
  for (std::size_t a = 0; a < styles; ++a) {
    for (std::size_t b = 0; b < styles; ++b) {
      const double chance = total > 0 ? share[a] * share[b] / total : 0;
      seen[a][b] = std::min((seen[a][b] + kSmooth) / (chance + kSmooth), kMostWelcome);
    }
  }
  return seen;
}

/// Multiplies `mine` by how welcome each style is beside the neighbours, and keeps its mass.
void ask_neighbours(const std::vector<RegionNeighbour>& touching, const std::vector<std::vector<float>>& all,
                    const Table& welcome, std::vector<float>& mine) {
  double contact = 0, mass = 0;
  for (const RegionNeighbour& n : touching) contact += std::sqrt(n.contact);
  for (const float b : mine) mass += b;
  if (contact <= 0 || mass <= 0) return;
  const std::size_t styles = mine.size();
  std::vector<double> logs(styles);
  for (const RegionNeighbour& n : touching) {
    const std::vector<float>& theirs = all[n.region];
    std::vector<double> fits(styles, 1.0);
    for (std::size_t t = 0; t < styles; ++t) {
      if (theirs[t] < kFaint) continue;
      for (std::size_t s = 0; s < styles; ++s) fits[s] += theirs[t] * (welcome[s][t] - 1);
    }
    const double weight = kNeighbourWeight * std::sqrt(n.contact) / contact;
    for (std::size_t s = 0; s < styles; ++s) logs[s] += weight * std::log(std::max(fits[s], kUnheard));
  }
  double total = 0;
  std::vector<double> next(styles);
  for (std::size_t s = 0; s < styles; ++s) {
    next[s] = (mine[s] + kUnheard / static_cast<double>(styles)) * std::exp(logs[s]);
    total += next[s];
  }
  for (std::size_t s = 0; s < styles; ++s)
    mine[s] = static_cast<float>(next[s] / total * std::min(mass, 1.0));
}

}  // namespace

LabelBelief solve_labels(const LabelProblem& problem, Threads threads) {
  const std::size_t drawings = problem.regions.size();
  const Table welcome = welcome_of(problem);
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
        if (round >= kQuietRounds && !problem.touching.empty())
          ask_neighbours(problem.touching[d][r], belief[d], welcome, mine);
        for (int s = 0; s < problem.styles; ++s) {
          change[d] = std::max(change[d], std::abs(mine[s] - belief[d][r][s]));
        }
      }
    });
    belief = std::move(next);
    if (round > kQuietRounds && *std::max_element(change.begin(), change.end()) < kStill) break;
  }
  return belief;
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
