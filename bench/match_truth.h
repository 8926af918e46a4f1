/// \file
/// How well the lines of two keys are brought together, measured on the motion alone: surface points of known
/// motion that lie near a line, and where the correspondence says that they go. Sharper and faster than
/// drawing an in-between and comparing pictures.
#pragma once

#include <functional>
#include <vector>

#include "bench/sequence.h"
#include "drawing/drawing.h"
#include "match/match.h"

namespace nakawari::bench {

/// One surface point near a line: how far the correspondence carries it from where it really is.
struct TrackMiss {
  double error = 0;      ///< px
  double moved = 0;      ///< px, how far it really moved
  float confidence = 0;  ///< of the sample that carried it, 0 without a partner
};

/// Points visible in both drawings and within 4 px of a sample of the first are carried by that sample.
std::vector<TrackMiss> track_misses(const Sequence& sequence, int first, int last,
                                    const std::vector<SampleMatch>& a_to_b);

/// The same pairs from the truth: samples move with the surface points around them (of the one part that
/// brings them onto a like line), partners are the like-directed lines within 6 px of there. Shows what a
/// drawing loses even when the motion is right. Needs tracks; parts only sharpen it.
Correspondence true_correspondence(const Sequence& sequence, int first, int last, const Drawing& a,
                                   const Drawing& b);

/// Pairs from any motion of places: `to_b(p)` and `to_a(p)`; partners as above.
Correspondence correspondence_of(const Drawing& a, const Drawing& b, const std::function<Vec2(Vec2)>& to_b,
                                 const std::function<Vec2(Vec2)>& to_a);

}  // namespace nakawari::bench
