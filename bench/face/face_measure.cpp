#include "bench/face/face_measure.h"

#include <algorithm>
#include <cmath>

#include "image/distance.h"

namespace nakawari::bench {
namespace {

// Room (px) around the lines within which the nearest pixel is known; what lies farther out asks the edge.
constexpr double kRoom = 24;

/// The nearest of a set of line pixels, by a picture of them.
class Nearest {
 public:
  explicit Nearest(const PartLines& lines) {
    Vec2 low = lines.front(), high = low;
    for (const Vec2 p : lines) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    corner_ = {std::floor(low.x - kRoom), std::floor(low.y - kRoom)};
    Mask mask(static_cast<int>(high.x - corner_.x + kRoom) + 1,
              static_cast<int>(high.y - corner_.y + kRoom) + 1, 0);
    for (const Vec2 p : lines) mask(static_cast<int>(p.x - corner_.x), static_cast<int>(p.y - corner_.y)) = 1;
    pixels_ = nearest_pixels(mask);
  }

  [[nodiscard]] Vec2 to(Vec2 p) const {
    const auto& index = pixels_.index;
    const int x = std::clamp(static_cast<int>(std::floor(p.x - corner_.x)), 0, index.width - 1);
    const int y = std::clamp(static_cast<int>(std::floor(p.y - corner_.y)), 0, index.height - 1);
    const std::int32_t k = index(x, y);
    return corner_ + Vec2{k % index.width + 0.5, k / index.width + 0.5};
  }

 private:
  Vec2 corner_;
  NearestPixels pixels_;
};

double mean_distance(const PartLines& from, const Nearest& to) {
  double sum = 0;
  for (const Vec2 p : from) sum += distance(p, to.to(p));
  return sum / static_cast<double>(from.size());
}

Vec2 middle(const PartLines& lines) {
  Vec2 sum;
  for (const Vec2 p : lines) sum += p;
  return sum / static_cast<double>(lines.size());
}

/// Shift, turn and size that lay `lines` over `truth`: nearest points and a fit, a few times.
PartLines aligned(const Nearest& truth, PartLines lines) {
  for (int round = 0; round < 12; ++round) {
    Vec2 a_mean, b_mean;
    std::vector<Vec2> partner;
    for (const Vec2 p : lines) {
      const Vec2 best = truth.to(p);
      partner.push_back(best);
      a_mean += p / static_cast<double>(lines.size());
      b_mean += best / static_cast<double>(lines.size());
    }
    double real = 0, imaginary = 0, size = 0;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const Vec2 a = lines[i] - a_mean, b = partner[i] - b_mean;
      real += dot(a, b);
      imaginary += cross(a, b);
      size += length_squared(a);
    }
    if (size <= 0) break;
    real /= size;
    imaginary /= size;
    for (Vec2& p : lines) {
      const Vec2 a = p - a_mean;
      p = b_mean + Vec2{real * a.x - imaginary * a.y, imaginary * a.x + real * a.y};
    }
  }
  return lines;
}

double quantile(std::vector<double> values, double share) {
  const auto k = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(k), values.end());
  return values[k];
}

}  // namespace

PartLines part_lines(const Raster& picture, const Mask& inside) {
  PartLines lines;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const Rgba8 p = picture(x, y);
      if (inside(x, y) != 0 && p.a != 0 && std::min({p.r, p.g, p.b}) < 128)
        lines.push_back({x + 0.5, y + 0.5});
    }
  return lines;
}

PartError compare_lines(const PartLines& truth, const PartLines& ours) {
  const Nearest nearest(truth);
  const auto both_ways = [&](const PartLines& lines) {
    return 0.5 * (mean_distance(truth, Nearest(lines)) + mean_distance(lines, nearest));
  };
  PartError error;
  error.pcd = both_ways(ours);
  error.pos = distance(middle(truth), middle(ours));
  error.shape = both_ways(aligned(nearest, ours));
  return error;
}

PartShape shape_of(const PartLines& lines) {
  PartShape shape;
  std::vector<double> xs, ys;
  for (const Vec2 p : lines) {
    xs.push_back(p.x);
    ys.push_back(p.y);
  }
  const double left = quantile(xs, 0.01), right = quantile(xs, 0.99);
  shape.width = right - left;
  shape.height = quantile(ys, 0.99) - quantile(ys, 0.01);
  const Vec2 m = middle(lines);
  shape.x = m.x;
  shape.y = m.y;
  double xx = 0, xy = 0, inner = 0, outer = 0, in = 0, out = 0;
  for (const Vec2 p : lines) {
    xx += (p.x - m.x) * (p.x - m.x);
    xy += (p.x - m.x) * (p.y - m.y);
    const bool centre = std::abs(p.x - 0.5 * (left + right)) < shape.width / 6;
    (centre ? inner : outer) += p.y;
    (centre ? in : out) += 1;
  }
  if (xx > 0) shape.slope = std::atan2(xy, xx);
  if (in > 0 && out > 0) shape.bow = inner / in - outer / out;
  return shape;
}

std::vector<double> numbers(const PartShape& s) {
  // The slope as the rise over the part's width, so that all are px.
  return {s.height, s.width, s.x, s.y, std::tan(s.slope) * s.width, s.bow};
}

double epe(const std::vector<double>& truth, const std::vector<double>& ours,
           const std::vector<double>& range, double least) {
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    if (range[i] < least) continue;
    sum += std::pow((ours[i] - truth[i]) / range[i], 2);
    count += 1;
  }
  return count > 0 ? std::sqrt(sum / count) : 0;
}

}  // namespace nakawari::bench
