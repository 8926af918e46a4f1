#include "match/deform.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

// Rest weights of links: a shared node is one point, a line holds together, paper hardly does.
constexpr double kStrokeWeight = 1, kNodeWeight = 6, kNearWeight = 0.1;
// Links give way when stretched beyond this (px at 1024).
constexpr double kStrokeGive = 10, kNearGive = 3.5;
// A line that runs in another direction attracts less: turning away by 60 degrees costs this many px.
constexpr double kTurnCost = 14;
constexpr double kLeastCosine = 0.6;
// A line between other regions attracts less: both sides wrong cost this many px.
constexpr double kSideCost = 8;
// Along a line nothing holds a sample but its neighbours; a little pull keeps ends near ends.
constexpr double kAlongPull = 0.06;
// Ends, junctions and corners pull this strongly, over this many times the reach of lines; lines that leave
// them quite otherwise cost this many px.
constexpr double kFeaturePull = 2, kFeatureReach = 1, kFeatureUnlike = 10;
constexpr double kPinWeight = 1e4;
constexpr int kSolverSteps = 40;

struct Pull {
  Vec2 to, normal;
  double weight = 0;
  double along = kAlongPull;  ///< pull in every direction beside that along the normal
};

/// Conjugate gradients on the normal equations; the matrix is never stored.
class Solver {
 public:
  Solver(const SampleGraph& graph, const std::vector<double>& link_weight, const std::vector<Pull>& pulls,
         const std::vector<double>& pin_weight)
      : graph_(graph),
        link_weight_(link_weight),
        pulls_(pulls),
        pin_weight_(pin_weight),
        diagonal_(graph.samples.size()) {
    for (std::size_t l = 0; l < graph.links.size(); ++l) {
      diagonal_[graph.links[l].a] += link_weight[l];
      diagonal_[graph.links[l].b] += link_weight[l];
    }
    for (std::size_t i = 0; i < pulls.size(); ++i)
      diagonal_[i] += pulls[i].weight * (0.5 + pulls[i].along) + pin_weight[i] + 1e-9;
  }

  void solve(const std::vector<Vec2>& right, std::vector<Vec2>& x, int steps) const {
    std::vector<Vec2> residual(x.size()), direction(x.size()), applied(x.size());
    apply(x, applied);
    double now = 0, first = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      residual[i] = right[i] - applied[i];
      direction[i] = residual[i] / diagonal_[i];
      now += dot(residual[i], direction[i]);
    }
    first = now;
    for (int step = 0; step < steps && now > 1e-10 * first && now > 1e-12; ++step) {
      apply(direction, applied);
      double curvature = 0;
      for (std::size_t i = 0; i < x.size(); ++i) curvature += dot(direction[i], applied[i]);
      if (curvature <= 0) break;
      const double length = now / curvature;
      double next = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        x[i] += direction[i] * length;
        residual[i] -= applied[i] * length;
        next += length_squared(residual[i]) / diagonal_[i];
      }
      for (std::size_t i = 0; i < x.size(); ++i)
        direction[i] = residual[i] / diagonal_[i] + direction[i] * (next / now);
      now = next;
    }
  }

 private:
  void apply(const std::vector<Vec2>& x, std::vector<Vec2>& out) const {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const Pull& pull = pulls_[i];
      out[i] = (pull.normal * dot(pull.normal, x[i]) + x[i] * pull.along) * pull.weight +
               x[i] * (pin_weight_[i] + 1e-9);
    }
    for (std::size_t l = 0; l < graph_.links.size(); ++l) {
      const Link& link = graph_.links[l];
      const Vec2 difference = (x[link.a] - x[link.b]) * link_weight_[l];
      out[link.a] += difference;
      out[link.b] -= difference;
    }
  }

  const SampleGraph& graph_;
  const std::vector<double>& link_weight_;
  const std::vector<Pull>& pulls_;
  const std::vector<double>& pin_weight_;
  std::vector<double> diagonal_;
};

double rest_weight(LinkKind kind) {
  switch (kind) {
    case LinkKind::stroke:
      return kStrokeWeight;
    case LinkKind::node:
      return kNodeWeight;
    case LinkKind::near:
      return kNearWeight;
  }
  return kNearWeight;
}

/// The best turn of each sample's links, smoothed once over the links.
std::vector<float> local_rotations(const SampleGraph& graph, const std::vector<Vec2>& position,
                                   const std::vector<double>& link_weight) {
  std::vector<Vec2> turn(graph.samples.size());  // (cosine, sine) sums
  for (std::size_t l = 0; l < graph.links.size(); ++l) {
    const Link& link = graph.links[l];
    const Vec2 rest = graph.samples[link.b].position - graph.samples[link.a].position;
    const Vec2 now = position[link.b] - position[link.a];
    const Vec2 add = Vec2{dot(rest, now), cross(rest, now)} * link_weight[l];
    turn[link.a] += add;
    turn[link.b] += add;
  }
  for (int pass = 0; pass < 3; ++pass) {
    std::vector<Vec2> smooth = turn;
    for (std::size_t l = 0; l < graph.links.size(); ++l) {
      const Link& link = graph.links[l];
      if (link.kind == LinkKind::near) continue;
      smooth[link.a] += turn[link.b];
      smooth[link.b] += turn[link.a];
    }
    turn = std::move(smooth);
  }
  std::vector<float> result(turn.size());
  for (std::size_t i = 0; i < turn.size(); ++i)
    result[i] = turn[i] == Vec2{} ? 0 : static_cast<float>(std::atan2(turn[i].y, turn[i].x));
  return result;
}

/// Features that lie nearest to each other both ways, within reach once carried, pull each other as points.
void pull_features(const DeformSide& from, const DeformSide& to, const Deformation& state, double reach,
                   double scale, std::vector<Pull>& pulls) {
  const auto price = [&](const Feature& f, const Feature& g) {
    const std::int32_t i = f.samples.front();
    const double apart = length_squared(state.position[i] - g.at);
    if (apart > reach * reach) return 1e18;
    const double other = kFeatureUnlike * scale * unlike(f, state.rotation[i], g);
    return apart + other * other;
  };
  std::vector<std::int32_t> best_from(from.features.size(), -1), best_to(to.features.size(), -1);
  std::vector<double> least_to(to.features.size(), reach * reach);
  for (std::size_t f = 0; f < from.features.size(); ++f) {
    double least = reach * reach;
    for (std::size_t g = 0; g < to.features.size(); ++g) {
      const double cost = price(from.features[f], to.features[g]);
      if (cost < least) {
        least = cost;
        best_from[f] = static_cast<std::int32_t>(g);
      }
      if (cost < least_to[g]) {
        least_to[g] = cost;
        best_to[g] = static_cast<std::int32_t>(f);
      }
    }
  }
  for (std::size_t f = 0; f < from.features.size(); ++f) {
    const std::int32_t g = best_from[f];
    if (g < 0 || best_to[g] != static_cast<std::int32_t>(f)) continue;
    const double hold = 1 / (1 + least_to[g] / (0.25 * reach * reach));
    for (const std::int32_t i : from.features[f].samples)
      pulls[i] = {to.features[g].at, {}, hold * kFeaturePull, 1};
  }
}

}  // namespace

Deformation deform(const DeformSide& from_side, const DeformSide& to_side, const Sides& sides,
                   Deformation state, const std::vector<Pin>& pins, double scale,
                   const DeformOptions& options) {
  const SampleGraph &from = from_side.graph, &to = to_side.graph;
  const double size = state.size;
  const std::size_t n = from.samples.size();
  std::vector<double> pin_weight(n, 0);
  std::vector<Vec2> pin_to(n);
  for (const Pin& pin : pins) {
    pin_weight[pin.sample] = kPinWeight;
    pin_to[pin.sample] = pin.to;
  }
  std::vector<Pull> pulls(n);
  std::vector<double> link_weight(from.links.size());
  std::vector<Turn> turn(n);

  for (int iteration = 0; iteration < options.iterations; ++iteration) {
    const double u = options.iterations > 1 ? static_cast<double>(iteration) / (options.iterations - 1) : 1;
    const double reach = options.reach_first * std::pow(options.reach_last / options.reach_first, u) * scale;
    const double stiffness =
        options.stiffness_first * std::pow(options.stiffness_last / options.stiffness_first, u);

    // Attract each sample to the nearest line that runs its way.
    for (std::size_t i = 0; i < n; ++i) {
      const Vec2 at = state.position[i];
      const Vec2 tangent = rotated(from.samples[i].tangent, state.rotation[i]);
      double best = reach * reach;
      std::int32_t nearest = -1;
      to_side.grid.visit(at, reach, [&](std::int32_t j) {
        const double apart = length_squared(to.samples[j].position - at);
        if (apart >= best) return;
        const double along = dot(tangent, to.samples[j].tangent), cosine = std::abs(along);
        if (cosine < kLeastCosine || to.samples[j].ink != from.samples[i].ink) return;
        const double turning = kTurnCost * scale * (1 - cosine);
        const double side = kSideCost * scale * (1 - sides.like(static_cast<std::int32_t>(i), j, along > 0));
        const double cost = apart + turning * turning + side * side;
        if (cost < best || (cost == best && j < nearest)) {
          best = cost;
          nearest = j;
        }
      });
      pulls[i].weight = 0;
      if (nearest < 0) continue;
      pulls[i] = {to.samples[nearest].position, perpendicular(to.samples[nearest].tangent),
                  1 / (1 + best / (0.25 * reach * reach)), kAlongPull};
    }

    if (kFeaturePull > 0) pull_features(from_side, to_side, state, kFeatureReach * reach, scale, pulls);

    // Weigh the links by how well they hold at present.
    for (std::size_t l = 0; l < from.links.size(); ++l) {
      const Link& link = from.links[l];
      const Vec2 rest = from.samples[link.a].position - from.samples[link.b].position;
      const double middle = 0.5 * (state.rotation[link.a] + state.rotation[link.b]);
      const double stretch = std::sqrt(
          length_squared(state.position[link.a] - state.position[link.b] - rotated(rest, middle) * size));
      const double give = (link.kind == LinkKind::near ? kNearGive : kStrokeGive) * scale;
      const double hold = 1 / (1 + stretch * stretch / (give * give));
      link_weight[l] = stiffness * rest_weight(link.kind) * hold * hold;
    }

    for (int pass = 0; pass < 2; ++pass) {
      std::vector<Vec2> right(n);
      for (std::size_t i = 0; i < n; ++i)
        right[i] = (pulls[i].normal * dot(pulls[i].normal, pulls[i].to) + pulls[i].to * pulls[i].along) *
                       pulls[i].weight +
                   pin_to[i] * pin_weight[i] + state.position[i] * 1e-9;
      std::transform(state.rotation.begin(), state.rotation.end(), turn.begin(),
                     [](float rotation) { return Turn(rotation); });
      for (std::size_t l = 0; l < from.links.size(); ++l) {
        const Link& link = from.links[l];
        const Vec2 rest = from.samples[link.a].position - from.samples[link.b].position;
        const Vec2 wanted = (turn[link.a](rest) + turn[link.b](rest)) * (0.5 * size * link_weight[l]);
        right[link.a] += wanted;
        right[link.b] -= wanted;
      }
      Solver(from, link_weight, pulls, pin_weight).solve(right, state.position, kSolverSteps);
      state.rotation = local_rotations(from, state.position, link_weight);
    }
  }
  return state;
}

}  // namespace nakawari
