/// \file
/// The paint of our own in-betweens: both keys are painted, the drawing between them is ours, and its truth
/// is the sequence's own drawing at that place.
#pragma once

#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "base/verdict.h"
#include "bench/paint_metrics.h"
#include "bench/sequence.h"

namespace nakawari::bench {

/// One in-between of ours, painted.
struct MadeOutcome {
  std::string sequence;
  int first = 0;                      ///< keys `first` and `first + 2`
  Verdict lines = Verdict::draw;      ///< of the in-between
  Verdict paint = Verdict::draw;      ///< of its paint
  PaintScore own = {}, truths = {};   ///< on our drawing's regions; on those of the truth
  std::vector<Raster> pictures = {};  ///< truth, ours; when wanted
};

/// Every `stride`-th pair of keys with one drawing between them, from 2-value lines. The colours of `flat`
/// run on below the truth's lines, so that a region of ours that lies over one has a true colour too.
Result<std::vector<MadeOutcome>> run_made_table(const Sequence& sequence, int stride, bool pictures,
                                                Threads threads);

std::string made_text(const std::vector<MadeOutcome>& outcomes);
/// The worst of those whose lines are `pass`: truth and ours.
Raster made_sheet(const std::vector<MadeOutcome>& outcomes, std::size_t most);

}  // namespace nakawari::bench
