/// \file
/// From beliefs to painted regions: which style, how sure, asked or not; and the pixels of a drawing.
#pragma once

#include <string>
#include <vector>

#include "paint/crop.h"
#include "paint/references.h"
#include "paint/solve.h"

namespace nakawari {

/// Puts fixes of styles into a problem; the ids of those that fit no region any more are returned.
std::vector<std::string> fix_styles(const std::vector<StyleFix>& fixes,
                                    const std::vector<std::shared_ptr<const RegionMap>>& maps,
                                    const std::vector<StyleId>& styles, const PaintPage& page,
                                    std::vector<std::vector<int>>& fixed);

/// The regions of a drawing as they will be painted.
std::vector<PaintedRegion> decide(const PaintJob& job, const LabelProblem& problem,
                                  const LabelSolution& solution, const std::vector<StyleId>& styles,
                                  const RegionMap& map, int drawing, double margin);

/// Pinholes that no person meant and nobody can click: of made drawings between their own lines up to 8 px,
/// of hand-drawn ones the grain of a pencil line up to 3 px. One of at most `largest` px whose likeliest
/// style is that of a region beside it that is sure is painted without asking.
inline constexpr int kMadePinhole = 8, kPencilGrain = 3;
void trust_pinholes(const RegionMap& map, int largest, std::vector<PaintedRegion>& regions);

/// The likeliest label; -1 where nothing is known.
int best_label(const std::vector<float>& belief);

/// Per drawing: whether a person painted it.
std::vector<bool> painted_drawings(const PaintJob& job);

/// Colours of the pixels: regions by style, main lines as they were, walls as the region beside them.
void fill(const PaintDrawing& drawing, const ColourModel& model, const std::string& variant,
          PaintedDrawing& out);

/// Reasons worst first: the larger the open region the worse.
Judgement judge(const PaintedDrawing& drawing);

}  // namespace nakawari
