/// \file
/// The measures of in-betweens: one definition each, as the project's page of measures has them. Units are
/// pixels of the picture; a picture is compared with the truth of the same size.
#pragma once

#include <cstdint>
#include <vector>

#include "geometry/vec2.h"
#include "image/components.h"
#include "image/grid.h"

namespace nakawari::bench {

/// Regions of the truth up to this size (px) are left out of region survival.
inline constexpr int kSmallRegion = 50;
/// A line pixel within this distance (px) of the other drawing's line is found.
inline constexpr double kLineTolerance = 2;
/// A free end of ours within this distance (px) of a free end of the truth is the same end. Wider than
/// kLineTolerance: where a line ends is less exact than where it runs.
inline constexpr double kEndTolerance = 8;
/// A drawing is good from here on (verdict honesty, corrections).
inline constexpr double kGoodF1 = 0.85;
inline constexpr double kGoodSurvival = 0.95;

/// What is measured on one picture alone. Cost: about 0.1 s at 1024x1024.
struct Measured {
  Mask wide;  ///< every pixel that is not quite paper (grey < 0.99 * 255): the line of CD
  Mask core;  ///< at least half ink
  Mask thin;  ///< `core` thinned to one pixel
  Grid<float> to_wide, to_thin;
  double wide_count = 0, thin_count = 0;
  Components regions;      ///< four-connected, of all pixels outside `core`
  std::vector<Vec2> ends;  ///< free ends of `thin`, pixel coordinates
};

/// Clear pixels count as paper.
Measured measured(const Raster& picture);

struct Score {
  double cd = 0;   ///< as AnimeInbet's program prints it, not yet times 1e5
  double msd = 0;  ///< px
  double precision = 0, recall = 0, f1 = 0;
  double survival = 1;       ///< share of the truth's closed regions above kSmallRegion
  double leak = 0;           ///< share of their area that lies in a region of ours that is mainly another one
  double loose_ends = 0;     ///< free ends of ours that the truth does not have
  double line_quantity = 1;  ///< thinned length of ours over the truth's
  double misplaced = 0;      ///< px of thinned line, missing and too much together

  [[nodiscard]] bool good() const { return f1 >= kGoodF1 && survival >= kGoodSurvival; }
};

/// Both of the same size (checked). Empty drawings: D is the picture's diagonal, two empty ones agree.
Score compare(const Measured& truth, const Measured& ours);

/// By how many whole pixels (x, y) ours has to be moved to lie on the truth best, at most `reach` each way.
Vec2 best_shift(const Measured& truth, const Measured& ours, int reach = 48);
/// The picture moved by whole pixels; paper comes in.
Raster shifted(const Raster& picture, Vec2 by);

/// Free ends of a one-pixel skeleton: pixels with one neighbour, or with two that touch each other.
std::vector<Vec2> free_ends(const Mask& thin);

/// How a labelling agrees with the truth's: pixels of 0 lie on lines and are not counted.
struct RegionAgreement {
  double survival = 1;
  double leak = 0;
  int regions = 0;  ///< that were asked for
};
RegionAgreement region_agreement(const Components& truth, const Components& ours);

}  // namespace nakawari::bench
