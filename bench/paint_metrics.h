/// \file
/// The measures of paint. A region is right when its colour equals the truth's exactly; lines are not
/// counted; a clear pixel is background.
#pragma once

#include <vector>

#include "image/components.h"
#include "image/grid.h"

namespace nakawari::bench {

/// Regions above this size (px) count for Acc-Thres.
inline constexpr int kTinyRegion = 10;

/// A painted drawing with its truth: shares in 0..1, one drawing or a mean of drawings.
struct PaintScore {
  double drawings = 0;
  double acc = 0, acc_thres = 0, pix_acc = 0, pix_f_acc = 0, pix_b_miou = 0;
  double impure = 0;       ///< share of region pixels that differ from the colour of most of their region
  double covered = 1;      ///< share of regions painted without asking
  double precision = 1;    ///< share right among them
  double corrections = 0;  ///< regions to click until all are right
};

/// The regions of a line drawing: four-connected, outside `line`.
Components regions_outside(const Mask& line);

/// truth, ours: painted pictures of the size of `regions`; each region has the colour that most of its pixels
/// have. asked: pixels left to a person, nonzero; empty for none. A region is asked for when most of its
/// pixels are.
PaintScore score_paint(const Components& regions, const Raster& truth, const Raster& ours,
                       const Mask& asked = {});

/// Mean over drawings.
PaintScore mean(const std::vector<PaintScore>& scores);

/// The colour of most pixels of each region, in the order of the components. Clear pixels are one colour;
/// ties go to the smaller value, so that the answer is the same everywhere.
std::vector<Rgba8> majority_colours(const Components& regions, const Raster& picture);

}  // namespace nakawari::bench
