#include "match/seeds.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

constexpr int kLeg = 3, kShoe = 12;

void join(std::vector<Seed>& seeds, int a, int b) {
  for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
    seeds[from].neighbours.push_back(to);
    seeds[from].neighbour_weight.push_back(0.42F);
  }
}

Placement shifted(Vec2 from, double by, float cost) {
  return {from, from + Vec2{by, 0}, 0, 1, cost};
}

/// Place of the k-th seed of a shoe: two rows of six.
Vec2 in_shoe(double left, int k) {
  const int column = k % 6, row = k / 6;
  return {left + 26.0 * column, 478 + 26.0 * row};
}

/// A leg that surely goes 300 to the left with its shoe, whose lines fit a little better where they nearly
/// stay; and, where `other_shoe`, a second shoe that surely goes there too.
std::vector<Seed> striding(bool other_shoe) {
  std::vector<Seed> seeds;
  const auto add = [&](std::vector<Placement> candidates) {
    Seed seed;
    seed.candidates = std::move(candidates);
    seeds.push_back(seed);
  };
  for (int k = 0; k < kLeg; ++k) {
    const Vec2 at{500, 400 + 26.0 * k};
    add({shifted(at, -300, 0.2F)});
  }
  for (int k = 0; k < kShoe; ++k) {
    const Vec2 at = in_shoe(500, k);
    add({shifted(at, -20, 0.4F), shifted(at, -300, 0.5F)});
  }
  for (int k = 0; k + 1 < kLeg + kShoe; ++k) join(seeds, k, k + 1);
  if (!other_shoe) return seeds;
  for (int k = 0; k < kShoe; ++k) {
    const Vec2 at = in_shoe(100, k);
    add({shifted(at, 380, 0.3F)});
    if (k > 0) join(seeds, kLeg + kShoe + k - 1, kLeg + kShoe + k);
  }
  return seeds;
}

int with_the_leg(const std::vector<Seed>& seeds) {
  int count = 0;
  for (int k = kLeg; k < kLeg + kShoe; ++k) count += seeds[k].chosen == 1;
  return count;
}

TEST(Choose, AWholePieceLeavesAPlaceThatAnotherHasForTheOneBesideItsNeighbours) {
  std::vector<Seed> seeds = striding(true);
  choose(seeds, 1);
  EXPECT_EQ(with_the_leg(seeds), kShoe);
}

TEST(Choose, APlaceThatNobodyElseHasIsLeftToWhatFitsBetter) {
  std::vector<Seed> seeds = striding(false);
  choose(seeds, 1);
  EXPECT_EQ(with_the_leg(seeds), 0);
}

}  // namespace
}  // namespace nakawari
