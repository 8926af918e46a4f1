#include "match/match.h"

#include <algorithm>
#include <cmath>

#include "match/coarse_motion.h"
#include "match/curve_match.h"
#include "match/deform.h"
#include "match/line_field.h"
#include "match/sample_graph.h"
#include "match/view.h"

namespace nakawari {
namespace {

// Search fields (px at 1024): the wide one forgives, the fine one decides.
constexpr double kWideCell = 4, kWideReach = 24, kFineCell = 2, kFineReach = 10;
// Two directions agree when the way back ends on the same line within this of the start, across the line and
// along it.
constexpr double kAgreeAcross = 4, kAgreeAlong = 16;
// A fix's point names the line within this of it.
constexpr double kFixReach = 30;

/// One drawing, sampled and indexed.
struct Side {
  SampleGraph graph;
  SampleGrid grid;
  LineField wide, fine;
  View view;

  Side(const Drawing& drawing, double scale)
      : graph(sample_graph(drawing)),
        grid(graph, 12 * scale),
        wide(graph, drawing.width, drawing.height, kWideCell * scale, kWideReach * scale),
        fine(graph, drawing.width, drawing.height, kFineCell * scale, kFineReach * scale),
        view(view_of(drawing, graph)) {}

  /// The sample nearest to a point, -1 beyond reach.
  [[nodiscard]] std::int32_t nearest(Vec2 point, double reach) const {
    std::int32_t best = -1;
    double least = reach;
    for (std::int32_t i = 0; i < graph.size(); ++i) {
      const double d = distance(graph.samples[i].position, point);
      if (d < least) {
        least = d;
        best = i;
      }
    }
    return best;
  }
};

/// Everything that one direction needs of the fixes.
struct Constraints {
  std::vector<FixedPlacement> guides;
  std::vector<Pin> pins;
  Allowed allowed;
};

Constraints constraints(const Side& here, const Side& there, const MatchFixes& fixes, bool forward,
                        double scale) {
  Constraints result;
  const double reach = kFixReach * scale;
  for (const GuidePair& guide : fixes.guides) {
    const Vec2 from = forward ? guide.a : guide.b, to = forward ? guide.b : guide.a;
    const std::int32_t i = here.nearest(from, reach), j = there.nearest(to, reach);
    result.guides.push_back({from, to});
    if (i >= 0) result.pins.push_back({i, j >= 0 ? there.graph.samples[j].position : to});
  }
  if (fixes.stroke_pairs.empty() && fixes.no_partner.empty()) return result;

  result.allowed.rule.assign(here.graph.samples.size(), -1);
  const auto strokes_at = [&](const Side& side, const std::vector<Vec2>& points) {
    std::vector<StrokeId> strokes;
    for (const Vec2 point : points) {
      const std::int32_t i = side.nearest(point, reach);
      if (i >= 0) strokes.push_back(side.graph.samples[i].stroke);
    }
    return strokes;
  };
  for (const StrokePairFix& pair : fixes.stroke_pairs) {
    const std::vector<StrokeId> ours = strokes_at(here, forward ? pair.a : pair.b);
    const std::vector<StrokeId> theirs = strokes_at(there, forward ? pair.b : pair.a);
    if (ours.empty() || theirs.empty()) continue;
    for (std::int32_t i = 0; i < here.graph.size(); ++i)
      if (std::find(ours.begin(), ours.end(), here.graph.samples[i].stroke) != ours.end())
        result.allowed.rule[i] = static_cast<std::int32_t>(result.allowed.strokes.size());
    result.allowed.strokes.push_back(theirs);
  }
  for (const NoPartnerFix& lone : fixes.no_partner) {
    if (lone.in_first != forward) continue;
    const std::int32_t i = here.nearest(lone.at, reach);
    if (i < 0) continue;
    for (std::int32_t k = 0; k < here.graph.size(); ++k)
      if (here.graph.samples[k].stroke == here.graph.samples[i].stroke) result.allowed.rule[k] = -2;
  }
  return result;
}

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

struct Direction {
  Deformation deformation;
  std::vector<std::int32_t> partner;
};

Direction refine(const Side& here, const Side& there, const Sides& sides, const std::vector<Seed>& seeds,
                 const Constraints& held, double scale) {
  Direction result;
  result.deformation =
      deform(here.graph, there.graph, there.grid, sides, spread(here.graph, seeds), held.pins, scale);
  result.partner =
      match_curves(here.graph, result.deformation, there.graph, there.grid, sides, held.allowed, scale);
  return result;
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

/// Whether the way there and back ends where it began.
float agreement(const Side& here, const Side& there, const Direction& out, const Direction& back,
                std::int32_t i, double scale) {
  const std::int32_t j = out.partner[i];
  if (j < 0) return 0;
  const Sample& start = here.graph.samples[i];
  // A neighbour of the partner may have the clearer answer.
  double best = 1e9;
  for (std::int32_t k = std::max(j - 2, there.graph.first[there.graph.samples[j].stroke]);
       k <= std::min(j + 2, there.graph.first[there.graph.samples[j].stroke + 1] - 1); ++k) {
    const std::int32_t home = back.partner[k];
    if (home < 0) continue;
    const Vec2 miss = here.graph.samples[home].position - start.position;
    const double across = std::abs(cross(start.tangent, miss)), along = std::abs(dot(start.tangent, miss));
    best = std::min(best, std::max(across / (kAgreeAcross * scale), along / (kAgreeAlong * scale)));
  }
  return best > 1.5 ? 0 : static_cast<float>(std::clamp(1.25 - 0.5 * best, 0.0, 1.0));
}

std::vector<SampleMatch> collect(const Side& here, const Side& there, const Direction& out,
                                 const Direction& back, double scale) {
  std::vector<SampleMatch> matches(here.graph.samples.size());
  for (std::int32_t i = 0; i < here.graph.size(); ++i) {
    const Sample& sample = here.graph.samples[i];
    SampleMatch& match = matches[i];
    match.here = sample.position;
    match.here_tangent = sample.tangent;
    match.stroke = sample.stroke;
    match.along = sample.along;
    match.predicted = match.there = out.deformation.position[i];
    match.rotation = out.deformation.rotation[i];
    match.there_tangent = rotated(sample.tangent, match.rotation);
    const float sure = agreement(here, there, out, back, i, scale);
    if (sure <= 0) continue;
    const Sample& partner = there.graph.samples[out.partner[i]];
    // The foot on the partner's line, between its samples.
    const double slip = std::clamp(dot(partner.tangent, match.predicted - partner.position),
                                   -0.5 * there.graph.spacing, 0.5 * there.graph.spacing);
    match.partner_stroke = partner.stroke;
    match.partner_along = std::max(0.0F, partner.along + static_cast<float>(slip));
    match.there = partner.position + partner.tangent * slip;
    match.there_tangent = dot(partner.tangent, match.there_tangent) < 0 ? -partner.tangent : partner.tangent;
    match.confidence = sure;
  }
  return matches;
}

double coverage(const std::vector<SampleMatch>& matches) {
  if (matches.empty()) return 1;
  const auto with = std::count_if(matches.begin(), matches.end(),
                                  [](const SampleMatch& m) { return m.partner_stroke >= 0; });
  return static_cast<double>(with) / static_cast<double>(matches.size());
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
  result.coverage_a = coverage(result.a_to_b);
  result.coverage_b = coverage(result.b_to_a);
  return result;
}

}  // namespace

Result<Correspondence> match(const Drawing& a, const Drawing& b, const MatchFixes& fixes,
                             const MatchOptions& options) {
  if (a.width != b.width || a.height != b.height)
    return fail(ErrorCode::bad_input,
                "the two drawings have different sizes: " + std::to_string(a.width) + "x" +
                    std::to_string(a.height) + " and " + std::to_string(b.width) + "x" +
                    std::to_string(b.height),
                "draw or scan both keys on pages of one size");
  const double scale = page_scale(a);
  if (a.strokes.empty() || b.strokes.empty()) return unmatched(a, b);
  const Side first(a, scale), second(b, scale);
  const Constraints ahead = constraints(first, second, fixes, true, scale),
                    behind = constraints(second, first, fixes, false, scale);
  const auto coarse_side = [](const Side& side, const Constraints& held) {
    return CoarseSide{side.graph, side.grid, side.wide, side.fine, side.view, held.guides};
  };
  const CoarseSide coarse_a = coarse_side(first, ahead), coarse_b = coarse_side(second, behind);
  const Placement whole = whole_motion(coarse_a, coarse_b);
  const Motion out = dense_motion(first.view.flow, second.view.flow, motion_of(whole, first.view));
  const Motion back =
      dense_motion(second.view.flow, first.view.flow, motion_of(whole.inverse(), second.view));
  const Sides sides(first.view, second.view, out, back);
  CoarseOptions coarse;
  coarse.threads = options.threads;
  if (options.preview) {
    coarse.reach /= 2;
    coarse.rotation_step *= 2;
  }
  const CoarseMotion seeds = coarse_motion(coarse_a, coarse_b, whole, out, back, sides, scale, coarse);
  const Direction forward = refine(first, second, sides, seeds.a, ahead, scale);
  const Direction backward = refine(second, first, sides.reversed(), seeds.b, behind, scale);

  Correspondence result;
  result.a_to_b = collect(first, second, forward, backward, scale);
  result.b_to_a = collect(second, first, backward, forward, scale);
  result.coverage_a = coverage(result.a_to_b);
  result.coverage_b = coverage(result.b_to_a);
  std::vector<double> misses;
  for (const SampleMatch& m : result.a_to_b)
    if (m.partner_stroke >= 0) misses.push_back(distance(m.predicted, m.there));
  if (!misses.empty()) {
    const auto high = misses.begin() + static_cast<std::ptrdiff_t>(misses.size() * 9 / 10);
    std::nth_element(misses.begin(), high, misses.end());
    result.residual = *high;
  }
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
