/// \file
/// A colour model taken from a picture that a person painted: a colour model sheet, or a painted cel.
#pragma once

#include "base/report.h"
#include "base/result.h"
#include "image/grid.h"
#include "paint/colour_model.h"

namespace nakawari {

/// Every colour that fills some place of the picture becomes a style, the largest first: a place of at least
/// 3 x 3 px, so that blends at anti-aliased edges are none.
///
/// A colour of `known` keeps its id, name, part and role, and colours that the picture lacks stay in the
/// model; new ones get the next free ids. New styles are named after their colour ("light orange"). Roles
/// come from what lies beside what with no line between: the darker of two alike is the shadow of the
/// lighter, its shadow in turn shadow2; a much smaller lighter one is a highlight; thin black is the line. A
/// role is a guess: each is noted, to be looked at.
///
/// Notes: "taken" (one a new style); "white" (places of exactly 255,255,255 between lines are paper: what is
/// white there is painted near-white); "near-white" (a colour that a person may take for paper); "trace-ink",
/// "check-colour" (left out).
/// Errors: bad_input: no colour fills anything; more than 4096 colours do (a photograph).
/// Cost: linear in pixels.
Result<ColourModel> model_from_picture(const Raster& picture, const ColourModel& known,
                                       const std::string& file, Report& notes);

}  // namespace nakawari
