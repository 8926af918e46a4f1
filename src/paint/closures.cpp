#include "paint/closures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "image/components.h"

namespace nakawari {
namespace {

constexpr std::array<std::pair<int, int>, 8> kAround{
    {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}}};

/// A line shorter than this is dust, or a spur of the thinning.
constexpr int kShortest = 6;
/// The tangent is that of so many pixels before the end.
constexpr int kTangent = 12;

/// Walks from an end along the thinned line, at most `steps` pixels, to the first fork.
std::vector<std::pair<int, int>> walk(const Mask& thin, int x, int y, int steps) {
  std::vector<std::pair<int, int>> path{{x, y}};
  int from_x = -9, from_y = -9;
  while (static_cast<int>(path.size()) <= steps) {
    std::vector<std::pair<int, int>> next;
    for (const auto& [dx, dy] : kAround) {
      const int u = x + dx, v = y + dy;
      if (!thin.contains(u, v) || thin(u, v) == 0 || (u == from_x && v == from_y)) continue;
      // A neighbour of where we came from is no new way.
      if (path.size() > 1 && std::abs(u - from_x) <= 1 && std::abs(v - from_y) <= 1) continue;
      next.push_back({u, v});
    }
    if (next.size() != 1) break;
    from_x = x;
    from_y = y;
    std::tie(x, y) = next.front();
    path.push_back({x, y});
  }
  return path;
}

/// Pixels of the side of a wall that begins at (x, y), at most `most`.
int side_area(const Mask& blocked, int x, int y, int most) {
  std::vector<std::int32_t> open{static_cast<std::int32_t>(blocked.index(x, y))}, seen = open;
  while (!open.empty() && static_cast<int>(seen.size()) < most) {
    const std::int32_t at = open.back();
    open.pop_back();
    const int u = at % blocked.width, v = at / blocked.width;
    for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
      if (!blocked.contains(u + dx, v + dy) || blocked(u + dx, v + dy) != 0) continue;
      const auto next = static_cast<std::int32_t>(blocked.index(u + dx, v + dy));
      if (std::find(seen.begin(), seen.end(), next) != seen.end()) continue;
      seen.push_back(next);
      open.push_back(next);
    }
  }
  return static_cast<int>(seen.size());
}

/// A wall that cuts a sliver off closes nothing that a painter would see.
bool silly(Mask& ink, const Closure& closure) {
  constexpr int kSliver = 20;
  std::vector<std::int32_t> added;
  for (const std::int32_t at : closure.wall) {
    const int x = at % ink.width, y = at / ink.width;
    for (const int dx : {0, 1}) {
      if (!ink.contains(x + dx, y) || ink(x + dx, y) != 0) continue;
      ink(x + dx, y) = 1;
      added.push_back(static_cast<std::int32_t>(ink.index(x + dx, y)));
    }
  }
  bool found = false;
  const std::int32_t middle = closure.wall[closure.wall.size() / 2];
  const int x = middle % ink.width, y = middle / ink.width;
  for (int dy = -2; dy <= 2 && !found; ++dy) {
    for (int dx = -2; dx <= 3 && !found; ++dx) {
      if (ink.contains(x + dx, y + dy) && ink(x + dx, y + dy) == 0)
        found = side_area(ink, x + dx, y + dy, kSliver + 1) <= kSliver;
    }
  }
  for (const std::int32_t at : added) ink.data[at] = 0;
  return found;
}

/// The first ink that the tangent, or one a little beside it, meets.
Closure extension_of(const Mask& ink, const LineEnd& end, double reach) {
  Closure best;
  for (const double degrees : {0.0, 12.0, -12.0, 24.0, -24.0}) {
    const double angle = degrees * std::numbers::pi / 180;
    const Vec2 ray = rotated(end.tangent, angle);
    bool outside = false;
    for (double d = 0.5; d <= reach + 2; d += 0.5) {
      const Vec2 p = end.at + ray * d;
      const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
      if (!ink.contains(x, y)) break;
      if (ink(x, y) == 0) {
        outside = true;
        continue;
      }
      if (!outside) continue;
      const auto wall = wall_between(ink, end.at, p);
      if (!wall.empty()) best = {ClosureKind::extension, end.at, p, wall, std::cos(2 * angle)};
      break;
    }
    if (!best.wall.empty()) break;
  }
  return best;
}

/// The nearest ink to a point within a few pixels, else the point.
Vec2 led_to_ink(const LineImage& lines, Vec2 at) {
  constexpr int kShort = 12;
  const int x = static_cast<int>(std::floor(at.x)), y = static_cast<int>(std::floor(at.y));
  Vec2 best = at;
  int nearest = kShort * kShort + 1;
  for (int dy = -kShort; dy <= kShort; ++dy) {
    for (int dx = -kShort; dx <= kShort; ++dx) {
      const int away = dx * dx + dy * dy;
      if (away >= nearest || !lines.coverage.contains(x + dx, y + dy) || lines.coverage(x + dx, y + dy) == 0)
        continue;
      nearest = away;
      best = {x + dx + 0.5, y + dy + 0.5};
    }
  }
  return best;
}

}  // namespace

std::vector<LineEnd> line_ends(const Mask& ink) {
  const Mask thin = thinned(ink);
  std::vector<LineEnd> ends;
  for (int y = 1; y + 1 < thin.height; ++y) {
    for (int x = 1; x + 1 < thin.width; ++x) {
      if (thin(x, y) == 0) continue;
      int neighbours = 0, turns = 0;
      for (std::size_t k = 0; k < kAround.size(); ++k) {
        const auto [dx, dy] = kAround[k];
        const auto [ex, ey] = kAround[(k + 1) % kAround.size()];
        neighbours += thin(x + dx, y + dy) != 0;
        turns += thin(x + dx, y + dy) == 0 && thin(x + ex, y + ey) != 0;
      }
      if (neighbours == 0 || turns != 1 || neighbours > 2) continue;
      const auto path = walk(thin, x, y, kTangent);
      if (static_cast<int>(path.size()) < kShortest) continue;
      const auto [bx, by] = path.back();
      const Vec2 back{static_cast<double>(x - bx), static_cast<double>(y - by)};
      const double size = std::sqrt(length_squared(back));
      if (size < kShortest / 2.0) continue;
      LineEnd end;
      end.tangent = back * (1 / size);
      // Thinning wears ends off: go on to the last pixel of ink.
      Vec2 at{x + 0.5, y + 0.5};
      for (Vec2 p = at; ink.contains(static_cast<int>(p.x), static_cast<int>(p.y)) &&
                        ink(static_cast<int>(p.x), static_cast<int>(p.y)) != 0;
           p += end.tangent * 0.5)
        at = p;
      end.at = at;
      end.x = static_cast<int>(at.x);
      end.y = static_cast<int>(at.y);
      ends.push_back(end);
    }
  }
  return ends;
}

std::vector<Closure> closure_candidates(const LineImage& lines, const ClosureOptions& options) {
  // Ends look at each other when neither tangent is farther than this from the way between them.
  constexpr double kCone = 0.6;  // cosine, about 53 degrees
  Mask ink = barrier_mask(lines);
  const std::vector<LineEnd> ends = line_ends(ink);
  std::vector<Closure> found;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    Closure best;
    for (std::size_t j = 0; j < ends.size(); ++j) {
      if (i == j) continue;
      const Vec2 across = ends[j].at - ends[i].at;
      const double gap = std::sqrt(length_squared(across));
      if (gap > options.reach || gap <= 0) continue;
      // Ends that nearly touch look nowhere in particular.
      const double near = std::max(0.0, 1 - gap / 3);
      const double mine = std::max(near, dot(ends[i].tangent, across) / gap);
      const double theirs = std::max(near, -dot(ends[j].tangent, across) / gap);
      if (mine < kCone || theirs < kCone) continue;
      const double score = mine * theirs * (1 - 0.5 * gap / options.reach);
      if (score <= best.score) continue;
      auto wall = wall_between(ink, ends[i].at, ends[j].at);
      if (!wall.empty()) best = {ClosureKind::bridge, ends[i].at, ends[j].at, std::move(wall), score};
    }
    if (best.wall.empty()) best = extension_of(ink, ends[i], options.reach);
    if (best.wall.empty() || silly(ink, best)) continue;
    const bool known = std::any_of(found.begin(), found.end(), [&](const Closure& c) {
      return length_squared(c.from - best.to) < 1 && length_squared(c.to - best.from) < 1;
    });
    if (!known) found.push_back(std::move(best));
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Closure& a, const Closure& b) { return a.wall.size() < b.wall.size(); });
  return found;
}

std::vector<std::int32_t> wall_between(const Mask& ink, Vec2 from, Vec2 to) {
  std::vector<std::int32_t> pixels;
  const int steps = std::max(
      1, static_cast<int>(std::ceil(2 * std::max(std::abs(to.x - from.x), std::abs(to.y - from.y)))));
  bool left = false;
  for (int k = 0; k <= steps; ++k) {
    const Vec2 p = from + (to - from) * (static_cast<double>(k) / steps);
    const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
    if (!ink.contains(x, y)) return {};
    const auto at = static_cast<std::int32_t>(ink.index(x, y));
    if (ink(x, y) != 0) {
      left = !pixels.empty();
      continue;
    }
    if (left) return {};
    if (pixels.empty() || pixels.back() != at) pixels.push_back(at);
  }
  return pixels;
}

Closure closure_along(const LineImage& lines, const std::vector<Vec2>& drawn) {
  Closure closure;
  closure.kind = ClosureKind::person;
  closure.score = 1;
  if (drawn.empty()) return closure;
  std::vector<Vec2> path{led_to_ink(lines, drawn.front())};
  path.insert(path.end(), drawn.begin(), drawn.end());
  path.push_back(led_to_ink(lines, drawn.back()));
  closure.from = drawn.front();
  closure.to = drawn.back();
  for (std::size_t k = 1; k < path.size(); ++k) {
    const Vec2 step = path[k] - path[k - 1];
    const int steps = std::max(1, static_cast<int>(2 * std::max(std::abs(step.x), std::abs(step.y))));
    for (int s = 0; s <= steps; ++s) {
      const Vec2 p = path[k - 1] + step * (static_cast<double>(s) / steps);
      const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
      if (!lines.coverage.contains(x, y) || lines.coverage(x, y) != 0) continue;
      const auto at = static_cast<std::int32_t>(lines.coverage.index(x, y));
      if (closure.wall.empty() || closure.wall.back() != at) closure.wall.push_back(at);
    }
  }
  return closure;
}

void build_wall(const Closure& closure, Mask& walls) {
  for (const std::int32_t at : closure.wall) walls.data[at] = 1;
}

double distance_to(const Closure& closure, Vec2 point) {
  const Vec2 along = closure.to - closure.from;
  const double size = length_squared(along);
  const double t = size > 0 ? std::clamp(dot(point - closure.from, along) / size, 0.0, 1.0) : 0;
  return std::sqrt(length_squared(point - (closure.from + along * t)));
}

}  // namespace nakawari
