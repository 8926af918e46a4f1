/// \file
/// The first answer in paint: one in-between painted from its two keys as they are painted now, while the
/// build has yet to paint the whole cel; and, at once, only what a correction of its paint touches.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "cut/fixes_file.h"
#include "cut/load_cut.h"
#include "desk/redraw.h"
#include "image/grid.h"
#include "paint/colour_model.h"

namespace nakawari {

/// A key as it is seen on the desk.
struct PaintedKey {
  std::shared_ptr<const Raster> lines, paint;
};

/// Everything that the paint of one in-between depends on; owns or shares all of it, so that no lock is held
/// while it is painted.
struct FirstPaint {
  std::shared_ptr<const ReadyPair> pair;
  LoadedDrawing drawing;
  PaintedKey a, b;
  std::shared_ptr<const Raster> lines;  ///< of the in-between as they are seen; null: drawn anew
  ColourModel model;                    ///< may be empty
  std::string variant;
  std::vector<Fix> fixes;  ///< of the cel; those of other drawings do not count here
};

/// The painted in-between. What it shares with its keys it has from them along the lines; gaps, trace lines
/// and styles are as the fixes say. Cost: that of `paint` for three drawings, about half a second at
/// 1920x1080. Errors: those of Inbetweener::at and of `paint`.
Result<Raster> first_paint(const FirstPaint& input, Threads threads);

/// `now`, the painted in-between as it is seen, with the regions (or the trace line) anew that `fix` points
/// at: the painter on the part of the page that they and their places in the keys take. What the fix does
/// elsewhere is the build's. `input.fixes` holds the fix, or no longer. Cost: a tenth of a second for what an
/// arm takes up. Errors: as above; not_found when the fix points at nothing.
Result<Raster> first_paint_at(const FirstPaint& input, const Raster& now, const Fix& fix, Threads threads);

}  // namespace nakawari
