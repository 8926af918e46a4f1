/// \file
/// What `nakawari paint --keep` leaves for the next run: the styles of every drawing. A run with the same
/// lines, references and styles colours them anew, in whichever palette, and matches nothing.
#pragma once

#include <string>

#include "base/result.h"
#include "paint/paint.h"

namespace nakawari {

struct KeptPaint {
  PaintResult result;    ///< pictures, regions and judgements; of `PaintedDrawing` nothing else when kept
  bool matched = false;  ///< false: everything came from the folder
};

/// paint(), with the styles kept in `folder`, a file for each drawing. The job has a colour model and no
/// fixes. `program` names the bytes of the program: another one may give other styles. Errors: those of
/// paint(); the folder cannot be written.
Result<KeptPaint> paint_and_keep(const PaintJob& job, const PaintOptions& options, const std::string& folder,
                                 const std::string& program);

}  // namespace nakawari
