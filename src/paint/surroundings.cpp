#include "paint/surroundings.h"

#include <algorithm>
#include <cmath>

#include "match/candidates.h"

namespace nakawari {
namespace {

/// A region is in doubt while its likeliest style has no larger share of what is believed of it.
constexpr double kDoubt = 0.9;
/// Surroundings that have nothing in common are so much less alike, as a logarithm.
constexpr double kApart = 4;
/// What a style keeps that no painted region alike has, and one that nothing was believed of.
constexpr double kUnseen = 0.01, kUnheard = 0.002;

/// Shares of a region's outline along which each style lies across the line; the last is not known.
using Around = std::vector<double>;

Around around(const Region& region, const std::vector<std::vector<float>>& belief, std::size_t styles) {
  Around shares(styles + 1);
  double outline = 0;
  for (const RegionNeighbour& n : region.neighbours) {
    const std::vector<float>& theirs = belief[static_cast<std::size_t>(n.region)];
    double unknown = 1;
    for (std::size_t s = 0; s < styles; ++s) {
      shares[s] += static_cast<double>(n.contact) * static_cast<double>(theirs[s]);
      unknown -= static_cast<double>(theirs[s]);
    }
    shares[styles] += n.contact * std::max(unknown, 0.0);
    outline += n.contact;
  }
  if (outline > 0)
    for (double& share : shares) share /= outline;
  return shares;
}

/// A region that a person painted.
struct Painted {
  const Region* region = nullptr;
  Around around;
  int label = 0;
};

/// How much a region is like a painted one; `least` where it is not more than that.
double alike(const Region& region, const Around& shares, const Painted& painted, double least) {
  if (region.touches_edge != painted.region->touches_edge) return least;
  double differs = 0;
  for (std::size_t s = 0; s < shares.size(); ++s) differs += std::abs(shares[s] - painted.around[s]) / 2;
  const double surroundings = std::exp(-kApart * differs);
  return surroundings <= least ? least
                               : std::max(least, surroundings * shape_likeness(region, *painted.region));
}

/// Whether something is believed, but nothing surely.
bool in_doubt(const std::vector<float>& belief, double& sum) {
  sum = 0;
  for (const float b : belief) sum += static_cast<double>(b);
  return sum > 0 && static_cast<double>(*std::max_element(belief.begin(), belief.end())) <= kDoubt * sum;
}

}  // namespace

void weigh_by_surroundings(const std::vector<std::shared_ptr<const RegionMap>>& maps,
                           const LabelProblem& problem, const std::vector<bool>& painted, Threads threads,
                           LabelBelief& belief) {
  const auto styles = static_cast<std::size_t>(problem.styles);
  std::vector<Painted> known;
  for (std::size_t d = 0; d < maps.size(); ++d)
    for (std::size_t r = 0; painted[d] && r < maps[d]->regions.size(); ++r)
      if (const int label = problem.fixed[d][r]; label >= 0)
        known.push_back({&maps[d]->regions[r], around(maps[d]->regions[r], belief[d], styles), label});
  parallel_for(threads, maps.size(), [&](std::size_t d) {
    auto weighed = belief[d];
    for (std::size_t r = 0; r < weighed.size(); ++r) {
      double sum = 0;
      if (problem.fixed[d][r] >= 0 || !in_doubt(belief[d][r], sum)) continue;
      const Region& region = maps[d]->regions[r];
      const Around shares = around(region, belief[d], styles);
      std::vector<double> likest(styles);
      for (const Painted& each : known) likest[each.label] = alike(region, shares, each, likest[each.label]);
      std::vector<double> chances(styles);
      double total = 0;
      for (std::size_t s = 0; s < styles; ++s) {
        chances[s] = (static_cast<double>(belief[d][r][s]) / sum + kUnheard) * (likest[s] + kUnseen);
        total += chances[s];
      }
      for (std::size_t s = 0; s < styles; ++s) weighed[r][s] = static_cast<float>(sum * chances[s] / total);
    }
    belief[d] = std::move(weighed);
  });
}

}  // namespace nakawari
