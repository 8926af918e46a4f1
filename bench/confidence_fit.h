/// \file
/// Fits how the painter weighs its evidence to regions of which the truth is known.
#pragma once

#include <string>
#include <vector>

#include "bench/paint_table.h"

namespace nakawari::bench {

/// The weights (src/paint/confidence.cpp) by logistic regression over the regions of ours, every protocol
/// with equal weight, moved so that `margin` stands for the chance `sure`; and what one margin gives for each
/// protocol when every sequence is judged by weights that were fitted without it.
std::string confidence_fit_text(const std::vector<PaintOutcome>& outcomes);

}  // namespace nakawari::bench
