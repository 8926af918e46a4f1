/// \file
/// Which lines are seen at t. A line seen in both keys is always drawn. A run of a line that only one key
/// shows is being covered, uncovered, born or dying: it retracts towards, or grows from, the place where it
/// joins what is seen in both keys, and ends on a line that crosses it there, since that is the edge that
/// covers it. Both keys' versions of a place are never shown together, and nothing fades.
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
  std::int32_t begin = 0, end = 0;          ///< samples [begin, end) of that key
  bool cut_begin = false, cut_end = false;  ///< ends short of the stroke's own end or of what it joins
  Vec2 begin_at, end_at;                    ///< where exactly it ends, when cut
};

/// The drawn runs, A's first, in the order of strokes. `position`: one per blend point at this t.
std::vector<Run> visible_runs(const SampleGraph& a, const SampleGraph& b, const BlendGraph& graph,
                              const std::vector<Vec2>& position, double t, double page_scale);

}  // namespace nakawari
