#include "image/distance.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nakawari {
namespace {

// Every column is first scanned for the nearest mask pixel above or below; each row then takes the lower
// envelope of one parabola per column. All arithmetic is on integers: squared distances within the
// largest picture (30000 on a side) stay below 2^31, so the result is exact.

/// Vertical offset to the nearest mask pixel of the column; this where the column has none.
constexpr std::int32_t kNone = 1 << 20;

/// Signed row offset (row of the mask pixel minus own row) to the nearest mask pixel of the same column.
/// A tie goes to the upper one, which has the smaller index.
Grid<std::int32_t> column_offsets(const Mask& mask) {
  const int w = mask.width, h = mask.height;
  Grid<std::int32_t> offset(w, h);
  for (int y = 0; y < h; ++y) {
    std::int32_t* row = offset.data.data() + offset.index(0, y);
    const std::uint8_t* on = mask.data.data() + mask.index(0, y);
    if (y == 0) {
      for (int x = 0; x < w; ++x) row[x] = on[x] ? 0 : -kNone;
    } else {
      const std::int32_t* above = row - w;
      for (int x = 0; x < w; ++x) row[x] = on[x] ? 0 : std::max(above[x] - 1, -kNone);
    }
  }
  // On the way up, `below` carries the offset to the next mask pixel underneath.
  std::vector<std::int32_t> below(static_cast<std::size_t>(w), kNone);
  for (int y = h - 1; y >= 0; --y) {
    std::int32_t* row = offset.data.data() + offset.index(0, y);
    for (int x = 0; x < w; ++x) {
      below[x] = row[x] == 0 ? 0 : std::min(below[x] + 1, kNone);
      row[x] = below[x] < -row[x] ? below[x] : row[x];
    }
  }
  return offset;
}

/// One parabola of a row's lower envelope: it is lowest from `from` on.
struct Piece {
  std::int32_t column = 0;
  std::int32_t height = 0;  ///< squared vertical distance
  std::int32_t row = 0;     ///< offset to the mask pixel's row, decides ties
  std::int32_t from = 0;
};

/// The first x at which `later` (further right) is nearer than `earlier`, or tied with the smaller index.
/// Returns `limit` when that lies at or beyond it.
std::int32_t takes_over(const Piece& earlier, const Piece& later, std::int32_t limit) {
  const std::int32_t gap = 2 * (later.column - earlier.column);
  const std::int32_t rise =
      later.height - earlier.height + (later.column - earlier.column) * (later.column + earlier.column);
  if (rise < 0) return 0;
  // `>=` up to a tie at the limit, which is outside anyway; spares the division in most cases.
  if (static_cast<std::int64_t>(rise) >= static_cast<std::int64_t>(gap) * limit) return limit;
  const std::int32_t quotient = rise / gap;
  const bool tie = quotient * gap == rise;
  return tie && later.row < earlier.row ? quotient : quotient + 1;
}

/// The lower envelope of columns [begin, end) of a row, left to right.
void envelope(const std::int32_t* offsets, int begin, int end, std::vector<Piece>& pieces) {
  pieces.clear();
  for (std::int32_t x = begin; x < end; ++x) {
    const std::int32_t row = offsets[x];
    if (row == -kNone || row == kNone) continue;
    Piece next{x, row * row, row, begin};
    while (!pieces.empty()) {
      next.from = takes_over(pieces.back(), next, end);
      if (next.from > pieces.back().from) break;
      pieces.pop_back();
    }
    if (pieces.empty()) next.from = begin;
    if (next.from < end) pieces.push_back(next);
  }
}

/// Calls `fill(piece, y, begin, end)` for every stretch of every row; false when the mask is empty.
template <typename Fill>
bool for_each_stretch(const Mask& mask, Fill fill) {
  const Grid<std::int32_t> offsets = column_offsets(mask);
  std::vector<Piece> pieces;
  pieces.reserve(static_cast<std::size_t>(mask.width));
  for (int y = 0; y < mask.height; ++y) {
    const std::int32_t* row = offsets.data.data() + offsets.index(0, y);
    // Beyond a mask pixel of the row itself nothing is nearer: each stretch between two is apart.
    for (int begin = 0, next = 0; begin < mask.width; begin = next) {
      next = begin + 1;
      if (row[begin] == 0) {
        fill({begin, 0, 0, begin}, y, begin, next);
        continue;
      }
      while (next < mask.width && row[next] != 0) ++next;
      const int left = std::max(begin - 1, 0), right = std::min(next + 1, mask.width);
      envelope(row, left, right, pieces);
      if (pieces.empty()) return false;
      for (std::size_t i = 0; i < pieces.size(); ++i) {
        const int to = i + 1 < pieces.size() ? pieces[i + 1].from : right;
        fill(pieces[i], y, std::max(pieces[i].from, begin), std::min(to, next));
      }
    }
  }
  return true;
}

void fill_distance(Grid<float>& distance, const Piece& piece, int y, int begin, int end) {
  float* row = distance.data.data() + distance.index(0, y);
  for (int x = begin; x < end; ++x) {
    const std::int32_t dx = x - piece.column;
    row[x] = std::sqrt(static_cast<float>(dx * dx + piece.height));
  }
}

}  // namespace

Grid<float> distance_to(const Mask& mask) {
  Grid<float> distance(mask.width, mask.height, std::numeric_limits<float>::infinity());
  for_each_stretch(mask, [&](const Piece& piece, int y, int begin, int end) {
    fill_distance(distance, piece, y, begin, end);
  });
  return distance;
}

NearestPixels nearest_pixels(const Mask& mask) {
  NearestPixels nearest{
      Grid<float>(mask.width, mask.height, std::numeric_limits<float>::infinity()),
      Grid<std::int32_t>(mask.width, mask.height, -1),
  };
  for_each_stretch(mask, [&](const Piece& piece, int y, int begin, int end) {
    fill_distance(nearest.distance, piece, y, begin, end);
    const auto index = static_cast<std::int32_t>(mask.index(piece.column, y + piece.row));
    const std::size_t row = mask.index(0, y);
    std::fill(nearest.index.data.begin() + row + begin, nearest.index.data.begin() + row + end, index);
  });
  return nearest;
}

}  // namespace nakawari
