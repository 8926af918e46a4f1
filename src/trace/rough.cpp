#include "trace/rough.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "image/components.h"
#include "image/distance.h"

namespace nakawari::tracing {
namespace {

/// Where more than this share of the inked pixels is neither paper nor full ink, lines are thin or pencil;
/// they are pencil when more than `kStrayShare` of the ink is farther than `kFringe` pixels from half ink.
constexpr double kRoughShare = 0.8, kStrayShare = 0.15;
constexpr float kFringe = 2.5F;
/// Paper is as dark as this share of the pixels of a square of this side, between squares by interpolation.
constexpr double kPaperShare = 0.5;
constexpr int kSquare = 48;
/// Half widths of pencil lines, in pixels.
constexpr std::array<double, 3> kScales{1.2, 1.8, 2.7};
/// A ridge is strong above this share of the strength that the strongest have (95 of 100), and goes on above
/// the lower one. Below the least strength everything is grain.
constexpr double kStrong = 0.5, kWeak = 0.22;
constexpr float kGrain = 0.03F;
/// Lines with fewer pixels are specks, paper with no more is a pore of the grain.
constexpr int kSpeck = 24, kPore = 8;

/// Median-like tone of the paper in squares, smooth between their middles.
Grid<float> paper_tone(const Grid<std::uint8_t>& coverage) {
  const int across = (coverage.width + kSquare - 1) / kSquare,
            down = (coverage.height + kSquare - 1) / kSquare;
  Grid<float> squares(across, down, 0);
  for (int v = 0; v < down; ++v)
    for (int u = 0; u < across; ++u) {
      std::array<int, 256> count{};
      int total = 0;
      for (int y = v * kSquare; y < std::min(coverage.height, (v + 1) * kSquare); ++y)
        for (int x = u * kSquare; x < std::min(coverage.width, (u + 1) * kSquare); ++x, ++total)
          ++count[coverage(x, y)];
      int seen = 0, tone = 0;
      while (seen + count[static_cast<std::size_t>(tone)] < kPaperShare * total)
        seen += count[static_cast<std::size_t>(tone++)];
      squares(u, v) = static_cast<float>(tone);
    }
  Grid<float> tone(coverage.width, coverage.height, 0);
  const auto place = [](int x, int count) {
    const float at =
        std::clamp((static_cast<float>(x) + 0.5F) / kSquare - 0.5F, 0.0F, static_cast<float>(count - 1));
    const int low = std::min(static_cast<int>(at), std::max(0, count - 2));
    return std::pair{low, at - static_cast<float>(low)};
  };
  for (int y = 0; y < tone.height; ++y) {
    const auto [v, fv] = place(y, down);
    const int below = std::min(v + 1, down - 1);
    for (int x = 0; x < tone.width; ++x) {
      const auto [u, fu] = place(x, across);
      const int right = std::min(u + 1, across - 1);
      const float top = squares(u, v) * (1 - fu) + squares(right, v) * fu;
      const float bottom = squares(u, below) * (1 - fu) + squares(right, below) * fu;
      tone(x, y) = top * (1 - fv) + bottom * fv;
    }
  }
  return tone;
}

/// Gaussian blur; the page goes on beyond its edge as at the edge.
Grid<float> blurred(const Grid<float>& in, double sigma) {
  const int reach = static_cast<int>(std::ceil(3 * sigma));
  std::vector<float> weights;
  float total = 0;
  for (int i = -reach; i <= reach; ++i) {
    weights.push_back(static_cast<float>(std::exp(-0.5 * i * i / (sigma * sigma))));
    total += weights.back();
  }
  for (float& w : weights) w /= total;
  Grid<float> across(in.width, in.height, 0), out(in.width, in.height, 0);
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x) {
      float sum = 0;
      for (int i = -reach; i <= reach; ++i)
        sum += weights[static_cast<std::size_t>(i + reach)] * in(std::clamp(x + i, 0, in.width - 1), y);
      across(x, y) = sum;
    }
  for (int y = 0; y < in.height; ++y)
    for (int i = -reach; i <= reach; ++i) {
      const float w = weights[static_cast<std::size_t>(i + reach)];
      const float* row = &across.data[across.index(0, std::clamp(y + i, 0, in.height - 1))];
      float* to = &out.data[out.index(0, y)];
      for (int x = 0; x < in.width; ++x) to[x] += w * row[x];
    }
  return out;
}

/// Adds the ridges of one scale: how strongly darkness falls off across the line, less what it does along it.
void add_ridges(const Grid<float>& ink, double sigma, Grid<float>& strength) {
  const Grid<float> soft = blurred(ink, sigma);
  const auto norm = static_cast<float>(sigma * sigma);
  for (int y = 1; y + 1 < ink.height; ++y)
    for (int x = 1; x + 1 < ink.width; ++x) {
      const float xx = soft(x + 1, y) - 2 * soft(x, y) + soft(x - 1, y);
      const float yy = soft(x, y + 1) - 2 * soft(x, y) + soft(x, y - 1);
      const float xy =
          (soft(x + 1, y + 1) - soft(x + 1, y - 1) - soft(x - 1, y + 1) + soft(x - 1, y - 1)) / 4;
      const float middle = (xx + yy) / 2, spread = std::sqrt((xx - yy) * (xx - yy) / 4 + xy * xy);
      const float over = -(middle - spread), along = std::abs(middle + spread);
      strength(x, y) = std::max(strength(x, y), norm * (over - along / 2));
    }
}

/// Drops components of a mask with at most `most` pixels.
void drop_small(Mask& mask, Connectivity connectivity, int most) {
  const Components parts = connected_components(mask, connectivity);
  for (std::size_t i = 0; i < mask.data.size(); ++i) {
    const std::int32_t label = parts.label.data[i];
    if (label > 0 && parts.components[static_cast<std::size_t>(label - 1)].area <= most) mask.data[i] = 0;
  }
}

/// Pixels above `low` that hang together with one above `high`.
Mask hysteresis(const Grid<float>& strength, float low, float high) {
  Mask mask(strength.width, strength.height, 0);
  for (std::size_t i = 0; i < mask.data.size(); ++i) mask.data[i] = strength.data[i] > low;
  const Components parts = connected_components(mask, Connectivity::eight);
  std::vector<bool> strong(parts.components.size(), false);
  for (std::size_t i = 0; i < mask.data.size(); ++i)
    if (mask.data[i] && strength.data[i] > high)
      strong[static_cast<std::size_t>(parts.label.data[i] - 1)] = true;
  for (std::size_t i = 0; i < mask.data.size(); ++i)
    if (mask.data[i] && !strong[static_cast<std::size_t>(parts.label.data[i] - 1)]) mask.data[i] = 0;
  return mask;
}

/// The strength that only one in twenty of the ridge pixels exceeds.
float strong_ridge(const Grid<float>& strength) {
  std::vector<float> all;
  for (const float s : strength.data)
    if (s > kGrain) all.push_back(s);
  if (all.empty()) return 0;
  const auto place = all.begin() + static_cast<long>(all.size() * 19 / 20);
  std::nth_element(all.begin(), place, all.end());
  return *place;
}

}  // namespace

bool looks_rough(const LineImage& lines) {
  std::size_t ink = 0, grey = 0, stray = 0;
  for (const std::uint8_t c : lines.coverage.data) {
    ink += c > 0;
    grey += c > 0 && c < 230;
  }
  if (ink == 0 || static_cast<double>(grey) <= kRoughShare * static_cast<double>(ink)) return false;
  const Grid<float> far = distance_to(core_mask(lines));
  for (std::size_t i = 0; i < far.data.size(); ++i)
    stray += lines.coverage.data[i] > 0 && far.data[i] > kFringe;
  return static_cast<double>(stray) > kStrayShare * static_cast<double>(ink);
}

LineImage ridge_lines(const LineImage& rough) {
  const Grid<float> paper = paper_tone(rough.coverage);
  Grid<float> ink(rough.width(), rough.height(), 0), strength(rough.width(), rough.height(), 0);
  for (std::size_t i = 0; i < ink.data.size(); ++i)
    ink.data[i] =
        std::max(0.0F, static_cast<float>(rough.coverage.data[i]) - paper.data[i]) / (256 - paper.data[i]);
  for (const double sigma : kScales) add_ridges(ink, sigma, strength);
  const float strong = strong_ridge(strength);
  Mask mask = hysteresis(strength, std::max(kGrain, static_cast<float>(kWeak) * strong),
                         std::max(kGrain, static_cast<float>(kStrong) * strong));
  drop_small(mask, Connectivity::eight, kSpeck);
  for (std::uint8_t& m : mask.data) m = m ? 0 : 1;
  drop_small(mask, Connectivity::four, kPore);
  LineImage lines;
  lines.coverage = Grid<std::uint8_t>(rough.width(), rough.height(), 0);
  lines.ink = Grid<Ink>(rough.width(), rough.height(), Ink::none);
  lines.transparent_paper = rough.transparent_paper;
  for (std::size_t i = 0; i < mask.data.size(); ++i) {
    if (mask.data[i]) continue;
    lines.coverage.data[i] = 255;
    lines.ink.data[i] = rough.ink.data[i] == Ink::none ? Ink::black : rough.ink.data[i];
  }
  return lines;
}

}  // namespace nakawari::tracing
