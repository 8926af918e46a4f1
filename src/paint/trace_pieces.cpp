#include "paint/trace_pieces.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "image/components.h"
#include "image/distance.h"
#include "paint/closures.h"

namespace nakawari {
namespace {

/// Shorter pieces between two junctions take the colour of the piece nearest.
constexpr int kStub = 4;
/// A break in a line is at most so long, px.
constexpr double kBreak = 12;
/// Ends look at each other when neither tangent is farther than this from the way between them: cosine.
constexpr double kCone = 0.75;
/// A piece without ends that is no larger than this is a crumb.
constexpr int kCrumb = 16;

constexpr std::array<std::pair<int, int>, 8> kRing{
    {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};

/// Directions around a pixel that lead to the mask, counted as runs.
int branches(const Mask& thin, int x, int y) {
  int runs = 0;
  for (std::size_t k = 0; k < kRing.size(); ++k) {
    const auto on = [&](std::size_t q) {
      const auto [dx, dy] = kRing[q % kRing.size()];
      return thin.contains(x + dx, y + dy) && thin(x + dx, y + dy) != 0;
    };
    runs += !on(k) && on(k + 1);
  }
  return runs;
}

/// The thinned lines without their junctions; a part that would vanish stays as it was.
Components limbs_of(const Mask& mask) {
  const Mask thin = thinned(mask);
  Mask limbs = thin;
  for (int y = 0; y < thin.height; ++y) {
    for (int x = 0; x < thin.width; ++x) {
      if (thin(x, y) == 0 || branches(thin, x, y) < 3) continue;
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          if (limbs.contains(x + dx, y + dy)) limbs(x + dx, y + dy) = 0;
        }
      }
    }
  }
  const Components whole = connected_components(mask, Connectivity::eight);
  const Components parts = connected_components(limbs, Connectivity::eight);
  std::vector<bool> has_limb(whole.components.size());
  for (std::size_t i = 0; i < limbs.data.size(); ++i) {
    const std::int32_t part = parts.label.data[i];
    if (part == 0) continue;
    if (parts.components[part - 1].area >= kStub)
      has_limb[whole.label.data[i] - 1] = true;
    else
      limbs.data[i] = 0;
  }
  for (std::size_t i = 0; i < mask.data.size(); ++i) {
    if (mask.data[i] != 0 && !has_limb[whole.label.data[i] - 1]) limbs.data[i] = 1;
  }
  return connected_components(limbs, Connectivity::eight);
}

/// Sets that grow together; the smallest member names a set.
class Sets {
 public:
  explicit Sets(int count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), 0); }
  int of(int a) {
    while (parent_[a] != a) a = parent_[a] = parent_[parent_[a]];
    return a;
  }
  void join(int a, int b) {
    a = of(a);
    b = of(b);
    parent_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<int> parent_;
};

/// No ink of another line on the straight way.
bool is_free(const LineImage& lines, Ink ink, const Mask& dots, Vec2 from, Vec2 to) {
  const int steps = 2 + static_cast<int>(2 * distance(from, to));
  for (int k = 0; k <= steps; ++k) {
    const Vec2 p = from + (to - from) * (static_cast<double>(k) / steps);
    const int x = static_cast<int>(p.x), y = static_cast<int>(p.y);
    if (!lines.ink.contains(x, y)) return false;
    const Ink here = lines.ink(x, y);
    if (here != Ink::none && here != ink && dots(x, y) == 0) return false;
  }
  return true;
}

/// How well a line that ends at `end` goes on to `to`: the cosine, 1 where they nearly touch.
double looks_at(const LineEnd& end, Vec2 to) {
  constexpr double kTouch = 2.5;
  const Vec2 across = to - end.at;
  const double gap = length(across);
  return gap <= kTouch ? 1 : dot(end.tangent, across) / gap;
}

void join_breaks(const LineImage& lines, Ink ink, const Mask& dots, const Mask& mask, TracePieces& pieces) {
  const std::vector<LineEnd> ends = line_ends(mask);
  const auto piece_of = [&](const LineEnd& end) { return pieces.label(end.x, end.y) - 1; };
  Sets sets(pieces.count);
  std::vector<bool> has_end(pieces.count);
  for (const LineEnd& end : ends)
    if (piece_of(end) >= 0) has_end[piece_of(end)] = true;
  // The nearest end that an end looks at; both must mean each other.
  std::vector<int> best(ends.size(), -1);
  for (std::size_t i = 0; i < ends.size(); ++i) {
    double nearest = kBreak;
    for (std::size_t j = 0; j < ends.size(); ++j) {
      const double gap = distance(ends[i].at, ends[j].at);
      if (j == i || gap > nearest || looks_at(ends[i], ends[j].at) < kCone ||
          looks_at(ends[j], ends[i].at) < kCone || !is_free(lines, ink, dots, ends[i].at, ends[j].at))
        continue;
      nearest = gap;
      best[i] = static_cast<int>(j);
    }
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    if (best[i] < 0 || best[best[i]] != static_cast<int>(i)) continue;
    if (piece_of(ends[i]) >= 0 && piece_of(ends[best[i]]) >= 0)
      sets.join(piece_of(ends[i]), piece_of(ends[best[i]]));
  }
  // Crumbs: too small to look anywhere, they lie on the way of another piece.
  struct Crumb {
    int area = 0;
    double x = 0, y = 0;
  };
  std::vector<Crumb> crumbs(pieces.count);
  for (int y = 0; y < pieces.label.height; ++y) {
    for (int x = 0; x < pieces.label.width; ++x) {
      if (const std::int32_t piece = pieces.label(x, y); piece > 0) {
        Crumb& crumb = crumbs[piece - 1];
        ++crumb.area;
        crumb.x += x + 0.5;
        crumb.y += y + 0.5;
      }
    }
  }
  for (int k = 0; k < pieces.count; ++k) {
    if (has_end[k] || crumbs[k].area > kCrumb || crumbs[k].area == 0) continue;
    const Vec2 at{crumbs[k].x / crumbs[k].area, crumbs[k].y / crumbs[k].area};
    double nearest = kBreak;
    int mine = -1;
    for (const LineEnd& end : ends) {
      const double gap = distance(at, end.at);
      if (gap > nearest || piece_of(end) < 0 || looks_at(end, at) < kCone ||
          !is_free(lines, ink, dots, end.at, at))
        continue;
      nearest = gap;
      mine = piece_of(end);
    }
    if (mine >= 0) sets.join(k, mine);
  }
  std::map<int, std::int32_t> number;
  for (int k = 0; k < pieces.count; ++k)
    number.emplace(sets.of(k), static_cast<std::int32_t>(number.size()) + 1);
  for (std::int32_t& label : pieces.label.data)
    if (label > 0) label = number.at(sets.of(label - 1));
  pieces.count = static_cast<int>(number.size());
}

}  // namespace

TracePieces trace_pieces(const LineImage& lines, Ink ink, const Mask& dots) {
  TracePieces pieces{Grid<std::int32_t>(lines.width(), lines.height()), 0};
  Mask mask(lines.width(), lines.height());
  for (std::size_t i = 0; i < mask.data.size(); ++i) mask.data[i] = lines.ink.data[i] == ink;
  if (std::find(mask.data.begin(), mask.data.end(), 1) == mask.data.end()) return pieces;
  const Components limbs = limbs_of(mask);
  pieces.count = static_cast<int>(limbs.components.size());
  Mask on = mask;
  for (std::size_t i = 0; i < on.data.size(); ++i) on.data[i] = limbs.label.data[i] != 0;
  const NearestPixels nearest = nearest_pixels(on);
  for (std::size_t i = 0; i < mask.data.size(); ++i) {
    if (mask.data[i] != 0) pieces.label.data[i] = limbs.label.data[nearest.index.data[i]];
  }
  join_breaks(lines, ink, dots, mask, pieces);
  return pieces;
}

std::vector<TraceDot> dots_in_traces(const LineImage& lines, const Raster& source) {
  constexpr int kLargest = 12;
  constexpr int kBlack = 64;  // a main line is darker
  Mask black(lines.width(), lines.height());
  bool any = false;
  for (std::size_t i = 0; i < black.data.size(); ++i) {
    black.data[i] = lines.ink.data[i] == Ink::black;
    any = any || (lines.ink.data[i] != Ink::black && lines.ink.data[i] != Ink::none);
  }
  std::vector<TraceDot> dots;
  if (!any) return dots;
  const Components parts = connected_components(black, Connectivity::eight);
  // The ink that one meets from a dot's pixel in a direction.
  const auto met = [&](int x, int y, int dx, int dy) {
    while (black.contains(x, y) && black(x, y) != 0) {
      x += dx;
      y += dy;
    }
    return black.contains(x, y) ? lines.ink(x, y) : Ink::none;
  };
  std::map<std::int32_t, TraceDot> small;
  for (int y = 0; y < black.height; ++y) {
    for (int x = 0; x < black.width; ++x) {
      const std::int32_t part = parts.label(x, y);
      if (part == 0 || parts.components[part - 1].area > kLargest) continue;
      TraceDot& dot = small[part];
      if (dot.area++ == 0) dot.mixed = true;
      dot.x += x + 0.5;
      dot.y += y + 0.5;
      dot.pixels.push_back(static_cast<std::int32_t>(black.index(x, y)));
      const Rgba8 c = source(x, y);
      if (c.a == 255 && std::max({c.r, c.g, c.b}) < kBlack) dot.mixed = false;
      // The line goes on across the dot.
      for (const auto& [dx, dy] : {std::pair{1, 0}, {0, 1}, {1, 1}, {1, -1}}) {
        const Ink ink = met(x, y, dx, dy);
        if (ink != Ink::none && ink == met(x, y, -dx, -dy)) dot.ink = ink;
      }
    }
  }
  for (auto& [part, dot] : small) {
    if (dot.ink == Ink::none) continue;
    dot.x /= dot.area;
    dot.y /= dot.area;
    dots.push_back(std::move(dot));
  }
  return dots;
}

}  // namespace nakawari
