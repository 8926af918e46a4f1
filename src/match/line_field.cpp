#include "match/line_field.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "image/distance.h"

namespace nakawari {
namespace {

// A line counts for bins up to this far from its own direction: hand-drawn lines turn between drawings.
constexpr int kNeighbourBins = 1;

}  // namespace

int LineField::bin(double radians, bool trace_line) {
  const double turn = radians / std::numbers::pi;
  const double part = turn - std::floor(turn);
  return std::min(kDirections - 1, static_cast<int>(part * kDirections)) + (trace_line ? kDirections : 0);
}

LineField::LineField(const SampleGraph& graph, int width, int height, double cell, double reach)
    : inverse_cell_(static_cast<float>(1 / cell)),
      reach_(static_cast<float>(reach)),
      step_(static_cast<float>(reach / 255)),
      margin_(static_cast<int>(reach / cell) + 1) {
  columns_ = static_cast<int>(width / cell) + 1 + 2 * margin_;
  rows_ = static_cast<int>(height / cell) + 1 + 2 * margin_;
  const std::size_t cells = static_cast<std::size_t>(rows_) * columns_;
  values_.assign(kKinds * kDirections * cells, 255);

  std::vector<Mask> lines(kKinds * kDirections, Mask(columns_, rows_));
  std::vector<bool> empty(lines.size(), true);
  for (const Sample& sample : graph.samples) {
    const int x = static_cast<int>(std::floor(sample.position.x / cell)) + margin_;
    const int y = static_cast<int>(std::floor(sample.position.y / cell)) + margin_;
    if (x < 0 || y < 0 || x >= columns_ || y >= rows_) continue;
    const int own = bin(std::atan2(sample.tangent.y, sample.tangent.x), false);
    for (int d = -kNeighbourBins; d <= kNeighbourBins; ++d) {
      const int layer = (own + d + kDirections) % kDirections + (sample.trace_line() ? kDirections : 0);
      lines[layer](x, y) = 1;
      empty[layer] = false;
    }
  }
  for (std::size_t layer = 0; layer < lines.size(); ++layer) {
    if (empty[layer]) continue;
    const Grid<float> far = distance_to(lines[layer]);
    std::uint8_t* out = values_.data() + layer * cells;
    for (std::size_t i = 0; i < far.data.size(); ++i)
      out[i] = static_cast<std::uint8_t>(
          std::min(255.0, std::min<double>(far.data[i] * cell, reach) / reach * 255 + 0.5));
  }
}

void LineField::Row::add(const std::vector<float>& xs, float by, float weight,
                         std::vector<float>& sums) const {
  constexpr std::size_t kAtOnce = 16;  // cells are found by vector instructions, distances one by one
  const float beyond = weight * field_->reach_, step = field_->step_, inverse = field_->inverse_cell_;
  const auto columns = static_cast<unsigned>(field_->columns_);
  const int margin = field_->margin_;
  for (std::size_t begin = 0; begin < xs.size(); begin += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, xs.size() - begin);
    std::array<int, kAtOnce> cell;
    for (std::size_t i = 0; i < count; ++i)
      cell[i] = static_cast<int>((xs[begin + i] + by) * inverse) + margin;
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = static_cast<unsigned>(cell[i]);
      sums[begin + i] +=
          cells_ == nullptr || at >= columns ? beyond : weight * (static_cast<float>(cells_[at]) * step);
    }
  }
}

}  // namespace nakawari
