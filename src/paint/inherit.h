/// \file
/// Paint that follows known lines: where the in-betweener or the matcher says which line of one drawing is
/// which line of another, the region on a line's left there is the region on its left here.
#pragma once

#include <cstddef>

#include "match/affinity.h"
#include "match/flow.h"
#include "match/regions.h"
#include "match/registration.h"

namespace nakawari {

/// Asks both sides of every anchor which regions they are. Cost: linear in anchors.
SideVotes side_votes(const RegionMap& here, const RegionMap& there, const Registration& anchors);

/// The same votes seen from the other drawing, which has `regions` regions.
SideVotes turned(const SideVotes& votes, std::size_t regions);

/// The motion that the anchors ask for, spread smoothly over the page between them; on the lattice of
/// `prepare_flow`. Empty without anchors.
/// Cost: linear in lattice points. Source: push-pull interpolation, Gortler et al. 1996.
Motion anchored_motion(const Registration& anchors, int width, int height);

}  // namespace nakawari
