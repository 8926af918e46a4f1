/// \file
/// Fixes of paint as the painter takes them.
#pragma once

#include "cut/fixes_file.h"
#include "paint/paint.h"

namespace nakawari {

/// Kinds that change what is painted.
bool of_paint(FixKind kind);

/// Adds a fix of paint as one of a job's `drawing`; false when the model has no such style.
bool add_paint_fix(const Fix& fix, int drawing, const ColourModel& model, PaintFixes& fixes);

}  // namespace nakawari
