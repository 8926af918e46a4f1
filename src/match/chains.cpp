#include "match/chains.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace nakawari {
namespace {

/// Links of a chain: of both outlines so much is shared, and the shapes are so much alike.
constexpr double kShare = 0.2, kLike = 0.5;
constexpr int kSpeck = 10;  ///< px; nothing is told by shapes of so few pixels
constexpr std::size_t kShortest = 4;
/// An offset puts so much of the shorter chain beside the other.
constexpr double kOverlap = 0.5;
/// What is never ruled out, in chances of a shape, a place, and of an offset.
constexpr double kDoubt = 0.05, kOffsetDoubt = 0.1;
/// Chance that a region has no partner, for one that an offset leaves without, and for any.
constexpr double kUncovered = 0.3;
/// How well a region beside the chain lies that may be the same as the chain's own (it was parted from it),
/// and one that is not beside it there.
constexpr double kParted = 0.3, kNotBeside = 0.1;
/// What motion says of a chain counts so much beside all else.
constexpr double kMotion = 0.5;
/// What is not known of a region beside the chain speaks for and against alike.
constexpr double kUnknown = 0.5;

int outline(const Region& r) {
  return std::accumulate(r.neighbours.begin(), r.neighbours.end(), 0,
                         [](int sum, const RegionNeighbour& n) { return sum + n.contact; });
}

/// One way to lay a chain beside another.
struct Laying {
  std::vector<int> partner;  ///< per region of the target's chain; -1 = beyond the source's
  double score = 0;          ///< logarithm of its chance
};

class ChainCount {
 public:
  ChainCount(const std::vector<Region>& source, const std::vector<Region>& target, const Candidates& all)
      : source_(source), target_(target), all_(all) {}

  void add(const std::vector<int>& chain, const std::vector<int>& other, std::vector<Laying>& found) const {
    const int ours = static_cast<int>(chain.size()), theirs = static_cast<int>(other.size());
    for (int offset = 1 - ours; offset < theirs; ++offset) {
      const int begin = std::max(0, -offset), end = std::min(ours, theirs - offset);
      if (end - begin < std::max(2.0, kOverlap * std::min(ours, theirs))) continue;
      Laying laying{std::vector<int>(chain.size(), -1)};
      for (int k = begin; k < end; ++k) laying.partner[k] = other[k + offset];
      if (weigh(chain, laying)) found.push_back(std::move(laying));
    }
  }

 private:
  /// False where no region of the chain has its partner among its candidates.
  bool weigh(const std::vector<int>& chain, Laying& laying) const {
    double motion = 0, shapes = 0, beside = 0;
    int covered = 0;
    bool known = false;
    for (std::size_t k = 0; k < chain.size(); ++k) {
      const int mine = chain[k], theirs = laying.partner[k];
      if (theirs < 0) {
        beside += std::log(kUncovered);
        continue;
      }
      double all = 0, own = 0;
      for (const Candidate& c : all_[mine]) {
        all += c.unary;
        if (c.from == theirs) own = c.unary;
      }
      known = known || own > 0;
      motion += std::log((all > 0 ? own / all : 0) + kDoubt);
      shapes += std::log(shape_likeness(source_[theirs], target_[mine]) + kDoubt);
      beside += neighbours(chain, mine, source_[theirs], theirs);
      ++covered;
    }
    laying.score = kMotion * motion / std::max(covered, 1) + shapes + beside;
    return known;
  }

  /// What lies beside the chain at one of its regions speaks for or against a partner.
  [[nodiscard]] double neighbours(const std::vector<int>& chain, int mine, const Region& s,
                                  int theirs) const {
    const Region& t = target_[mine];
    const double whole = outline(t);
    double sum = 0;
    for (const RegionNeighbour& n : t.neighbours) {
      if (std::find(chain.begin(), chain.end(), n.region) != chain.end()) continue;
      const Region& other = target_[n.region];
      double says = kUnknown;
      for (const Candidate& c : all_[n.region]) {
        if (c.from == kNobody) continue;
        double fits = kParted;
        if (c.from != theirs) {
          const Vec2 apart = other.touches_edge ? Vec2{} : centre(other) - centre(t);
          const Vec2 there = other.touches_edge ? Vec2{} : centre(source_[c.from]) - centre(s);
          fits = lies_alike(apart, there) * (adjacent(s, c.from) ? 1 : kNotBeside);
        }
        says += c.p * (fits - kUnknown);
      }
      sum += std::sqrt(n.contact / whole) * std::log(says + kDoubt);
    }
    return sum;
  }

  const std::vector<Region>& source_;
  const std::vector<Region>& target_;
  const Candidates& all_;
};

/// Weighs the candidates of a chain's regions by the chances of the ways to lay it.
void apply(const std::vector<int>& chain, std::vector<Laying>& found, Candidates& all) {
  const double best = std::max_element(found.begin(), found.end(), [](const Laying& a, const Laying& b) {
                        return a.score < b.score;
                      })->score;
  double total = 0;
  for (Laying& laying : found) total += laying.score = std::exp(laying.score - best);
  for (std::size_t k = 0; k < chain.size(); ++k) {
    std::map<int, double> chance;
    for (const Laying& laying : found) chance[laying.partner[k]] += laying.score / total;
    std::vector<Candidate>& mine = all[chain[k]];
    const double uncovered = chance[-1], each = uncovered / static_cast<double>(mine.size());
    double sum = 0;
    for (Candidate& c : mine) {
      const auto at = chance.find(c.from);
      c.unary *= kOffsetDoubt + (c.from == kNobody    ? std::max(uncovered, kUncovered)
                                 : at == chance.end() ? each
                                                      : at->second + each);
      c.p = c.unary;
      sum += c.p;
    }
    if (sum > 0)
      for (Candidate& c : mine) c.p /= sum;
  }
}

}  // namespace

std::vector<std::vector<int>> chains_of_like(const std::vector<Region>& regions) {
  struct Link {
    double weight = 0;
    int a = 0, b = 0;
  };
  std::vector<Link> links;
  const auto counts = [](const Region& r) { return !r.touches_edge && r.area > kSpeck; };
  for (std::size_t a = 0; a < regions.size(); ++a) {
    if (!counts(regions[a])) continue;
    const int whole = outline(regions[a]);
    for (const RegionNeighbour& n : regions[a].neighbours) {
      const Region& other = regions[n.region];
      if (n.region <= static_cast<int>(a) || !counts(other)) continue;
      const double share = static_cast<double>(n.contact) / std::max(whole, outline(other));
      const double like = share < kShare ? 0 : shape_likeness(regions[a], other);
      if (like >= kLike) links.push_back({share * like, static_cast<int>(a), n.region});
    }
  }
  std::stable_sort(links.begin(), links.end(),
                   [](const Link& x, const Link& y) { return x.weight > y.weight; });

  // The strongest links first; two at most at each region, and no ring.
  std::vector<std::vector<int>> next(regions.size());
  std::vector<int> group(regions.size());
  std::iota(group.begin(), group.end(), 0);
  const auto group_of = [&](int r) {
    while (group[r] != r) r = group[r];
    return r;
  };
  for (const Link& link : links) {
    const int a = group_of(link.a), b = group_of(link.b);
    if (a == b || next[link.a].size() > 1 || next[link.b].size() > 1) continue;
    group[a] = b;
    next[link.a].push_back(link.b);
    next[link.b].push_back(link.a);
  }
  std::vector<std::vector<int>> chains;
  std::vector<bool> seen(regions.size());
  for (std::size_t r = 0; r < regions.size(); ++r) {
    if (seen[r] || next[r].size() != 1) continue;
    std::vector<int> chain;
    for (int at = static_cast<int>(r); at >= 0;) {
      seen[at] = true;
      chain.push_back(at);
      const auto on = std::find_if(next[at].begin(), next[at].end(), [&](int n) { return !seen[n]; });
      at = on == next[at].end() ? -1 : *on;
    }
    if (chain.size() >= kShortest) chains.push_back(std::move(chain));
  }
  return chains;
}

void count_chains(const std::vector<Region>& source, const std::vector<Region>& target, Candidates& all) {
  const std::vector<std::vector<int>> there = chains_of_like(source);
  if (there.empty()) return;
  for (const std::vector<int>& chain : chains_of_like(target)) {
    const ChainCount count(source, target, all);
    std::vector<Laying> found;
    for (std::vector<int> other : there) {
      count.add(chain, other, found);
      std::reverse(other.begin(), other.end());
      count.add(chain, other, found);
    }
    if (!found.empty()) apply(chain, found, all);
  }
}

}  // namespace nakawari
