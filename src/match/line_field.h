/// \file
/// How far it is from any place to the nearest line that runs in a given direction: the score on which
/// motion is searched. Direction matters: a line may lie near a place and still not be the one.
/// Source: oriented chamfer distances as in Shotton et al. 2008, on a grid coarser than the pixels.
#pragma once

#include <cstdint>
#include <vector>

#include "match/sample_graph.h"

namespace nakawari {

class LineField {
 public:
  static constexpr int kDirections =
      12;                           ///< over half a turn; a line also counts for the bins beside its own
  static constexpr int kKinds = 2;  ///< main lines, and trace lines of any colour: one is never the other

  /// `reach`: distances are cut off here, px. `cell`: grid size, px.
  LineField(const SampleGraph& graph, int width, int height, double cell, double reach);

  /// The distances of one row of cells; without cells where it lies off the page.
  class Row {
   public:
    /// sums[i] += weight * distance at xs[i] + by. As many sums as xs.
    void add(const std::vector<float>& xs, float by, float weight, std::vector<float>& sums) const;

   private:
    friend class LineField;
    Row(const LineField& field, const std::uint8_t* cells) : field_(&field), cells_(cells) {}
    const LineField* field_;
    const std::uint8_t* cells_;
  };
  [[nodiscard]] Row row(float y, int bin) const {
    const int cy = static_cast<int>(y * inverse_cell_) + margin_;
    if (cy < 0 || cy >= rows_) return {*this, nullptr};
    return {*this, values_.data() + (static_cast<std::size_t>(bin) * rows_ + cy) * columns_};
  }
  /// Distance in px, at most `reach`.
  [[nodiscard]] float distance(float x, float y, int bin) const {
    const int cx = static_cast<int>(x * inverse_cell_) + margin_,
              cy = static_cast<int>(y * inverse_cell_) + margin_;
    if (cx < 0 || cy < 0 || cx >= columns_ || cy >= rows_) return reach_;
    return values_[(static_cast<std::size_t>(bin) * rows_ + cy) * columns_ + cx] * step_;
  }
  /// Direction in radians, any range; half turns are equal.
  [[nodiscard]] static int bin(double radians, bool trace_line);
  [[nodiscard]] float reach() const { return reach_; }

 private:
  float inverse_cell_, reach_, step_;
  int margin_, columns_, rows_;
  std::vector<std::uint8_t> values_;
};

}  // namespace nakawari
