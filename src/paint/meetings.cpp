#include "paint/meetings.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

/// Two regions meet where they share so much of the outline of the one with less, and so many pixels: what
/// only passes by (a leg before a leg) says nothing.
constexpr double kShare = 0.25;
constexpr int kContact = 10;
/// Pairs of styles count as seen as often as chance would have it this many times besides; and no pair is
/// more welcome than this.
constexpr double kSmooth = 1, kMostWelcome = 50;
/// How much a neighbour is heard: in full from a quarter of the outline on.
constexpr double kWeight = 0.5, kFullShare = 0.25;
/// Chance that all is otherwise than the links say, shared by all styles; and of what a neighbour denies.
constexpr double kUnheard = 0.02;
/// Styles of less belief than this are not considered.
constexpr double kFaint = 2e-3;
constexpr int kRounds = 20;
constexpr double kDamping = 0.3;

int outline(const std::vector<RegionNeighbour>& touching) {
  int total = 0;
  for (const RegionNeighbour& n : touching) total += n.contact;
  return total;
}

bool meet(const RegionNeighbour& n, int outline_a, int outline_b) {
  return n.contact >= kContact && n.contact >= kShare * std::min(outline_a, outline_b);
}

/// A region's styles that are worth considering, and their chances before the neighbours spoke.
struct Node {
  std::vector<int> styles;
  std::vector<double> prior, now;
  std::vector<int> edges;
};

struct Edge {
  int node[2] = {0, 0};
  double weight[2] = {0, 0};
  std::vector<double> message[2];  ///< to node[side], per style of it
};

void normalise(std::vector<double>& chances) {
  double total = 0;
  for (const double c : chances) total += c;
  for (double& c : chances) c /= total;
}

Node node_of(const std::vector<float>& belief, int fixed) {
  Node node;
  if (fixed >= 0) return {{fixed}, {1}, {1}, {}};
  double mass = 0;
  for (const float b : belief) mass += b;
  if (mass <= 0) return node;
  for (std::size_t s = 0; s < belief.size(); ++s) {
    if (belief[s] < kFaint * mass) continue;
    node.styles.push_back(static_cast<int>(s));
    node.prior.push_back(belief[s] / mass + kUnheard / static_cast<double>(belief.size()));
  }
  normalise(node.prior);
  node.now = node.prior;
  return node;
}

std::vector<Edge> edges_between(const Touching& touching, std::vector<Node>& nodes) {
  std::vector<Edge> edges;
  for (std::size_t a = 0; a < touching.size(); ++a) {
    for (const RegionNeighbour& n : touching[a]) {
      const auto b = static_cast<std::size_t>(n.region);
      const int ours = outline(touching[a]), theirs = outline(touching[b]);
      // Two regions of which each has one style only have nothing to tell each other.
      const bool open = nodes[a].styles.size() + nodes[b].styles.size() > 2;
      if (b <= a || !open || nodes[a].styles.empty() || nodes[b].styles.empty() || !meet(n, ours, theirs))
        continue;
      Edge edge;
      edge.node[0] = static_cast<int>(a);
      edge.node[1] = n.region;
      for (const int side : {0, 1}) {
        const double share = static_cast<double>(n.contact) / (side == 0 ? ours : theirs);
        edge.weight[side] = kWeight * std::min(1.0, share / kFullShare);
        Node& node = nodes[static_cast<std::size_t>(edge.node[side])];
        edge.message[side].assign(node.styles.size(), 1);
        node.edges.push_back(static_cast<int>(edges.size()));
      }
      edges.push_back(std::move(edge));
    }
  }
  return edges;
}

/// The node's belief from its prior and all messages to it.
void update(const std::vector<Edge>& edges, int index, Node& node) {
  node.now = node.prior;
  for (const int e : node.edges) {
    const auto& message = edges[e].message[edges[e].node[0] == index ? 0 : 1];
    for (std::size_t k = 0; k < node.now.size(); ++k) node.now[k] *= message[k];
  }
  normalise(node.now);
}

/// What the other end of the edge says to `side`, itself not counted.
std::vector<double> spoken(const Edge& edge, int side, const std::vector<Node>& nodes,
                           const Meetings& meetings) {
  const Node &to = nodes[static_cast<std::size_t>(edge.node[side])],
             &from = nodes[static_cast<std::size_t>(edge.node[1 - side])];
  std::vector<double> without = from.now;
  for (std::size_t k = 0; k < without.size(); ++k) without[k] /= edge.message[1 - side][k];
  normalise(without);
  std::vector<double> says(to.styles.size(), 0);
  for (std::size_t k = 0; k < says.size(); ++k) {
    for (std::size_t q = 0; q < without.size(); ++q)
      says[k] += meetings[to.styles[k]][from.styles[q]] * without[q];
    says[k] = std::pow(std::max(says[k], kUnheard), edge.weight[side]);
  }
  const double most = *std::max_element(says.begin(), says.end());
  for (std::size_t k = 0; k < says.size(); ++k)
    says[k] = kDamping * edge.message[side][k] + (1 - kDamping) * says[k] / most;
  return says;
}

}  // namespace

Meetings learn_meetings(int styles, const std::vector<Touching>& touching,
                        const std::vector<std::vector<int>>& labels) {
  const auto count = static_cast<std::size_t>(styles);
  Meetings seen(count, std::vector<double>(count));
  std::vector<double> share(count);
  double total = 0;
  for (std::size_t d = 0; d < touching.size(); ++d) {
    for (std::size_t r = 0; r < touching[d].size(); ++r) {
      const int mine = labels[d][r];
      for (const RegionNeighbour& n : touching[d][r]) {
        const int theirs = labels[d][static_cast<std::size_t>(n.region)];
        if (mine < 0 || theirs < 0 ||
            !meet(n, outline(touching[d][r]), outline(touching[d][static_cast<std::size_t>(n.region)])))
          continue;
        ++seen[mine][theirs];
        ++share[mine];
        ++total;
      }
    }
  }
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b < count; ++b) {
      const double chance = total > 0 ? share[a] * share[b] / total : 0;
      seen[a][b] = std::min((seen[a][b] + kSmooth) / (chance + kSmooth), kMostWelcome);
    }
  }
  return seen;
}

void hear_neighbours(const Touching& touching, const Meetings& meetings, const std::vector<int>& fixed,
                     std::vector<std::vector<float>>& belief) {
  std::vector<Node> nodes;
  for (std::size_t r = 0; r < belief.size(); ++r) nodes.push_back(node_of(belief[r], fixed[r]));
  std::vector<Edge> edges = edges_between(touching, nodes);
  for (int round = 0; round < kRounds; ++round) {
    for (Edge& edge : edges) {
      auto first = spoken(edge, 0, nodes, meetings), second = spoken(edge, 1, nodes, meetings);
      edge.message[0] = std::move(first);
      edge.message[1] = std::move(second);
    }
    for (std::size_t r = 0; r < nodes.size(); ++r)
      if (!nodes[r].edges.empty()) update(edges, static_cast<int>(r), nodes[r]);
  }
  for (std::size_t r = 0; r < belief.size(); ++r) {
    if (fixed[r] >= 0 || nodes[r].edges.empty()) continue;
    double mass = 0;
    for (const float b : belief[r]) mass += b;
    std::fill(belief[r].begin(), belief[r].end(), 0.0F);
    for (std::size_t k = 0; k < nodes[r].styles.size(); ++k)
      belief[r][nodes[r].styles[k]] = static_cast<float>(nodes[r].now[k] * std::min(mass, 1.0));
  }
}

}  // namespace nakawari
