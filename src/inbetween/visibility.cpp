#include "inbetween/visibility.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace nakawari {
namespace {

// A gap in the matching shorter than this (px at 1024) within a line is noise, not an event.
constexpr double kNoiseGap = 14;
// A covering edge is sought this far beyond or before the place where the run would end (px at 1024), ...
constexpr double kSnapReach = 24;
// ... or within this share of the run.
constexpr double kSnapShare = 0.5;

/// The lines that are surely drawn, for finding crossings.
struct Segments {
  struct Segment {
    Vec2 a, b;
  };
  std::vector<Segment> items;
  double cell;
  int columns = 1, rows = 1;
  Vec2 origin;
  std::vector<std::vector<std::int32_t>> buckets;

  Segments(std::vector<Segment> list, double cell_size) : items(std::move(list)), cell(cell_size) {
    if (items.empty()) return;
    Vec2 low = items[0].a, high = items[0].a;
    for (const Segment& s : items)
      for (const Vec2 p : {s.a, s.b}) {
        low = {std::min(low.x, p.x), std::min(low.y, p.y)};
        high = {std::max(high.x, p.x), std::max(high.y, p.y)};
      }
    origin = low;
    columns = std::min(4096, static_cast<int>((high.x - low.x) / cell) + 1);
    rows = std::min(4096, static_cast<int>((high.y - low.y) / cell) + 1);
    buckets.resize(static_cast<std::size_t>(columns) * rows);
    for (std::size_t k = 0; k < items.size(); ++k)
      each_bucket(items[k].a, items[k].b,
                  [&](std::vector<std::int32_t>& bucket) { bucket.push_back(static_cast<std::int32_t>(k)); });
  }

  template <typename Visit>
  void each_bucket(Vec2 p, Vec2 q, Visit&& visit) {
    const auto column = [&](double x) {
      return std::clamp(static_cast<int>((x - origin.x) / cell), 0, columns - 1);
    };
    const auto row = [&](double y) {
      return std::clamp(static_cast<int>((y - origin.y) / cell), 0, rows - 1);
    };
    for (int y = row(std::min(p.y, q.y)); y <= row(std::max(p.y, q.y)); ++y)
      for (int x = column(std::min(p.x, q.x)); x <= column(std::max(p.x, q.x)); ++x)
        visit(buckets[static_cast<std::size_t>(y) * columns + x]);
  }

  /// Share along p-q of the first crossing, if any.
  std::optional<double> crossing(Vec2 p, Vec2 q) {
    std::optional<double> first;
    if (items.empty()) return first;
    each_bucket(p, q, [&](std::vector<std::int32_t>& bucket) {
      for (const std::int32_t k : bucket) {
        const Vec2 r = q - p, s = items[k].b - items[k].a, d = items[k].a - p;
        const double area = cross(r, s);
        if (std::abs(area) < 1e-9) continue;
        const double u = cross(d, s) / area, v = cross(d, r) / area;
        if (u >= 0 && u <= 1 && v >= 0 && v <= 1 && (!first || u < *first)) first = u;
      }
    });
    return first;
  }
};

struct Key {
  const SampleGraph& graph;
  bool first;
  const BlendGraph& blend;
  const std::vector<Vec2>& position;

  [[nodiscard]] std::int32_t point(std::int32_t sample) const {
    return first ? sample : blend.point_of_b[sample];
  }
  [[nodiscard]] Vec2 at(std::int32_t sample) const { return position[point(sample)]; }
  [[nodiscard]] bool shared(std::int32_t sample) const {
    return first ? blend.points[sample].matched : blend.points[blend.point_of_b[sample]].first_key;
  }
};

/// Whether a stroke's end hangs on something that both keys show: a node where a shared line passes.
bool end_attached(const Key& key, std::int32_t sample) {
  const SampleGraph& graph = key.graph;
  for (std::int32_t k = graph.link_start[sample]; k < graph.link_start[sample + 1]; ++k) {
    const std::int32_t l = graph.link_of[k];
    if (graph.links[l].kind != LinkKind::node) continue;
    const std::int32_t hub = graph.other(l, sample);
    if (key.shared(hub)) return true;
    for (std::int32_t m = graph.link_start[hub]; m < graph.link_start[hub + 1]; ++m) {
      const std::int32_t n = graph.link_of[m];
      if (graph.links[n].kind == LinkKind::node && graph.other(n, hub) != sample &&
          key.shared(graph.other(n, hub)))
        return true;
    }
  }
  return false;
}

/// Cuts `run` so that about `keep` px remain from the attached side, ending on a crossing line where there is
/// one.
void shorten(const Key& key, Segments& segments, double keep, double total, double scale, bool from_begin,
             Run& run) {
  const double reach = std::max(kSnapReach * scale, kSnapShare * total);
  const int step = from_begin ? 1 : -1;
  const std::int32_t start = from_begin ? run.begin : run.end - 1,
                     stop = from_begin ? run.end - 1 : run.begin;
  double way = 0, best_miss = reach;
  std::int32_t last = start;
  std::optional<Vec2> cut;
  std::int32_t nominal = start;
  for (std::int32_t i = start; i != stop; i += step) {
    const Vec2 p = key.at(i), q = key.at(i + step);
    const double span = distance(p, q);
    if (way <= keep) nominal = i + step;
    // A run begins on a line: its first pixels cross nothing.
    if (way > 3 * scale)
      if (const auto u = segments.crossing(p, q)) {
        const double miss = std::abs(way + *u * span - keep);
        if (miss < best_miss) {
          best_miss = miss;
          cut = lerp(p, q, *u);
          last = i;
        }
      }
    way += span;
  }
  if (!cut) last = nominal;
  if (from_begin) {
    run.end = last + 1;
    run.cut_end = true;
    run.end_at = cut.value_or(key.at(last));
  } else {
    run.begin = last;
    run.cut_begin = true;
    run.begin_at = cut.value_or(key.at(last));
  }
}

void runs_of(const Key& key, Segments& segments, double t, double scale, std::vector<Run>& out) {
  const double fade = key.first ? t : 1 - t;  // 0 at the own key, 1 at the other
  for (std::size_t s = 0; s + 1 < key.graph.first.size(); ++s) {
    const std::int32_t begin = key.graph.first[s], end = key.graph.first[s + 1];
    std::vector<Run> parts;
    for (std::int32_t i = begin; i < end;) {
      std::int32_t j = i;
      while (j < end && key.shared(j) == key.shared(i)) ++j;
      const double span = key.graph.samples[j - 1].along - key.graph.samples[i].along;
      Run run{key.first, static_cast<StrokeId>(s), i, j, false, false, {}, {}};
      if (key.shared(i)) {
        if (key.first) parts.push_back(run);
      } else {
        const bool at_begin = i > begin ? true : end_attached(key, i);
        const bool at_end = j < end ? true : end_attached(key, j - 1);
        if (i > begin && j < end && span < kNoiseGap * scale) {
          if (key.first) parts.push_back(run);
        } else if (at_begin != at_end) {
          const double keep = span * (1 - fade);
          if (keep > 1) {
            shorten(key, segments, keep, span, scale, at_begin, run);
            parts.push_back(run);
          }
        } else if (fade < 0.5 || (fade == 0.5 && key.first)) {
          parts.push_back(run);
        }
      }
      i = j;
    }
    // Runs that touch are one.
    for (const Run& run : parts) {
      if (!out.empty() && key.first && out.back().first_key && out.back().stroke == run.stroke &&
          out.back().end == run.begin && !out.back().cut_end && !run.cut_begin) {
        out.back().end = run.end;
        out.back().cut_end = run.cut_end;
        out.back().end_at = run.end_at;
      } else {
        out.push_back(run);
      }
    }
  }
}

}  // namespace

std::vector<Run> visible_runs(const SampleGraph& a, const SampleGraph& b, const BlendGraph& graph,
                              const std::vector<Vec2>& position, double t, double scale) {
  const Key first{a, true, graph, position}, second{b, false, graph, position};
  std::vector<Segments::Segment> sure;
  for (std::size_t s = 0; s + 1 < a.first.size(); ++s)
    for (std::int32_t i = a.first[s]; i + 1 < a.first[s + 1]; ++i)
      if (first.shared(i) && first.shared(i + 1)) sure.push_back({position[i], position[i + 1]});
  Segments segments(std::move(sure), 16 * scale);

  std::vector<Run> runs;
  runs_of(first, segments, t, scale, runs);
  runs_of(second, segments, t, scale, runs);
  return runs;
}

}  // namespace nakawari
