// A striped stocking: a chain of like regions, which motion alone takes for each other.
#include <gtest/gtest.h>

#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255}, kSkirt{40, 80, 200, 255}, kLight{250, 160, 40, 255},
    kDark{90, 40, 20, 255}, kShoe{60, 60, 60, 255};
constexpr int kHem = 60, kStripe = 16, kStripes = 8, kLeft = 60, kRight = 90;

void frame(Raster& picture, int x0, int y0, int x1, int y1) {
  for (int x = x0; x <= x1; ++x) picture(x, y0) = picture(x, y1) = kInk;
  for (int y = y0; y <= y1; ++y) picture(x0, y) = picture(x1, y) = kInk;
}

struct Place {
  int x = 0, y = 0;
  Rgba8 colour;
};

/// A leg that comes `lower` px farther out of the skirt and swings by `aside` px.
struct Leg {
  int lower = 0, aside = 0;

  [[nodiscard]] PaintDrawing drawing(double time) const {
    PaintDrawing drawing;
    drawing.name = std::to_string(time);
    drawing.time = time;
    drawing.source = Raster(200, 260, kPaper);
    frame(drawing.source, 20, 20, 130, kHem);
    const int end = kHem + lower + kStripes * kStripe;
    for (int k = -1; k < kStripes; ++k)
      frame(drawing.source, kLeft + aside, std::max(kHem, kHem + lower + k * kStripe), kRight + aside,
            kHem + lower + (k + 1) * kStripe);
    frame(drawing.source, kLeft + aside - 12, end, kRight + aside + 4, end + 20);
    drawing.lines = classify_lines(drawing.source);
    return drawing;
  }

  /// A place in each region that is in every drawing, with its colour.
  [[nodiscard]] std::vector<Place> places() const {
    std::vector<Place> all{{30, 40, kSkirt}, {70 + aside, kHem + lower + kStripes * kStripe + 10, kShoe}};
    for (int k = 0; k < kStripes; ++k)
      all.push_back({75 + aside, kHem + lower + k * kStripe + kStripe / 2, k % 2 == 0 ? kLight : kDark});
    return all;
  }

  [[nodiscard]] PaintDrawing painted(double time) const {
    PaintDrawing drawing = this->drawing(time);
    const RegionMap map = find_regions(drawing.lines);
    Raster picture = drawing.source;
    for (Rgba8& pixel : picture.data)
      if (pixel == kPaper) pixel = kClear;
    for (const Place& place : places())
      for (std::size_t i = 0; i < picture.data.size(); ++i)
        if (map.label.data[i] > 0 && map.label.data[i] == map.label(place.x, place.y))
          picture.data[i] = place.colour;
    drawing.painted = picture;
    return drawing;
  }
};

TEST(Stripes, ALegThatComesOutByMoreThanHalfAStripe) {
  for (const int lower : {9, 12}) {
    const Leg before{0, 0}, after{lower, 6};
    PaintJob job;
    job.drawings = {before.painted(0), after.drawing(1)};
    PaintOptions options;
    options.margin = 0;
    const auto result = paint(job, options);
    ASSERT_TRUE(result) << result.error().one_line();
    for (const Place& place : after.places())
      EXPECT_EQ(result->drawings[1].painted(place.x, place.y), place.colour)
          << lower << ": " << place.x << ", " << place.y;
  }
}

TEST(Stripes, WhatComesOutOfTheHemIsAskedAtWorst) {
  const Leg before{0, 0}, after{12, 6};
  PaintJob job;
  job.drawings = {before.painted(0), after.drawing(1)};
  const auto result = paint(job);
  ASSERT_TRUE(result) << result.error().one_line();
  const Rgba8 hem = result->drawings[1].painted(75 + after.aside, kHem + after.lower / 2);
  EXPECT_TRUE(hem == kDark || hem == kCheckColour);
}

}  // namespace
}  // namespace nakawari
