#include "check/open_edges.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace nakawari {
namespace {

constexpr double kLeastLength = 60;  // px at 1920: shorter pieces are corners of an outline in trace line
constexpr double kStraight = 1.2;    // px off the piece's line
constexpr int kFirst = 12;           // pixels from which its first course is taken
constexpr double kReachAcross = 10;  // px at 1920 from the paint's end to another picture's edge
constexpr int kColourStep = 40;      // sum over red, green and blue from one pixel to the next

/// A pixel of paint with clear beside it.
struct Rim {
  int x, y;
  Vec2 outward;
};

/// The straight line through points by least squares.
struct Fitted {
  Vec2 at, along;
};

Fitted fitted(const std::vector<Rim>& rims, const std::vector<int>& chosen) {
  Vec2 mean;
  for (const int i : chosen) mean += Vec2{rims[i].x + 0.5, rims[i].y + 0.5};
  mean = mean / static_cast<double>(chosen.size());
  double xx = 0, xy = 0, yy = 0;
  for (const int i : chosen) {
    const Vec2 d = Vec2{rims[i].x + 0.5, rims[i].y + 0.5} - mean;
    xx += d.x * d.x;
    xy += d.x * d.y;
    yy += d.y * d.y;
  }
  const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
  return {mean, {std::cos(angle), std::sin(angle)}};
}

/// A straight piece that grows from pixel to pixel.
std::vector<int> straight_piece(const std::vector<Rim>& rims, const Grid<std::int32_t>& index, int seed,
                                std::vector<std::uint8_t>& used) {
  std::vector<int> piece{seed}, open{seed}, tried;
  used[seed] = 1;
  Fitted line{};
  std::size_t refit = kFirst;
  for (std::size_t next = 0; next < open.size(); ++next) {
    const Rim& rim = rims[open[next]];
    for (int v = -1; v <= 1; ++v)
      for (int u = -1; u <= 1; ++u) {
        if (!index.contains(rim.x + u, rim.y + v)) continue;
        const int i = index(rim.x + u, rim.y + v) - 1;
        if (i < 0 || used[i]) continue;
        const Vec2 p{rims[i].x + 0.5, rims[i].y + 0.5};
        if (piece.size() >= kFirst && std::abs(cross(p - line.at, line.along)) > kStraight) continue;
        used[i] = 1;
        piece.push_back(i);
        open.push_back(i);
        if (piece.size() < refit) continue;
        line = fitted(rims, piece);
        refit = piece.size() + piece.size() / 4;
      }
  }
  return piece;
}

/// What is seen at a place where the cel is not.
Rgba8 seen_there(const Surroundings& around, int x, int y) {
  const Rgba8 above = around.above(x, y);
  return above.a >= 128 ? above : around.below(x, y);
}

/// Looks across the piece for the edge of another picture. False where most of it is covered.
bool measure(const Surroundings& around, Vec2 outward, double reach, OpenEdge& edge) {
  constexpr double kEvery = 2, kCovered = 0.7;
  const double length = distance(edge.from, edge.to);
  const auto rings = static_cast<int>(std::ceil(reach));
  int looked = 0, covered = 0;
  std::vector<double> offsets;
  for (double s = kEvery; s < length - kEvery; s += kEvery) {
    const Vec2 p = lerp(edge.from, edge.to, s / length);
    const auto pixel = [&](int k) {
      const Vec2 q = p + outward * (k + 0.5);
      return std::pair(static_cast<int>(std::floor(q.x)), static_cast<int>(std::floor(q.y)));
    };
    ++looked;
    const auto [x0, y0] = pixel(-1);
    const auto [x1, y1] = pixel(1);
    if (!around.above.contains(x0, y0) || !around.above.contains(x1, y1)) continue;
    if (around.above(x0, y0).a >= 128 && around.above(x1, y1).a >= 128) {
      ++covered;
      continue;
    }
    int most = kColourStep - 1, best = 0;
    bool any = false;
    for (int k = -rings; k <= rings; ++k) {
      const auto [ax, ay] = pixel(k - 1);
      const auto [bx, by] = pixel(k);
      if (!around.below.contains(ax, ay) || !around.below.contains(bx, by)) continue;
      const Rgba8 a = seen_there(around, ax, ay), b = seen_there(around, bx, by);
      const int step = std::abs(a.r - b.r) + std::abs(a.g - b.g) + std::abs(a.b - b.b);
      if (step > most || (any && step == most && std::abs(k) < std::abs(best))) {
        most = step;
        best = k;
        any = true;
      }
    }
    if (any) offsets.push_back(best);
  }
  if (looked == 0 || covered > kCovered * looked) return false;
  edge.found = static_cast<double>(offsets.size()) / std::max(1, looked - covered);
  edge.offset = median_of(std::move(offsets));
  return true;
}

}  // namespace

void find_open_edges(const LineImage& lines, const Raster& painted, bool has_alpha,
                     const std::function<std::optional<Surroundings>()>& around, Seen& seen) {
  const auto is_clear = [&](std::size_t i) {
    const Rgba8 c = painted.data[i];
    return c.a == 0 || (!has_alpha && c == kPaper);
  };
  const double least = std::max(24.0, seen.px(kLeastLength));
  std::vector<Rim> rims;
  for (int y = 1; y + 1 < seen.height; ++y)
    for (int x = 1; x + 1 < seen.width; ++x) {
      const std::size_t i = painted.index(x, y);
      if (is_clear(i) || lines.ink.data[i] == Ink::black) continue;
      Vec2 outward;
      for (const auto& [u, v] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
        const std::size_t k = painted.index(x + u, y + v);
        if (is_clear(k) && lines.ink.data[k] != Ink::black) outward += {u + 0.0, v + 0.0};
      }
      if (length_squared(outward) > 0) rims.push_back({x, y, outward});
    }
  seen.in_frame = true;
  if (static_cast<double>(rims.size()) < least) return;
  Grid<std::int32_t> index(seen.width, seen.height);
  for (std::size_t i = 0; i < rims.size(); ++i)
    index(rims[i].x, rims[i].y) = static_cast<std::int32_t>(i) + 1;
  std::vector<std::uint8_t> used(rims.size(), 0);
  std::optional<Surroundings> frame;
  for (std::size_t seed = 0; seed < rims.size(); ++seed) {
    if (used[seed]) continue;
    const std::vector<int> piece = straight_piece(rims, index, static_cast<int>(seed), used);
    if (static_cast<double>(piece.size()) < least) continue;
    const Fitted line = fitted(rims, piece);
    double begin = 0, end = 0, off = 0;
    Vec2 outward;
    for (const int i : piece) {
      const Vec2 d = Vec2{rims[i].x + 0.5, rims[i].y + 0.5} - line.at;
      begin = std::min(begin, dot(d, line.along));
      end = std::max(end, dot(d, line.along));
      off = std::max(off, std::abs(cross(d, line.along)));
      outward += rims[i].outward;
    }
    Vec2 normal = perpendicular(line.along);
    if (dot(normal, outward) < 0) normal = -normal;
    if (end - begin < least || off > 2 * kStraight) continue;
    if (!frame) {
      frame = around ? around() : std::nullopt;
      if (!frame || frame->below.width != seen.width || frame->below.height != seen.height ||
          frame->above.width != seen.width || frame->above.height != seen.height) {
        seen.in_frame = false;
        return;
      }
    }
    OpenEdge edge{line.at + line.along * begin + normal * 0.5, line.at + line.along * end + normal * 0.5};
    if (measure(*frame, normal, std::max(6.0, seen.px(kReachAcross)), edge)) seen.open_edges.push_back(edge);
  }
}

}  // namespace nakawari
