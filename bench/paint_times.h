/// \file
/// What the steps of the painter cost, on pages of 1920x1080.
#pragma once

#include <string>

#include "base/parallel.h"
#include "base/result.h"
#include "bench/sequence.h"

namespace nakawari::bench {

/// At most `most` drawings of a sequence, each in the middle of a page of 1920x1080, first and last painted.
/// Of the first six: regions of a drawing; registration of a pair by dense motion, and by lines as a cel pays
/// for it (each drawing traced once, the pairs matched that the painter wants). Of all: what comes before the
/// first solution, the joint solution, and with the pictures that change one more fix of a style, and a wall
/// across a region (medians of five). Processor seconds of all threads together, and seconds on the clock.
Result<std::string> paint_times_text(const Sequence& sequence, int most, Threads threads);

}  // namespace nakawari::bench
