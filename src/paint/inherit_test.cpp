#include "paint/inherit.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

LineImage line_at(int x) {
  Raster page(40, 30, kPaper);
  for (int y = 0; y < 30; ++y) page(x, y) = {0, 0, 0, 255};
  return classify_lines(page);
}

TEST(Inherit, LeftStaysLeftAndVotesCountConfidence) {
  const RegionMap here = find_regions(line_at(10)), there = find_regions(line_at(30));
  const Anchor down{{10.5, 9.5}, {30.5, 9.5}, {0, 1}, {0, 1}, 0.5F};
  const Anchor up{{10.5, 20.5}, {30.5, 20.5}, {0, -1}, {0, -1}, 0.25F};
  const SideVotes votes = side_votes(here, there, {down, up});
  ASSERT_EQ(votes.size(), 2U);
  EXPECT_EQ(votes[0], (std::map<int, double>{{0, 0.75}}));
  EXPECT_EQ(votes[1], (std::map<int, double>{{1, 0.75}}));
  EXPECT_EQ(turned(votes, 2), votes);
  const Anchor mirrored{{10.5, 9.5}, {30.5, 9.5}, {0, 1}, {0, -1}, 1};
  EXPECT_EQ(side_votes(here, there, {mirrored})[0], (std::map<int, double>{{1, 1.0}}));
}

TEST(Inherit, MotionIsThatOfTheAnchorsEverywhere) {
  const Registration anchors{{{4, 4}, {11, 2}, {1, 0}, {1, 0}, 1},
                             {{30, 22}, {37, 20}, {1, 0}, {1, 0}, 0.3F}};
  const Motion motion = anchored_motion(anchors, 41, 31);
  for (const Vec2 p : {Vec2{0, 0}, Vec2{4, 4}, Vec2{20, 15}, Vec2{40, 30}}) {
    EXPECT_NEAR(motion.moved(p).x - p.x, 7, 1e-3);
    EXPECT_NEAR(motion.moved(p).y - p.y, -2, 1e-3);
  }
  EXPECT_TRUE(anchored_motion({}, 41, 31).dx.empty());
}

}  // namespace
}  // namespace nakawari
