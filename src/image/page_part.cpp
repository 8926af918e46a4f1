#include "image/page_part.h"

namespace nakawari {

PagePart ink_bounds(const Grid<std::uint8_t>& ink, int rim) {
  int left = ink.width, top = ink.height, right = -1, bottom = -1;
  for (int y = 0; y < ink.height; ++y) {
    const auto row = ink.data.begin() + static_cast<std::ptrdiff_t>(ink.index(0, y));
    const auto first = std::find_if(row, row + ink.width, [](std::uint8_t c) { return c != 0; });
    if (first == row + ink.width) continue;
    int last = ink.width - 1;
    while (ink(last, y) == 0) --last;
    left = std::min(left, static_cast<int>(first - row));
    right = std::max(right, last);
    top = std::min(top, y);
    bottom = y;
  }
  if (right < 0) return {};
  left = std::max(left - rim, 0);
  top = std::max(top - rim, 0);
  return {left, top, std::min(right + rim + 1, ink.width) - left,
          std::min(bottom + rim + 1, ink.height) - top};
}

PagePart both(const PagePart& a, const PagePart& b) {
  if (a.width == 0) return b;
  if (b.width == 0) return a;
  const int x = std::min(a.x, b.x), y = std::min(a.y, b.y);
  return {x, y, std::max(a.x + a.width, b.x + b.width) - x, std::max(a.y + a.height, b.y + b.height) - y};
}

LineImage cut_out(const LineImage& page, const PagePart& part) {
  return {cut_out(page.coverage, part), cut_out(page.ink, part), page.kind, page.transparent_paper};
}

}  // namespace nakawari
