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
// Shares of the judgement: our lines on theirs, their lines on ours, and the price of other regions beside
// them.
constexpr float kForward = 0.6F, kBackward = 0.4F, kSideWeight = 0.35F;
// A sample's counterpart lies within this of where it is carried (px at 1024), the nearest seed within that.
constexpr double kBesideReach = 9, kSeedReach = 22;
constexpr double kLikeCosine = 0.8;
// Two seeds that would place each other farther apart than this simply disagree.
constexpr double kDisagree = 20;
// Weight of agreement against the own score.
constexpr float kSmooth = 0.42F, kSmoothNear = 0.16F;
// Links between regions weaker than this propose nothing.
constexpr float kLeastLink = 0.08F;
constexpr int kLinksPerSide = 2, kFromSearch = 6;

/// The neighbourhood of a seed, turned by one angle, ready for scoring.
struct TurnedPatch {
  std::vector<float> x, y, weight;
  std::vector<int> bin;
  float total = 0;
};

/// `stride` 2 takes every other sample: enough for the wide search.
TurnedPatch turned(const SampleGraph& graph, const Seed& seed, double angle, double size,
                   std::size_t stride = 1) {
  TurnedPatch patch;
  const Vec2 centre = graph.samples[seed.sample].position;
  const double c = std::cos(angle) * size, s = std::sin(angle) * size;
  for (std::size_t k = 0; k < seed.patch.size(); k += stride) {
    const Sample& sample = graph.samples[seed.patch[k]];
    const Vec2 offset = sample.position - centre;
    patch.x.push_back(static_cast<float>(c * offset.x - s * offset.y));
    patch.y.push_back(static_cast<float>(s * offset.x + c * offset.y));
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

/// The sample that runs like `tangent` nearest to a place, -1 beyond reach.
std::int32_t like_sample(const CoarseSide& side, Vec2 at, Vec2 tangent, double reach) {
  std::int32_t best = -1;
  double least = reach * reach;
  side.grid.visit(at, reach, [&](std::int32_t j) {
    const Sample& sample = side.graph.samples[j];
    if (std::abs(dot(sample.tangent, tangent)) < kLikeCosine) return;
    const double d = length_squared(sample.position - at);
    if (d < least || (d == least && j < best)) {
      least = d;
      best = j;
    }
  });
  return best;
}

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

/// Seeds are neighbours along lines (strong) and across paper (weak). Gives the seed that owns each sample.
std::vector<std::int32_t> link_seeds(const SampleGraph& graph, double scale, const CoarseOptions& options,
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
  return owner;
}

/// Seeds of one drawing and, per sample, the seed that speaks for it.
struct Seeded {
  std::vector<Seed> seeds;
  std::vector<std::int32_t> owner;
};

/// Everything that one direction's seeds look at.
struct Searcher {
  const CoarseSide& from;
  const CoarseSide& to;
  const Seeded& there;
  const Sides& sides;
  const Placement& whole;
  const CoarseOptions& options;
  double scale;

  [[nodiscard]] Vec2 here(const Seed& seed) const { return from.graph.samples[seed.sample].position; }

  [[nodiscard]] float prior(const Placement& place) const {
    const double shift = distance(place.to, whole.apply(place.from));
    return kShiftPrior * static_cast<float>(shift / (options.reach * scale)) +
           kRotationPrior * static_cast<float>(std::abs(place.rotation - whole.rotation) / (60 * kDegree));
  }

  /// Walks downhill on the fine field, one way only.
  void refine(const Seed& seed, Placement& place) const {
    float cost = score(turned(from.graph, seed, place.rotation, place.scale), to.fine, place.to, 1);
    for (double step = 7 * scale, turn = 8 * kDegree; step >= 1.4 * scale; step /= 2, turn /= 2) {
      for (int pass = 0; pass < 2; ++pass) {
        const Placement start = place;
        const TurnedPatch patch = turned(from.graph, seed, place.rotation, place.scale);
        for (int dy = -1; dy <= 1; ++dy)
          for (int dx = -1; dx <= 1; ++dx) {
            const Vec2 at = start.to + Vec2{dx * step, dy * step};
            const float value = score(patch, to.fine, at, cost);
            if (value < cost) {
              cost = value;
              place.to = at;
            }
          }
        for (const double by : {-turn, turn}) {
          const double angle = start.rotation + by;
          const float value = score(turned(from.graph, seed, angle, place.scale), to.fine, place.to, cost);
          if (value < cost) {
            cost = value;
            place.rotation = static_cast<float>(angle);
          }
        }
        if (place.to == start.to && place.rotation == start.rotation) break;
      }
    }
  }

  /// Do the lines there, carried back, fall on ours?
  [[nodiscard]] float backward(const Seed& seed, const Placement& place) const {
    const Vec2 tangent = rotated(from.graph.samples[seed.sample].tangent, place.rotation);
    const std::int32_t sample = like_sample(to, place.to, tangent, kSeedReach * scale);
    if (sample < 0) return 1;
    const Seed& other = there.seeds[there.owner[sample]];
    const Placement back = place.inverse();
    return score(turned(to.graph, other, back.rotation, back.scale), from.fine,
                 back.apply(to.graph.samples[other.sample].position), 1);
  }

  /// How unlike the regions beside our lines are to those beside the lines they fall on, 0..1.
  [[nodiscard]] float unlike(const Seed& seed, const Placement& place) const {
    float sum = 0;
    int count = 0;
    for (std::size_t k = 0; k < seed.patch.size() && seed.patch_weight[k] == 1; k += 2) {
      const std::int32_t i = seed.patch[k];
      const Vec2 tangent = rotated(from.graph.samples[i].tangent, place.rotation);
      const std::int32_t j =
          like_sample(to, place.apply(from.graph.samples[i].position), tangent, kBesideReach * scale);
      sum += j < 0 ? 0.5F : 1 - sides.like(i, j, dot(tangent, to.graph.samples[j].tangent) > 0);
      ++count;
    }
    return count > 0 ? sum / static_cast<float>(count) : 0.5F;
  }

  void judge(const Seed& seed, Placement& place) const {
    const float ahead = score(turned(from.graph, seed, place.rotation, place.scale), to.fine, place.to, 1);
    place.cost = kForward * ahead + kBackward * backward(seed, place) + kSideWeight * unlike(seed, place) +
                 prior(place);
  }

  /// Keeps `place` among the different ones.
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

  void propose(Seed& seed, Placement place) const {
    place = {here(seed), place.apply(here(seed)), place.rotation, place.scale, 1};
    refine(seed, place);
    judge(seed, place);
    keep(seed, place);
  }

  /// Shifts and turns on the wide field about where the whole figure goes; the best local minima.
  [[nodiscard]] std::vector<Placement> search(const Seed& seed) const {
    const Vec2 centre = whole.apply(here(seed));
    const double step = 13 * scale;
    const int reach = static_cast<int>(options.reach * scale / step);
    const int turns = static_cast<int>(options.rotation_reach / options.rotation_step);
    std::vector<Placement> found;
    const int side = 2 * reach + 1;
    std::vector<float> values(static_cast<std::size_t>(side) * side);
    for (int r = -turns; r <= turns; ++r) {
      Placement place = whole;
      place.from = here(seed);
      place.rotation += static_cast<float>(r * options.rotation_step * kDegree);
      const TurnedPatch patch = turned(from.graph, seed, place.rotation, place.scale, 2);
      std::fill(values.begin(), values.end(), 1.0F);
      for (int j = -reach; j <= reach; ++j)
        for (int i = -reach; i <= reach; ++i) {
          if (i * i + j * j > reach * reach) continue;
          place.to = centre + Vec2{i * step, j * step};
          values[static_cast<std::size_t>(j + reach) * side + i + reach] =
              score(patch, to.wide, place.to, 0.75F) + prior(place);
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
          if (!least) continue;
          place.to = centre + Vec2{(i - reach) * step, (j - reach) * step};
          place.cost = value;
          found.push_back(place);
        }
    }
    std::stable_sort(found.begin(), found.end(),
                     [](const Placement& l, const Placement& r) { return l.cost < r.cost; });
    if (found.size() > kFromSearch) found.resize(kFromSearch);
    return found;
  }
};

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

/// The best turn and shift of weighted pairs of places at a given scale.
struct PairFit {
  double weight = 0, dots = 0, crosses = 0;
  Vec2 from, to;
  std::vector<std::array<Vec2, 2>> pairs;
  std::vector<double> weights;

  void add(Vec2 a, Vec2 b, double w) {
    pairs.push_back({a, b});
    weights.push_back(w);
    weight += w;
    from += a * w;
    to += b * w;
  }
  Placement place(float scale) {
    Placement result;
    result.scale = scale;
    if (weight <= 0) return result;
    result.from = from / weight;
    result.to = to / weight;
    for (std::size_t k = 0; k < pairs.size(); ++k) {
      const Vec2 u = pairs[k][0] - result.from, v = pairs[k][1] - result.to;
      dots += weights[k] * dot(u, v);
      crosses += weights[k] * cross(u, v);
    }
    if (dots != 0 || crosses != 0) result.rotation = static_cast<float>(std::atan2(crosses, dots));
    return result;
  }
};

/// Where dense motion carries the own lines of a seed.
Placement from_flow(const CoarseSide& side, const Seed& seed, const Motion& motion, float scale) {
  PairFit fit;
  const double cell = side.view.cell;
  for (std::size_t k = 0; k < seed.patch.size() && seed.patch_weight[k] == 1; ++k) {
    const Vec2 p = side.graph.samples[seed.patch[k]].position;
    fit.add(p, motion.moved(p / cell) * cell, 1);
  }
  return fit.place(scale);
}

Vec2 centre(const Region& region) {
  return {region.centre_x + 0.5, region.centre_y + 0.5};
}

/// For every region the motions that its likely counterparts propose, the likeliest first: the region and its
/// neighbours as a constellation.
std::vector<std::vector<Placement>> from_regions(const View& here, const View& there, const Sides& sides,
                                                 float scale) {
  const std::vector<Region>&ours = here.map.regions, &theirs = there.map.regions;
  std::vector<std::int32_t> best(ours.size(), -1);
  std::vector<std::vector<std::pair<float, std::int32_t>>> links(ours.size());
  for (std::size_t r = 0; r < ours.size(); ++r) {
    if (ours[r].touches_edge) continue;
    for (std::size_t q = 0; q < theirs.size(); ++q) {
      const float like = sides.region(static_cast<std::int32_t>(r), static_cast<std::int32_t>(q));
      if (like >= kLeastLink && !theirs[q].touches_edge)
        links[r].push_back({-like, static_cast<std::int32_t>(q)});
    }
    std::sort(links[r].begin(), links[r].end());
    if (!links[r].empty()) best[r] = links[r].front().second;
    if (links[r].size() > kLinksPerSide) links[r].resize(kLinksPerSide);
  }
  std::vector<std::vector<Placement>> result(ours.size());
  for (std::size_t r = 0; r < ours.size(); ++r)
    for (const auto& [unlike, q] : links[r]) {
      PairFit fit;
      const Vec2 a = centre(ours[r]), b = centre(theirs[q]);
      fit.add(a * here.cell, b * there.cell, std::sqrt(std::min(ours[r].area, theirs[q].area)));
      for (const RegionNeighbour& n : ours[r].neighbours) {
        const std::int32_t other = best[n.region];
        if (other < 0 || other == q) continue;
        const double like = sides.region(n.region, other);
        const Vec2 u = centre(ours[n.region]), v = centre(theirs[other]);
        // Neighbours that would fly apart are not of one body.
        const double miss = std::abs(distance(u, a) * scale - distance(v, b)) / (10 + 0.3 * distance(u, a));
        fit.add(u * here.cell, v * there.cell,
                like * std::sqrt(std::min(ours[n.region].area, theirs[other].area)) / (1 + miss * miss));
      }
      result[r].push_back(fit.place(scale));
    }
  return result;
}

/// A guide holds for the seed next to it: it gets no other choice of place.
void hold(const Searcher& searcher, std::vector<Seed>& seeds, const FixedPlacement& guide) {
  std::size_t nearest = 0;
  for (std::size_t s = 1; s < seeds.size(); ++s)
    if (distance(searcher.here(seeds[s]), guide.from) < distance(searcher.here(seeds[nearest]), guide.from))
      nearest = s;
  Seed& seed = seeds[nearest];
  seed.held = true;
  seed.candidates.clear();
  for (int r = -6; r <= 6; ++r) {
    Placement place = searcher.whole;
    place.rotation += static_cast<float>(r * 10 * kDegree);
    const Vec2 offset = rotated(searcher.here(seed) - guide.from, place.rotation) * place.scale;
    place.from = searcher.here(seed);
    place.to = guide.to + offset;
    searcher.judge(seed, place);
    place.cost *= 0.2F;
    seed.candidates.push_back(place);
  }
  searcher.trim(seed, searcher.options.candidates);
}

Seeded seeded(const CoarseSide& side, double scale, const CoarseOptions& options) {
  Seeded result;
  result.seeds = spread_seeds(side.graph, options, scale);
  result.owner = link_seeds(side.graph, scale, options, result.seeds);
  parallel_for(options.threads, result.seeds.size(),
               [&](std::size_t s) { grow_patch(side.graph, side.grid, scale, result.seeds[s]); });
  return result;
}

void first_candidates(const Searcher& searcher, Seeded& seeded, const Motion& motion, const Sides& sides) {
  const auto regions = from_regions(searcher.from.view, searcher.to.view, sides, searcher.whole.scale);
  parallel_for(searcher.options.threads, seeded.seeds.size(), [&](std::size_t s) {
    Seed& seed = seeded.seeds[s];
    searcher.propose(seed, searcher.whole);
    searcher.propose(seed, from_flow(searcher.from, seed, motion, searcher.whole.scale));
    for (const std::int32_t r : {searcher.from.view.left[seed.sample], searcher.from.view.right[seed.sample]})
      if (r >= 0)
        for (const Placement& place : regions[r]) searcher.propose(seed, place);
    for (const Placement& place : searcher.search(seed)) searcher.propose(seed, place);
    searcher.trim(seed, searcher.options.candidates);
  });
  for (const FixedPlacement& guide : searcher.from.fixed) hold(searcher, seeded.seeds, guide);
}

/// Every seed tries the motion that its neighbours chose, and what the other drawing's seeds say from there.
void lend(const Searcher& searcher, Seeded& seeded) {
  const std::vector<Seed> before = seeded.seeds;
  std::vector<std::vector<Placement>> told(before.size());
  for (const Seed& other : searcher.there.seeds) {
    const Placement& way = other.choice();
    const Vec2 tangent = rotated(searcher.to.graph.samples[other.sample].tangent, way.rotation);
    const std::int32_t sample = like_sample(searcher.from, way.to, tangent, kSeedReach * searcher.scale);
    if (sample >= 0) told[seeded.owner[sample]].push_back(way.inverse());
  }
  parallel_for(searcher.options.threads, before.size(), [&](std::size_t s) {
    Seed& seed = seeded.seeds[s];
    if (seed.held) return;
    const Vec2 here = searcher.here(seed);
    std::vector<Placement> tried = {before[s].choice()};
    const auto try_out = [&](const Placement& lent) {
      const Vec2 to = lent.apply(here);
      for (const Placement& known : tried)
        if (distance(known.apply(here), to) < 4 * searcher.scale &&
            std::abs(known.rotation - lent.rotation) < 10 * kDegree)
          return;
      tried.push_back(lent);
      searcher.propose(seed, lent);
    };
    for (const Placement& lent : told[s]) try_out(lent);
    for (const std::int32_t n : before[s].neighbours) try_out(before[n].choice());
    searcher.trim(seed, searcher.options.candidates + 4);
  });
}

/// Mean cut-off distance of every few samples, carried; 0..1.
float whole_score(const CoarseSide& here, const CoarseSide& there, const Placement& place) {
  const std::size_t stride = std::max<std::size_t>(1, here.graph.samples.size() / 250);
  float sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < here.graph.samples.size(); i += stride) {
    const Sample& sample = here.graph.samples[i];
    const Vec2 at = place.apply(sample.position);
    sum +=
        there.wide.distance(static_cast<float>(at.x), static_cast<float>(at.y),
                            LineField::bin(std::atan2(sample.tangent.y, sample.tangent.x) + place.rotation));
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

CoarseMotion coarse_motion(const CoarseSide& a, const CoarseSide& b, const Placement& whole,
                           const Motion& out, const Motion& back, const Sides& sides, double scale,
                           const CoarseOptions& options) {
  Seeded first = seeded(a, scale, options), second = seeded(b, scale, options);
  if (first.seeds.empty() || second.seeds.empty()) return {};
  const Sides behind = sides.reversed();
  const Placement whole_back = whole.inverse();
  const Searcher ahead{a, b, second, sides, whole, options, scale};
  const Searcher back_again{b, a, first, behind, whole_back, options, scale};
  first_candidates(ahead, first, out, sides);
  first_candidates(back_again, second, back, behind);
  for (int round = 0; round < options.rounds; ++round) {
    choose(first.seeds, scale);
    choose(second.seeds, scale);
    if (round + 1 == options.rounds) break;
    Seeded lent = first;
    lend(ahead, lent);
    lend(back_again, second);
    first.seeds = std::move(lent.seeds);
  }
  return {std::move(first.seeds), std::move(second.seeds)};
}

}  // namespace nakawari
