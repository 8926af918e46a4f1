#include "image/distance.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace nakawari {
namespace {

/// The definition, pixel by pixel: smallest squared distance, then smallest index.
NearestPixels by_definition(const Mask& mask) {
  NearestPixels out{Grid<float>(mask.width, mask.height, std::numeric_limits<float>::infinity()),
                    Grid<std::int32_t>(mask.width, mask.height, -1)};
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      int best = std::numeric_limits<int>::max();
      for (int my = 0; my < mask.height; ++my) {
        for (int mx = 0; mx < mask.width; ++mx) {
          if (!mask(mx, my)) continue;
          const int d = (mx - x) * (mx - x) + (my - y) * (my - y);
          if (d >= best) continue;
          best = d;
          out.distance(x, y) = std::sqrt(static_cast<float>(d));
          out.index(x, y) = my * mask.width + mx;
        }
      }
    }
  }
  return out;
}

struct Shape {
  int width, height;
  double density;
};

class DistanceOf : public testing::TestWithParam<Shape> {};

TEST_P(DistanceOf, IsThatOfTheDefinitionTiesIncluded) {
  const Shape shape = GetParam();
  for (unsigned seed = 0; seed < 20; ++seed) {
    std::mt19937 random(seed);
    std::bernoulli_distribution on(shape.density);
    Mask mask(shape.width, shape.height);
    for (auto& m : mask.data) m = on(random) ? static_cast<std::uint8_t>(1 + seed) : 0;
    const NearestPixels want = by_definition(mask), got = nearest_pixels(mask);
    EXPECT_EQ(got.distance, want.distance) << "seed " << seed;
    EXPECT_EQ(got.index, want.index) << "seed " << seed;
    EXPECT_EQ(distance_to(mask), want.distance) << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(Shapes, DistanceOf,
                         testing::Values(Shape{1, 1, 0.5}, Shape{1, 40, 0.1}, Shape{40, 1, 0.1},
                                         Shape{23, 31, 0.002}, Shape{31, 23, 0.02}, Shape{24, 24, 0.2},
                                         Shape{24, 24, 0.9}));

TEST(Distance, OfAnEmptyMaskIsInfiniteAndHasNoPixel) {
  const NearestPixels nearest = nearest_pixels(Mask(5, 4));
  for (const float d : nearest.distance.data) EXPECT_EQ(d, std::numeric_limits<float>::infinity());
  for (const std::int32_t i : nearest.index.data) EXPECT_EQ(i, -1);
  EXPECT_EQ(distance_to(Mask(5, 4)).data[7], std::numeric_limits<float>::infinity());
}

TEST(Distance, OfAnEmptyGridIsEmpty) {
  EXPECT_TRUE(distance_to(Mask()).empty());
}

TEST(Distance, HoldsAtTheLargestSide) {
  Mask mask(30'000, 2);
  mask(0, 0) = 1;
  const auto nearest = nearest_pixels(mask);
  EXPECT_EQ(nearest.distance(29'999, 0), 29'999.0F);
  EXPECT_EQ(nearest.index(29'999, 1), 0);
}

}  // namespace
}  // namespace nakawari
