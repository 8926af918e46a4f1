/// \file
/// The report as a step of the build. Internal to the build.
#pragma once

#include "base/result.h"
#include "cut/build_state.h"

namespace nakawari {

inline constexpr const char* kReportPage = "out/report/index.html";

/// Writes out/report/ from what was made.
Result<void> build_report(BuildState& state, const CutSummary& summary, const BuildCost& cost);

}  // namespace nakawari
