#include "bench/corrections.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace nakawari::bench {
namespace {

// A surface point this near (px) to a line moves with it.
constexpr double kOnLine = 4;
// A pair of lines is wrong from here on (px).
constexpr double kWrongPair = 5;
// The artist looks at places of this size (px) and does not mend one twice.
constexpr double kPlace = 60, kTwice = 20;

/// The anchor whose place in the key is nearest to a point of it.
const Anchor* anchor_at(const Registration& to_key, Vec2 at) {
  const Anchor* best = nullptr;
  double least = kOnLine * kOnLine;
  for (const Anchor& anchor : to_key)
    if (const double d = length_squared(anchor.there - at); d < least) {
      least = d;
      best = &anchor;
    }
  return best;
}

/// Where our drawing has the point that lies at `at` in the first key.
std::optional<Vec2> carried(const OurDrawing& drawing, Vec2 at) {
  const Anchor* anchor = anchor_at(drawing.to_a, at);
  if (anchor == nullptr) return std::nullopt;
  return anchor->here + (at - anchor->there);
}

/// Where the second key has the line that our drawing has at `here`, if it is paired.
std::optional<Vec2> paired(const OurDrawing& drawing, Vec2 here) {
  const Anchor* best = nullptr;
  double least = 2 * 2;
  for (const Anchor& anchor : drawing.to_b)
    if (const double d = length_squared(anchor.here - here); d < least) {
      least = d;
      best = &anchor;
    }
  if (best == nullptr) return std::nullopt;
  return best->there;
}

struct Miss {
  Vec2 a, truth, b, here;
  bool seen_in_b = false;
  double size = 0;
};

std::vector<Miss> misses(const Sequence& sequence, const Case& of, const OurDrawing& drawing) {
  std::vector<Miss> result;
  for (std::size_t p = 0; p < sequence.tracked; ++p) {
    const TrackPoint &a = sequence.tracks[of.first][p], &m = sequence.tracks[of.middle][p],
                     &b = sequence.tracks[of.last][p];
    if (!a.visible || !m.visible) continue;
    if (const auto here = carried(drawing, a.at))
      result.push_back({a.at, m.at, b.at, *here, b.visible, distance(*here, m.at)});
  }
  return result;
}

/// The place where most is off and that was not mended yet.
const Miss* worst(const std::vector<Miss>& misses, const std::vector<Vec2>& mended) {
  const Miss* best = nullptr;
  double most = 0;
  for (const Miss& miss : misses) {
    if (miss.size < kLineTolerance || !miss.seen_in_b) continue;
    if (std::any_of(mended.begin(), mended.end(), [&](Vec2 v) { return distance(v, miss.a) < kTwice; }))
      continue;
    double sum = 0;
    for (const Miss& other : misses)
      if (distance(other.a, miss.a) < kPlace) sum += std::max(0.0, other.size - kLineTolerance);
    if (sum > most) {
      most = sum;
      best = &miss;
    }
  }
  return best;
}

}  // namespace

Result<Corrected> corrected(const Sequence& sequence, const Case& of, const TracedKey& a, const TracedKey& b,
                            const Measured& truth, int most) {
  Corrected result;
  MatchFixes fixes;
  std::vector<DrawnArc> arcs;
  std::vector<Vec2> guided, led;
  auto pair = OurPair::of(a, b);
  if (!pair) return Failure(pair.error());
  for (;;) {
    const auto drawing = pair->at(of.t);
    if (!drawing) return Failure(drawing.error());
    result.last = compare(truth, measured(drawing->picture));
    if (result.count() == 0) result.first = result.last;
    result.good = result.last.good();
    if (result.good || result.count() >= most) return result;

    const std::vector<Miss> all = misses(sequence, of, *drawing);
    const Miss* miss = worst(all, led);
    if (miss == nullptr) return result;
    const auto there = paired(*drawing, miss->here);
    const bool guide_tried =
        std::any_of(guided.begin(), guided.end(), [&](Vec2 v) { return distance(v, miss->a) < kTwice; });
    if (!guide_tried && (!there || distance(*there, miss->b) > kWrongPair)) {
      fixes.guides.push_back({"guide" + std::to_string(result.guides++), miss->a, miss->b});
      guided.push_back(miss->a);
      pair = OurPair::of(a, b, fixes, arcs);
      if (!pair) return Failure(pair.error());
    } else {
      arcs.push_back({{miss->a, miss->truth, miss->b}, {0, of.t, 1}});
      led.push_back(miss->a);
      ++result.arcs;
      *pair = pair->with(a, b, arcs);
    }
  }
}

Result<Jitter> jitter(const Sequence& sequence, int first, int last, const TracedKey& a, const TracedKey& b) {
  Jitter result;
  if (sequence.tracked == 0) return result;
  const auto pair = OurPair::of(a, b);
  if (!pair) return Failure(pair.error());
  std::vector<OurDrawing> drawings;
  for (int m = first + 1; m < last; ++m) {
    auto drawing = pair->at(own_t(sequence, first, m, last));
    if (!drawing) return Failure(drawing.error());
    drawing->picture = {};
    drawings.push_back(std::move(*drawing));
  }
  for (std::size_t p = 0; p < sequence.tracked; ++p) {
    std::vector<Vec2> ours = {sequence.tracks[first][p].at};
    bool whole = sequence.tracks[first][p].visible && sequence.tracks[last][p].visible;
    for (std::size_t d = 0; d < drawings.size() && whole; ++d) {
      const auto here = carried(drawings[d], ours.front());
      whole = here && sequence.tracks[first + 1 + static_cast<int>(d)][p].visible;
      if (whole) ours.push_back(*here);
    }
    if (!whole) continue;
    ++result.points;
    for (std::size_t k = 1; k + 1 < ours.size(); ++k) {
      const auto& tracks = sequence.tracks;
      const int frame = first + static_cast<int>(k);
      result.ours += length(ours[k - 1] - ours[k] * 2 + ours[k + 1]) / static_cast<double>(ours.size() - 2);
      result.truth += length(tracks[frame - 1][p].at - tracks[frame][p].at * 2 + tracks[frame + 1][p].at) /
                      static_cast<double>(ours.size() - 2);
    }
  }
  if (result.points > 0) {
    result.ours /= result.points;
    result.truth /= result.points;
  }
  return result;
}

}  // namespace nakawari::bench
