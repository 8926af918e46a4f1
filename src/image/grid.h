/// \file
/// A plain two-dimensional array, row by row from the top left, used for every picture in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace nakawari {

template <typename T>
struct Grid {
  int width = 0, height = 0;
  std::vector<T> data;

  Grid() = default;
  Grid(int w, int h, T value = T{}) : width(w), height(h), data(static_cast<std::size_t>(w) * h, value) {}

  [[nodiscard]] bool empty() const { return data.empty(); }
  [[nodiscard]] bool contains(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
  [[nodiscard]] std::size_t index(int x, int y) const { return static_cast<std::size_t>(y) * width + x; }
  T& operator()(int x, int y) { return data[index(x, y)]; }
  const T& operator()(int x, int y) const { return data[index(x, y)]; }
  friend bool operator==(const Grid&, const Grid&) = default;
};

struct Rgba8 {
  std::uint8_t r = 0, g = 0, b = 0, a = 0;
  friend constexpr bool operator==(const Rgba8&, const Rgba8&) = default;
};

inline constexpr Rgba8 kPaper{255, 255, 255, 255};
inline constexpr Rgba8 kClear{0, 0, 0, 0};

/// A colour picture; alpha is straight, not premultiplied.
using Raster = Grid<Rgba8>;
/// 0 = outside, anything else = inside.
using Mask = Grid<std::uint8_t>;

}  // namespace nakawari
