/// \file
/// Measures of single strokes. Internal to the checks.
#pragma once

#include <vector>

#include "check/look.h"

namespace nakawari {

/// Facts of every stroke of `seen` (strokes, graph and regions are there).
std::vector<StrokeFacts> stroke_facts(const Seen& seen);

/// Where a run of samples trembles most.
Vec2 roughest_place(const SampleGraph& graph, std::int32_t begin, std::int32_t end);

/// Strokes shorter than this are too short for a mean width: the noise of 2-value lines is 0.04 px on 60 px
/// (docs/check.md). Pixels, on pages of any size.
inline constexpr double kJudgedLength = 60;

}  // namespace nakawari
