#include "match/coarse_motion.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

/// Mean cut-off distance of every few samples, carried; 0..1.
float whole_score(const CoarseSide& here, const CoarseSide& there, const Placement& place) {
  const std::size_t stride = std::max<std::size_t>(1, here.graph.samples.size() / 250);
  float sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < here.graph.samples.size(); i += stride) {
    const Sample& sample = here.graph.samples[i];
    const Vec2 at = place.apply(sample.position);
    sum += there.wide.distance(
        static_cast<float>(at.x), static_cast<float>(at.y),
        LineField::bin(std::atan2(sample.tangent.y, sample.tangent.x) + place.rotation, sample.trace_line()));
    ++count;
  }
  return count > 0 ? sum / (static_cast<float>(count) * there.wide.reach()) : 1;
}

struct Spread {
  Vec2 centre;
  double size = 1;  ///< root mean square distance from the centre
};

Spread spread_of(const SampleGraph& graph) {
  Spread result;
  for (const Sample& sample : graph.samples) result.centre += sample.position;
  result.centre = result.centre / static_cast<double>(graph.samples.size());
  double sum = 0;
  for (const Sample& sample : graph.samples) sum += length_squared(sample.position - result.centre);
  result.size = std::max(1.0, std::sqrt(sum / static_cast<double>(graph.samples.size())));
  return result;
}

}  // namespace

Placement whole_motion(const CoarseSide& here, const CoarseSide& there) {
  // A motion of the whole must cover this much more than none.
  constexpr float kClearly = 0.94F;
  // Sizes nearer to each other than this are one size: poses differ in spread too.
  constexpr double kSameSize = 1.12;
  const auto both = [&](const Placement& place) {
    return 0.5F * (whole_score(here, there, place) + whole_score(there, here, place.inverse()));
  };
  const Spread ours = spread_of(here.graph), theirs = spread_of(there.graph);
  Placement still{ours.centre, ours.centre, 0, 1, 0};
  still.cost = both(still);
  Placement best = still;
  const double ratio = theirs.size / ours.size;
  std::vector<double> sizes = {1};
  if (ratio > kSameSize || ratio < 1 / kSameSize) sizes.push_back(std::clamp(ratio, 0.4, 2.5));
  for (const double size : sizes) {
    Placement place{ours.centre, theirs.centre, 0, static_cast<float>(size), 0};
    place.cost = both(place);
    for (double step = 0.35 * theirs.size; step > 2 * here.view.cell; step *= 0.6) {
      const Vec2 start = place.to;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          Placement moved = place;
          moved.to = start + Vec2{dx * step, dy * step};
          moved.cost = both(moved);
          if (moved.cost < place.cost) place = moved;
        }
    }
    if (place.cost < kClearly * best.cost) best = place;
  }
  return best;
}

}  // namespace nakawari
