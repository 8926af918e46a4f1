#include "cut/yuv.h"

#include <algorithm>
#include <array>

namespace nakawari {
namespace {

/// Weights in 1/65536. Luma: 219/255 of Kr = 0.2126, Kg = 0.7152, Kb = 0.0722; chroma: 224/255 of
/// (B - Y)/1.8556 and (R - Y)/1.5748, rounded so that grey has none.
constexpr int kBits = 16;
constexpr std::array<int, 3> kLuma{11966, 40254, 4064}, kBlue{-6596, -22189, 28785},
    kRed{28785, -26145, -2640};
constexpr int kBlack = 16, kNeutral = 128;

int weighed(const std::array<int, 3>& weights, int r, int g, int b) {
  return weights[0] * r + weights[1] * g + weights[2] * b;
}

std::uint8_t rounded(int value, int bits, int zero) {
  return static_cast<std::uint8_t>(zero + ((value + (1 << (bits - 1))) >> bits));
}

}  // namespace

std::vector<std::uint8_t> yuv420(const Raster& picture) {
  const int columns = (picture.width + 1) / 2, rows = (picture.height + 1) / 2;
  const std::size_t luma = static_cast<std::size_t>(4) * columns * rows, chroma = luma / 4;
  std::vector<std::uint8_t> planes(luma + 2 * chroma);
  const auto at = [&](int x, int y) {
    return picture(std::clamp(x, 0, picture.width - 1), std::min(y, picture.height - 1));
  };

  std::size_t next = 0;
  for (int y = 0; y < 2 * rows; ++y) {
    for (int x = 0; x < 2 * columns; ++x) {
      const Rgba8 p = at(x, y);
      planes[next++] = rounded(weighed(kLuma, p.r, p.g, p.b), kBits, kBlack);
    }
  }
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      // Columns 2c - 1, 2c, 2c + 1 weigh 1, 2, 1; both rows weigh the same: eighths.
      constexpr int kEighths = 3;
      int r = 0, g = 0, b = 0;
      for (const int y : {2 * row, 2 * row + 1}) {
        for (const auto& [x, weight] : {std::pair(2 * column - 1, 1), {2 * column, 2}, {2 * column + 1, 1}}) {
          const Rgba8 p = at(x, y);
          r += weight * p.r;
          g += weight * p.g;
          b += weight * p.b;
        }
      }
      planes[next] = rounded(weighed(kBlue, r, g, b), kBits + kEighths, kNeutral);
      planes[next + chroma] = rounded(weighed(kRed, r, g, b), kBits + kEighths, kNeutral);
      ++next;
    }
  }
  return planes;
}

}  // namespace nakawari
