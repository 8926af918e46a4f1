/// \file
/// The measured style of a character, a series or an artist: for every figure its median, its median absolute
/// deviation and on how much it rests. Checks take their thresholds from it. As text it is TOML, sorted, so
/// that two styles can be compared line by line:
///
///   name = "hana"
///   drawings = 12
///   scale = 1.0                  # page width of the drawings / 1920
///
///   [figure]
///   "width.outline" = { median = 3.412, mad = 0.21, count = 148 }
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"

namespace nakawari {

/// A figure of a style. `mad` is scaled by nothing: the plain median of absolute deviations.
struct Figure {
  double median = 0, mad = 0;
  int count = 0;  ///< measurements that it rests on
  friend bool operator==(const Figure&, const Figure&) = default;
};

/// Raw measurements by name of figure; what a drawing contributes to a profile.
using Measurements = std::map<std::string, std::vector<double>>;

struct StyleProfile {
  std::string name;
  int drawings = 0;
  double scale = 1;                       ///< lengths hold on pages of this scale (1 = 1920 px wide)
  std::map<std::string, Figure> figures;  ///< "width.outline", "taper.tip", ...
  std::vector<std::string> colours;       ///< "#rrggbb" in order; the palette that the drawings use

  /// nullptr when there is none, or when it rests on fewer than `least` measurements.
  [[nodiscard]] const Figure* find(const std::string& figure, int least = 1) const;
  friend bool operator==(const StyleProfile&, const StyleProfile&) = default;
};

double median_of(std::vector<double> values);  ///< 0 for none
Figure figure_of(const std::vector<double>& values);

/// The profile of measurements pooled over drawings. Deterministic in their order.
StyleProfile profile_of(const std::vector<Measurements>& drawings, double scale);

std::string write_profile(const StyleProfile& profile);
/// Errors: bad_input with file and line: not TOML, a wrong type, a number that is none.
Result<StyleProfile> read_profile(std::string_view toml, const std::string& file);

}  // namespace nakawari
