/// \file
/// A simulated artist: looks at our drawing beside the true one, mends the worst place, lets it be drawn
/// again, until it is good. Knows the truth from the surface points of a sequence. And how steadily drawings
/// run one after another.
#pragma once

#include "bench/between_table.h"
#include "bench/ours.h"
#include "bench/sequence.h"

namespace nakawari::bench {

struct Corrected {
  int guides = 0, arcs = 0;  ///< what the artist added
  bool good = false;         ///< reached within the most that were allowed
  Score first, last;         ///< before and after
  [[nodiscard]] int count() const { return guides + arcs; }
};

/// Adds, one at a time, a guide (this point of the first key is that of the second) where lines are paired
/// wrongly, else an arc with a tick (this point passes there at t) where the drawing is farthest off, summed
/// over the neighbourhood. Needs tracks. Errors: a key that cannot be drawn.
Result<Corrected> corrected(const Sequence& sequence, const Case& of, const TracedKey& a, const TracedKey& b,
                            const Measured& truth, int most);

/// Mean size of the second difference along the drawings between two keys, keys included, of the surface
/// points that lie on lines: ours and the truth's, px. Drawings at their own t.
struct Jitter {
  double ours = 0, truth = 0;
  int points = 0;
};
Result<Jitter> jitter(const Sequence& sequence, int first, int last, const TracedKey& a, const TracedKey& b);

}  // namespace nakawari::bench
