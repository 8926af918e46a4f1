/// \file
/// What a douga checker knows about faces, put into numbers: the iris goes down with the lid and shows no
/// white below itself that the artist's drawings do not show; the highlight is fixed in the iris; teeth
/// belong to the skull. Each rule moves samples of a blended group before it is drawn.
///
/// Source: research in docs/face.md (the trade's own teaching pages on mepachi and kuchipaku).
#pragma once

#include <vector>

#include "drawing/drawing.h"
#include "face/expression_sheet.h"
#include "face/part_blend.h"

namespace nakawari {

/// One of the artist's drawings that take part in a blend, with what its strokes are.
struct RuleSample {
  double weight = 0;
  const Drawing* drawing = nullptr;
  const std::vector<PartKind>* kinds = nullptr;  ///< per stroke
};

/// White between the iris and the lower lid, px, >= 0; negative when the drawing lacks one of the two.
double white_below(const Drawing& drawing, const std::vector<PartKind>& kinds);

/// Applies the rules to a blended group and draws its strokes anew. `kinds`: per stroke of the reference.
void apply_rules(BlendedPart& part, const std::vector<PartKind>& kinds,
                 const std::vector<RuleSample>& samples);

/// A glance that nobody drew: iris, pupil and highlights move as one piece and are cut at the lids. Only for
/// small ways: an eye that looks far aside changes its shape, which is the artist's to draw.
///
/// way: -1..1, right and down; 1 is kGlance of the opening's width or height.
/// Returns the move in px; zero, and nothing changed, when the eye has no iris or lids that enclose it.
Vec2 glance(BlendedPart& part, const std::vector<PartKind>& kinds, Vec2 way);
inline constexpr double kGlance = 0.12;

}  // namespace nakawari
