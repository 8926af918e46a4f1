/// \file
/// Gaps planted in clean lines: how much of the paint runs out, by the size of the gap.
#pragma once

#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "bench/sequence.h"

namespace nakawari::bench {

/// A pixel of a main line.
bool dark(Rgba8 c);

enum class GapPlace {
  straight,  ///< where a line runs straight, far from junctions
  bent,      ///< where it does not: at bends and junctions
};

/// Opens the lines of a picture over `size` pixels at up to `places` places where two large regions of
/// different colours meet; the same places for every size. Returns how many were opened.
int plant_gaps(Raster& lines, const Raster& painted, int size, int places, GapPlace place);

/// One size of gap, summed over drawings.
struct GapOutcome {
  GapPlace place = GapPlace::straight;
  int size = 0;  ///< px; 0 = the clean drawing
  double drawings = 0, gaps = 0;
  double impure = 0;  ///< px in a region of ours that is mostly of another colour by truth
  double pixels = 0;  ///< px in regions
};

/// Every `stride`-th pair of neighbouring drawings, the first painted: the second with gaps of every size.
Result<std::vector<GapOutcome>> run_gap_table(const Sequence& sequence, int stride, Threads threads);

std::string gap_text(const std::vector<GapOutcome>& outcomes);

}  // namespace nakawari::bench
