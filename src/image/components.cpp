#include "image/components.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace nakawari {
namespace {

// --- components: runs of each row, joined with the runs of the row above by union-find ---

struct Run {
  std::int32_t y = 0, begin = 0, end = 0;  ///< pixels [begin, end)
};

/// First x >= from whose being in the mask equals `wanted`, or width. Steps over eight equal bytes at once.
template <bool wanted>
int find_next(const std::uint8_t* row, int from, int width) {
  int x = from;
  while (x + 8 <= width) {
    std::uint64_t word = 0;
    std::memcpy(&word, row + x, sizeof word);
    if constexpr (wanted) {
      if (word != 0) break;
    } else {
      constexpr std::uint64_t kOnes = 0x0101010101010101U, kHigh = 0x8080808080808080U;
      if (((word - kOnes) & ~word & kHigh) != 0) break;  // some byte is zero
    }
    x += 8;
  }
  while (x < width && (row[x] != 0) != wanted) ++x;
  return x;
}

std::int32_t root_of(std::vector<std::int32_t>& parent, std::int32_t i) {
  while (parent[i] != i) {
    parent[i] = parent[parent[i]];
    i = parent[i];
  }
  return i;
}

/// The smaller root wins, so that a root is always the component's first run in scan order.
void join(std::vector<std::int32_t>& parent, std::int32_t a, std::int32_t b) {
  a = root_of(parent, a);
  b = root_of(parent, b);
  if (a < b) {
    parent[b] = a;
  } else {
    parent[a] = b;
  }
}

/// Adds the runs of row y and joins them with those of the row above, runs[above] ..
void add_row(const Mask& mask, int y, int reach, std::size_t above, std::vector<Run>& runs,
             std::vector<std::int32_t>& parent) {
  const std::uint8_t* row = mask.data.data() + mask.index(0, y);
  const std::size_t first = runs.size();
  std::size_t candidate = above;
  for (int x = find_next<true>(row, 0, mask.width); x < mask.width;) {
    const int end = find_next<false>(row, x, mask.width);
    const auto self = static_cast<std::int32_t>(runs.size());
    runs.push_back({y, x, end});
    parent.push_back(self);
    while (candidate < first && runs[candidate].end + reach <= x) ++candidate;
    for (std::size_t k = candidate; k < first && runs[k].begin < end + reach; ++k) {
      join(parent, static_cast<std::int32_t>(k), self);
    }
    x = find_next<true>(row, end, mask.width);
  }
}

void grow(Component& c, const Run& run, int width, int height) {
  const int n = run.end - run.begin;
  if (c.area == 0) c = {0, run.begin, run.y, run.end - 1, run.y, 0, 0, false};
  c.area += n;
  c.left = std::min(c.left, run.begin);
  c.right = std::max(c.right, run.end - 1);
  c.bottom = std::max(c.bottom, run.y);
  c.centre_x += 0.5 * (static_cast<double>(run.begin) + run.end) * n;  // sum of pixel centres for now
  c.centre_y += (run.y + 0.5) * n;
  c.touches_edge = c.touches_edge || run.y == 0 || run.y == height - 1 || run.begin == 0 || run.end == width;
}

// --- thinning ---

/// The eight neighbours as bits, clockwise from north: N NE E SE S SW W NW.
std::uint8_t neighbours(const Mask& m, int x, int y) {
  constexpr std::array<std::array<int, 2>, 8> kRing{
      {{0, -1}, {1, -1}, {1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}}};
  unsigned bits = 0;
  if (x > 0 && y > 0 && x + 1 < m.width && y + 1 < m.height) {
    const std::uint8_t* p = m.data.data() + m.index(x, y);
    const int w = m.width;
    bits = (p[-w] != 0) | (p[-w + 1] != 0) << 1 | (p[1] != 0) << 2 | (p[w + 1] != 0) << 3 | (p[w] != 0) << 4 |
           (p[w - 1] != 0) << 5 | (p[-1] != 0) << 6 | (p[-w - 1] != 0) << 7;
  } else {
    for (unsigned i = 0; i < 8; ++i) {
      const int nx = x + kRing[i][0], ny = y + kRing[i][1];
      if (m.contains(nx, ny) && m(nx, ny)) bits |= 1U << i;
    }
  }
  return static_cast<std::uint8_t>(bits);
}

constexpr bool bit(unsigned bits, unsigned i) {
  return (bits >> (i % 8) & 1U) != 0;
}

/// Taking the pixel away neither joins, splits, makes nor fills anything: exactly one eight-connected
/// group of neighbours, and paper beside it (Yokoi's number is one).
constexpr bool is_simple(unsigned bits) {
  int number = 0;
  for (unsigned i = 0; i < 8; i += 2) {
    number += !bit(bits, i) && (bit(bits, i + 1) || bit(bits, i + 2));
  }
  return number == 1;
}

constexpr int count(unsigned bits) {
  int n = 0;
  for (unsigned i = 0; i < 8; ++i) n += bit(bits, i);
  return n;
}

/// What each of the 256 neighbourhoods allows.
struct Rule {
  bool simple = false;
  std::array<bool, 2> peel{};  ///< Zhang and Suen's conditions of the two half-steps
  bool corner = false;         ///< the corner of a bare staircase, nothing else beside it
  bool stair = false;          ///< a corner of a staircase, at a branch too
};

constexpr std::array<Rule, 256> kRules = [] {
  std::array<Rule, 256> rules{};
  for (unsigned bits = 0; bits < 256; ++bits) {
    Rule& rule = rules[bits];
    rule.simple = is_simple(bits);
    const bool n = bit(bits, 0), e = bit(bits, 2), s = bit(bits, 4), w = bit(bits, 6);
    int rises = 0;
    for (unsigned i = 0; i < 8; ++i) rises += !bit(bits, i) && bit(bits, i + 1);
    const bool border = count(bits) >= 2 && count(bits) <= 6 && rises == 1;
    rule.peel[0] = border && !(n && e && s) && !(e && s && w);
    rule.peel[1] = border && !(n && e && w) && !(n && s && w);
    for (unsigned i = 0; i < 8; i += 2) {
      rule.corner = rule.corner || (rule.simple && bit(bits, i) && !bit(bits, i + 1) && bit(bits, i + 2) &&
                                    !bit(bits, i + 4) && !bit(bits, i + 5) && !bit(bits, i + 6));
    }
    rule.stair = rule.simple && ((n && e) || (e && s) || (s && w) || (w && n));
  }
  return rules;
}();

struct Pixel {
  std::int32_t x = 0, y = 0;
};

bool drop_dead(const Mask& thin, std::vector<Pixel>& alive) {
  return std::erase_if(alive, [&](Pixel p) { return !thin(p.x, p.y); }) > 0;
}

/// Takes away, in scan order, every pixel that meets the rule when its turn comes. True if any did.
bool take_away(Mask& thin, std::vector<Pixel>& alive, bool Rule::* rule) {
  for (const Pixel p : alive) {
    if (kRules[neighbours(thin, p.x, p.y)].*rule) thin(p.x, p.y) = 0;
  }
  return drop_dead(thin, alive);
}

/// One layer off. Each half-step picks its pixels on the picture as it stood, then takes them away one by
/// one as long as that changes no topology: the plain parallel rule would erase two-pixel diagonals and
/// 2x2 dots. True if anything went.
bool peel(Mask& thin, std::vector<Pixel>& alive) {
  bool changed = false;
  std::vector<Pixel> picked;
  for (unsigned half = 0; half < 2; ++half) {
    picked.clear();
    for (const Pixel p : alive) {
      if (kRules[neighbours(thin, p.x, p.y)].peel[half]) picked.push_back(p);
    }
    for (const Pixel p : picked) {
      const std::uint8_t around = neighbours(thin, p.x, p.y);
      if (kRules[around].simple && count(around) >= 2) thin(p.x, p.y) = 0;
    }
    changed = drop_dead(thin, alive) || changed;
  }
  return changed;
}

}  // namespace

Components connected_components(const Mask& mask, Connectivity connectivity) {
  const int reach = connectivity == Connectivity::eight ? 1 : 0;
  std::vector<Run> runs;
  std::vector<std::int32_t> parent;
  std::size_t above = 0;
  for (int y = 0; y < mask.height; ++y) {
    const std::size_t first = runs.size();
    add_row(mask, y, reach, above, runs, parent);
    above = first;
  }

  Components result{Grid<std::int32_t>(mask.width, mask.height), {}};
  std::vector<std::int32_t> number(runs.size());
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::int32_t root = root_of(parent, static_cast<std::int32_t>(i));
    if (root == static_cast<std::int32_t>(i)) {
      result.components.emplace_back();
      number[i] = static_cast<std::int32_t>(result.components.size());
    } else {
      number[i] = number[root];
    }
    grow(result.components[number[i] - 1], runs[i], mask.width, mask.height);
    const auto row = result.label.data.begin() + mask.index(0, runs[i].y);
    std::fill(row + runs[i].begin, row + runs[i].end, number[i]);
  }
  for (Component& c : result.components) {
    c.centre_x /= c.area;
    c.centre_y /= c.area;
  }
  return result;
}

Mask thinned(const Mask& mask) {
  Mask thin(mask.width, mask.height);
  std::vector<Pixel> alive;
  for (int y = 0; y < mask.height; ++y) {
    for (int x = 0; x < mask.width; ++x) {
      if (!mask(x, y)) continue;
      thin(x, y) = 1;
      alive.push_back({x, y});
    }
  }

  for (bool changed = true; changed;) {
    changed = false;
    // Bare staircases go first: peeling would eat them from the end.
    while (take_away(thin, alive, &Rule::corner) || peel(thin, alive)) changed = true;
    changed = take_away(thin, alive, &Rule::stair) || changed;
  }
  return thin;
}

}  // namespace nakawari
