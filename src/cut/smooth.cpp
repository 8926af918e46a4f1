#include "cut/smooth.h"

#include <algorithm>

namespace nakawari {
namespace {

/// Weights are in 1/256 of a pixel.
constexpr int kOne = 256;

/// A picture seen along rows or along columns, so that one pass serves both directions.
struct View {
  const Raster& from;
  bool columns;
  [[nodiscard]] int length() const { return columns ? from.height : from.width; }
  [[nodiscard]] int lines() const { return columns ? from.width : from.height; }
  [[nodiscard]] std::size_t index(int along, int line) const {
    return columns ? from.index(line, along) : from.index(along, line);
  }
  [[nodiscard]] Rgba8 at(int along, int line) const { return from.data[index(along, line)]; }
};

/// What a pixel takes from its neighbour across an edge.
struct Blend {
  std::int32_t neighbour = -1;
  std::int32_t weight = 0;
};

/// Which way the edge between two lines goes on at an end of a run of it.
enum class Step { none, up, down };

/// The edge between `line` and `line + 1` runs over [from, to). At an end, the edge steps up (towards `line`)
/// when the lower colour goes on in the upper line, and down when the upper colour goes on in the lower line.
Step step_at(const View& view, int along, int line, Rgba8 upper, Rgba8 lower) {
  if (along < 0 || along >= view.length()) return Step::none;
  const Rgba8 a = view.at(along, line), b = view.at(along, line + 1);
  if (a == lower && b == lower) return Step::up;
  if (a == upper && b == upper) return Step::down;
  return Step::none;
}

void take(std::vector<Blend>& blends, std::size_t pixel, std::size_t neighbour, int weight) {
  if (weight > blends[pixel].weight) blends[pixel] = {static_cast<std::int32_t>(neighbour), weight};
}

/// Half of a stair: the straight edge rises from the middle of the run to half a pixel at the end that steps.
/// `end` is the pixel at the stepping end, walked for `half` half-pixels inwards.
void soften_half(const View& view, std::vector<Blend>& blends, int line, int end, int direction, int half,
                 Step step) {
  for (int i = 0; 2 * i < half; ++i) {
    // Mean height of the edge over pixel i: from (1 - 2i/half)/2 to (1 - 2(i+1)/half)/2, cut at 0.
    const int near = kOne * (half - 2 * i) / (2 * half);
    const int far = std::max(0, kOne * (half - 2 * i - 2) / (2 * half));
    const int share = 2 * i + 2 <= half ? kOne : kOne / 2;  // an odd middle pixel is crossed by half
    const int weight = (near + far) / 2 * share / kOne;
    const std::size_t upper = view.index(end + direction * i, line),
                      lower = view.index(end + direction * i, line + 1);
    if (step == Step::up) take(blends, upper, lower, weight);
    if (step == Step::down) take(blends, lower, upper, weight);
  }
}

void find_stairs(const View& view, std::vector<Blend>& blends) {
  for (int line = 0; line + 1 < view.lines(); ++line) {
    for (int from = 0; from < view.length();) {
      const Rgba8 upper = view.at(from, line), lower = view.at(from, line + 1);
      if (upper == lower) {
        ++from;
        continue;
      }
      int to = from + 1;
      while (to < view.length() && view.at(to, line) == upper && view.at(to, line + 1) == lower) ++to;
      const int run = to - from;
      const Step before = step_at(view, from - 1, line, upper, lower);
      const Step after = step_at(view, to, line, upper, lower);
      if (run <= kLongestStair) {
        // Stepping at both ends, each half of the run belongs to its own end; at one, the whole run does.
        const int half = before != Step::none && after != Step::none ? run : 2 * run;
        if (before != Step::none) soften_half(view, blends, line, from, 1, half, before);
        if (after != Step::none) soften_half(view, blends, line, to - 1, -1, half, after);
      }
      from = to;
    }
  }
}

/// A channel mixed with alpha as weight; `whole` is the sum of the two weights.
std::uint8_t mixed(int a, int weight_a, int b, int weight_b, int whole) {
  if (whole == 0) return 0;
  return static_cast<std::uint8_t>((a * weight_a + b * weight_b + whole / 2) / whole);
}

Rgba8 blend(Rgba8 a, Rgba8 b, int weight) {
  const int weight_a = a.a * (kOne - weight), weight_b = b.a * weight, whole = weight_a + weight_b;
  return {mixed(a.r, weight_a, b.r, weight_b, whole), mixed(a.g, weight_a, b.g, weight_b, whole),
          mixed(a.b, weight_a, b.b, weight_b, whole), static_cast<std::uint8_t>((whole + kOne / 2) / kOne)};
}

}  // namespace

Raster smoothed(const Raster& cel) {
  std::vector<Blend> blends(cel.data.size());
  find_stairs({cel, false}, blends);
  find_stairs({cel, true}, blends);
  Raster soft = cel;
  for (std::size_t i = 0; i < blends.size(); ++i)
    if (blends[i].weight > 0)
      soft.data[i] =
          blend(cel.data[i], cel.data[static_cast<std::size_t>(blends[i].neighbour)], blends[i].weight);
  return soft;
}

}  // namespace nakawari
