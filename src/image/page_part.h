/// \file
/// A cel of eyes fills a twentieth of its page: work is done on the part of the page where ink is.
#pragma once

#include <algorithm>

#include "image/line_image.h"

namespace nakawari {

/// A rectangle of pixels, inside the page.
struct PagePart {
  int x = 0, y = 0, width = 0, height = 0;
  friend bool operator==(const PagePart&, const PagePart&) = default;
};

/// The smallest part that holds all pixels of `ink` above 0 and `rim` pixels around them (fewer at the
/// page's edge); of no size when there is no ink. Cost: linear in the page.
PagePart ink_bounds(const Grid<std::uint8_t>& ink, int rim);

/// The smallest part that holds both; a part of no size holds nothing.
PagePart both(const PagePart& a, const PagePart& b);

template <typename T>
Grid<T> cut_out(const Grid<T>& page, const PagePart& part) {
  Grid<T> cut(part.width, part.height);
  for (int y = 0; y < part.height; ++y) {
    const auto row = page.data.begin() + static_cast<std::ptrdiff_t>(page.index(part.x, part.y + y));
    std::copy(row, row + part.width, cut.data.begin() + static_cast<std::ptrdiff_t>(cut.index(0, y)));
  }
  return cut;
}

LineImage cut_out(const LineImage& page, const PagePart& part);

}  // namespace nakawari
