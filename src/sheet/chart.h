/// \file
/// Spacing charts (tsume): where the in-betweens lie between two keys, as the animator draws it on a ruler
/// beside the key. No exchange format carries spacing, so a cel has a `charts.toml` beside its drawings:
///
///   [[chart]]
///   from = "1"                 # drawings as the sheet or the files name them
///   to = "5"
///   spacing = [0.2, 0.5, 0.8]  # or a word
///
///   [[chart.group]]            # a part that moves on its own spacing (optional)
///   name = "hair"
///   at = [812, 340]            # a point on a line of that part in drawing `from`
///   spacing = "ease-out"
///
/// Words, u = k / (n + 1) for the k-th of n in-betweens:
///   even         u
///   ease-in      u²: leaves the first key slowly, ticks dense at the start
///   ease-out     1 - (1 - u)²: arrives slowly, ticks dense at the end
///   ease-in-out  u² (3 - 2u): dense at both ends
///   halves       1/2, then half of what remains each time: 1/2 3/4 7/8 ...
///   thirds       1/3 2/3, then the last third in thirds again: 1/3 2/3 7/9 8/9 ...
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"

namespace nakawari {

/// Two ticks of a chart lie at least this far apart and from the ends: closer ones would be the same drawing
/// (a ten-thousandth of the widest movement on a 1920 px page is a fifth of a pixel).
inline constexpr double kMinSpacingStep = 1e-4;
/// Charts in one file; more is not a chart file.
inline constexpr std::size_t kMaxCharts = 1'000;

enum class SpacingWord { even, ease_in, ease_out, ease_in_out, halves, thirds };

/// How far along a motion is at share `u` (0..1) of its time, for the three eases; the other words: `u`.
double eased(SpacingWord word, double u);

/// A word, or positions. `positions` wins when it is not empty.
struct Spacing {
  SpacingWord word = SpacingWord::even;
  std::vector<double> positions;  ///< strictly rising, inside (0, 1)
};

/// The spacing of one part of the drawing.
struct GroupChart {
  std::string name;
  Spacing spacing;
  bool placed = false;  ///< `x`, `y` are given
  double x = 0, y = 0;  ///< px, a point on a line of the part in the drawing `from`
  long line = -1;       ///< of charts.toml
};

struct Chart {
  std::string from, to;
  Spacing spacing;
  std::vector<GroupChart> groups;
  long line = -1;  ///< of charts.toml
};

struct Charts {
  std::string file;           ///< for notes
  std::vector<Chart> charts;  ///< in file order
};

/// Reads charts.toml.
///
/// Errors: bad_input with file and line: not TOML, a wrong type, an unknown key or word, positions that do
/// not
///         rise or leave (0, 1), the same pair twice.
Result<Charts> read_charts(std::string_view toml, const std::string& file);

/// The chart of a pair of drawings, by plain name (names.h); nullptr when there is none.
const Chart* find_chart(const Charts& charts, std::string_view from, std::string_view to,
                        std::string_view cel);

/// `count` positions in (0, 1), strictly rising; count >= 0.
///
/// Positions of a chart that has another count are read off the monotone cubic through its ticks (law 8: the
/// sheet gives the count, the chart the curve).
/// Source: Fritsch and Carlson 1980 (monotone piecewise cubic interpolation).
std::vector<double> positions(const Spacing& spacing, int count);

/// As above for a chart or none (even steps); a count that differs from the chart's is added to `notes`.
std::vector<double> positions(const Chart* chart, int count, const std::string& file, Report& notes);

}  // namespace nakawari
