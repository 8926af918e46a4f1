#include "match/seeds.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <queue>
#include <tuple>

namespace nakawari {
namespace {

// A neighbourhood reaches this far along the lines and across paper (px at 1024).
constexpr double kPatchAlong = 72, kPatchAcross = 44;
constexpr float kOtherWeight = 0.4F;
// Two seeds that would place each other farther apart than this simply disagree.
constexpr double kDisagree = 20;
// What bending at the joint adds to that, per radian.
constexpr double kBend = 0.5;
// A piece that follows its neighbours leaves at most this share of its tears.
constexpr float kHealed = 0.7F;
// An edge whose ends disagree by more than this share is torn; pieces of more seeds are the figure itself.
constexpr float kTorn = 0.6F;
constexpr std::size_t kSmallestPiece = 4, kLargestPiece = 40;
// Seeds carried closer together than this, that lie farther apart than that at home (px at 1024), are
// crowded; what each pays.
constexpr double kSamePlace = 8, kApart = 40;
constexpr float kCrowded = 0.3F;
// Weight of agreement against the own score: along a line, across a shared region, across anything.
constexpr float kSmooth = 0.42F, kSmoothShared = 0.2F, kSmoothNear = 0.12F;

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
      const std::int32_t i = from[k * from.size() / count];
      const Sample& sample = graph.samples[i];
      const Vec2 offset = sample.position - graph.samples[seed.sample].position;
      seed.patch.push_back(i);
      seed.points.push_back({static_cast<float>(offset.x), static_cast<float>(offset.y),
                             static_cast<float>(std::atan2(sample.tangent.y, sample.tangent.x)), weight,
                             sample.trace_line()});
    }
  };
  std::vector<std::int32_t> own_samples;
  for (const auto& [way, i] : own) own_samples.push_back(i);
  take(own_samples, kPatchOwn, 1);
  seed.own = static_cast<int>(seed.patch.size());

  std::vector<std::int32_t> others;
  const Vec2 here = graph.samples[seed.sample].position;
  grid.visit(here, kPatchAcross * scale, [&](std::int32_t j) {
    if (distance(graph.samples[j].position, here) > kPatchAcross * scale) return;
    if (std::find(seen.begin(), seen.end(), j) == seen.end()) others.push_back(j);
  });
  take(others, kPatchOther, kOtherWeight);
}

std::vector<Seed> place_seeds(const SampleGraph& graph, double spacing) {
  std::vector<Seed> seeds;
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
std::vector<std::int32_t> link_seeds(const SampleGraph& graph, const View& view, double spacing,
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
  const auto bounds = [&](std::int32_t sample, std::int32_t region) {
    return region >= 0 && (view.left[sample] == region || view.right[sample] == region);
  };
  const auto share = [&](std::int32_t a, std::int32_t b) {
    for (const std::int32_t region : {view.left[a], view.right[a]})
      if (bounds(b, region) && !view.map.regions[region].touches_edge) return true;
    return false;
  };
  const double near = 2.2 * spacing;
  for (std::size_t a = 0; a < seeds.size(); ++a) {
    std::vector<std::pair<double, std::size_t>> close;
    for (std::size_t b = 0; b < seeds.size(); ++b) {
      if (a == b) continue;
      const double d =
          length_squared(graph.samples[seeds[a].sample].position - graph.samples[seeds[b].sample].position);
      if (d < near * near) close.push_back({d, b});
    }
    std::sort(close.begin(), close.end());
    for (std::size_t k = 0; k < close.size() && k < 6; ++k)
      join(a, close[k].second,
           share(seeds[a].sample, seeds[close[k].second].sample) ? kSmoothShared : kSmoothNear);
  }
  return owner;
}

/// How far two seeds that are of one piece would part: at the joint between them, for a limb may bend there,
/// and by how much it bends.
float disagreement(const Placement& a, const Placement& b, double scale) {
  const Vec2 joint = (a.from + b.from) / 2;
  const double gap = distance(a.apply(joint), b.apply(joint));
  const double bend = kBend * std::abs(std::remainder(a.rotation - b.rotation, 2 * std::numbers::pi));
  return static_cast<float>(std::min(1.0, gap / (kDisagree * scale) + bend));
}

/// Two seeds that want to move alike.
struct Edge {
  std::int32_t a, b;
  float weight;
  std::vector<float> pair;        // [candidate of a][candidate of b]
  std::vector<float> to_a, to_b;  // messages

  [[nodiscard]] std::int32_t other(std::int32_t seed) const { return seed == a ? b : a; }
  [[nodiscard]] float price(const std::vector<Seed>& seeds) const {
    return pair[static_cast<std::size_t>(seeds[a].chosen) * seeds[b].candidates.size() + seeds[b].chosen];
  }
};

/// Lets whole pieces move that belief left behind: belief that runs in loops can settle a shoe on the other
/// shoe, each of its seeds held there by the rest.
class Settler {
 public:
  Settler(std::vector<Seed>& seeds, const std::vector<Edge>& edges,
          const std::vector<std::vector<std::int32_t>>& edges_of, double scale)
      : seeds_(seeds),
        edges_(edges),
        edges_of_(edges_of),
        same_(kSamePlace * scale),
        apart_(kApart * scale) {}

  /// Asks every piece of seeds that agree to follow what is beside it; it does where all of it then costs
  /// less.
  void run() {
    find_pieces();
    for (const std::vector<std::int32_t>& piece : pieces_) {
      if (piece.size() < kSmallestPiece || piece.size() > kLargestPiece) continue;
      std::vector<int> old;
      for (const std::int32_t s : piece) old.push_back(seeds_[s].chosen);
      const float before = price(piece), torn_before = tears(piece);
      follow(piece);
      if (price(piece) < before && tears(piece) < kHealed * torn_before) continue;
      for (std::size_t k = 0; k < piece.size(); ++k) seeds_[piece[k]].chosen = old[k];
    }
  }

 private:
  void find_pieces() {
    piece_of_.assign(seeds_.size(), -1);
    for (std::size_t first = 0; first < seeds_.size(); ++first) {
      if (piece_of_[first] >= 0) continue;
      const auto id = static_cast<std::int32_t>(pieces_.size());
      std::vector<std::int32_t> piece = {static_cast<std::int32_t>(first)};
      piece_of_[first] = id;
      for (std::size_t k = 0; k < piece.size(); ++k)
        for (const std::int32_t e : edges_of_[piece[k]]) {
          const std::int32_t other = edges_[e].other(piece[k]);
          if (piece_of_[other] >= 0 || torn(edges_[e])) continue;
          piece_of_[other] = id;
          piece.push_back(other);
        }
      pieces_.push_back(std::move(piece));
    }
  }

  [[nodiscard]] bool torn(const Edge& edge) const { return edge.price(seeds_) > kTorn * edge.weight; }

  /// How much is torn in a piece and around it.
  [[nodiscard]] float tears(const std::vector<std::int32_t>& piece) const {
    float sum = 0;
    for (const std::int32_t s : piece)
      for (const std::int32_t e : edges_of_[s])
        if (torn(edges_[e]))
          sum += (piece_of_[edges_[e].other(s)] == piece_of_[s] ? 0.5F : 1.0F) * edges_[e].weight;
    return sum;
  }

  /// What a piece costs as chosen, with the edges that touch it and what it crowds.
  [[nodiscard]] float price(const std::vector<std::int32_t>& piece) const {
    float sum = 0;
    for (const std::int32_t s : piece) {
      sum += seeds_[s].choice().cost;
      for (const std::int32_t e : edges_of_[s])
        sum += (piece_of_[edges_[e].other(s)] == piece_of_[s] ? 0.5F : 1.0F) * edges_[e].price(seeds_);
      if (crowds(s)) sum += kCrowded;
    }
    return sum;
  }

  /// Does another piece lie where this seed goes that is not beside it at home: two shoes on one?
  [[nodiscard]] bool crowds(std::int32_t s) const {
    const Placement& own = seeds_[s].choice();
    for (std::size_t k = 0; k < seeds_.size(); ++k) {
      const Placement& other = seeds_[k].choice();
      if (piece_of_[k] != piece_of_[s] && length_squared(other.to - own.to) < same_ * same_ &&
          length_squared(other.from - own.from) > apart_ * apart_)
        return true;
    }
    return false;
  }

  /// Seed by seed from the piece's border inwards: each the place that suits what is outside and what has
  /// followed already.
  void follow(const std::vector<std::int32_t>& piece) {
    const std::int32_t id = piece_of_[piece.front()];
    std::vector<char> queued(seeds_.size(), 0), known(seeds_.size(), 0);
    std::vector<std::int32_t> order;
    for (const std::int32_t s : piece)
      for (const std::int32_t e : edges_of_[s])
        if (piece_of_[edges_[e].other(s)] != id && !queued[s]) {
          queued[s] = 1;
          order.push_back(s);
        }
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::int32_t s = order[k];
      suit(s, [&](std::int32_t other) { return piece_of_[other] != id || known[other]; });
      known[s] = 1;
      for (const std::int32_t e : edges_of_[s]) {
        const std::int32_t other = edges_[e].other(s);
        if (piece_of_[other] != id || queued[other]) continue;
        queued[other] = 1;
        order.push_back(other);
      }
    }
  }

  /// The best candidate of one seed beside those of its neighbours that count.
  template <typename Counts>
  void suit(std::int32_t s, Counts&& counts) {
    float least = 1e9F;
    int best = seeds_[s].chosen;
    for (std::size_t c = 0; c < seeds_[s].candidates.size(); ++c) {
      seeds_[s].chosen = static_cast<int>(c);
      float sum = seeds_[s].choice().cost;
      for (const std::int32_t e : edges_of_[s])
        if (counts(edges_[e].other(s))) sum += edges_[e].price(seeds_);
      if (sum >= least) continue;
      least = sum;
      best = static_cast<int>(c);
    }
    seeds_[s].chosen = best;
  }

  std::vector<Seed>& seeds_;
  const std::vector<Edge>& edges_;
  const std::vector<std::vector<std::int32_t>>& edges_of_;
  double same_, apart_;
  std::vector<std::int32_t> piece_of_;
  std::vector<std::vector<std::int32_t>> pieces_;
};

}  // namespace

void choose(std::vector<Seed>& seeds, double scale) {
  constexpr int kPasses = 14;
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
  Settler(seeds, edges, edges_of, scale).run();
}

Seeded spread_seeds(const SampleGraph& graph, const SampleGrid& grid, const View& view, double spacing,
                    double scale, Threads threads) {
  Seeded result;
  result.seeds = place_seeds(graph, spacing);
  result.owner = link_seeds(graph, view, spacing, result.seeds);
  parallel_for(threads, result.seeds.size(),
               [&](std::size_t s) { grow_patch(graph, grid, scale, result.seeds[s]); });
  return result;
}

}  // namespace nakawari
