/// \file
/// The provenance sidecar of an in-between: which keys and fixes it was made from, and where each stroke
/// comes from. Internal to the build.
#pragma once

#include <string>

#include "base/result.h"
#include "cut/build_state.h"
#include "inbetween/inbetween.h"

namespace nakawari {

/// The text of out/provenance/NAME.json.
Result<std::string> inbetween_sidecar(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                                      const Inbetween& made);

}  // namespace nakawari
