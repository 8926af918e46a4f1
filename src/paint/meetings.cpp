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
/// What the model says of a part's shades counts as if it had been seen so often.
constexpr double kShade = 4;
/// How much a neighbour is heard: in full from a quarter of the outline on.
constexpr double kWeight = 0.5, kFullShare = 0.25;
/// Chance that all is otherwise than the links say, shared by all styles; and of what a neighbour denies.
constexpr double kUnheard = 0.02;
/// Styles of less belief than this are not considered.
constexpr double kFaint = 2e-3;
/// Where the links say nothing at all, the neighbours' word is believed so much when it names one style so
/// many times as likely as the next.
constexpr double kGuess = 0.05, kClearGuess = 2;
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
  bool unheard = false;  ///< nothing is believed of it
};

struct Edge {
  int node[2] = {0, 0};
  Ink ink = Ink::black;
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
  if (fixed >= 0) return {{fixed}, {1}, {1}, {}, false};
  double mass = 0;
  for (const float b : belief) mass += b;
  node.unheard = mass <= 0;
  for (std::size_t s = 0; s < belief.size(); ++s) {
    if (belief[s] < kFaint * mass) continue;
    node.styles.push_back(static_cast<int>(s));
    node.prior.push_back((node.unheard ? 0 : belief[s] / mass) +
                         kUnheard / static_cast<double>(belief.size()));
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
      edge.ink = n.ink;
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
  const MeetingTable& table = meetings.across(edge.ink);
  std::vector<double> says(to.styles.size(), 0);
  for (std::size_t k = 0; k < says.size(); ++k) {
    for (std::size_t q = 0; q < without.size(); ++q)
      says[k] += table[to.styles[k]][from.styles[q]] * without[q];
    says[k] = std::pow(std::max(says[k], kUnheard), edge.weight[side]);
  }
  const double most = *std::max_element(says.begin(), says.end());
  for (std::size_t k = 0; k < says.size(); ++k)
    says[k] = kDamping * edge.message[side][k] + (1 - kDamping) * says[k] / most;
  return says;
}

/// The neighbours' word as belief, of the same sum.
void take(const Node& node, std::vector<float>& belief) {
  double mass = 0;
  for (const float b : belief) mass += b;
  if (node.unheard) {
    auto chances = node.now;
    std::sort(chances.rbegin(), chances.rend());
    if (chances.size() > 1 && chances[0] < kClearGuess * chances[1]) return;
    mass = kGuess;
  }
  std::fill(belief.begin(), belief.end(), 0.0F);
  for (std::size_t k = 0; k < node.styles.size(); ++k)
    belief[node.styles[k]] = static_cast<float>(node.now[k] * std::min(mass, 1.0));
}

/// What the known regions of all drawings show across one kind of line.
struct Count {
  MeetingTable seen, said;  ///< by the drawings, by the model
  std::vector<double> share;
  double total = 0;

  explicit Count(std::size_t styles) : seen(styles, std::vector<double>(styles)), said(seen), share(styles) {}
  void add(int mine, int theirs) {
    ++seen[mine][theirs];
    ++share[mine];
    ++total;
  }
  [[nodiscard]] MeetingTable welcome() const {
    MeetingTable table = seen;
    for (std::size_t a = 0; a < table.size(); ++a) {
      for (std::size_t b = 0; b < table.size(); ++b) {
        const double chance = total > 0 ? share[a] * share[b] / total : 0;
        table[a][b] = std::min((seen[a][b] + said[a][b] + kSmooth) / (chance + kSmooth), kMostWelcome);
      }
    }
    return table;
  }
};

}  // namespace

Meetings learn_meetings(int styles, const std::vector<Touching>& touching,
                        const std::vector<std::vector<int>>& labels, const std::vector<ShadePair>& shades) {
  Meetings meetings;
  std::vector<Count> counts(meetings.by_ink.size(), Count(static_cast<std::size_t>(styles)));
  const auto count_of = [&](Ink ink) -> Count& {
    return counts[static_cast<std::size_t>(ink == Ink::none ? Ink::black : ink)];
  };
  for (std::size_t d = 0; d < touching.size(); ++d) {
    for (std::size_t r = 0; r < touching[d].size(); ++r) {
      const int mine = labels[d][r];
      for (const RegionNeighbour& n : touching[d][r]) {
        const int theirs = labels[d][static_cast<std::size_t>(n.region)];
        if (mine < 0 || theirs < 0 ||
            !meet(n, outline(touching[d][r]), outline(touching[d][static_cast<std::size_t>(n.region)])))
          continue;
        count_of(n.ink).add(mine, theirs);
      }
    }
  }
  for (const auto& [ink, a, b] : shades) {
    Count& count = count_of(ink);
    count.said[a][b] = count.said[b][a] = kShade;
  }
  for (std::size_t k = 0; k < counts.size(); ++k) meetings.by_ink[k] = counts[k].welcome();
  return meetings;
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
  for (std::size_t r = 0; r < belief.size(); ++r)
    if (fixed[r] < 0 && !nodes[r].edges.empty()) take(nodes[r], belief[r]);
}

}  // namespace nakawari
