/// \file
/// A drawing as the eye takes it in before any line is compared: the regions between its lines, which of them
/// lie on the two sides of every sample, and a picture for dense motion. A line is known by what it bounds.
#pragma once

#include <vector>

#include "drawing/drawing.h"
#include "match/affinity.h"
#include "match/flow.h"
#include "match/regions.h"
#include "match/sample_graph.h"

namespace nakawari {

struct View {
  double cell = 1;  ///< page px per pixel of the picture that all members but the sides are measured on
  RegionMap map;
  FlowImage flow;
  std::vector<std::int32_t> left, right;  ///< region beside each sample, seen along its tangent; -1 unknown
  std::vector<std::int32_t> colour;       ///< of each region where the artist painted both drawings, else -1
};

/// Cost: linear in the pixels of a 1024 px page, whatever the page; about 60 ms.
View view_of(const Drawing& drawing, const SampleGraph& graph);

/// Takes the colours of regions from the artist's painted pictures of both drawings. A colour that one of the
/// two lacks says nothing. Cost: linear in the pixels of the views.
void colour_regions(View& a, const Raster& painted_a, View& b, const Raster& painted_b);

/// How likely two samples of two drawings bound the same regions on both sides.
class Sides {
 public:
  /// Knows no regions: everything is as likely as not.
  Sides() = default;
  /// `out` carries `here` to `there`, `back` the other way, in pixels of the views.
  Sides(const View& here, const View& there, const Motion& out, const Motion& back);
  /// Compares the regions again after another motion.
  void update(const Motion& out, const Motion& back);

  /// 0..1; `same`: the two tangents point the same way along the line.
  [[nodiscard]] float like(std::int32_t here, std::int32_t there, bool same) const {
    if (likeness_.empty()) return 0.5F;
    const std::int32_t left = same ? there_->left[there] : there_->right[there];
    const std::int32_t right = same ? there_->right[there] : there_->left[there];
    return 0.5F * (region(here_->left[here], left) + region(here_->right[here], right));
  }
  /// Likelihood that two regions show the same thing; a half when one is not known.
  [[nodiscard]] float region(std::int32_t here, std::int32_t there) const {
    if (here < 0 || there < 0) return 0.5F;
    return likeness_[static_cast<std::size_t>(here) * columns_ + there];
  }
  /// Whether the page's open ground lies beside a sample of `here`: the outline, which slides over what
  /// turns.
  [[nodiscard]] bool outer(std::int32_t sample) const {
    if (here_ == nullptr) return false;
    const auto open = [&](std::int32_t r) { return r >= 0 && here_->map.regions[r].touches_edge; };
    return open(here_->left[sample]) || open(here_->right[sample]);
  }
  /// The same seen from the other drawing.
  [[nodiscard]] Sides reversed() const;

 private:
  Sides(const View* here, const View* there) : here_(here), there_(there) {}
  void hear_colours();
  const View* here_ = nullptr;
  const View* there_ = nullptr;
  std::size_t columns_ = 0;
  std::vector<float> likeness_;  // [region here][region there]
};

}  // namespace nakawari
