/// \file
/// What each region of one drawing may be in another, while that is being decided (affinity.cpp, chains.cpp).
#pragma once

#include <vector>

#include "geometry/vec2.h"
#include "match/regions.h"

namespace nakawari {

/// Nothing in the other drawing shows the same.
inline constexpr int kNobody = -1;

struct Candidate {
  int from = 0;      ///< region of the other drawing, or kNobody
  double unary = 0;  ///< what speaks for it alone
  double p = 0;      ///< its chance; they sum to 1 over a region's candidates
};
using Candidates = std::vector<std::vector<Candidate>>;

/// 0..1: alike in size and proportions, wherever they lie and however they are turned.
double shape_likeness(const Region& a, const Region& b);

/// Whether two regions share a line.
bool adjacent(const Region& r, int other);

/// 0..1: two neighbours lie to each other as the regions do that they may be, the same way and about as far
/// apart.
double lies_alike(Vec2 apart_here, Vec2 apart_there);

inline Vec2 centre(const Region& r) {
  return {r.centre_x + 0.5, r.centre_y + 0.5};
}

}  // namespace nakawari
