#include "inbetween/visibility.h"

#include <algorithm>

namespace nakawari {
namespace {

// A gap in the matching shorter than this (px at 1024) within a line is noise, not an event.
constexpr double kNoiseGap = 14;
// Runs seen or hidden for fewer samples than this are noise of the regions' grid.
constexpr std::int32_t kLeastSeen = 3;

Registration anchors_to_key(const KeyAt& key, const std::vector<Sight>& sight) {
  Registration anchors;
  for (std::int32_t i = 0; i < key.graph->size(); ++i)
    if (key.shared(i) && sight[i] != Sight::hidden)
      anchors.push_back({key.position[i], key.graph->samples[i].position, key.tangent(i),
                         key.graph->samples[i].tangent, 1});
  return anchors;
}

/// Whether a stroke's end hangs free in its own key.
bool free_end(const Drawing& drawing, NodeId node) {
  return drawing.nodes[node].strokes.size() == 1;
}

void drop_short(std::vector<char>& seen) {
  const auto n = static_cast<std::int32_t>(seen.size());
  for (std::int32_t i = 0; i < n;) {
    std::int32_t j = i;
    while (j < n && seen[j] == seen[i]) ++j;
    if (j - i < kLeastSeen && i > 0 && j < n)
      for (std::int32_t k = i; k < j; ++k) seen[k] = !seen[k];
    i = j;
  }
}

}  // namespace

std::vector<Wall> shared_walls(const KeyAt& key, const std::vector<Sight>& sight) {
  const auto seen = [&](std::int32_t i) {
    return key.shared(i) && (sight.empty() || sight[i] != Sight::hidden);
  };
  std::vector<Wall> walls;
  const auto& first = key.graph->first;
  for (std::size_t s = 0; s + 1 < first.size(); ++s)
    for (std::int32_t i = first[s]; i + 1 < first[s + 1]; ++i)
      if (seen(i) && seen(i + 1)) walls.push_back({key.position[i], key.position[i + 1]});
  return walls;
}

std::vector<LoneRun> lone_runs(const KeyAt& home, const LineRegions& home_map, const LineRegions& away_map,
                               double scale) {
  Registration across;
  for (const SampleMatch& m : *home.matches)
    if (m.partner_stroke >= 0) across.push_back({m.there, m.here, m.there_tangent, m.here_tangent, 1});
  const std::vector<std::int32_t> home_of = same_regions(away_map, home_map, across);

  std::vector<LoneRun> runs;
  const auto& first = home.graph->first;
  for (std::size_t s = 0; s + 1 < first.size(); ++s) {
    const Stroke& stroke = home.drawing->strokes[s];
    for (std::int32_t i = first[s]; i < first[s + 1]; ++i) {
      if (home.shared(i)) continue;
      std::int32_t j = i;
      while (j + 1 < first[s + 1] && !home.shared(j + 1)) ++j;
      LoneRun run{static_cast<StrokeId>(s), i, j, LoneKind::fixed, false};
      const bool at_begin = i == first[s], at_end = j + 1 == first[s + 1];
      const double span = home.graph->samples[j].along - home.graph->samples[i].along;
      i = j;
      if (!at_begin && !at_end && span < kNoiseGap * scale) continue;

      // Covered: most of it would come to lie in another region of the other key than it lies in at home.
      int moved = 0, known = 0;
      for (std::int32_t k = run.begin; k <= run.last; ++k) {
        const std::int32_t ground = home_map.at(home.graph->samples[k].position);
        const std::int32_t there = home_of[away_map.at((*home.matches)[k].predicted)];
        if (ground == 0 || there == 0) continue;
        ++known;
        moved += there != ground;
      }
      const bool loose_begin = at_begin && free_end(*home.drawing, stroke.start),
                 loose_end = at_end && free_end(*home.drawing, stroke.end);
      if (2 * moved > run.last - run.begin + 1) {
        run.kind = LoneKind::covered;
      } else if (loose_begin != loose_end) {
        run.kind = LoneKind::loose;
        run.free_begin = loose_begin;
      }
      runs.push_back(run);
    }
  }
  return runs;
}

std::vector<Run> visible_runs(const KeyAt& key, const Grounds& grounds, const LineRegions& now,
                              const std::vector<Sight>& sight, double gone, bool nearer) {
  // What is shared and what is fixed is the nearer key's to draw.
  std::vector<char> seen(key.graph->samples.size(), nearer);
  std::vector<char> hidden(seen.size());
  for (std::size_t i = 0; i < seen.size(); ++i) hidden[i] = sight[i] == Sight::hidden;
  std::vector<std::int32_t> home_of;
  for (const LoneRun& run : grounds.lone) {
    const std::int32_t count = run.last - run.begin + 1;
    if (run.kind == LoneKind::loose && nearer) {
      const auto retracted = static_cast<std::int32_t>(gone * count);
      const std::int32_t from = run.free_begin ? run.begin : run.last - retracted + 1;
      std::fill_n(seen.begin() + from, retracted, 0);
    } else if (run.kind == LoneKind::covered) {
      if (home_of.empty()) home_of = same_regions(now, grounds.map, anchors_to_key(key, sight));
      std::vector<char> part;
      for (std::int32_t k = run.begin; k <= run.last; ++k) {
        const std::int32_t ground = grounds.map.at(key.graph->samples[k].position),
                           here = home_of[now.at(key.position[k])];
        part.push_back(ground == 0 || here == 0 ? (part.empty() ? nearer : part.back()) : here == ground);
      }
      drop_short(part);
      std::copy(part.begin(), part.end(), seen.begin() + run.begin);
      for (std::int32_t k = 0; k < count; ++k) hidden[run.begin + k] = !part[k];
    }
  }

  for (std::size_t i = 0; i < seen.size(); ++i)
    if (sight[i] != Sight::as_ruled) {
      seen[i] = sight[i] == Sight::shown;
      hidden[i] = !seen[i];
    }

  std::vector<Run> runs;
  const auto& first = key.graph->first;
  for (std::size_t s = 0; s + 1 < first.size(); ++s)
    for (std::int32_t i = first[s]; i < first[s + 1]; ++i) {
      if (!seen[i]) continue;
      std::int32_t j = i;
      while (j + 1 < first[s + 1] && seen[j + 1]) ++j;
      Run run{static_cast<StrokeId>(s), i, j, i > first[s] && hidden[i - 1] != 0,
              j + 1 < first[s + 1] && hidden[j + 1] != 0};
      i = j;
      if (!nearer) {
        // A run of the farther key reaches over to the line that it goes on as.
        if (run.begin > first[s] && !run.hidden_before) --run.begin;
        if (run.last + 1 < first[s + 1] && !run.hidden_after) ++run.last;
      }
      if (run.begin < run.last) runs.push_back(run);
    }
  return runs;
}

}  // namespace nakawari
