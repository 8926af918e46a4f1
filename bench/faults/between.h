/// \file
/// In-betweens of the program in the place of a sequence's own drawings.
#pragma once

#include <optional>

#include "base/verdict.h"
#include "series.h"

namespace nakawari::bench {

struct Made {
  CheckInput input;  ///< painted as the drawing whose place it takes
  Verdict verdict = Verdict::draw;
};

/// The drawing in the middle between the two beside `middle`, made from these, painted by truth. Nothing when
/// the program makes none.
std::optional<Made> made_between(const Window& window, int middle);

}  // namespace nakawari::bench
