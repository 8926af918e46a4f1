/// \file
/// From line art to strokes: every line once, junctions shared, widths kept.
#pragma once

#include "base/result.h"
#include "drawing/drawing.h"
#include "image/line_image.h"

namespace nakawari {

/// How well the strokes explain the source; computed by drawing them again.
struct TraceReport {
  double f1_1px = 0;                         ///< F1 at 1 px of re-rendered against source 2-value lines
  double unexplained = 0;                    ///< share of the source's ink farther than 1 px from ours
  double invented = 0;                       ///< share of our ink farther than 1 px from the source's
  int regions_source = 0, regions_ours = 0;  ///< closed paper regions above 10 px
  bool rough = false;                        ///< looks like a pencil rough rather than clean lines
};

/// Traces all inks together, so that a change of colour is a node.
///
/// A pencil rough is traced by its ridges, and the report says `rough`: its figures then compare the strokes
/// with the ridges. Errors: bad_input for a picture without size, or with more ink than paper by far. An
/// empty page gives a drawing without strokes. Cost: about 0.2 s at 1920x1080 on one core, linear in pixels
/// plus ink. Source: distance-ordered homotopic thinning (Pudney 1998); junction blobs by overlapping maximal
/// discs and continuation pairing after Noris et al. 2013; departures in docs/trace.md.
Result<Drawing> trace(const LineImage& lines, TraceReport* report = nullptr);

}  // namespace nakawari
