/// \file
/// How likely a region of one drawing shows the same thing as a region of another.
#pragma once

#include <vector>

#include "paint/flow.h"
#include "paint/regions.h"

namespace nakawari {

/// Source region `from` explains target region with `weight`.
struct RegionLink {
  int from = 0;
  float weight = 0;
};

/// For every region of the target its links, heaviest first; the weights of one region sum to at most 1, and
/// what is missing to 1 is the chance that nothing in the source shows the same thing.
using RegionLinks = std::vector<std::vector<RegionLink>>;

/// Links from `source` to `target`; the two motions carry source to target and target to source.
RegionLinks link_regions(const RegionMap& source, const RegionMap& target, const Motion& forward,
                         const Motion& backward);

}  // namespace nakawari
