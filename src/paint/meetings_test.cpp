#include "paint/meetings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace nakawari {
namespace {

constexpr int kGround = 0, kLight = 1, kDark = 2, kShoe = 3, kStyles = 4;
constexpr int kStripes = 6;

/// Region 0 is the ground, 1 .. kStripes a striped leg, the last its shoe; `contact` px between two of them.
Touching striped_leg(int contact) {
  Touching touching(kStripes + 2);
  for (int r = 1; r < kStripes + 2; ++r) {
    touching[0].push_back({r, 30});
    touching[r].push_back({0, 30});
    if (r > 1) touching[r].push_back({r - 1, contact});
    if (r <= kStripes) touching[r].push_back({r + 1, contact});
  }
  return touching;
}

int stripe(int r) {
  return r % 2 == 0 ? kDark : kLight;
}

std::vector<int> painted_leg() {
  std::vector<int> labels(kStripes + 2, kGround);
  for (int r = 1; r <= kStripes; ++r) labels[r] = stripe(r);
  labels.back() = kShoe;
  return labels;
}

/// The shoe and the ground are known, of the stripes it is said that each is its neighbour.
std::vector<std::vector<float>> slipped(float wrong, float right) {
  std::vector<std::vector<float>> belief(kStripes + 2, std::vector<float>(kStyles, 0));
  belief.front()[kGround] = belief.back()[kShoe] = 1;
  for (int r = 1; r <= kStripes; ++r) {
    belief[r][stripe(r + 1)] = wrong;
    belief[r][stripe(r)] = right;
  }
  return belief;
}

/// From eight painted drawings.
Meetings learnt() {
  return learn_meetings(kStyles, std::vector<Touching>(8, striped_leg(30)),
                        std::vector<std::vector<int>>(8, painted_leg()));
}

int best(const std::vector<float>& belief) {
  return static_cast<int>(std::max_element(belief.begin(), belief.end()) - belief.begin());
}

TEST(Meetings, StripesInDoubtAreCountedFromTheEnd) {
  const Meetings meetings = learnt();
  auto belief = slipped(0.455F, 0.445F);
  // The one before the shoe is known as well.
  belief[kStripes] = {0, 0, 1, 0};
  hear_neighbours(striped_leg(30), meetings, std::vector<int>(kStripes + 2, -1), belief);
  for (int r = 1; r <= kStripes; ++r) EXPECT_EQ(best(belief[r]), stripe(r)) << r;
}

TEST(Meetings, WhatOnlyTouchesWithATipSaysNothing) {
  const Meetings meetings = learnt();
  auto belief = slipped(0.5F, 0.4F);
  belief[kStripes] = {0, 0, 1, 0};
  hear_neighbours(striped_leg(3), meetings, std::vector<int>(kStripes + 2, -1), belief);
  for (int r = 1; r < kStripes; ++r) EXPECT_EQ(best(belief[r]), stripe(r + 1)) << r;
}

TEST(Meetings, WhatIsFixedStaysAndSumsStay) {
  const Meetings meetings = learnt();
  auto belief = slipped(0.5F, 0.4F);
  std::vector<int> fixed(kStripes + 2, -1);
  fixed[4] = stripe(5);
  belief[4] = {0, 1, 0, 0};
  hear_neighbours(striped_leg(30), meetings, fixed, belief);
  EXPECT_EQ(belief[4], (std::vector<float>{0, 1, 0, 0}));
  for (int r = 1; r <= kStripes; ++r) {
    if (r == 4) continue;
    if (r < 4) {
      EXPECT_EQ(best(belief[r]), stripe(r + 1)) << r;
    }
    EXPECT_NEAR(std::accumulate(belief[r].begin(), belief[r].end(), 0.0), 0.9, 1e-5);
  }
}

/// Region 0 is known as the part's normal; region 1 lies beside it across a line of this ink.
std::vector<float> beside_normal(Ink ink, std::vector<float> said) {
  const Touching touching{{{1, 30, ink}}, {{0, 30, ink}}};
  const Meetings meetings = learn_meetings(kStyles, {touching}, {{-1, -1}}, {{Ink::blue, kDark, kLight}});
  std::vector<std::vector<float>> belief{{0, 1, 0, 0}, std::move(said)};
  hear_neighbours(touching, meetings, {kLight, -1}, belief);
  return belief[1];
}

TEST(Meetings, BeyondABlueLineLiesTheShadowOfThePart) {
  EXPECT_EQ(best(beside_normal(Ink::blue, {0, 0, 0.4F, 0.5F})), kDark);
  EXPECT_EQ(best(beside_normal(Ink::black, {0, 0, 0.4F, 0.5F})), kShoe);
}

TEST(Meetings, OfWhatNobodyKnowsTheNeighboursMakeAFaintGuess) {
  const auto guess = beside_normal(Ink::blue, {0, 0, 0, 0});
  EXPECT_EQ(best(guess), kDark);
  EXPECT_LT(std::accumulate(guess.begin(), guess.end(), 0.0), 0.1);
  // Where nothing says which style, none is guessed.
  EXPECT_EQ(beside_normal(Ink::black, {0, 0, 0, 0}), (std::vector<float>{0, 0, 0, 0}));
}

TEST(Meetings, NothingIsLearntFromNothing) {
  const Meetings meetings = learn_meetings(kStyles, {striped_leg(30)}, {std::vector<int>(kStripes + 2, -1)});
  for (const auto& row : meetings.across(Ink::black)) EXPECT_EQ(row, std::vector<double>(kStyles, 1));
}

}  // namespace
}  // namespace nakawari
