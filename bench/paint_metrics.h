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

/// What the painter thought of a region above kTinyRegion, and whether it was right.
struct JudgedRegion {
  double confidence = 0;
  bool right = false;
  std::vector<double> signs = {};  ///< of its evidence, as the painter weighs them; empty without
};

/// A painted drawing with its truth: shares in 0..1, one drawing or a mean of drawings.
struct PaintScore {
  double drawings = 0;
  double acc = 0, acc_thres = 0, pix_acc = 0, pix_f_acc = 0, pix_b_miou = 0;
  double impure = 0;     ///< share of pixels of our regions that are not of most of the region's true colour
  double covered = 1;    ///< share of regions painted without asking
  double precision = 1;  ///< share right among them; of several drawings: over all their regions together
  double corrections = 0;  ///< regions that are wrong
  double clicks = -1;      ///< made until all are right (paint_clicks.h); -1 = not counted
  double large = 0, sure = 0, sure_right = 0;  ///< counts behind covered and precision
  std::vector<JudgedRegion> judged;            ///< ours only
  double trace = 0, trace_right = 0;           ///< trace-line components, and those recoloured as the truth
};

/// The regions of a line drawing: four-connected, outside `line`.
Components regions_outside(const Mask& line);

/// truth, ours: painted pictures of the size of `regions`; each region has the colour that most of its pixels
/// have. asked: pixels left to a person, nonzero; empty for none. A region is asked for when most of its
/// pixels are.
PaintScore score_paint(const Components& regions, const Raster& truth, const Raster& ours,
                       const Mask& asked = {});

/// Share of the pixels of `region` (0 = line, else our region) whose true colour is not that of most of their
/// region: what ran out through gaps.
double impure_share(const Grid<std::int32_t>& region, const Raster& truth);

/// Counts the eight-connected components of `trace` (nonzero = trace line) of which most pixels have the
/// truth's colour into `score`.
void score_trace(const Mask& trace, const Raster& truth, const Raster& ours, PaintScore& score);

/// One threshold of confidence for all regions, and the share of them that lies above it.
struct BestMargin {
  double margin = 1, covered = 0;
};

/// The lowest threshold above which `precision` of the regions are right.
BestMargin best_margin(std::vector<JudgedRegion> judged, double precision);

/// Mean over drawings; counts are summed, judged regions put together.
PaintScore mean(const std::vector<PaintScore>& scores);

/// The colour of most pixels of each region, in the order of the components. Clear pixels are one colour;
/// ties go to the smaller value, so that the answer is the same everywhere.
std::vector<Rgba8> majority_colours(const Components& regions, const Raster& picture);

}  // namespace nakawari::bench
