#include "image/components.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace nakawari {
namespace {

Mask mask_of(const std::vector<std::string>& rows) {
  Mask mask(static_cast<int>(rows[0].size()), static_cast<int>(rows.size()));
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) mask(x, y) = rows[y][x] == '#';
  }
  return mask;
}

Mask noise(int width, int height, double density, unsigned seed) {
  std::mt19937 random(seed);
  std::bernoulli_distribution on(density);
  Mask mask(width, height);
  for (auto& m : mask.data) m = on(random);
  return mask;
}

/// Labels by flood fill from each unlabelled pixel in scan order.
Grid<std::int32_t> flooded(const Mask& mask, bool eight) {
  Grid<std::int32_t> label(mask.width, mask.height);
  std::int32_t next = 0;
  std::vector<std::pair<int, int>> open;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      if (!mask(x, y) || label(x, y)) continue;
      ++next;
      open.push_back({x, y});
      label(x, y) = next;
      while (!open.empty()) {
        const auto [px, py] = open.back();
        open.pop_back();
        for (int dy = -1; dy <= 1; ++dy) {
          for (int dx = -1; dx <= 1; ++dx) {
            const int qx = px + dx, qy = py + dy;
            if ((!eight && dx != 0 && dy != 0) || !mask.contains(qx, qy)) continue;
            if (!mask(qx, qy) || label(qx, qy)) continue;
            label(qx, qy) = next;
            open.push_back({qx, qy});
          }
        }
      }
    }
  }
  return label;
}

TEST(Components, AgreeWithFloodFillOnNoise) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    const Mask mask = noise(9 + static_cast<int>(seed), 40, 0.15 + 0.012 * seed, seed);
    EXPECT_EQ(connected_components(mask, Connectivity::four).label, flooded(mask, false)) << seed;
    EXPECT_EQ(connected_components(mask, Connectivity::eight).label, flooded(mask, true)) << seed;
  }
}

TEST(Components, MeasureThemselves) {
  const Components found = connected_components(mask_of({
                                                    "......",
                                                    ".##...",
                                                    ".#...#",
                                                    "....#.",
                                                }),
                                                Connectivity::eight);
  ASSERT_EQ(found.components.size(), 2U);
  const Component& corner = found.components[0];
  EXPECT_EQ(corner.area, 3);
  EXPECT_EQ(corner.left, 1);
  EXPECT_EQ(corner.right, 2);
  EXPECT_EQ(corner.top, 1);
  EXPECT_EQ(corner.bottom, 2);
  EXPECT_DOUBLE_EQ(corner.centre_x, (1.5 + 2.5 + 1.5) / 3);
  EXPECT_DOUBLE_EQ(corner.centre_y, (1.5 + 1.5 + 2.5) / 3);
  EXPECT_FALSE(corner.touches_edge);
  EXPECT_TRUE(found.components[1].touches_edge);
  EXPECT_EQ(found.components[1].area, 2);
}

TEST(Components, DiagonalsJoinOnlyWithEight) {
  const Mask mask = mask_of({"#.", ".#"});
  EXPECT_EQ(connected_components(mask, Connectivity::four).components.size(), 2U);
  EXPECT_EQ(connected_components(mask, Connectivity::eight).components.size(), 1U);
}

Mask inverse(const Mask& mask) {
  Mask out(mask.width + 2, mask.height + 2, 1);
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) out(x + 1, y + 1) = !mask(x, y);
  }
  return out;
}

TEST(Thinning, KeepsEveryPartAndEveryHole) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    const Mask mask = noise(24, 24, 0.2 + 0.004 * seed, seed);
    const Mask thin = thinned(mask);
    for (std::size_t i = 0; i < mask.data.size(); ++i) ASSERT_LE(thin.data[i], mask.data[i]);
    EXPECT_EQ(connected_components(thin, Connectivity::eight).components.size(),
              connected_components(mask, Connectivity::eight).components.size())
        << seed;
    EXPECT_EQ(connected_components(inverse(thin), Connectivity::four).components.size(),
              connected_components(inverse(mask), Connectivity::four).components.size())
        << seed;
  }
}

TEST(Thinning, IsDoneWhenDoneOnce) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const Mask thin = thinned(noise(32, 32, 0.5, seed));
    EXPECT_EQ(thinned(thin), thin) << seed;
  }
}

TEST(Thinning, OfABarIsItsMiddleLine) {
  Mask mask(60, 20);
  for (int y = 7; y < 12; ++y) {
    for (int x = 5; x < 55; ++x) mask(x, y) = 1;
  }
  const Mask thin = thinned(mask);
  for (int x = 10; x < 50; ++x) {
    for (int y = 0; y < 20; ++y) EXPECT_EQ(thin(x, y), y == 9) << x << " " << y;
  }
}

TEST(Thinning, LeavesNoStaircase) {
  const Mask thin = thinned(mask_of({
      "##....",
      ".##...",
      "..##..",
      "...##.",
      "....##",
  }));
  int area = 0;
  for (const auto m : thin.data) area += m;
  EXPECT_LE(area, 7);
  EXPECT_GE(area, 5);
}

TEST(Thinning, KeepsATwoByTwoDot) {
  EXPECT_EQ(connected_components(thinned(mask_of({"....", ".##.", ".##.", "...."})), Connectivity::eight)
                .components.size(),
            1U);
}

}  // namespace
}  // namespace nakawari
