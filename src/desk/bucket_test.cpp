#include "desk/bucket.h"

#include <gtest/gtest.h>

#include "desk/pixels.h"

namespace nakawari {
namespace {

constexpr Rgba8 kRed{200, 0, 0, 255}, kBlack{0, 0, 0, 255};

/// Paper with an upright wall at x = 10 that has a hole of one pixel at y = 5 where `open`.
Raster walled(bool open) {
  Raster page(20, 12, kPaper);
  for (int y = 0; y < 12; ++y)
    if (!(open && y == 5)) page(10, y) = kBlack;
  return page;
}

TEST(Bucket, fills_up_to_the_walls) {
  Raster page = walled(false);
  EXPECT_EQ(fill_region(page, 3, 3, kRed), 120);
  EXPECT_EQ(page(9, 11), kRed);
  EXPECT_EQ(page(11, 0), kPaper);
  Raster leaking = walled(true);
  EXPECT_EQ(fill_region(leaking, 3, 3, kRed), 120 + 1 + 108);
}

TEST(Bucket, leaves_alone_what_is_filled_or_outside) {
  Raster page = walled(false);
  EXPECT_EQ(fill_region(page, 3, 3, kPaper), 0);
  EXPECT_EQ(fill_region(page, -1, 3, kRed), 0);
  EXPECT_EQ(fill_region(page, 3, 12, kRed), 0);
  EXPECT_EQ(page, walled(false));
}

TEST(Bucket, tells_how_large_a_region_is) {
  EXPECT_EQ(region_area(walled(false), 3, 3), 120);
  EXPECT_EQ(region_area(walled(false), 20, 3), 0);
}

TEST(Bucket, knows_the_trace_line_that_a_hand_means) {
  Raster page = walled(false);
  for (int y = 0; y < 12; ++y) page(15, y) = {0, 0, 255, 255};
  EXPECT_EQ(trace_ink_near(page, 13, 5), Ink::blue);
  EXPECT_EQ(trace_ink_near(page, 3, 5), Ink::none);  // black alone
  EXPECT_EQ(trace_ink_near(page, 200, 5), Ink::none);
}

TEST(Differing, boxes_hold_every_changed_pixel_and_nothing_is_told_of_equal_pictures) {
  Raster a(200, 100, kPaper), b = a;
  EXPECT_TRUE(differing(a, b).empty());
  b(3, 4) = kBlack;
  b(190, 90) = kBlack;
  const auto boxes = differing(a, b, 20);
  ASSERT_EQ(boxes.size(), 2u);
  for (const auto& [x, y] : {std::pair(3, 4), {190, 90}}) {
    int holders = 0;
    for (const Box& box : boxes)
      holders += x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height ? 1 : 0;
    EXPECT_EQ(holders, 1);
  }
  EXPECT_EQ(differing(a, Raster(10, 10)).size(), 1u);
}

TEST(Pixels, are_found_by_what_they_are) {
  Pixels pixels;
  const std::string name = pixels.keep({1, 2, 3});
  EXPECT_EQ(name.size(), 32u);
  EXPECT_EQ(*pixels.find(name), (Bytes{1, 2, 3}));
  EXPECT_EQ(pixels.keep({1, 2, 3}), name);
  EXPECT_NE(pixels.keep({1, 2, 4}), name);
  EXPECT_EQ(pixels.find("no such"), nullptr);
}

TEST(Pixels, forget_the_least_used_when_memory_runs_short) {
  Pixels pixels;
  constexpr std::size_t kBig = std::size_t{50} << 20;
  const auto big = [&](std::uint8_t value) { return pixels.keep(Bytes(kBig, value)); };
  const std::string first = big(1), second = big(2), third = big(3);
  ASSERT_NE(pixels.find(first), nullptr);
  big(4);
  EXPECT_NE(pixels.find(first), nullptr) << "it was looked at last";
  EXPECT_EQ(pixels.find(second), nullptr);
}

}  // namespace
}  // namespace nakawari
