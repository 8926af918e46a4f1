/// \file
/// Trace lines: how many take the right colour. The drawings' lines with the borders of their shadows as blue
/// lines, which a painter paints over in the colour of the shadow.
#pragma once

#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "bench/sequence.h"

namespace nakawari::bench {

/// A component: connected trace pixels that have one colour by truth. It is right when most of its pixels
/// are.
struct TraceOutcome {
  std::string sequence;
  double drawings = 0;
  double components = 0, right = 0;
  double large = 0, large_right = 0;  ///< components above kTinyRegion
  double pixels = 0, pixels_right = 0;
};

/// Which regions are known before the lines are painted.
enum class TraceProtocol {
  own,       ///< all of the drawing itself: the rule for lines alone
  previous,  ///< those of the drawing before it: end to end
};

/// Every `stride`-th drawing, from 2-value lines. Without `shade` and `shadowline` nothing is measured.
Result<TraceOutcome> run_trace_table(const Sequence& sequence, TraceProtocol protocol, int stride,
                                     Threads threads);

std::string trace_text(const std::vector<std::pair<TraceProtocol, TraceOutcome>>& outcomes);

}  // namespace nakawari::bench
