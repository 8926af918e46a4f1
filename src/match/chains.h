/// \file
/// Stripes of a stocking, ribs, planks: chains of like regions of which motion alone cannot tell one from the
/// next. A chain is compared as a whole.
#pragma once

#include <vector>

#include "match/candidates.h"
#include "match/regions.h"

namespace nakawari {

/// Paths of four and more regions, each like the next in shape and sharing a good part of its outline with
/// it. No region is in two.
std::vector<std::vector<int>> chains_of_like(const std::vector<Region>& regions);

/// Compares every chain of `target` with every chain of `source`, in both directions and at every offset, and
/// weighs the candidates of its regions by the chances of the offsets. For an offset speak the shapes region
/// by region, the candidates' own evidence once for all of them (one motion that slipped is one mistake), and
/// the chances of what lies beside the chain, of which `all` holds those found so far: a shoe is beside the
/// last stripe. Cost: a millisecond for a leg of ten stripes.
void count_chains(const std::vector<Region>& source, const std::vector<Region>& target, Candidates& all);

}  // namespace nakawari
