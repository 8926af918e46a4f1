/// \file
/// Fail thresholds that depend on the style or on the drawing: the checks judge by them, the seeded-fault
/// program plants by them.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "check/context.h"

namespace nakawari {

/// Fewer approved strokes than this say nothing of a class.
inline constexpr int kLeastStrokes = 12;

/// Line width, px off the approved median: the largest of the noise of stroke means (docs/check.md: four
/// standard deviations), five median deviations, 20 %. Negative without enough approved strokes.
inline double width_fail(const CheckContext& context, const Seen& seen, StrokeClass kind) {
  const Figure* figure = context.profile.find(std::string("width.") + word(kind), kLeastStrokes);
  if (!figure) return -1;
  const double rescale = seen.scale / context.profile.scale;
  const double floor = seen.kind == LineKind::two_value ? 0.25 : 0.05;
  return std::max({floor, 5 * figure->mad * rescale, 0.20 * figure->median * rescale});
}

/// Tremble of a line, px RMS: what pixels cannot show, 2.5 times the approved median, five median deviations
/// above it, 2.5 times what the same line has beside it in time (`beside`, below 0: unknown).
inline double boil_fail(const CheckContext& context, const Seen& seen, StrokeClass kind, double beside) {
  double fail = std::max(seen.kind == LineKind::two_value ? 0.80 : 0.40, 2.5 * std::max(0.0, beside));
  const Figure* figure = context.profile.find(std::string("roughness.") + word(kind), kLeastStrokes);
  const double rescale = seen.scale / context.profile.scale;
  if (figure)
    fail = std::max({fail, 2.5 * figure->median * rescale, (figure->median + 5 * figure->mad) * rescale});
  return fail;
}

/// Area off the middle of the neighbours, as a share: 20 % (8 % for irises and highlights, which are rigid),
/// or what a 2-value outline of this many pixels strays by (0.8 px each, five deviations), or three times
/// what the neighbours differ by (`moving`), or three times what four fifths of the shapes of this
/// drawing change by at most (`restless`).
inline double area_fail(double middle, int outline, double moving, double restless, bool rigid) {
  const double noise = 5 * 0.8 * std::sqrt(static_cast<double>(outline)) / middle;
  return std::max({rigid ? 0.08 : 0.20, noise, 3 * moving + 0.04, 3 * restless});
}

/// How far a drawing as a whole lies beside its place between its neighbours, px; nothing without two of
/// them.
std::optional<Vec2> whole_shift(const CheckContext& context, int drawing);

/// Length of line that fails as missing, px: 50 at 1920, or 2.5 times the longest line that comes and goes on
/// both drawings beside this one.
double missing_fail(const CheckContext& context, int drawing);

/// Median of `name` over `n` free ends against the approved: `least`, or five standard errors of a median.
/// Negative without enough approved ends.
inline double taper_fail(const CheckContext& context, const char* name, int n, double least) {
  constexpr int kLeastEnds = 6;
  const Figure* figure = context.profile.find(name, kLeastEnds);
  if (!figure || n < kLeastEnds) return -1;
  return std::max(least, 5 * 1.25 * 1.4826 * figure->mad / std::sqrt(n));
}

}  // namespace nakawari
