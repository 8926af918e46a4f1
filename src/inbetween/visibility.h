/// \file
/// Which lines are seen at t. The nearer key gives the drawing its lines; what both keys have is always seen.
/// A run of a line that only one key has is
///   covered   where the other key has another region over it: it is drawn, whichever key is nearer, as long
///   as
///             it lies in the region that it lies in at home, so the outline of what passes in front cuts it;
///   loose     where it has a free end: it grows or retracts along its length, in the nearer half;
///   fixed     else: it is drawn while its key is the nearer one.
/// Both keys' versions of a place are never shown together, and nothing fades.
///
/// Lines seen in both keys may still pass under something between them: `sight` says which (depth.h).
///
/// Retracting fixed runs too was tried and measured: the same F1, fewer closed regions.
#pragma once

#include <cstdint>
#include <vector>

#include "inbetween/key_at.h"
#include "inbetween/line_regions.h"

namespace nakawari {

/// Samples `begin` to `last` (inclusive, begin < last) of one stroke that are drawn at t.
struct Run {
  StrokeId stroke = -1;
  std::int32_t begin = 0, last = 0;
  bool hidden_before = false, hidden_after = false;  ///< the line goes on there, under another
};

enum class LoneKind : std::uint8_t { covered, loose, fixed };

/// A run that only one key has. Short gaps in the matching of a line are no such runs.
struct LoneRun {
  StrokeId stroke = -1;
  std::int32_t begin = 0, last = 0;
  LoneKind kind = LoneKind::fixed;
  bool free_begin = false;  ///< of a loose run: its first sample is the free end
};

/// One key's lone runs and the ground on which its lines lie: its regions as the shared lines part them.
struct Grounds {
  std::vector<LoneRun> lone;
  LineRegions map;
};

/// The lines that both keys have; what is hidden parts no regions. `sight`: per sample, or empty.
std::vector<Wall> shared_walls(const KeyAt& key, const std::vector<Sight>& sight = {});

/// `home` lies at its own key.
std::vector<LoneRun> lone_runs(const KeyAt& home, const LineRegions& home_map, const LineRegions& away_map,
                               double page_scale);

/// The runs of one key seen at t. `now`: the regions that the shared lines part at t; `gone`: 0 at the key, 1
/// at the other.
std::vector<Run> visible_runs(const KeyAt& key, const Grounds& grounds, const LineRegions& now,
                              const std::vector<Sight>& sight, double gone, bool nearer);

}  // namespace nakawari
