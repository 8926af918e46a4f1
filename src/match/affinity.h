/// \file
/// How likely a region of one drawing shows the same thing as a region of another.
#pragma once

#include <map>
#include <vector>

#include "match/flow.h"
#include "match/regions.h"

namespace nakawari {

/// Source region `from` explains target region with `weight`.
struct RegionLink {
  int from = 0;
  float weight = 0;
};

/// For every region of the target its links, heaviest first; the weights of one region sum to at most 1, and
/// what is missing to 1 is the chance that nothing in the source shows the same thing.
using RegionLinks = std::vector<std::vector<RegionLink>>;

/// Per region of one drawing: how much of its outline is known to lie on each region of the other.
using SideVotes = std::vector<std::map<int, double>>;

/// So many pixels of a region land on `region` of the other drawing.
struct Landed {
  int region = 0;
  double pixels = 0;
};

/// Where the regions of one drawing land in another.
struct Landing {
  std::vector<std::vector<Landed>> overlap;  ///< per region, in rising order of the regions there
  std::vector<Vec2> centre;                  ///< where the centre of each region goes
};
Landing land(const RegionMap& from, const RegionMap& to, const Motion& motion);

/// Links from `source` to `target`; `out` carries source to target, `in` target to source; `page` is the
/// page's diagonal in pixels; `sides` (per target region, may be empty) what known lines say, which counts
/// `gain` times as much as likeness; `nothing` how likely a region has no partner, on the scale of likeness
/// (0: every region has one; large ones open to the page's edge always do). The paper around the figure, open
/// to all four edges, is itself wherever both have it. Overlap after the motion, likeness of shape and place,
/// and the places of the neighbours. Cost: a few milliseconds for 150 regions.
RegionLinks link_regions(const std::vector<Region>& source, const std::vector<Region>& target,
                         const Landing& out, const Landing& in, double page, const SideVotes& sides = {},
                         double gain = 0, double nothing = 0);

}  // namespace nakawari
