/// \file
/// Pictures of findings, to look at: what stands before, the drawing, what stands after, enlarged.
#pragma once

#include <string>

#include "check/finding.h"
#include "series.h"

namespace nakawari::bench {

/// Writes `folder`/CHECK-WINDOW-DRAWING-X-Y.png: three crops around the finding, lines above, paint below.
Result<void> write_finding(const std::string& folder, const Window& window, const Finding& finding);

}  // namespace nakawari::bench
