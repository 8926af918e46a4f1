#include "bench/metrics.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/check.h"
#include "image/distance.h"

namespace nakawari::bench {
namespace {

double diagonal(const Mask& mask) {
  return std::hypot(mask.width, mask.height);
}

double count(const Mask& mask) {
  return static_cast<double>(
      std::count_if(mask.data.begin(), mask.data.end(), [](auto v) { return v != 0; }));
}

Mask outside(const Mask& mask) {
  Mask result(mask.width, mask.height);
  for (std::size_t i = 0; i < mask.data.size(); ++i) result.data[i] = mask.data[i] == 0;
  return result;
}

// Sum over `mask` of the distances, with the diagonal where there is nothing to be near to.
double distance_sum(const Mask& mask, const Grid<float>& distance, double empty) {
  double sum = 0;
  for (std::size_t i = 0; i < mask.data.size(); ++i)
    if (mask.data[i] != 0)
      sum += std::isfinite(distance.data[i]) ? static_cast<double>(distance.data[i]) : empty;
  return sum;
}

double count_within(const Mask& mask, const Grid<float>& distance, double radius) {
  double n = 0;
  for (std::size_t i = 0; i < mask.data.size(); ++i)
    if (mask.data[i] != 0 && static_cast<double>(distance.data[i]) <= radius) ++n;
  return n;
}

// Pixels shared by each pair of labels, keyed by truth * (labels of ours) + ours.
std::unordered_map<std::uint64_t, int> overlaps(const Grid<std::int32_t>& truth,
                                                const Grid<std::int32_t>& ours, std::uint64_t stride) {
  std::unordered_map<std::uint64_t, int> shared;
  std::uint64_t last = 0;
  int* last_count = nullptr;
  for (std::size_t i = 0; i < truth.data.size(); ++i) {
    if (truth.data[i] == 0 || ours.data[i] == 0) continue;
    const std::uint64_t key =
        static_cast<std::uint64_t>(truth.data[i]) * stride + static_cast<std::uint64_t>(ours.data[i]);
    if (last_count == nullptr || key != last) {
      last_count = &shared[key];
      last = key;
    }
    ++*last_count;
  }
  return shared;
}

// Free ends of ours that no free end of the truth answers; each answers once, nearest pairs first.
double loose_ends(const std::vector<Vec2>& truth, const std::vector<Vec2>& ours) {
  struct Pair {
    double distance;
    std::size_t truth, ours;
  };
  std::vector<Pair> pairs;
  for (std::size_t o = 0; o < ours.size(); ++o)
    for (std::size_t t = 0; t < truth.size(); ++t)
      if (const double d = distance(truth[t], ours[o]); d <= kEndTolerance) pairs.push_back({d, t, o});
  std::stable_sort(pairs.begin(), pairs.end(),
                   [](const Pair& a, const Pair& b) { return a.distance < b.distance; });
  std::vector<char> truth_used(truth.size()), ours_used(ours.size());
  double loose = static_cast<double>(ours.size());
  for (const Pair& pair : pairs) {
    if (truth_used[pair.truth] || ours_used[pair.ours]) continue;
    truth_used[pair.truth] = ours_used[pair.ours] = 1;
    --loose;
  }
  return loose;
}

}  // namespace

Measured measured(const Raster& picture) {
  Measured m;
  m.wide = Mask(picture.width, picture.height);
  m.core = m.wide;
  for (std::size_t i = 0; i < picture.data.size(); ++i) {
    // Over white paper. The weights go to blue, green, red in this order, as in the published program.
    const Rgba8 p = picture.data[i];
    const auto over_paper = [&](std::uint8_t c) { return (c * p.a + 255 * (255 - p.a)) / 255.0; };
    const double r = over_paper(p.r), g = over_paper(p.g), b = over_paper(p.b);
    m.wide.data[i] = 0.2989 * b + 0.587 * g + 0.114 * r < 0.99 * 255;
    // A pure trace ink has one empty channel, so its coverage is what is missing from the darkest one.
    m.core.data[i] = 255 - std::min({r, g, b}) >= 127.5;
  }
  m.thin = thinned(m.core);
  m.to_wide = distance_to(m.wide);
  m.to_thin = distance_to(m.thin);
  m.wide_count = count(m.wide);
  m.thin_count = count(m.thin);
  m.regions = connected_components(outside(m.core), Connectivity::four);
  m.ends = free_ends(m.thin);
  return m;
}

Score compare(const Measured& truth, const Measured& ours) {
  NAKAWARI_CHECK(truth.wide.width == ours.wide.width && truth.wide.height == ours.wide.height);
  const double d = diagonal(truth.wide);
  const double area = static_cast<double>(truth.wide.data.size());
  Score score;
  // The published program takes D = d where a mask is empty, also when both are.
  score.cd = 0.5 * (distance_sum(truth.wide, ours.to_wide, d) + distance_sum(ours.wide, truth.to_wide, d)) /
             (area * d);

  if (truth.thin_count > 0 && ours.thin_count > 0) {
    score.msd = 0.5 * (distance_sum(ours.thin, truth.to_thin, d) / ours.thin_count +
                       distance_sum(truth.thin, ours.to_thin, d) / truth.thin_count);
    const double right = count_within(ours.thin, truth.to_thin, kLineTolerance);
    const double found = count_within(truth.thin, ours.to_thin, kLineTolerance);
    score.precision = right / ours.thin_count;
    score.recall = found / truth.thin_count;
    const double sum = score.precision + score.recall;
    score.f1 = sum > 0 ? 2 * score.precision * score.recall / sum : 0;
    score.line_quantity = ours.thin_count / truth.thin_count;
    score.misplaced = (ours.thin_count - right) + (truth.thin_count - found);
  } else if (truth.thin_count == 0 && ours.thin_count == 0) {
    score.precision = score.recall = score.f1 = 1;
  } else {
    score.msd = d;
    score.line_quantity = truth.thin_count > 0 ? 0 : ours.thin_count;
    score.misplaced = ours.thin_count + truth.thin_count;
  }

  const RegionAgreement agreement = region_agreement(truth.regions, ours.regions);
  score.survival = agreement.survival;
  score.leak = agreement.leak;
  score.loose_ends = loose_ends(truth.ends, ours.ends);
  return score;
}

Vec2 best_shift(const Measured& truth, const Measured& ours, int reach) {
  constexpr int kEvery = 5, kCoarse = 4;
  constexpr float kFar = 12;
  std::vector<std::pair<int, int>> line;
  int seen = 0;
  for (int y = 0; y < ours.thin.height; ++y)
    for (int x = 0; x < ours.thin.width; ++x)
      if (ours.thin(x, y) != 0 && seen++ % kEvery == 0) line.emplace_back(x, y);
  const auto cost = [&](int dx, int dy) {
    double sum = 0;
    for (const auto& [x, y] : line)
      sum += truth.to_thin.contains(x + dx, y + dy) ? std::min(kFar, truth.to_thin(x + dx, y + dy)) : kFar;
    return sum;
  };
  int best_x = 0, best_y = 0;
  double best = cost(0, 0);
  const auto search = [&](int cx, int cy, int range, int step) {
    for (int dy = cy - range; dy <= cy + range; dy += step)
      for (int dx = cx - range; dx <= cx + range; dx += step)
        if (const double c = cost(dx, dy); c < best) {
          best = c;
          best_x = dx;
          best_y = dy;
        }
  };
  search(0, 0, reach, kCoarse);
  search(best_x, best_y, kCoarse, 1);
  return {static_cast<double>(best_x), static_cast<double>(best_y)};
}

Raster shifted(const Raster& picture, Vec2 by) {
  const int dx = static_cast<int>(by.x), dy = static_cast<int>(by.y);
  Raster result(picture.width, picture.height, kPaper);
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (result.contains(x + dx, y + dy)) result(x + dx, y + dy) = picture(x, y);
  return result;
}

std::vector<Vec2> free_ends(const Mask& thin) {
  // The eight neighbours in a ring; an end sees one run of them, one or two pixels long.
  constexpr int kRing[8][2] = {{1, 0}, {1, 1}, {0, 1}, {-1, 1}, {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
  std::vector<Vec2> ends;
  for (int y = 0; y < thin.height; ++y)
    for (int x = 0; x < thin.width; ++x) {
      if (thin(x, y) == 0) continue;
      bool on[8];
      int neighbours = 0, runs = 0;
      for (int k = 0; k < 8; ++k) {
        const int nx = x + kRing[k][0], ny = y + kRing[k][1];
        on[k] = thin.contains(nx, ny) && thin(nx, ny) != 0;
        neighbours += on[k];
      }
      for (int k = 0; k < 8; ++k) runs += on[k] && !on[(k + 7) % 8];
      // A line cut by the picture's edge is not loose.
      const bool at_edge = x < 2 || y < 2 || x >= thin.width - 2 || y >= thin.height - 2;
      if (!at_edge && runs == 1 && neighbours <= 2)
        ends.push_back({static_cast<double>(x), static_cast<double>(y)});
    }
  return ends;
}

RegionAgreement region_agreement(const Components& truth, const Components& ours) {
  const std::uint64_t stride = ours.components.size() + 1;
  const auto shared = overlaps(truth.label, ours.label, stride);
  // For each region of ours the truth region that fills most of it; for each of the truth the best IoU.
  std::vector<int> fill(ours.components.size() + 1), owner(ours.components.size() + 1);
  std::vector<double> best(truth.components.size() + 1);
  for (const auto& [key, pixels] : shared) {
    const std::size_t t = key / stride, o = key % stride;
    if (pixels > fill[o] || (pixels == fill[o] && static_cast<int>(t) < owner[o])) {
      fill[o] = pixels;
      owner[o] = static_cast<int>(t);
    }
    const double joined = truth.components[t - 1].area + ours.components[o - 1].area - pixels;
    best[t] = std::max(best[t], pixels / joined);
  }
  RegionAgreement result;
  double survived = 0, area = 0, leaked = 0;
  std::vector<char> asked(truth.components.size() + 1);
  for (std::size_t t = 1; t <= truth.components.size(); ++t) {
    const Component& region = truth.components[t - 1];
    if (region.touches_edge || region.area <= kSmallRegion) continue;
    asked[t] = 1;
    ++result.regions;
    survived += best[t] >= 0.5;
    area += region.area;
  }
  for (const auto& [key, pixels] : shared) {
    const std::size_t t = key / stride, o = key % stride;
    if (asked[t] && owner[o] != static_cast<int>(t)) leaked += pixels;
  }
  if (result.regions > 0) {
    result.survival = survived / result.regions;
    result.leak = leaked / area;
  }
  return result;
}

}  // namespace nakawari::bench
