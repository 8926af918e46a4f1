#include "paint/gaps.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace nakawari {
namespace {

/// A person points at a closure within this many pixels.
constexpr double kPointed = 12;

/// A point on each side of the middle of a closure, `away` pixels from it.
std::pair<Vec2, Vec2> beside(const Closure& closure, int width, double away) {
  const std::int32_t middle = closure.wall[closure.wall.size() / 2];
  const auto row = middle / width;
  const Vec2 at{middle % width + 0.5, row + 0.5};
  const Vec2 along = normalized(closure.to - closure.from);
  const Vec2 across{-along.y * away, along.x * away};
  return {at + across, at - across};
}

bool differ(const Raster& painted, const Closure& closure) {
  const auto [left, right] = beside(closure, painted.width, 2);
  const auto pixel = [&](Vec2 p) {
    const int x = std::clamp(static_cast<int>(p.x), 0, painted.width - 1);
    const int y = std::clamp(static_cast<int>(p.y), 0, painted.height - 1);
    const Rgba8 c = painted(x, y);
    return c.a == 0 ? kClear : c;
  };
  return pixel(left) != pixel(right);
}

int best_label(const std::vector<float>& belief) {
  return static_cast<int>(std::max_element(belief.begin(), belief.end()) - belief.begin());
}

}  // namespace

CelGaps find_gaps(const PaintJob& job, Threads threads) {
  CelGaps gaps;
  gaps.closures.resize(job.drawings.size());
  parallel_for(threads, job.drawings.size(), [&](std::size_t d) {
    std::vector<Closure>& found = gaps.closures[d];
    found = closure_candidates(job.drawings[d].lines);
    std::vector<Closure> necks = neck_candidates(job.drawings[d].lines, found);
    std::move(necks.begin(), necks.end(), std::back_inserter(found));
  });
  return gaps;
}

CelGaps with_walls(CelGaps gaps, const PaintJob& job, const std::vector<GapFix>& fixes) {
  const std::size_t count = job.drawings.size();
  gaps.wall.resize(count);
  gaps.forced.resize(count);
  // What is opened first, so that places of drawn walls stay.
  for (const GapFix& fix : fixes) {
    const bool known = fix.drawing >= 0 && fix.drawing < static_cast<int>(count) && !fix.path.empty();
    if (known && fix.choice == GapChoice::close) continue;
    const std::size_t erased =
        known ? std::erase_if(gaps.closures[fix.drawing],
                              [middle = (fix.path.front() + fix.path.back()) * 0.5](const Closure& c) {
                                return distance_to(c, middle) <= kPointed;
                              })
              : 0;
    if (erased == 0) gaps.lost_fixes.push_back(fix.id);
  }
  for (const GapFix& fix : fixes) {
    const bool known = fix.drawing >= 0 && fix.drawing < static_cast<int>(count) && !fix.path.empty();
    if (!known || fix.choice != GapChoice::close) continue;
    Closure closure = closure_along(job.drawings[fix.drawing].lines, fix.path);
    if (closure.wall.empty()) {
      gaps.lost_fixes.push_back(fix.id);
      continue;
    }
    gaps.drawn.push_back({fix.drawing, gaps.closures[fix.drawing].size(), fix.id});
    gaps.closures[fix.drawing].push_back(std::move(closure));
  }
  for (std::size_t d = 0; d < count; ++d) {
    for (const Closure& closure : gaps.closures[d]) {
      const bool person = closure.kind == ClosureKind::person;
      const bool painted = job.drawings[d].painted && differ(*job.drawings[d].painted, closure);
      gaps.forced[d].push_back(person);
      gaps.wall[d].push_back(person || painted);
    }
  }
  return gaps;
}

RegionMap regions_with(const LineImage& lines, const std::vector<Closure>& closures,
                       const std::vector<bool>& wall) {
  if (std::find(wall.begin(), wall.end(), true) == wall.end()) return find_regions(lines);
  Mask walls(lines.width(), lines.height());
  for (std::size_t k = 0; k < closures.size(); ++k) {
    if (wall[k]) build_wall(closures[k], walls);
  }
  RegionMap map = find_regions(lines, walls);
  for (std::size_t i = 0; i < walls.data.size(); ++i) {
    if (walls.data[i] != 0 && map.nearest.data[i] >= 0) map.label.data[i] = map.nearest.data[i] + 1;
  }
  return map;
}

std::vector<bool> close_leaks(const PreparedCel& cel, const std::vector<DrawingLink>& links,
                              const LabelBelief& belief, CelGaps& gaps) {
  // A region this large, of which the likeliest partner has this share and the style is this sure, does not
  // vanish.
  constexpr int kSeen = 30;
  constexpr float kLinked = 0.5F, kSure = 0.5F;
  std::vector<std::vector<bool>> leaky;
  for (const auto& map : cel.maps) leaky.emplace_back(map->regions.size());
  for (const DrawingLink& link : links) {
    // Row: a region of drawing `to`; its best link: where drawing `from` shows it.
    for (std::size_t i = 0; i < link.links.size(); ++i) {
      float linked = 0;
      for (const RegionLink& from : link.links[i]) linked += from.weight;
      if (link.links[i].empty() || link.links[i].front().weight < kLinked * linked) continue;
      const std::vector<float>& mine = belief[link.to][i];
      const int label = best_label(mine), there = link.links[i].front().from;
      if (mine[label] < kSure || cel.maps[link.to]->regions[i].area < kSeen) continue;
      if (best_label(belief[link.from][there]) != label) leaky[link.from][there] = true;
    }
  }
  std::vector<bool> changed(cel.maps.size());
  for (std::size_t d = 0; d < cel.maps.size(); ++d) {
    if (cel.job.drawings[d].painted) continue;
    const auto region_of = [&](std::size_t k) {
      const Closure& closure = gaps.closures[d][k];
      return cel.maps[d]->label.data[closure.wall[closure.wall.size() / 2]] - 1;
    };
    // Where lines end, it runs out there; a neck is closed where no line ends.
    std::vector<bool> ends(cel.maps[d]->regions.size());
    for (std::size_t k = 0; k < gaps.closures[d].size(); ++k)
      if (const int region = region_of(k); region >= 0 && gaps.closures[d][k].kind != ClosureKind::neck)
        ends[region] = true;
    for (std::size_t k = 0; k < gaps.closures[d].size(); ++k) {
      const int region = region_of(k);
      if (gaps.wall[d][k] || region < 0 || !leaky[d][region]) continue;
      if (gaps.closures[d][k].kind == ClosureKind::neck && ends[region]) continue;
      gaps.wall[d][k] = true;
      changed[d] = true;
    }
  }
  return changed;
}

std::vector<std::string> walls_that_part_nothing(const CelGaps& gaps,
                                                 const std::vector<std::shared_ptr<const RegionMap>>& maps) {
  std::vector<std::string> ids;
  for (const CelGaps::Drawn& drawn : gaps.drawn) {
    const auto [left, right] = sides_of(gaps.closures[drawn.drawing][drawn.closure], *maps[drawn.drawing]);
    if (left == right) ids.push_back(drawn.fix);
  }
  return ids;
}

std::pair<int, int> sides_of(const Closure& closure, const RegionMap& map) {
  const auto region = [&](Vec2 p) {
    const int x = std::clamp(static_cast<int>(p.x), 0, map.label.width - 1);
    const int y = std::clamp(static_cast<int>(p.y), 0, map.label.height - 1);
    return static_cast<int>(map.nearest(x, y));
  };
  const auto [left, right] = beside(closure, map.label.width, 1.5);
  return {region(left), region(right)};
}

}  // namespace nakawari
