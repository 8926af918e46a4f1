/// \file
/// Which gaps of a cel's lines are closed: those that a person closed, those that a painted drawing shows
/// closed, and those through which the solution leaks.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "match/regions.h"
#include "paint/closures.h"
#include "paint/links.h"
#include "paint/paint.h"
#include "paint/solve.h"

namespace nakawari {

struct CelGaps {
  std::vector<std::vector<Closure>> closures;  ///< per drawing: all places where a line may go on
  std::vector<std::vector<bool>> wall;         ///< which of them part regions
  std::vector<std::vector<bool>> forced;       ///< walls by a person's word
  std::vector<std::string> lost_fixes;
  /// The walls of persons: they are the last of their drawing's closures.
  struct Drawn {
    int drawing = 0;
    std::size_t closure = 0;
    std::string fix;
  };
  std::vector<Drawn> drawn;
};

/// Finds the candidates; no wall is built.
CelGaps find_gaps(const PaintJob& job, Threads threads);

/// Builds the walls of persons and of painted drawings (two colours on the two sides of a closure).
/// Candidates that a person opened are left out.
CelGaps with_walls(CelGaps gaps, const PaintJob& job, const std::vector<GapFix>& fixes);

/// The regions of a drawing between its lines and walls. Pixels of a wall belong to the region nearest.
RegionMap regions_with(const LineImage& lines, const std::vector<Closure>& closures,
                       const std::vector<bool>& wall);

/// Builds walls where a region of some drawing, of a style that is fairly sure, lies in a region of another
/// style: it may have run out. Necks count where no line ends in that region. Returns which drawings changed.
std::vector<bool> close_leaks(const PreparedCel& cel, const std::vector<DrawingLink>& links,
                              const LabelBelief& belief, CelGaps& gaps);

/// Ids of fixes whose wall parts nothing: the lines that it closed are not there any more.
std::vector<std::string> walls_that_part_nothing(const CelGaps& gaps,
                                                 const std::vector<std::shared_ptr<const RegionMap>>& maps);

/// The two regions that a wall parts; equal when it parts nothing.
std::pair<int, int> sides_of(const Closure& closure, const RegionMap& map);

}  // namespace nakawari
