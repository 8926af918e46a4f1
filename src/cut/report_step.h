/// \file
/// Writes out/report/: the page as a step like every other, what was spent beside it. Internal to the build.
#pragma once

#include "cut/build_state.h"

namespace nakawari {

inline constexpr const char* kReportPage = "out/report/index.html";

/// kReportPage, after the frames (their small pictures make the film).
Result<void> build_report(BuildState& state, const CutSummary& summary);

/// out/report/cost.js; the step log does not know it, since no step depends on it.
Result<void> write_cost(BuildState& state, const BuildCost& cost);

}  // namespace nakawari
