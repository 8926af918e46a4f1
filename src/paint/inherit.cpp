#include "paint/inherit.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

/// A line's side is looked for within this many pixels of its centre: half of the widest usual line, and the
/// pixel that rounding may cost.
constexpr double kReach = 8;
constexpr double kStep = 0.5;

/// The region that begins on the side `across` of a line's point; -1 where another line is too near.
int region_beside(const RegionMap& map, Vec2 p, Vec2 across) {
  for (double d = kStep; d <= kReach; d += kStep) {
    const Vec2 q = p + across * d;
    const int x = static_cast<int>(std::floor(q.x)), y = static_cast<int>(std::floor(q.y));
    if (!map.label.contains(x, y)) return -1;
    if (map.label(x, y) > 0) return map.label(x, y) - 1;
  }
  return -1;
}

/// One level of the pyramid: sums of weighted displacements and of weights.
struct Level {
  Grid<float> x, y, weight;
};

Level halved(const Level& fine) {
  const int width = (fine.x.width + 1) / 2, height = (fine.x.height + 1) / 2;
  Level coarse{Grid<float>(width, height), Grid<float>(width, height), Grid<float>(width, height)};
  for (int j = 0; j < fine.x.height; ++j) {
    for (int i = 0; i < fine.x.width; ++i) {
      // More than one full sample in a cell says no more than one.
      const float w = fine.weight(i, j);
      const float share = w > 1 ? 1 / w : 1;
      coarse.x(i / 2, j / 2) += fine.x(i, j) * share;
      coarse.y(i / 2, j / 2) += fine.y(i, j) * share;
      coarse.weight(i / 2, j / 2) += w * share;
    }
  }
  return coarse;
}

/// Fills what `fine` lacks from the level above, bilinearly; afterwards every weight is at least one.
void fill_from(const Level& coarse, Level& fine) {
  for (int j = 0; j < fine.x.height; ++j) {
    for (int i = 0; i < fine.x.width; ++i) {
      const float lack = 1 - fine.weight(i, j);
      if (lack <= 0) continue;
      const double u = std::clamp(i / 2.0 - 0.25, 0.0, coarse.x.width - 1.0),
                   v = std::clamp(j / 2.0 - 0.25, 0.0, coarse.x.height - 1.0);
      const int u0 = static_cast<int>(u), v0 = static_cast<int>(v);
      const int u1 = std::min(u0 + 1, coarse.x.width - 1), v1 = std::min(v0 + 1, coarse.x.height - 1);
      const auto at = [&](const Grid<float>& g) {
        const auto mean = [&](int x, int y) { return g(x, y) / coarse.weight(x, y); };
        const double fu = u - u0, fv = v - v0;
        return static_cast<float>((1 - fv) * ((1 - fu) * mean(u0, v0) + fu * mean(u1, v0)) +
                                  fv * ((1 - fu) * mean(u0, v1) + fu * mean(u1, v1)));
      };
      fine.x(i, j) += lack * at(coarse.x);
      fine.y(i, j) += lack * at(coarse.y);
      fine.weight(i, j) = 1;
    }
  }
}

}  // namespace

SideVotes side_votes(const RegionMap& here, const RegionMap& there, const Registration& anchors) {
  SideVotes votes(here.regions.size());
  for (const Anchor& anchor : anchors) {
    for (const double side : {1.0, -1.0}) {
      const auto across = [&](Vec2 tangent) { return Vec2{-tangent.y * side, tangent.x * side}; };
      const int mine = region_beside(here, anchor.here, across(anchor.here_tangent));
      const int theirs = region_beside(there, anchor.there, across(anchor.there_tangent));
      if (mine >= 0 && theirs >= 0) votes[mine][theirs] += anchor.confidence;
    }
  }
  return votes;
}

SideVotes turned(const SideVotes& votes, std::size_t regions) {
  SideVotes other(regions);
  for (std::size_t r = 0; r < votes.size(); ++r) {
    for (const auto& [theirs, weight] : votes[r]) other[theirs][static_cast<int>(r)] = weight;
  }
  return other;
}

Motion anchored_motion(const Registration& anchors, int width, int height) {
  Motion motion;
  const int step = motion.step;
  const int columns = (width + step - 1) / step, rows = (height + step - 1) / step;
  std::vector<Level> levels;
  levels.push_back({Grid<float>(columns, rows), Grid<float>(columns, rows), Grid<float>(columns, rows)});
  double total = 0;
  for (const Anchor& anchor : anchors) {
    const int i = std::clamp(static_cast<int>(std::lround(anchor.here.x / step)), 0, columns - 1);
    const int j = std::clamp(static_cast<int>(std::lround(anchor.here.y / step)), 0, rows - 1);
    const Vec2 moved = anchor.there - anchor.here;
    levels[0].x(i, j) += static_cast<float>(moved.x) * anchor.confidence;
    levels[0].y(i, j) += static_cast<float>(moved.y) * anchor.confidence;
    levels[0].weight(i, j) += anchor.confidence;
    total += anchor.confidence;
  }
  if (total <= 0) return {};
  while (levels.back().x.width > 1 || levels.back().x.height > 1) levels.push_back(halved(levels.back()));
  for (std::size_t k = levels.size() - 1; k-- > 0;) fill_from(levels[k + 1], levels[k]);
  motion.dx = std::move(levels[0].x);
  motion.dy = std::move(levels[0].y);
  for (std::size_t i = 0; i < motion.dx.data.size(); ++i) {
    motion.dx.data[i] /= levels[0].weight.data[i];
    motion.dy.data[i] /= levels[0].weight.data[i];
  }
  return motion;
}

}  // namespace nakawari
