/// \file
/// Checks of one cel, for the check of a cut and for the build's verdicts. Internal to both.
#pragma once

#include <vector>

#include "cut/check_cut.h"
#include "cut/load_cut.h"
#include "cut/steps.h"
#include "sheet/sheet.h"

namespace nakawari {

/// Where a check finds what it looks at.
struct CheckSource {
  const LoadedCut& cut;
  StepLog& log;  ///< tells which strokes of the cache are still good
  std::vector<SheetSpan> speech;
};

/// The speeches of the sheet; none when it cannot be read (load_cut has said so).
std::vector<SheetSpan> speeches(const Disk& disk, const LoadedCut& cut);

/// The style profile that cut.toml names for a cel (`profile` of the cel, else of [cut]), relative to the
/// cut; empty when it names none.
std::string profile_path(const Disk& disk, const LoadedCut& cut, const LoadedCel& cel);

/// Adds a cel's drawings and findings to `check`; in-betweens that are not made yet are told in its notes.
Result<void> check_cel(Disk& disk, CheckSource& source, const CheckCutOptions& options, const LoadedCel& cel,
                       CutCheck& check);

}  // namespace nakawari
