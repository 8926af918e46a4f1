/// \file
/// Which of the artist's drawings make up a mixture, and how much of each.
///
/// The weights are barycentric in the Delaunay simplex of the samples around the point: at a sample that
/// sample alone, between two samples on their line linear, never outside their hull (no extrapolation). The
/// simplex is found as the vertex of a small linear programme, so that the space may have any number of
/// dimensions and the samples may stand anywhere (Fukuda 2004: the lower hull of the lifted points).
#pragma once

#include <vector>

#include "face/expression_sheet.h"

namespace nakawari {

/// Weights of the samples at a point.
///
/// samples: places, all of one dimension; point: of the same. The weights are >= 0 and sum to 1; those below
/// 1e-9 are 0. Empty when the point lies outside the hull of the samples (by more than 1e-7).
/// Cost: a simplex method with dimension + 1 rows; microseconds for a dozen samples.
std::vector<double> barycentric(const std::vector<std::vector<double>>& samples,
                                const std::vector<double>& point);

/// What a mixture means for one group of parts.
struct GroupWeights {
  std::vector<double> weights;  ///< per sample of the sheet, sum 1
  /// The share of the emotions that was kept: 1, or less where the mixture lies outside the drawings and
  /// gave way to what is over it (a blink over a smile), or was drawn back to the hull.
  double kept = 1;
  bool outside = false;  ///< no drawing covers the mixture even after emotions gave way
};

/// The weights of all samples for one group.
///
/// Only samples that touch the group count, only in the parameters in which those differ. Where blink, mouth
/// or gaze and an emotion meet and no drawing shows both, the emotion gives way on this group. What lies
/// outside the drawings then is drawn back toward the neutral one.
GroupWeights group_weights(const ExpressionSheet& sheet, const std::string& group, const Mixture& mixture);

/// The mixture after the emotions' overriding rules (FaceParameter::mutes), and with blinks that nobody drew
/// half way laid toward the open eye (ExpressionSheet::half_blink).
Mixture after_mutes(const ExpressionSheet& sheet, const Mixture& mixture);

}  // namespace nakawari
