/// \file
/// One drawing of a sequence as the paint benchmark sees it: the lines that are given, and how it is painted
/// in truth.
#pragma once

#include "base/result.h"
#include "bench/peers.h"
#include "bench/sequence.h"
#include "image/components.h"
#include "image/grid.h"

namespace nakawari::bench {

/// Where the regions come from: the drawing's own lines, or the sequence's list of regions (what is outside
/// all of them is line), so that no leak is counted.
enum class RegionSource { lines, given };

/// With two-tone shadows the shadow's border is a blue trace line and its dark side has the label's shade.
enum class Tones { flat, shadows };

struct PaintFrame {
  Raster lines;    ///< black lines, blue trace lines
  Raster painted;  ///< truth: main lines black, trace lines in the shadow's colour, clear ground
  Grey grey;       ///< of `lines`
  Mask trace;      ///< empty without trace lines
  Components regions;
};

Result<PaintFrame> read_paint_frame(const Sequence& sequence, int number, LineSource source,
                                    RegionSource regions, Tones tones);

}  // namespace nakawari::bench
