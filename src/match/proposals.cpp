#include "match/proposals.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace nakawari {
namespace {

// Links between regions weaker than this propose nothing.
constexpr float kLeastLink = 0.08F;
constexpr int kLinksPerSide = 2;

/// The best turn and shift of weighted pairs of places at a given scale.
struct PairFit {
  double weight = 0, dots = 0, crosses = 0;
  Vec2 from, to;
  std::vector<std::array<Vec2, 2>> pairs;
  std::vector<double> weights;

  void add(Vec2 a, Vec2 b, double w) {
    pairs.push_back({a, b});
    weights.push_back(w);
    weight += w;
    from += a * w;
    to += b * w;
  }
  Placement place(float scale) {
    Placement result;
    result.scale = scale;
    if (weight <= 0) return result;
    result.from = from / weight;
    result.to = to / weight;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const Vec2 u = pairs[k][0] - result.from, v = pairs[k][1] - result.to;
      dots += weights[k] * dot(u, v);
      crosses += weights[k] * cross(u, v);
    }
    if (dots != 0 || crosses != 0) result.rotation = static_cast<float>(std::atan2(crosses, dots));
    return result;
  }
};

Vec2 centre(const Region& region) {
  return {region.centre_x + 0.5, region.centre_y + 0.5};
}

}  // namespace

Placement from_flow(const SampleGraph& graph, double cell, const Seed& seed, const Motion& motion,
                    float scale) {
  PairFit fit;
  for (int k = 0; k < seed.own; ++k) {
    const Vec2 p = graph.samples[seed.patch[k]].position;
    fit.add(p, motion.moved(p / cell) * cell, 1);
  }
  return fit.place(scale);
}

std::vector<std::vector<Placement>> from_regions(const View& here, const View& there, const Sides& sides,
                                                 float scale) {
  const std::vector<Region>&ours = here.map.regions, &theirs = there.map.regions;
  std::vector<std::int32_t> best(ours.size(), -1);
  std::vector<std::vector<std::pair<float, std::int32_t>>> links(ours.size());
  for (std::size_t r = 0; r < ours.size(); ++r) {
    if (ours[r].touches_edge) continue;
    for (std::size_t q = 0; q < theirs.size(); ++q) {
      const float like = sides.region(static_cast<std::int32_t>(r), static_cast<std::int32_t>(q));
      if (like >= kLeastLink && !theirs[q].touches_edge)
        links[r].push_back({-like, static_cast<std::int32_t>(q)});
    }
    std::sort(links[r].begin(), links[r].end());
    if (!links[r].empty()) best[r] = links[r].front().second;
    if (links[r].size() > kLinksPerSide) links[r].resize(kLinksPerSide);
  }
  std::vector<std::vector<Placement>> result(ours.size());
  for (std::size_t r = 0; r < ours.size(); ++r)
    for (const auto& [unlike, q] : links[r]) {
      PairFit fit;
      const Vec2 a = centre(ours[r]), b = centre(theirs[q]);
      fit.add(a * here.cell, b * there.cell, std::sqrt(std::min(ours[r].area, theirs[q].area)));
      for (const RegionNeighbour& n : ours[r].neighbours) {
        const std::int32_t other = best[n.region];
        if (other < 0 || other == q) continue;
        const double like = sides.region(n.region, other);
        const Vec2 u = centre(ours[n.region]), v = centre(theirs[other]);
        // Neighbours that would fly apart are not of one body.
        const double miss = std::abs(distance(u, a) * scale - distance(v, b)) / (10 + 0.3 * distance(u, a));
        fit.add(u * here.cell, v * there.cell,
                like * std::sqrt(std::min(ours[n.region].area, theirs[other].area)) / (1 + miss * miss));
      }
      result[r].push_back(fit.place(scale));
    }
  return result;
}

}  // namespace nakawari
