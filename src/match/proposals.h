/// \file
/// Motions that pictures propose before any line is compared: where dense motion carries a neighbourhood, and
/// where a region goes together with its neighbours.
#pragma once

#include <vector>

#include "match/flow.h"
#include "match/seeds.h"
#include "match/view.h"

namespace nakawari {

/// Where dense motion (in pixels of the view) carries the own lines of a seed.
Placement from_flow(const SampleGraph& graph, double cell, const Seed& seed, const Motion& motion,
                    float scale);

/// For every region of `here` the motions that its likely counterparts propose, the likeliest first: the
/// region and its neighbours as a constellation. None for regions open to the page's edge.
std::vector<std::vector<Placement>> from_regions(const View& here, const View& there, const Sides& sides,
                                                 float scale);

}  // namespace nakawari
