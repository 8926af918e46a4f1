/// \file
/// Outcomes of the in-between benchmark as tables for people and JSON for trends.
#pragma once

#include <string>
#include <vector>

#include "bench/between_table.h"

namespace nakawari::bench {

/// Means over drawings.
struct MeanScore {
  int drawings = 0;
  Score score;  ///< `survival` and `leak` are means of shares over drawings
  double good = 0;
  int failures = 0;
};
MeanScore mean_score(const std::vector<const Outcome*>& outcomes, Score Outcome::* which = &Outcome::score);

/// How far the verdict `pass` can be trusted.
struct Honesty {
  int drawings = 0;
  double coverage = 0;    ///< share of drawings that got `pass`
  double precision = 1;   ///< share of those that are good
  double good = 0;        ///< share of all drawings that are good
  double confidence = 0;  ///< mean
  double gap_error = 0;   ///< mean |confidence - good| over ten equal bins of confidence (calibration error)
};
Honesty honesty(const std::vector<const Outcome*>& outcomes);

double median(std::vector<double> values);
/// The value that `share` of the values do not exceed; 0 of none.
double percentile(std::vector<double> values, double share);

/// Per gap: a row per method over all sequences, those for tuning and those held out; then a row per sequence
/// of F1 and survival; then honesty and our times.
std::string table_text(const std::vector<Outcome>& outcomes);

/// The rows of table_text after the best whole-figure shift.
std::string placed_text(const std::vector<Outcome>& outcomes);

/// Comma-separated: per drawing of ours the truth and every figure of which its verdict is made, for
/// tools/fit_verdict.
std::string features_text(const std::vector<Outcome>& outcomes);

/// One JSON object: version, and means and drawings in the order of the outcomes.
std::string table_json(const std::vector<Outcome>& outcomes);

}  // namespace nakawari::bench
