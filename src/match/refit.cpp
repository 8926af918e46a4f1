#include "match/refit.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <queue>

#include "match/curve_match.h"
#include "match/pairing.h"

namespace nakawari {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
// Lengths in px at 1024: a fix's point names the line within kNameReach; a guide carries what lies within
// kGuideReach, the nearer part of it wholly.
constexpr double kNameReach = 30, kGuideReach = 120, kWholly = 0.6;
// Ways across paper count so many times.
constexpr double kAcrossPaper = 2;
// A guide that moves its place by less than this keeps the turn that the place had.
constexpr double kSmallMove = 6;
// Distances above this do not tell turns apart; a turn of 60 degrees costs this many px.
constexpr double kTurnCutOff = 10, kTurnPrior = 1.5;

struct Near {
  std::int32_t sample = 0;
  double way = 0;
};

/// One direction of the correspondence as a solvable state.
struct State {
  const RefitSide& here;
  const RefitSide& there;
  std::vector<SampleMatch>& matches;
  Way way;

  State(const RefitSide& from, const RefitSide& to, std::vector<SampleMatch>& found)
      : here(from), there(to), matches(found) {
    for (const SampleMatch& m : matches) {
      way.deformation.position.push_back(m.predicted);
      way.deformation.rotation.push_back(m.rotation);
      way.deformation.size = m.scale;
      way.partner.push_back(m.partner_stroke < 0 ? -1
                                                 : sample_at(to.graph, m.partner_stroke, m.partner_along));
    }
  }

  static std::int32_t sample_at(const SampleGraph& graph, StrokeId stroke, float along) {
    const std::int32_t first = graph.first[stroke], last = graph.first[stroke + 1] - 1;
    const double whole = graph.samples[last].along;
    const auto k = static_cast<std::int32_t>(std::lround(whole > 0 ? along / whole * (last - first) : 0));
    return std::clamp(first + k, first, last);
  }
};

std::int32_t nearest(const SampleGraph& graph, Vec2 point, double reach) {
  std::int32_t best = -1;
  double least = reach * reach;
  for (std::int32_t i = 0; i < graph.size(); ++i) {
    const double d = length_squared(graph.samples[i].position - point);
    if (d < least) {
      least = d;
      best = i;
    }
  }
  return best;
}

/// What hangs on a sample, with the way to it; in the order of samples.
std::vector<Near> around(const SampleGraph& graph, std::int32_t start, double reach) {
  std::vector<double> way(graph.samples.size(), 1e18);
  using Front = std::pair<double, std::int32_t>;
  std::priority_queue<Front, std::vector<Front>, std::greater<>> queue;
  queue.push({0, start});
  way[start] = 0;
  while (!queue.empty()) {
    const auto [so_far, i] = queue.top();
    queue.pop();
    if (so_far > way[i]) continue;
    for (std::int32_t k = graph.link_start[i]; k < graph.link_start[i + 1]; ++k) {
      const std::int32_t j = graph.other(graph.link_of[k], i);
      const double step = distance(graph.samples[i].position, graph.samples[j].position) *
                          (graph.links[graph.link_of[k]].kind == LinkKind::near ? kAcrossPaper : 1);
      if (so_far + step >= way[j] || so_far + step > reach) continue;
      way[j] = so_far + step;
      queue.push({way[j], j});
    }
  }
  std::vector<Near> result;
  for (std::int32_t i = 0; i < graph.size(); ++i)
    if (way[i] <= reach) result.push_back({i, way[i]});
  return result;
}

/// The part of a graph around a fix, with the ring of samples just outside, which stay.
struct Part {
  SampleGraph graph;
  std::vector<std::int32_t> whole;  ///< sample of the whole graph
  std::vector<bool> ring;
  std::vector<Feature> points;
};

Part part_of(const RefitSide& side, const std::vector<std::int32_t>& samples) {
  std::vector<std::int32_t> mine(side.graph.samples.size(), -1);
  std::vector<bool> inside(side.graph.samples.size(), false);
  for (const std::int32_t i : samples) inside[i] = true;
  std::vector<bool> wanted = inside;
  for (const Link& link : side.graph.links) {
    if (link.kind == LinkKind::near || inside[link.a] == inside[link.b]) continue;
    wanted[link.a] = wanted[link.b] = true;
  }
  Part part;
  part.graph.spacing = side.graph.spacing;
  for (std::int32_t i = 0; i < side.graph.size(); ++i) {
    if (!wanted[i]) continue;
    const bool follows = !part.whole.empty() && part.whole.back() == i - 1 &&
                         side.graph.samples[i - 1].stroke == side.graph.samples[i].stroke;
    mine[i] = part.graph.size();
    if (!follows) part.graph.first.push_back(mine[i]);
    part.whole.push_back(i);
    part.ring.push_back(!inside[i]);
    part.graph.samples.push_back(side.graph.samples[i]);
  }
  part.graph.first.push_back(part.graph.size());
  for (const Link& link : side.graph.links)
    if (mine[link.a] >= 0 && mine[link.b] >= 0)
      part.graph.links.push_back({mine[link.a], mine[link.b], link.kind});
  for (const Feature& feature : side.points) {
    Feature moved = feature;
    bool all = true;
    for (std::int32_t& i : moved.samples) {
      i = mine[i];
      all = all && i >= 0;
    }
    if (all) part.points.push_back(std::move(moved));
  }
  return part;
}

/// Pairs again what is listed and whatever meets it from the other side.
void pair_again(State& out, State& back, const std::vector<std::int32_t>& here,
                const std::vector<std::int32_t>& there, double scale) {
  const Sides unknown;
  const auto listed = [](std::size_t size, const std::vector<std::int32_t>& list) {
    std::vector<bool> flags(size, false);
    for (const std::int32_t i : list) flags[i] = true;
    return flags;
  };
  const std::vector<bool> ours = listed(out.matches.size(), here),
                          theirs = listed(back.matches.size(), there);
  const auto again = [&](State& one, const State& other, const std::vector<bool>& own,
                         const std::vector<bool>& others) {
    for (std::int32_t i = 0; i < one.here.graph.size(); ++i) {
      const std::int32_t j = one.way.partner[i];
      if (!own[i] && (j < 0 || !others[j])) continue;
      const SampleMatch before = one.matches[i];
      one.matches[i] = paired(one.here.graph, one.there.graph, one.way, other.way, unknown, i, scale);
      // What only met a changed line and still agrees is as it was.
      if (!own[i] && one.matches[i].partner_stroke >= 0) one.matches[i] = before;
    }
  };
  again(out, back, ours, theirs);
  again(back, out, theirs, ours);
}

/// Fits a part from `start` (positions and turns of its samples already in the state) and matches its lines.
void fit_part(State& state, const std::vector<std::int32_t>& samples, const std::vector<Pin>& pins,
              double scale) {
  const Part part = part_of(state.here, samples);
  Deformation start;
  start.size = state.way.deformation.size;
  std::vector<Pin> held;
  for (std::int32_t k = 0; k < part.graph.size(); ++k) {
    start.position.push_back(state.way.deformation.position[part.whole[k]]);
    start.rotation.push_back(state.way.deformation.rotation[part.whole[k]]);
    if (part.ring[k]) held.push_back({k, start.position.back()});
    for (const Pin& pin : pins)
      if (pin.sample == part.whole[k]) held.push_back({k, pin.to});
  }
  const Sides unknown;
  const Deformation fitted = deform({part.graph, state.here.grid, part.points}, state.there.fit(), unknown,
                                    std::move(start), held, scale, {.iterations = 8});
  const std::vector<std::int32_t> partner =
      match_curves(part.graph, fitted, state.there.graph, state.there.grid, unknown, {}, scale);
  for (std::int32_t k = 0; k < part.graph.size(); ++k) {
    if (part.ring[k]) continue;
    state.way.deformation.position[part.whole[k]] = fitted.position[k];
    state.way.deformation.rotation[part.whole[k]] = fitted.rotation[k];
    state.way.partner[part.whole[k]] = partner[k];
  }
}

/// How badly a neighbourhood, turned about its guide, falls on the other drawing's lines, px.
double turn_cost(const State& state, const std::vector<Near>& near, std::int32_t pivot, Vec2 to, double angle,
                 double scale) {
  const double cut = kTurnCutOff * scale;
  double sum = 0;
  for (std::size_t k = 0; k < near.size(); k += 2) {
    const Sample& sample = state.here.graph.samples[near[k].sample];
    const Vec2 at = to + rotated(sample.position - state.here.graph.samples[pivot].position, angle) *
                             state.way.deformation.size;
    const Vec2 tangent = rotated(sample.tangent, angle);
    double least = cut * cut;
    state.there.grid.visit(at, cut, [&](std::int32_t j) {
      if (std::abs(dot(tangent, state.there.graph.samples[j].tangent)) < 0.7) return;
      least = std::min(least, length_squared(state.there.graph.samples[j].position - at));
    });
    sum += std::sqrt(least);
  }
  return 2 * sum / static_cast<double>(std::max<std::size_t>(1, near.size()));
}

/// Carries what hangs on sample `i` so that `i` comes to `to`; gives the samples that it moved.
std::vector<std::int32_t> carry(State& state, std::int32_t i, Vec2 to, double scale) {
  Deformation& d = state.way.deformation;
  const double reach = kGuideReach * scale;
  const std::vector<Near> near = around(state.here.graph, i, reach);
  const Vec2 pivot = state.here.graph.samples[i].position;
  double turn = d.rotation[i];
  const bool small = distance(d.position[i], to) < kSmallMove * scale;
  if (!small) {
    double least = 1e18;
    const double before = turn;
    for (int r = -9; r <= 9; ++r) {
      const double angle = before + r * 10 * kDegree;
      const double cost =
          turn_cost(state, near, i, to, angle, scale) + kTurnPrior * scale * std::abs(r) * 10 / 60;
      if (cost < least) {
        least = cost;
        turn = angle;
      }
    }
  }
  const Vec2 moved = to - d.position[i];
  std::vector<std::int32_t> samples;
  for (const Near& n : near) {
    samples.push_back(n.sample);
    const double u = std::clamp((1 - n.way / reach) / (1 - kWholly), 0.0, 1.0);
    const Vec2 placed =
        small ? d.position[n.sample] + moved
              : to + rotated(state.here.graph.samples[n.sample].position - pivot, turn) * d.size;
    d.position[n.sample] = lerp(d.position[n.sample], placed, u);
    if (!small) d.rotation[n.sample] = static_cast<float>(d.rotation[n.sample] * (1 - u) + turn * u);
  }
  fit_part(state, samples, {{i, to}}, scale);
  return samples;
}

void set_partner(State& state, std::int32_t i, std::int32_t j) {
  const Sample& partner = state.there.graph.samples[j];
  SampleMatch& m = state.matches[i];
  state.way.partner[i] = j;
  m.predicted = m.there = state.way.deformation.position[i] = partner.position;
  m.partner_stroke = partner.stroke;
  m.partner_along = partner.along;
  m.there_tangent =
      dot(partner.tangent, rotated(m.here_tangent, m.rotation)) < 0 ? -partner.tangent : partner.tangent;
  m.confidence = 1;
}

void apply(State& out, State& back, const GuidePair& guide, double scale) {
  const std::int32_t i = nearest(out.here.graph, guide.a, kNameReach * scale),
                     j = nearest(out.there.graph, guide.b, kNameReach * scale);
  if (i < 0 || j < 0) return;
  const auto ours = carry(out, i, out.there.graph.samples[j].position, scale);
  const auto theirs = carry(back, j, out.here.graph.samples[i].position, scale);
  pair_again(out, back, ours, theirs, scale);
  set_partner(out, i, j);
  set_partner(back, j, i);
}

std::vector<std::int32_t> samples_of(const SampleGraph& graph, const std::vector<StrokeId>& strokes) {
  std::vector<std::int32_t> samples;
  for (const StrokeId s : strokes)
    for (std::int32_t i = graph.first[s]; i < graph.first[s + 1]; ++i) samples.push_back(i);
  std::sort(samples.begin(), samples.end());
  return samples;
}

std::vector<StrokeId> strokes_at(const SampleGraph& graph, const std::vector<Vec2>& points, double scale) {
  std::vector<StrokeId> strokes;
  for (const Vec2 point : points)
    if (const std::int32_t i = nearest(graph, point, kNameReach * scale); i >= 0)
      strokes.push_back(graph.samples[i].stroke);
  std::sort(strokes.begin(), strokes.end());
  strokes.erase(std::unique(strokes.begin(), strokes.end()), strokes.end());
  return strokes;
}

/// One stroke onto one: by arc length, in the direction that agrees with the motion so far.
void lay_along(State& state, StrokeId ours, StrokeId theirs) {
  const SampleGraph &here = state.here.graph, &there = state.there.graph;
  const std::int32_t first = here.first[ours], last = here.first[ours + 1] - 1;
  const auto target = [&](std::int32_t i, bool same) {
    const double u = static_cast<double>(i - first) / std::max(1, last - first);
    return State::sample_at(
        there, theirs,
        static_cast<float>((same ? u : 1 - u) * there.samples[there.first[theirs + 1] - 1].along));
  };
  const auto miss = [&](bool same) {
    double sum = 0;
    for (std::int32_t i = first; i <= last; ++i)
      sum += distance(state.way.deformation.position[i], there.samples[target(i, same)].position);
    return sum;
  };
  const bool same = miss(true) <= miss(false);
  for (std::int32_t i = first; i <= last; ++i) {
    const Sample& other = there.samples[target(i, same)];
    const Vec2 tangent = same ? other.tangent : -other.tangent, own = here.samples[i].tangent;
    state.matches[i].rotation = state.way.deformation.rotation[i] =
        static_cast<float>(std::atan2(cross(own, tangent), dot(own, tangent)));
    set_partner(state, i, target(i, same));
  }
}

/// Many onto many: moved as one so that the middles meet, then matched to nothing but the named strokes.
void lay_among(State& state, const std::vector<StrokeId>& ours, const std::vector<StrokeId>& theirs,
               double scale) {
  const std::vector<std::int32_t> samples = samples_of(state.here.graph, ours),
                                  others = samples_of(state.there.graph, theirs);
  Vec2 from, to;
  for (const std::int32_t i : samples) from += state.way.deformation.position[i];
  for (const std::int32_t j : others) to += state.there.graph.samples[j].position;
  const Vec2 shift = to / static_cast<double>(others.size()) - from / static_cast<double>(samples.size());
  Part part = part_of(state.here, samples);
  Deformation moved;
  Allowed allowed;
  allowed.strokes = {theirs};
  allowed.rule.assign(part.graph.samples.size(), 0);
  for (std::int32_t k = 0; k < part.graph.size(); ++k) {
    moved.position.push_back(state.way.deformation.position[part.whole[k]] + shift);
    moved.rotation.push_back(state.way.deformation.rotation[part.whole[k]]);
  }
  const Sides unknown;
  const std::vector<std::int32_t> partner =
      match_curves(part.graph, moved, state.there.graph, state.there.grid, unknown, allowed, scale);
  for (std::int32_t k = 0; k < part.graph.size(); ++k) {
    if (part.ring[k]) continue;
    if (partner[k] >= 0) set_partner(state, part.whole[k], partner[k]);
  }
}

void apply(State& out, State& back, const StrokePairFix& fix, double scale) {
  const std::vector<StrokeId> ours = strokes_at(out.here.graph, fix.a, scale),
                              theirs = strokes_at(out.there.graph, fix.b, scale);
  if (ours.empty() || theirs.empty()) return;
  const auto release = [](State& state, const std::vector<StrokeId>& strokes) {
    std::vector<std::int32_t> samples = samples_of(state.here.graph, strokes);
    for (const std::int32_t i : samples) state.way.partner[i] = -1;
    return samples;
  };
  pair_again(out, back, release(out, ours), release(back, theirs), scale);
  if (ours.size() == 1 && theirs.size() == 1) {
    lay_along(out, ours.front(), theirs.front());
    lay_along(back, theirs.front(), ours.front());
  } else {
    lay_among(out, ours, theirs, scale);
    lay_among(back, theirs, ours, scale);
  }
}

void apply(State& out, State& back, const NoPartnerFix& fix, double scale) {
  State &lone = fix.in_first ? out : back, &other = fix.in_first ? back : out;
  const std::vector<std::int32_t> samples =
      samples_of(lone.here.graph, strokes_at(lone.here.graph, {fix.at}, scale));
  for (const std::int32_t i : samples) lone.way.partner[i] = -1;
  for (std::int32_t j = 0; j < other.here.graph.size(); ++j) {
    const std::int32_t i = other.way.partner[j];
    if (i < 0 || !std::binary_search(samples.begin(), samples.end(), i)) continue;
    other.way.partner[j] = -1;
    other.matches[j] = paired(other.here.graph, other.there.graph, other.way, lone.way, {}, j, scale);
  }
  for (const std::int32_t i : samples)
    lone.matches[i] = paired(lone.here.graph, lone.there.graph, lone.way, other.way, {}, i, scale);
}

}  // namespace

void refit(const RefitSide& a, const RefitSide& b, const MatchFixes& fixes, double scale,
           Correspondence& correspondence) {
  if (fixes.guides.empty() && fixes.stroke_pairs.empty() && fixes.no_partner.empty()) return;
  State out(a, b, correspondence.a_to_b), back(b, a, correspondence.b_to_a);
  for (const GuidePair& fix : fixes.guides) apply(out, back, fix, scale);
  for (const StrokePairFix& fix : fixes.stroke_pairs) apply(out, back, fix, scale);
  for (const NoPartnerFix& fix : fixes.no_partner) apply(out, back, fix, scale);
}

}  // namespace nakawari
