#include "match/coarse_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <queue>

namespace nakawari {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
// A neighbourhood reaches this far along the lines and across paper (px at 1024).
constexpr double kPatchAlong = 72, kPatchAcross = 44;
constexpr int kPatchOwn = 18, kPatchOther = 10;
constexpr float kOtherWeight = 0.4F;
// The prior for small motion only breaks ties: a straight line fits everywhere along itself.
constexpr float kShiftPrior = 0.10F, kRotationPrior = 0.06F;
// Two seeds that would place each other farther apart than this simply disagree.
constexpr double kDisagree = 20;
// Weight of agreement against the own score.
constexpr float kSmooth = 0.42F, kSmoothNear = 0.16F;

/// The neighbourhood of a seed, turned by one angle, ready for scoring.
struct TurnedPatch {
  std::vector<float> x, y, weight;
  std::vector<int> bin;
  float total = 0;
};

/// `stride` 2 takes every other sample: enough for the wide search.
TurnedPatch turned(const SampleGraph& graph, const Seed& seed, double angle, std::size_t stride = 1) {
  TurnedPatch patch;
  const Vec2 centre = graph.samples[seed.sample].position;
  for (std::size_t k = 0; k < seed.patch.size(); k += stride) {
    const Sample& sample = graph.samples[seed.patch[k]];
    const Vec2 offset = rotated(sample.position - centre, angle);
    patch.x.push_back(static_cast<float>(offset.x));
    patch.y.push_back(static_cast<float>(offset.y));
    patch.weight.push_back(seed.patch_weight[k]);
    patch.bin.push_back(LineField::bin(std::atan2(sample.tangent.y, sample.tangent.x) + angle));
    patch.total += seed.patch_weight[k];
  }
  return patch;
}

/// Mean cut-off distance over the patch, 0..1; stops early above `bound`.
float score(const TurnedPatch& patch, const LineField& field, Vec2 at, float bound) {
  const float x = static_cast<float>(at.x), y = static_cast<float>(at.y);
  const float limit = bound * patch.total * field.reach();
  float sum = 0;
  for (std::size_t k = 0; k < patch.x.size(); ++k) {
    sum += patch.weight[k] * field.distance(x + patch.x[k], y + patch.y[k], patch.bin[k]);
    if (sum > limit) return 1;
  }
  return sum / (patch.total * field.reach());
}

struct Searcher {
  const SampleGraph& graph;
  const LineField& wide;
  const LineField& fine;
  const CoarseOptions& options;
  double scale;

  [[nodiscard]] float prior(Vec2 shift, double rotation) const {
    return kShiftPrior * static_cast<float>(length(shift) / (options.reach * scale)) +
           kRotationPrior * static_cast<float>(std::abs(rotation) / (60 * kDegree));
  }

  /// Walks downhill on the fine field from a placement.
  void refine(const Seed& seed, Placement& place) const {
    for (double step = 7 * scale, turn = 8 * kDegree; step >= 1.4 * scale; step /= 2, turn /= 2) {
      for (int pass = 0; pass < 2; ++pass) {
        const Placement start = place;
        for (int r = -1; r <= 1; ++r) {
          const double angle = start.rotation + r * turn;
          const TurnedPatch patch = turned(graph, seed, angle);
          for (int dy = -1; dy <= 1; ++dy)
            for (int dx = -1; dx <= 1; ++dx) {
              const Vec2 at = start.to + Vec2{dx * step, dy * step};
              const float extra = prior(at - place.from, angle);
              const float value = score(patch, fine, at, place.cost - extra) + extra;
              if (value < place.cost) {
                place.to = at;
                place.rotation = static_cast<float>(angle);
                place.cost = value;
              }
            }
        }
        if (place.to == start.to && place.rotation == start.rotation) break;
      }
    }
  }

  [[nodiscard]] Placement scored(const Seed& seed, Vec2 to, double rotation) const {
    Placement place{graph.samples[seed.sample].position, to, static_cast<float>(rotation), 1};
    place.cost = score(turned(graph, seed, rotation), fine, to, 1) + prior(to - place.from, rotation);
    return place;
  }

  /// Keeps `place` among the best few different ones.
  void keep(Seed& seed, const Placement& place) const {
    for (Placement& other : seed.candidates)
      if (distance(other.to, place.to) < 5 * scale &&
          std::abs(other.rotation - place.rotation) < 8 * kDegree) {
        if (place.cost < other.cost) other = place;
        return;
      }
    seed.candidates.push_back(place);
  }

  void trim(Seed& seed, std::size_t most) const {
    std::stable_sort(seed.candidates.begin(), seed.candidates.end(),
                     [](const Placement& l, const Placement& r) { return l.cost < r.cost; });
    if (seed.candidates.size() > most) seed.candidates.resize(most);
  }

  void search(Seed& seed) const {
    const Vec2 here = graph.samples[seed.sample].position;
    const double step = 13 * scale;
    const int reach = static_cast<int>(options.reach * scale / step);
    const int turns = static_cast<int>(options.rotation_reach / options.rotation_step);
    std::vector<Placement> found;
    const int side = 2 * reach + 1;
    std::vector<float> values(static_cast<std::size_t>(side) * side);
    for (int r = -turns; r <= turns; ++r) {
      const double angle = r * options.rotation_step * kDegree;
      const TurnedPatch patch = turned(graph, seed, angle, 2);
      std::fill(values.begin(), values.end(), 1.0F);
      for (int j = -reach; j <= reach; ++j)
        for (int i = -reach; i <= reach; ++i) {
          if (i * i + j * j > reach * reach) continue;
          const Vec2 shift{i * step, j * step};
          const float extra = prior(shift, angle);
          values[static_cast<std::size_t>(j + reach) * side + i + reach] =
              score(patch, wide, here + shift, 0.75F) + extra;
        }
      // Local minima only: neighbours on the grid are the same answer.
      for (int j = 1; j + 1 < side; ++j)
        for (int i = 1; i + 1 < side; ++i) {
          const float value = values[static_cast<std::size_t>(j) * side + i];
          if (value >= 0.8F) continue;
          bool least = true;
          for (int dy = -1; dy <= 1 && least; ++dy)
            for (int dx = -1; dx <= 1; ++dx) {
              const float beside = values[static_cast<std::size_t>(j + dy) * side + i + dx];
              if (beside < value || (beside == value && (dy < 0 || (dy == 0 && dx < 0)))) least = false;
            }
          if (least)
            found.push_back({here, here + Vec2{(i - reach) * step, (j - reach) * step},
                             static_cast<float>(angle), value});
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Placement& l, const Placement& r) { return l.cost < r.cost; });
    if (found.size() > 8) found.resize(8);
    found.push_back({here, here, 0, 1});
    for (Placement& place : found) {
      place = scored(seed, place.to, place.rotation);
      refine(seed, place);
      keep(seed, place);
    }
    trim(seed, options.candidates);
  }
};

void grow_patch(const SampleGraph& graph, const SampleGrid& grid, double scale, Seed& seed) {
  // Along the own lines, through nodes, nearest first.
  using Reached = std::pair<double, std::int32_t>;
  std::priority_queue<Reached, std::vector<Reached>, std::greater<>> queue;
  std::vector<Reached> own;
  std::vector<std::int32_t> seen;
  queue.push({0, seed.sample});
  while (!queue.empty()) {
    const auto [way, i] = queue.top();
    queue.pop();
    if (std::find(seen.begin(), seen.end(), i) != seen.end()) continue;
    seen.push_back(i);
    own.push_back({way, i});
    if (seen.size() > 160) break;
    for (std::int32_t k = graph.link_start[i]; k < graph.link_start[i + 1]; ++k) {
      const Link& link = graph.links[graph.link_of[k]];
      if (link.kind == LinkKind::near) continue;
      const std::int32_t j = graph.other(graph.link_of[k], i);
      const double next = way + distance(graph.samples[i].position, graph.samples[j].position);
      if (next <= kPatchAlong * scale) queue.push({next, j});
    }
  }
  const auto take = [&](std::vector<std::int32_t> from, int most, float weight) {
    std::sort(from.begin(), from.end());
    const std::size_t count = std::min<std::size_t>(from.size(), most);
    for (std::size_t k = 0; k < count; ++k) {
      seed.patch.push_back(from[k * from.size() / count]);
      seed.patch_weight.push_back(weight);
    }
  };
  std::vector<std::int32_t> own_samples;
  for (const auto& [way, i] : own) own_samples.push_back(i);
  take(own_samples, kPatchOwn, 1);

  std::vector<std::int32_t> others;
  const Vec2 here = graph.samples[seed.sample].position;
  grid.visit(here, kPatchAcross * scale, [&](std::int32_t j) {
    if (distance(graph.samples[j].position, here) > kPatchAcross * scale) return;
    if (std::find(seen.begin(), seen.end(), j) == seen.end()) others.push_back(j);
  });
  take(others, kPatchOther, kOtherWeight);
}

std::vector<Seed> spread_seeds(const SampleGraph& graph, const CoarseOptions& options, double scale) {
  std::vector<Seed> seeds;
  const double spacing = options.seed_spacing * scale;
  for (std::size_t s = 0; s + 1 < graph.first.size(); ++s) {
    const std::int32_t begin = graph.first[s], end = graph.first[s + 1];
    if (begin == end) continue;
    const double total = graph.samples[end - 1].along;
    const int count = std::max(1, static_cast<int>(std::lround(total / spacing)));
    for (int k = 0; k < count; ++k) {
      Seed seed;
      seed.sample = begin + static_cast<std::int32_t>((k + 0.5) * (end - begin) / count);
      seeds.push_back(seed);
    }
  }
  return seeds;
}

/// Seeds are neighbours along lines (strong) and across paper (weak).
void link_seeds(const SampleGraph& graph, double scale, const CoarseOptions& options,
                std::vector<Seed>& seeds) {
  const auto join = [&](std::size_t a, std::size_t b, float weight) {
    for (std::size_t k = 0; k < seeds[a].neighbours.size(); ++k)
      if (seeds[a].neighbours[k] == static_cast<std::int32_t>(b)) return;
    seeds[a].neighbours.push_back(static_cast<std::int32_t>(b));
    seeds[a].neighbour_weight.push_back(weight);
    seeds[b].neighbours.push_back(static_cast<std::int32_t>(a));
    seeds[b].neighbour_weight.push_back(weight);
  };
  // Grow from all seeds at once along the lines; where two growths meet, they are neighbours.
  std::vector<std::int32_t> owner(graph.samples.size(), -1);
  using Front = std::tuple<double, std::int32_t, std::int32_t>;
  std::priority_queue<Front, std::vector<Front>, std::greater<>> queue;
  for (std::size_t s = 0; s < seeds.size(); ++s)
    queue.push({0, seeds[s].sample, static_cast<std::int32_t>(s)});
  while (!queue.empty()) {
    const auto [way, i, seed] = queue.top();
    queue.pop();
    if (owner[i] >= 0) continue;
    owner[i] = seed;
    for (std::int32_t k = graph.link_start[i]; k < graph.link_start[i + 1]; ++k) {
      if (graph.links[graph.link_of[k]].kind == LinkKind::near) continue;
      const std::int32_t j = graph.other(graph.link_of[k], i);
      if (owner[j] < 0)
        queue.push({way + distance(graph.samples[i].position, graph.samples[j].position), j, seed});
    }
  }
  for (const Link& link : graph.links) {
    const std::int32_t a = owner[link.a], b = owner[link.b];
    if (a < 0 || b < 0 || a == b || link.kind == LinkKind::near) continue;
    join(a, b, kSmooth);
  }
  const double near = 2.2 * options.seed_spacing * scale;
  for (std::size_t a = 0; a < seeds.size(); ++a) {
    std::vector<std::pair<double, std::size_t>> close;
    for (std::size_t b = 0; b < seeds.size(); ++b) {
      if (a == b) continue;
      const double d =
          distance(graph.samples[seeds[a].sample].position, graph.samples[seeds[b].sample].position);
      if (d < near) close.push_back({d, b});
    }
    std::sort(close.begin(), close.end());
    for (std::size_t k = 0; k < close.size() && k < 5; ++k) join(a, close[k].second, kSmoothNear);
  }
}

float disagreement(const Placement& a, const Placement& b, double scale) {
  const double gap = 0.5 * (distance(a.apply(b.from), b.to) + distance(b.apply(a.from), a.to));
  return static_cast<float>(std::min(1.0, gap / (kDisagree * scale)));
}

/// Min-sum belief propagation, all messages at once, a fixed number of times.
void choose(std::vector<Seed>& seeds, double scale) {
  constexpr int kPasses = 14;
  struct Edge {
    std::int32_t a, b;
    float weight;
    std::vector<float> pair;        // [candidate of a][candidate of b]
    std::vector<float> to_a, to_b;  // messages
  };
  std::vector<Edge> edges;
  std::vector<std::vector<std::int32_t>> edges_of(seeds.size());
  for (std::size_t a = 0; a < seeds.size(); ++a)
    for (std::size_t k = 0; k < seeds[a].neighbours.size(); ++k) {
      const std::int32_t b = seeds[a].neighbours[k];
      if (b < static_cast<std::int32_t>(a)) continue;
      Edge edge{static_cast<std::int32_t>(a), b, seeds[a].neighbour_weight[k], {}, {}, {}};
      for (const Placement& pa : seeds[a].candidates)
        for (const Placement& pb : seeds[b].candidates)
          edge.pair.push_back(edge.weight * disagreement(pa, pb, scale));
      edge.to_a.assign(seeds[a].candidates.size(), 0);
      edge.to_b.assign(seeds[b].candidates.size(), 0);
      edges_of[a].push_back(static_cast<std::int32_t>(edges.size()));
      edges_of[b].push_back(static_cast<std::int32_t>(edges.size()));
      edges.push_back(std::move(edge));
    }
  std::vector<std::vector<float>> belief(seeds.size());
  const auto believe = [&] {
    for (std::size_t s = 0; s < seeds.size(); ++s) {
      belief[s].clear();
      for (const Placement& place : seeds[s].candidates) belief[s].push_back(place.cost);
      for (const std::int32_t e : edges_of[s]) {
        const std::vector<float>& message =
            edges[e].a == static_cast<std::int32_t>(s) ? edges[e].to_a : edges[e].to_b;
        for (std::size_t c = 0; c < belief[s].size(); ++c) belief[s][c] += message[c];
      }
    }
  };
  for (int pass = 0; pass < kPasses; ++pass) {
    believe();
    for (Edge& edge : edges) {
      const std::size_t na = edge.to_a.size(), nb = edge.to_b.size();
      std::vector<float> to_a(na, 1e9F), to_b(nb, 1e9F);
      for (std::size_t i = 0; i < na; ++i)
        for (std::size_t j = 0; j < nb; ++j) {
          const float pair = edge.pair[i * nb + j];
          to_b[j] = std::min(to_b[j], belief[edge.a][i] - edge.to_a[i] + pair);
          to_a[i] = std::min(to_a[i], belief[edge.b][j] - edge.to_b[j] + pair);
        }
      const float least_a = *std::min_element(to_a.begin(), to_a.end()),
                  least_b = *std::min_element(to_b.begin(), to_b.end());
      // Half a step: loops do not swing.
      for (std::size_t i = 0; i < na; ++i) edge.to_a[i] = 0.5F * (edge.to_a[i] + to_a[i] - least_a);
      for (std::size_t j = 0; j < nb; ++j) edge.to_b[j] = 0.5F * (edge.to_b[j] + to_b[j] - least_b);
    }
  }
  believe();
  for (std::size_t s = 0; s < seeds.size(); ++s) {
    const auto least = std::min_element(belief[s].begin(), belief[s].end());
    seeds[s].chosen = static_cast<int>(least - belief[s].begin());
    float second = 1e9F;
    for (std::size_t c = 0; c < belief[s].size(); ++c)
      if (static_cast<int>(c) != seeds[s].chosen) second = std::min(second, belief[s][c]);
    seeds[s].margin = second - *least;
  }
}

}  // namespace

std::vector<Seed> coarse_motion(const SampleGraph& from, const SampleGraph& to, const LineField& wide,
                                const LineField& fine, double scale, const std::vector<FixedPlacement>& fixed,
                                const std::vector<Placement>& hints, const CoarseOptions& options) {
  std::vector<Seed> seeds = spread_seeds(from, options, scale);
  if (seeds.empty() || to.samples.empty()) return seeds;
  const SampleGrid grid(from, kPatchAcross * scale);
  const Searcher searcher{from, wide, fine, options, scale};
  link_seeds(from, scale, options, seeds);
  parallel_for(options.threads, seeds.size(), [&](std::size_t s) {
    grow_patch(from, grid, scale, seeds[s]);
    searcher.search(seeds[s]);
    const Vec2 here = from.samples[seeds[s].sample].position;
    for (const Placement& hint : hints) {
      if (distance(hint.from, here) > 1.5 * options.seed_spacing * scale) continue;
      Placement place = searcher.scored(seeds[s], hint.apply(here), hint.rotation);
      searcher.refine(seeds[s], place);
      searcher.keep(seeds[s], place);
    }
  });

  // A guide holds for the seeds around it: they get no other choice of place.
  for (const FixedPlacement& guide : fixed) {
    std::size_t nearest = 0;
    for (std::size_t s = 1; s < seeds.size(); ++s)
      if (distance(from.samples[seeds[s].sample].position, guide.from) <
          distance(from.samples[seeds[nearest].sample].position, guide.from))
        nearest = s;
    Seed& seed = seeds[nearest];
    std::vector<Placement> held;
    const Vec2 here = from.samples[seed.sample].position;
    for (int r = -6; r <= 6; ++r) {
      const double angle = r * 10 * kDegree;
      Placement place = searcher.scored(seed, guide.to + rotated(here - guide.from, angle), angle);
      held.push_back(place);
    }
    seed.candidates = std::move(held);
    searcher.trim(seed, options.candidates);
    for (Placement& place : seed.candidates) place.cost *= 0.2F;
  }

  const std::vector<bool> held = [&] {
    std::vector<bool> result(seeds.size(), false);
    for (const FixedPlacement& guide : fixed)
      for (std::size_t s = 0; s < seeds.size(); ++s)
        for (const Placement& place : seeds[s].candidates)
          if (distance(place.apply(guide.from), guide.to) < 1e-6) result[s] = true;
    return result;
  }();

  for (int round = 0; round < options.rounds; ++round) {
    choose(seeds, scale);
    if (round + 1 == options.rounds) break;
    // Every seed tries the motion that its neighbours chose.
    const std::vector<Seed> before = seeds;
    parallel_for(options.threads, seeds.size(), [&](std::size_t s) {
      if (held[s]) return;
      const Vec2 here = from.samples[seeds[s].sample].position;
      const Placement own = before[s].candidates[before[s].chosen];
      for (const std::int32_t n : before[s].neighbours) {
        const Placement& lent = before[n].candidates[before[n].chosen];
        if (distance(lent.apply(here), own.to) < 4 * scale) continue;
        Placement place = searcher.scored(seeds[s], lent.apply(here), lent.rotation);
        searcher.refine(seeds[s], place);
        searcher.keep(seeds[s], place);
      }
      searcher.trim(seeds[s], options.candidates + 4);
    });
  }
  return seeds;
}

}  // namespace nakawari
