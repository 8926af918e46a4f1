/// \file
/// Which pixels can change between ink and paper without a change of topology.
#pragma once

#include <array>
#include <cstdint>

namespace nakawari::tracing {

/// Eight neighbours in a ring that starts east; even places are the four edge neighbours.
inline constexpr std::array<int, 8> kRingX{1, 1, 0, -1, -1, -1, 0, 1};
inline constexpr std::array<int, 8> kRingY{0, 1, 1, 1, 0, -1, -1, -1};

/// What a ring of neighbours, bit k set where neighbour k is ink, says of the pixel in its middle.
enum class Ring : std::uint8_t {
  keep,  ///< the middle joins or parts ink or paper
  tip,   ///< simple, and with at most one neighbour: the end of an arc
  open,  ///< simple: ink is eight-connected, paper four-connected, and Yokoi's number is one
};

/// All 256 rings.
constexpr std::array<Ring, 256> ring_table() {
  std::array<Ring, 256> table{};
  for (unsigned ring = 0; ring < 256; ++ring) {
    const auto paper = [ring](unsigned i) { return 1 - static_cast<int>((ring >> (i & 7U)) & 1U); };
    int yokoi = 0, count = 0;
    for (unsigned i = 0; i < 8; i += 2) yokoi += paper(i) - paper(i) * paper(i + 1) * paper(i + 2);
    for (unsigned i = 0; i < 8; ++i) count += 1 - paper(i);
    table[ring] = yokoi != 1 ? Ring::keep : count > 1 ? Ring::open : Ring::tip;
  }
  return table;
}

}  // namespace nakawari::tracing
