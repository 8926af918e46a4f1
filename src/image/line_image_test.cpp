#include "image/line_image.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace nakawari {
namespace {

struct Case {
  const char* branch;
  Rgba8 pixel;
  int coverage;
  Ink ink;
};

class OnePixel : public testing::TestWithParam<Case> {};

TEST_P(OnePixel, GoesToItsInk) {
  const Case& c = GetParam();
  Raster picture(5, 5, c.pixel.a == 255 ? kPaper : kClear);
  picture(2, 2) = c.pixel;
  picture(0, 0) = {0, 0, 0, static_cast<std::uint8_t>(c.pixel.a == 255 ? 255 : 100)};
  picture(0, 1) = {0, 0, 0, 100};  // anti-aliased in any case
  const LineImage lines = classify_lines(picture);
  EXPECT_EQ(lines.coverage(2, 2), c.coverage) << c.branch;
  EXPECT_EQ(lines.ink(2, 2), c.ink) << c.branch;
}

INSTANTIATE_TEST_SUITE_P(
    Table, OnePixel,
    testing::Values(Case{"paper", {255, 255, 255, 255}, 0, Ink::none},
                    Case{"clear", {0, 0, 0, 0}, 0, Ink::none},
                    Case{"clear, whatever its colour", {255, 0, 0, 0}, 0, Ink::none},
                    Case{"faint tint", {254, 255, 255, 255}, 0, Ink::none},
                    Case{"noise of a lossy save", {251, 250, 253, 255}, 0, Ink::none},
                    Case{"just ink", {249, 249, 249, 255}, 6, Ink::black},
                    Case{"opaque white on clear ground", {255, 255, 255, 254}, 0, Ink::none},
                    Case{"full black", {0, 0, 0, 255}, 255, Ink::black},
                    Case{"full red", {255, 0, 0, 255}, 255, Ink::red},
                    Case{"full blue", {0, 0, 255, 255}, 255, Ink::blue},
                    Case{"full green", {0, 255, 0, 255}, 255, Ink::green},
                    Case{"full yellow", {255, 255, 0, 255}, 255, Ink::yellow},
                    Case{"grey fringe", {200, 200, 200, 255}, 55, Ink::black},
                    Case{"tinted grey", {200, 205, 210, 255}, 55, Ink::black},
                    Case{"pink is a red fringe", {255, 180, 180, 255}, 75, Ink::red},
                    Case{"pale blue", {180, 180, 255, 255}, 75, Ink::blue},
                    Case{"pale green", {180, 255, 180, 255}, 75, Ink::green},
                    Case{"pale yellow", {255, 255, 180, 255}, 75, Ink::yellow},
                    Case{"light blue pencil", {90, 170, 255, 255}, 165, Ink::blue},
                    Case{"cyan", {0, 255, 255, 255}, 255, Ink::blue},
                    Case{"magenta", {255, 0, 255, 255}, 255, Ink::red},
                    Case{"orange", {255, 128, 0, 255}, 255, Ink::red},
                    Case{"amber", {255, 190, 0, 255}, 255, Ink::yellow},
                    Case{"grass green", {120, 255, 0, 255}, 255, Ink::green},
                    Case{"dark red", {160, 0, 0, 255}, 255, Ink::red},
                    Case{"black over red, mostly black", {90, 0, 0, 255}, 255, Ink::black},
                    Case{"black over blue, mostly blue", {0, 0, 170, 255}, 255, Ink::blue},
                    Case{"half clear black", {0, 0, 0, 128}, 128, Ink::black},
                    Case{"half clear red", {255, 0, 0, 128}, 128, Ink::red},
                    Case{"clear ground, pale fringe", {128, 128, 128, 128}, 64, Ink::black}));

TEST(Lines, OfTwoValuesStayTwoValues) {
  Raster picture(4, 1, kPaper);
  picture(1, 0) = {0, 0, 0, 255};
  picture(2, 0) = {255, 2, 3, 255};
  const LineImage lines = classify_lines(picture);
  EXPECT_EQ(lines.kind, LineKind::two_value);
  EXPECT_FALSE(lines.transparent_paper);
  EXPECT_EQ(lines.coverage.data, (std::vector<std::uint8_t>{0, 255, 255, 0}));
  EXPECT_EQ(lines.ink(2, 0), Ink::red);
}

TEST(Lines, OneGreyPixelMakesThemAntialiased) {
  Raster picture(3, 1, kPaper);
  picture(1, 0) = {100, 100, 100, 255};
  EXPECT_EQ(classify_lines(picture).kind, LineKind::antialiased);
}

TEST(Lines, GreyFringeOfARedLineIsRed) {
  // Chroma that a lossy save has washed out of the fringe.
  Raster picture(3, 5, kPaper);
  for (int x = 0; x < 3; ++x) {
    picture(x, 1) = picture(x, 3) = {190, 182, 180, 255};
    picture(x, 2) = {255, 0, 0, 255};
  }
  const LineImage lines = classify_lines(picture);
  EXPECT_EQ(lines.ink(1, 2), Ink::red);
  EXPECT_EQ(lines.ink(1, 1), Ink::red);
  EXPECT_EQ(lines.ink(2, 3), Ink::red);
}

TEST(Lines, AGreyHairBesideRedStaysBlack) {
  Raster picture(3, 2, kPaper);
  for (int x = 0; x < 3; ++x) {
    picture(x, 0) = {255, 0, 0, 255};
    picture(x, 1) = {190, 190, 190, 255};
  }
  EXPECT_EQ(classify_lines(picture).ink(1, 1), Ink::black);
}

TEST(Lines, AThinPinkLineBesideBlackStaysRed) {
  Raster picture(6, 4, kPaper);
  for (int x = 0; x < 6; ++x) {
    picture(x, 0) = {0, 0, 0, 255};
    picture(x, 1) = {255, 170, 170, 255};
  }
  const LineImage lines = classify_lines(picture);
  for (int x = 0; x < 6; ++x) EXPECT_EQ(lines.ink(x, 1), Ink::red) << x;
}

TEST(Lines, InkIsNoneExactlyWhereNothingCovers) {
  std::mt19937 random(3);
  Raster picture(64, 64);
  for (auto& p : picture.data) {
    const auto word = static_cast<std::uint32_t>(random());
    p = {static_cast<std::uint8_t>(word), static_cast<std::uint8_t>(word >> 8),
         static_cast<std::uint8_t>(word >> 16), static_cast<std::uint8_t>(word >> 24)};
    if (word % 3 == 0) p = kPaper;
  }
  const LineImage lines = classify_lines(picture);
  for (std::size_t i = 0; i < picture.data.size(); ++i) {
    EXPECT_EQ(lines.ink.data[i] == Ink::none, lines.coverage.data[i] == 0);
  }
  const Mask core = core_mask(lines), barrier = barrier_mask(lines);
  for (std::size_t i = 0; i < picture.data.size(); ++i) {
    EXPECT_EQ(core.data[i] != 0, lines.coverage.data[i] >= 128);
    EXPECT_EQ(barrier.data[i] != 0, lines.coverage.data[i] != 0);
  }
}

TEST(Lines, ComeBackFromTheirPicture) {
  for (const bool clear : {false, true}) {
    for (const Ink ink : {Ink::black, Ink::red, Ink::blue, Ink::green, Ink::yellow}) {
      LineImage lines;
      lines.coverage = Grid<std::uint8_t>(300, 3);
      lines.ink = Grid<Ink>(300, 3);
      lines.kind = LineKind::antialiased;
      lines.transparent_paper = clear;
      for (int c = 6; c <= 255; ++c) {
        lines.coverage(c, 1) = static_cast<std::uint8_t>(c);
        lines.ink(c, 1) = ink;
      }
      const LineImage again = classify_lines(to_raster(lines));
      EXPECT_EQ(again.coverage, lines.coverage);
      EXPECT_EQ(again.ink, lines.ink);
      EXPECT_EQ(again.kind, lines.kind);
      EXPECT_EQ(again.transparent_paper, clear);
    }
  }
}

}  // namespace
}  // namespace nakawari
