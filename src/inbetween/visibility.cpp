#include "inbetween/visibility.h"

namespace nakawari {
namespace {

// A gap in the matching shorter than this (px at 1024) within a line is noise, not an event.
constexpr double kNoiseGap = 14;

struct Key {
  const SampleGraph& graph;
  bool first;
  const BlendGraph& blend;

  [[nodiscard]] bool shared(std::int32_t sample) const {
    return first ? blend.points[sample].matched : blend.points[blend.point_of_b[sample]].first_key;
  }
};

void runs_of(const Key& key, double t, double scale, std::vector<Run>& out) {
  // At the very middle the first key counts as the nearer one.
  const bool nearer = key.first ? t <= 0.5 : t > 0.5;
  for (std::size_t s = 0; s + 1 < key.graph.first.size(); ++s) {
    const std::int32_t begin = key.graph.first[s], end = key.graph.first[s + 1];
    for (std::int32_t i = begin; i < end;) {
      std::int32_t j = i;
      while (j < end && key.shared(j) == key.shared(i)) ++j;
      const double span = key.graph.samples[j - 1].along - key.graph.samples[i].along;
      const bool noise = i > begin && j < end && span < kNoiseGap * scale;
      // What both keys share is drawn from the first.
      const bool drawn = key.shared(i) || noise ? key.first : nearer;
      if (drawn) {
        const bool joins = !out.empty() && out.back().first_key == key.first &&
                           out.back().stroke == static_cast<StrokeId>(s) && out.back().end == i;
        if (joins) {
          out.back().end = j;
        } else {
          out.push_back({key.first, static_cast<StrokeId>(s), i, j});
        }
      }
      i = j;
    }
  }
}

}  // namespace

std::vector<Run> visible_runs(const SampleGraph& a, const SampleGraph& b, const BlendGraph& graph, double t,
                              double scale) {
  std::vector<Run> runs;
  runs_of({a, true, graph}, t, scale, runs);
  runs_of({b, false, graph}, t, scale, runs);
  return runs;
}

}  // namespace nakawari
