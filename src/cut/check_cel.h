/// \file
/// Checks of one cel, for the check of a cut and for the build's verdicts. Internal to both.
#pragma once

#include "cut/check_cut.h"
#include "cut/load_cut.h"
#include "cut/steps.h"

namespace nakawari {

/// Where a check finds what it looks at.
struct CheckSource {
  const LoadedCut& cut;
  StepLog& log;  ///< tells which strokes of the cache are still good
};

/// Adds a cel's drawings and findings to `check`; in-betweens that are not made yet are told in its notes.
Result<void> check_cel(Disk& disk, CheckSource& source, const CheckCutOptions& options, const LoadedCel& cel,
                       CutCheck& check);

}  // namespace nakawari
