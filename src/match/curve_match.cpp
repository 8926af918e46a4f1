#include "match/curve_match.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

constexpr int kMostCandidates = 8;
// Standard distances (px at 1024): of a partner from the deformed place, of a step against the deformed step.
constexpr double kPlaceSigma = 3.5, kStepSigma = 2.5;
constexpr double kTurnWeight = 6;    // price of a right angle between directions
constexpr double kSideWeight = 1.5;  // price of other regions on both sides
constexpr double kJumpCost = 0.8;    // price of going on on another stroke
constexpr double kLeastCosine = 0.5;

struct State {
  std::int32_t partner = -1;
  double own = 0;    // price of this choice
  double total = 0;  // least price of reaching it
  int before = -1;
};

}  // namespace

std::vector<std::int32_t> match_curves(const SampleGraph& from, const Deformation& deformed,
                                       const SampleGraph& to, const SampleGrid& to_grid, const Sides& sides,
                                       const Allowed& allowed, double scale,
                                       const CurveMatchOptions& options) {
  std::vector<std::int32_t> result(from.samples.size(), -1);
  const double reach = options.reach * scale;
  const double place_sigma = kPlaceSigma * scale, step_sigma = kStepSigma * scale;

  const auto candidates = [&](std::int32_t i) {
    std::vector<State> states;
    states.push_back({-1, options.none_cost, 0, -1});
    const std::int32_t rule = allowed.rule.empty() ? -1 : allowed.rule[i];
    if (rule == -2) {
      states[0].own = 0;
      return states;
    }
    const Vec2 at = deformed.position[i];
    const Vec2 tangent = rotated(from.samples[i].tangent, deformed.rotation[i]);
    const double search = rule >= 0 ? 6 * reach : reach;
    to_grid.visit(at, search, [&](std::int32_t j) {
      const double d = std::sqrt(length_squared(to.samples[j].position - at));
      if (d > search) return;
      if (rule >= 0) {
        const auto& strokes = allowed.strokes[rule];
        if (std::find(strokes.begin(), strokes.end(), to.samples[j].stroke) == strokes.end()) return;
      }
      const double along = dot(tangent, to.samples[j].tangent), cosine = std::abs(along);
      if (cosine < kLeastCosine || (rule < 0 && to.samples[j].ink != from.samples[i].ink)) return;
      const double held = rule >= 0 ? 0.1 : 1;
      states.push_back({j,
                        held * (d * d / (place_sigma * place_sigma) + kTurnWeight * (1 - cosine) +
                                kSideWeight * (1 - sides.like(i, j, along > 0))),
                        0, -1});
    });
    std::stable_sort(states.begin() + 1, states.end(),
                     [](const State& l, const State& r) { return l.own < r.own; });
    if (states.size() > kMostCandidates + 1) states.resize(kMostCandidates + 1);
    if (rule >= 0 && states.size() > 1) states[0].own = 50;
    return states;
  };

  const auto step = [&](std::int32_t i, const State& before, const State& after) {
    if ((before.partner < 0) != (after.partner < 0)) return options.switch_cost;
    if (after.partner < 0) return 0.0;
    const Sample& p = to.samples[before.partner];
    const Sample& q = to.samples[after.partner];
    const Vec2 wanted = deformed.position[i] - deformed.position[i - 1];
    const double miss = length_squared(q.position - p.position - wanted) / (step_sigma * step_sigma);
    return miss + (p.stroke != q.stroke ? kJumpCost : 0);
  };

  for (std::size_t s = 0; s + 1 < from.first.size(); ++s) {
    const std::int32_t begin = from.first[s], end = from.first[s + 1];
    std::vector<std::vector<State>> lattice;
    for (std::int32_t i = begin; i < end; ++i) {
      lattice.push_back(candidates(i));
      for (State& state : lattice.back()) {
        state.total = state.own;
        if (i == begin) continue;
        const std::vector<State>& row = lattice[lattice.size() - 2];
        double best = 1e18;
        for (std::size_t k = 0; k < row.size(); ++k) {
          const double total = row[k].total + step(i, row[k], state);
          if (total < best) {
            best = total;
            state.before = static_cast<int>(k);
          }
        }
        state.total += best;
      }
    }
    int at = 0;
    for (std::size_t k = 1; k < lattice.back().size(); ++k)
      if (lattice.back()[k].total < lattice.back()[at].total) at = static_cast<int>(k);
    for (std::int32_t i = end - 1; i >= begin; --i) {
      const State& state = lattice[i - begin][at];
      result[i] = state.partner;
      at = state.before;
    }
  }
  return result;
}

}  // namespace nakawari
