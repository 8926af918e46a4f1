/// \file
/// A simulated painter who clicks what is wrong until every region is right. Each click is solved through the
/// whole cel, and a drawing that is right is approved, so that what one click says need not be said again.
#pragma once

#include <vector>

#include "base/result.h"
#include "bench/paint_frame.h"
#include "paint/painter.h"

namespace nakawari::bench {

/// The picture with the likeliest style also where the painter asks; kCheckColour where it knows none.
Raster best_guess(const nakawari::Painter& painter, const PaintedDrawing& made);

/// Corrects the drawings that have a truth one after the other, each from its largest wrong region down, and
/// approves each (fixes every region of it) before the next. painter: solved without fixes. truth: per
/// drawing of its job; nullptr for what a person painted. Returns the clicks per drawing, -1 for those
/// without a truth. A region that a click cannot mend (its colour is in no painted drawing, or it runs into
/// another one) costs its click and is left.
/// Errors: those of solving. Cost: a solution of the cel a click.
Result<std::vector<int>> clicks_until_right(nakawari::Painter& painter,
                                            const std::vector<const PaintFrame*>& truth);

}  // namespace nakawari::bench
