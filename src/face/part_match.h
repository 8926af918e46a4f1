/// \file
/// Finds the lines of one drawing of a face part in another drawing of it. Parts are small, their drawings
/// change shape far more than they move (a lid comes down over an iris that stays), and there is no
/// background to hold on to: so this matches by a soft assignment under a deformation that starts affine and
/// grows freer, instead of by match()'s search for rigid motions. Lines keep their ink, and thick lines look
/// for thick ones.
///
/// Source: robust point matching with softassign (Chui and Rangarajan 2003), smoothness along strokes instead
/// of a spline; samples in order by dynamic programming at the end.
#pragma once

#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// The samples of a part as matching and blending use them: about 2 px apart.
SampleGraph part_graph(const Drawing& drawing);

/// Both directions, by index of the samples of part_graph(a) and part_graph(b).
/// Cost: about 50 ms for an eye of 30 strokes.
Correspondence match_parts(const SampleGraph& a, const SampleGraph& b);

}  // namespace nakawari
