/// \file
/// Which styles meet across the lines of the painted drawings of a cel, and what that says where the links
/// are in doubt: stripes alternate, a sole is seldom beside hair.
#pragma once

#include <array>
#include <vector>

#include "match/regions.h"

namespace nakawari {

/// What lies across the lines of each region of a drawing.
using Touching = std::vector<std::vector<RegionNeighbour>>;

/// Per pair of styles how much oftener than by chance they meet across a line of an ink.
using MeetingTable = std::vector<std::vector<double>>;
struct Meetings {
  std::array<MeetingTable, 6> by_ink;  ///< by Ink; a wall without ink is like a main line
  [[nodiscard]] const MeetingTable& across(Ink ink) const {
    return by_ink[static_cast<std::size_t>(ink == Ink::none ? Ink::black : ink)];
  }
};

/// Two styles that a trace line of this ink parts: the normal of a part and its shadow, say. The model says
/// so before any drawing shows it.
struct ShadePair {
  Ink ink = Ink::blue;
  int a = 0, b = 0;  ///< labels
  friend bool operator==(const ShadePair&, const ShadePair&) = default;
};

/// Counts where two regions share a good part of their outlines, among regions whose labels are known (-1:
/// not).
Meetings learn_meetings(int styles, const std::vector<Touching>& touching,
                        const std::vector<std::vector<int>>& labels,
                        const std::vector<ShadePair>& shades = {});

/// Weighs what is believed of each region of one drawing by what is believed of its neighbours; `fixed`
/// regions (label or -1) speak and stay. The sum of a region's belief stays. Cost: under a millisecond for
/// 150 regions of which most are in no doubt. Source: sum-product belief propagation, with messages weakened
/// by the share of the outline that they come across, since their ways are loops.
void hear_neighbours(const Touching& touching, const Meetings& meetings, const std::vector<int>& fixed,
                     std::vector<std::vector<float>>& belief);

}  // namespace nakawari
