/// \file
/// What the steps of the painter cost, on pages of 1920x1080.
#pragma once

#include <string>

#include "base/parallel.h"
#include "base/result.h"
#include "bench/sequence.h"

namespace nakawari::bench {

/// At most `most` drawings of a sequence, each in the middle of a page of 1920x1080, first and last painted:
/// regions of a drawing, registration of a pair (dense motion; lines traced and matched), the joint solution
/// of all, and one more fix solved (of a style; a wall across a region), with the pictures that it changes.
/// Medians of several; the solutions also on the clock, on `threads`, the rest on one.
Result<std::string> paint_times_text(const Sequence& sequence, int most, Threads threads);

}  // namespace nakawari::bench
