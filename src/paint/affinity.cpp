#include "paint/affinity.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace nakawari {
namespace {

/// overlap[i] lists (j, pixels of region i that land on region j).
using Overlaps = std::vector<std::map<int, double>>;

/// Pixels that land on a line count for the nearest region, but less: the line belongs to both its sides.
constexpr double kOnLineVote = 0.5;

Overlaps overlaps(const RegionMap& from, const RegionMap& to, const Motion& motion) {
  Overlaps found(from.regions.size());
  for (int y = 0; y < from.label.height; ++y) {
    for (int x = 0; x < from.label.width; ++x) {
      const int region = from.label(x, y) - 1;
      if (region < 0) continue;
      const Vec2 p = motion.moved({x + 0.5, y + 0.5});
      const int u = std::clamp(static_cast<int>(std::floor(p.x)), 0, to.label.width - 1);
      const int v = std::clamp(static_cast<int>(std::floor(p.y)), 0, to.label.height - 1);
      const int landed = to.nearest(u, v);
      if (landed >= 0) found[region][landed] += to.label(u, v) > 0 ? 1.0 : kOnLineVote;
    }
  }
  return found;
}

}  // namespace

RegionLinks link_regions(const RegionMap& source, const RegionMap& target, const Motion& forward,
                         const Motion& backward) {
  const Overlaps out = overlaps(source, target, forward);
  const Overlaps in = overlaps(target, source, backward);
  std::vector<std::map<int, double>> score(target.regions.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    for (const auto& [j, n] : out[i]) {
      score[j][static_cast<int>(i)] += 0.5 * n / std::max(source.regions[i].area, target.regions[j].area);
    }
  }
  for (std::size_t j = 0; j < in.size(); ++j) {
    for (const auto& [i, n] : in[j]) {
      score[j][i] += 0.5 * n / std::max(source.regions[i].area, target.regions[j].area);
      score[j][i] += 0.25 * n / target.regions[j].area;
    }
  }
  RegionLinks links(target.regions.size());
  for (std::size_t j = 0; j < score.size(); ++j) {
    double total = 0;
    for (const auto& [i, s] : score[j]) total += s;
    for (const auto& [i, s] : score[j]) {
      if (s > 0) links[j].push_back({i, static_cast<float>(s / total)});
    }
    std::stable_sort(links[j].begin(), links[j].end(),
                     [](const RegionLink& a, const RegionLink& b) { return a.weight > b.weight; });
  }
  return links;
}

}  // namespace nakawari
