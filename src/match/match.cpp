#include "match/match.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "match/coarse_motion.h"
#include "match/curve_match.h"
#include "match/deform.h"
#include "match/groups.h"
#include "match/line_field.h"
#include "match/pairing.h"
#include "match/refit.h"
#include "match/sample_graph.h"
#include "match/view.h"

namespace nakawari {
namespace {

// Search fields (px at 1024): the wide one forgives, the fine one decides.
constexpr double kWideCell = 4, kWideReach = 24, kFineCell = 2, kFineReach = 10;
/// One drawing with all that matching looks at.
struct Side : RefitSide {
  LineField wide, fine;
  View view;

  Side(const Drawing& drawing, double scale)
      : RefitSide(drawing, scale),
        wide(graph, drawing.width, drawing.height, kWideCell * scale, kWideReach * scale),
        fine(graph, drawing.width, drawing.height, kFineCell * scale, kFineReach * scale),
        view(view_of(drawing, graph)) {}

  [[nodiscard]] CoarseSide coarse() const { return {graph, grid, wide, fine, view}; }
};

/// Spreads the seeds' motions over all samples: between two seeds of a stroke, a blend of both.
Deformation spread(const SampleGraph& graph, const std::vector<Seed>& seeds) {
  Deformation result;
  result.position.resize(graph.samples.size());
  result.rotation.assign(graph.samples.size(), 0);
  for (std::size_t i = 0; i < graph.samples.size(); ++i) result.position[i] = graph.samples[i].position;
  std::size_t s = 0;
  for (std::size_t stroke = 0; stroke + 1 < graph.first.size(); ++stroke) {
    const std::size_t begin = s;
    while (s < seeds.size() && graph.samples[seeds[s].sample].stroke == static_cast<StrokeId>(stroke)) ++s;
    if (begin == s) continue;
    for (std::int32_t i = graph.first[stroke]; i < graph.first[stroke + 1]; ++i) {
      std::size_t k = begin;
      while (k + 1 < s && seeds[k + 1].sample <= i) ++k;
      const Placement& one = seeds[k].candidates[seeds[k].chosen];
      const std::size_t next = k + 1 < s && seeds[k].sample <= i ? k + 1 : k;
      const Placement& two = seeds[next].candidates[seeds[next].chosen];
      const double span = seeds[next].sample - seeds[k].sample;
      const double u = span > 0 ? std::clamp((i - seeds[k].sample) / span, 0.0, 1.0) : 0;
      const Vec2 here = graph.samples[i].position;
      result.position[i] = lerp(one.apply(here), two.apply(here), u);
      result.rotation[i] = static_cast<float>(one.rotation * (1 - u) + two.rotation * u);
    }
  }
  return result;
}

/// The way of one drawing into the other, from its seeds' choices.
Way solve(const Side& here, const Side& there, const Sides& sides, const std::vector<Seed>& seeds,
          double size, double scale) {
  Way way;
  Deformation start = spread(here.graph, seeds);
  start.size = size;
  way.deformation = deform(here.fit(), there.fit(), sides, std::move(start), {}, scale);
  way.partner = match_curves(here.graph, way.deformation, there.graph, there.grid, sides, {}, scale);
  way.cost.assign(here.graph.samples.size(), 1);
  way.margin.assign(here.graph.samples.size(), 0);
  // A sample's seed is the one whose neighbourhood holds it; later seeds of a stroke follow earlier ones.
  std::size_t s = 0;
  for (std::int32_t i = 0; i < here.graph.size(); ++i) {
    while (s + 1 < seeds.size() && std::abs(seeds[s + 1].sample - i) <= std::abs(seeds[s].sample - i)) ++s;
    way.cost[i] = seeds[s].choice().cost;
    way.margin[i] = std::min(seeds[s].margin, 1.0F);
  }
  return way;
}

/// A start for dense motion: the same similarity everywhere, in pixels of the view.
Motion motion_of(const Placement& whole, const View& view) {
  Motion motion;
  motion.dx = Grid<float>(view.flow.near.width, view.flow.near.height);
  motion.dy = motion.dx;
  for (int j = 0; j < motion.dx.height; ++j)
    for (int i = 0; i < motion.dx.width; ++i) {
      const Vec2 p = Vec2{static_cast<double>(i), static_cast<double>(j)} * motion.step * view.cell;
      const Vec2 way = (whole.apply(p) - p) / view.cell;
      motion.dx(i, j) = static_cast<float>(way.x);
      motion.dy(i, j) = static_cast<float>(way.y);
    }
  return motion;
}

/// Nothing to match with: every line stays where it is.
Correspondence unmatched(const Drawing& a, const Drawing& b) {
  const auto alone = [](const SampleGraph& graph) {
    std::vector<SampleMatch> matches;
    for (const Sample& s : graph.samples) {
      SampleMatch match;
      match.here = match.predicted = match.there = s.position;
      match.here_tangent = match.there_tangent = s.tangent;
      match.stroke = s.stroke;
      match.along = s.along;
      matches.push_back(match);
    }
    return matches;
  };
  Correspondence result;
  result.a_to_b = alone(sample_graph(a));
  result.b_to_a = alone(sample_graph(b));
  summarise(result);
  return result;
}

Failure different_sizes(const Drawing& a, const Drawing& b) {
  return fail(ErrorCode::bad_input,
              "the two drawings have different sizes: " + std::to_string(a.width) + "x" +
                  std::to_string(a.height) + " and " + std::to_string(b.width) + "x" +
                  std::to_string(b.height),
              "draw or scan both keys on pages of one size");
}

}  // namespace

Result<Correspondence> match(const Drawing& a, const Drawing& b, const MatchFixes& fixes,
                             const MatchOptions& options) {
  if (a.width != b.width || a.height != b.height) return different_sizes(a, b);
  if (a.strokes.empty() || b.strokes.empty()) return unmatched(a, b);
  const double scale = page_scale(a);
  std::array<std::optional<Side>, 2> sides_of;
  parallel_for(options.threads, 2, [&](std::size_t k) { sides_of[k].emplace(k == 0 ? a : b, scale); });
  if (options.painted_a != nullptr && options.painted_b != nullptr)
    colour_regions(sides_of[0]->view, *options.painted_a, sides_of[1]->view, *options.painted_b);
  const Side &first = *sides_of[0], &second = *sides_of[1];
  const CoarseSide coarse_a = first.coarse(), coarse_b = second.coarse();
  // Found from either side, the better one is taken: exchanging the drawings changes nothing.
  const Placement ahead = whole_motion(coarse_a, coarse_b), back = whole_motion(coarse_b, coarse_a);
  const Placement whole = ahead.cost <= back.cost ? ahead : back.inverse();
  std::array<Motion, 2> motions;
  parallel_for(options.threads, 2, [&](std::size_t k) {
    const View &from = k == 0 ? first.view : second.view, &to = k == 0 ? second.view : first.view;
    motions[k] = dense_motion(from.flow, to.flow, motion_of(k == 0 ? whole : whole.inverse(), from));
  });
  Sides sides(first.view, second.view, motions[0], motions[1]);
  CoarseOptions coarse;
  coarse.threads = options.threads;
  if (options.preview) {
    coarse.reach /= 2;
    coarse.rotation_step *= 2;
  }
  const CoarseMotion seeds =
      coarse_motion(coarse_a, coarse_b, whole, motions[0], motions[1], sides, scale, coarse);
  const Sides behind = sides.reversed();
  std::array<Way, 2> ways;
  parallel_for(options.threads, 2, [&](std::size_t k) {
    ways[k] = k == 0 ? solve(first, second, sides, seeds.a, whole.scale, scale)
                     : solve(second, first, behind, seeds.b, 1 / whole.scale, scale);
  });

  Correspondence result;
  result.a_to_b = paired(first.graph, second.graph, ways[0], ways[1], sides, scale);
  result.b_to_a = paired(second.graph, first.graph, ways[1], ways[0], behind, scale);
  refit(first, second, fixes, scale, result);
  group(first.graph, second.graph, fixes, scale, result);
  summarise(result);
  return result;
}

Result<Correspondence> rematch(const Drawing& a, const Drawing& b, const Correspondence& before,
                               const MatchFixes& added) {
  if (a.width != b.width || a.height != b.height) return different_sizes(a, b);
  const double scale = page_scale(a);
  const RefitSide first(a, scale), second(b, scale);
  if (before.a_to_b.size() != first.graph.samples.size() ||
      before.b_to_a.size() != second.graph.samples.size())
    return fail(ErrorCode::wrong_use, "the earlier correspondence is of other drawings",
                "match the drawings anew");
  Correspondence result = before;
  refit(first, second, added, scale, result);
  group(first.graph, second.graph, added, scale, result);
  summarise(result);
  return result;
}

Registration registration(const std::vector<SampleMatch>& matches) {
  Registration anchors;
  for (const SampleMatch& m : matches)
    if (m.partner_stroke >= 0)
      anchors.push_back({m.here, m.there, m.here_tangent, m.there_tangent, m.confidence});
  return anchors;
}

}  // namespace nakawari
