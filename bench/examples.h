/// \file
/// The example cuts against the drawings that their script kept as truth.
#pragma once

#include <string>

#include "base/result.h"

namespace nakawari::bench {

/// A table: per example and cel, the means over the drawings of truth/CEL/line and truth/CEL/paint beside
/// what a build left in out/CEL. A drawing that is not there counts as an empty page. Errors: not_found when
/// no example has truth, bad_input for a picture that cannot be read.
Result<std::string> examples_text(const std::string& folder);

}  // namespace nakawari::bench
