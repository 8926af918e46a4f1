/// \file
/// How well strokes explain the lines they were traced from.
#pragma once

#include "trace/trace.h"

namespace nakawari::tracing {

/// Compares two 2-value pictures of the same size: the source's lines and ours drawn again.
/// Cost: linear in pixels.
TraceReport compare_lines(const Mask& source, const Mask& ours);

}  // namespace nakawari::tracing
