/// \file
/// Which lines are seen at t. A line seen in both keys is always drawn. A run of a line that only one key
/// shows is being covered, uncovered, born or dying: it is drawn while its own key is the nearer one. Both
/// keys' versions of a place are never shown together, and nothing fades.
///
/// Retracting such runs along their length was tried and measured: the same F1, fewer closed regions.
#pragma once

#include <cstdint>
#include <vector>

#include "inbetween/blend.h"
#include "match/sample_graph.h"

namespace nakawari {

/// A run of consecutive samples of one stroke that is drawn at t.
struct Run {
  bool first_key = true;
  StrokeId stroke = -1;
  std::int32_t begin = 0, end = 0;  ///< samples [begin, end) of that key
};

/// The drawn runs, A's first, in the order of strokes.
std::vector<Run> visible_runs(const SampleGraph& a, const SampleGraph& b, const BlendGraph& graph, double t,
                              double page_scale);

}  // namespace nakawari
