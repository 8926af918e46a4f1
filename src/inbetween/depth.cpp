#include "inbetween/depth.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

namespace nakawari {
namespace {

// A group owns a region when this share of the lines around it is its own.
constexpr double kOwned = 0.4;
// An order is clear when its votes weigh at least so much (two sure Ts weigh two) and so many times the
// contrary's.
constexpr double kClearVotes = 1.5, kClearTimes = 3;
// What dips less deep than this (px at 1024) into a region only brushes its outline.
constexpr double kDip = 5;
// A stem's group is that of its first samples.
constexpr std::int32_t kStemSamples = 6;
// With so many samples a stem may run along the region that it ends on.
constexpr std::int32_t kStemFoot = 12;
// Holes of so many samples in what is hidden are lines within the region.
constexpr std::int32_t kHole = 3;

/// A key's regions: who owns them, and which of them lie beside each sample.
struct Ground {
  const KeyAt& key;
  const LineRegions& map;
  std::vector<std::pair<std::int32_t, std::int32_t>> beside;  // per sample: left, right
  std::vector<std::int32_t> owner;                            // per region, -1: none

  explicit Ground(const KeyGround& at) : key(at.key), map(at.map) {
    std::vector<std::map<std::int32_t, int>> around(static_cast<std::size_t>(map.size()) + 1);
    for (std::int32_t i = 0; i < key.graph->size(); ++i) {
      const Sample& s = key.graph->samples[i];
      beside.emplace_back(map.beside(s.position, s.tangent, 1), map.beside(s.position, s.tangent, -1));
      ++around[beside.back().first][(*key.matches)[i].group];
      if (beside.back().second != beside.back().first)
        ++around[beside.back().second][(*key.matches)[i].group];
    }
    owner.assign(around.size(), -1);
    for (std::size_t r = 1; r < around.size(); ++r) {
      if (!map.counts(static_cast<std::int32_t>(r))) continue;
      int all = 0, most = 0;
      for (const auto& [group, count] : around[r]) {
        all += count;
        if (count > most) {
          most = count;
          owner[r] = group;
        }
      }
      if (most < kOwned * all) owner[r] = -1;
    }
  }

  [[nodiscard]] bool bounds(std::int32_t sample, std::int32_t region) const {
    return beside[sample].first == region || beside[sample].second == region;
  }
};

/// A sample near an end of a stroke, `steps` from it.
std::int32_t near_end(const SampleGraph& graph, StrokeEnd end, std::int32_t steps) {
  const std::int32_t begin = graph.first[end.stroke], last = graph.first[end.stroke + 1] - 1;
  return end.at_end ? std::max(begin, last - steps) : std::min(last, begin + steps);
}

/// Adds the votes of the stems of one key.
void vote(const Ground& ground, const std::vector<Junction>& junctions, DepthVotes& votes) {
  const KeyAt& key = ground.key;
  for (const Junction& junction : junctions)
    for (const StrokeEnd stem : junction.stems)
      for (const auto& [one, two] : junction.through) {
        const std::int32_t foot = near_end(*key.graph, stem, kStemSamples);
        const SampleMatch& behind = (*key.matches)[foot];
        // The side of the bar on which the stem does not lie, seen on both halves of the bar.
        std::int32_t across = 0;
        double sure = behind.confidence;
        for (const StrokeEnd half : {one, two}) {
          const std::int32_t on_bar = near_end(*key.graph, half, 2);
          const Sample& bar = key.graph->samples[on_bar];
          const double side = cross(bar.tangent, key.graph->samples[foot].position - bar.position);
          // What lies along perpendicular() counts as positive here, and as negative to beside().
          const std::int32_t region = ground.map.beside(bar.position, bar.tangent, side);
          across = half == one || across == region ? region : 0;
          sure = std::min<double>(sure, (*key.matches)[on_bar].confidence);
        }
        if (across == 0 || ground.owner[across] < 0 || ground.bounds(foot, across)) continue;
        if (ground.owner[across] != behind.group) votes[{ground.owner[across], behind.group}] += sure;
      }
}

/// Per sample whether it lies around a region. What only ends there, as a stem does, is none of it.
std::vector<char> border_of(const Ground& ground, std::int32_t region) {
  const SampleGraph& graph = *ground.key.graph;
  std::vector<char> border(graph.samples.size());
  for (std::int32_t i = 0; i < graph.size(); ++i) border[i] = ground.bounds(i, region);
  for (std::size_t s = 0; s + 1 < graph.first.size(); ++s) {
    const std::int32_t begin = graph.first[s], end = graph.first[s + 1];
    for (std::int32_t i = begin; i < end; ++i) {
      std::int32_t j = i;
      while (j < end && border[j] == border[i]) ++j;
      if (border[i] != 0 && j - i <= kStemFoot && (i == begin) != (j == end))
        std::fill(border.begin() + i, border.begin() + j, 0);
      i = j - 1;
    }
  }
  return border;
}

/// A region hides those of `lines` that do not lie in it or around it.
void add_front(const Ground& ground, std::int32_t region, const std::vector<char>& lines, double from,
               double to, std::vector<Front>& fronts) {
  if (region <= 0 || !ground.map.counts(region)) return;
  const std::vector<char> border = border_of(ground, region);
  Front front{region, {}, {}, from, to};
  for (std::int32_t i = 0; i < ground.key.graph->size(); ++i)
    if (border[i] != 0)
      front.border.push_back(i);
    else if (lines[i] != 0)
      front.behind.push_back(i);
  if (!front.border.empty() && !front.behind.empty()) fronts.push_back(std::move(front));
}

void add_found(const Ground& ground, const std::vector<std::pair<std::int32_t, std::int32_t>>& orders,
               std::vector<Front>& fronts) {
  for (std::int32_t r = 1; r <= ground.map.size(); ++r) {
    if (ground.owner[r] < 0) continue;
    std::set<std::int32_t> groups;
    for (const auto& [front, behind] : orders)
      if (front == ground.owner[r]) groups.insert(behind);
    if (groups.empty()) continue;
    std::vector<char> lines(ground.key.graph->samples.size(), 0);
    for (std::size_t i = 0; i < lines.size(); ++i)
      lines[i] = groups.count((*ground.key.matches)[i].group) > 0;
    add_front(ground, r, lines, 0, 1, fronts);
  }
}

/// The samples of the other key that belong to marked samples of this one.
std::vector<char> partners(const KeyAt& here, const std::vector<char>& marked, const KeyAt& there) {
  std::vector<char> result(there.graph->samples.size(), 0);
  for (std::int32_t j = 0; j < there.graph->size(); ++j) {
    const SampleMatch& m = (*there.matches)[j];
    result[j] = m.partner_stroke >= 0 && marked[here.graph->at(m.partner_stroke, m.partner_along)] != 0;
  }
  return result;
}

std::int32_t nearest_sample(const KeyAt& key, Vec2 point) {
  std::int32_t nearest = -1;
  double least = std::numeric_limits<double>::max();
  for (std::int32_t i = 0; i < key.graph->size(); ++i)
    if (const double d = length_squared(key.graph->samples[i].position - point); d < least) {
      least = d;
      nearest = i;
    }
  return nearest;
}

/// The lines of the part at a point: its motion group, or its stroke where the matching knows no groups.
std::vector<char> lines_at(const KeyAt& key, Vec2 point) {
  std::vector<char> lines(key.graph->samples.size(), 0);
  const std::int32_t nearest = nearest_sample(key, point);
  if (nearest < 0) return lines;
  const auto& matches = *key.matches;
  const bool groups = std::any_of(matches.begin(), matches.end(),
                                  [&](const SampleMatch& m) { return m.group != matches.front().group; });
  for (std::size_t i = 0; i < lines.size(); ++i)
    lines[i] =
        groups ? matches[i].group == matches[nearest].group : matches[i].stroke == matches[nearest].stroke;
  return lines;
}

/// What a fix says for a while: the part at one point covers the lines of the part at the other.
struct Said {
  bool in_first;
  Vec2 front;
  std::vector<char> of_a, of_b;  // what lies behind
  double from, to;
};

std::vector<Said> said_by(const std::vector<DepthFix>& fixes, const KeyAt& a, const KeyAt& b) {
  std::vector<Said> all;
  for (const DepthFix& fix : fixes) {
    const KeyAt &here = fix.in_first ? a : b, &there = fix.in_first ? b : a;
    const auto add = [&](Vec2 front, Vec2 behind, double from, double to) {
      if (from >= to) return;
      std::vector<char> own = lines_at(here, behind), other = partners(here, own, there);
      if (!fix.in_first) std::swap(own, other);
      all.push_back({fix.in_first, front, std::move(own), std::move(other), from, to});
    };
    add(fix.front, fix.behind, 0, fix.until);
    add(fix.behind, fix.front, fix.until, 1);
  }
  return all;
}

/// The same place of the other key: carried by the nearest line that both keys have.
Vec2 carried(const KeyAt& key, Vec2 at) {
  const SampleMatch* nearest = nullptr;
  for (const SampleMatch& m : *key.matches)
    if (m.partner_stroke >= 0 &&
        (nearest == nullptr || length_squared(m.here - at) < length_squared(nearest->here - at)))
      nearest = &m;
  if (nearest == nullptr) return at;
  return nearest->there + rotated(at - nearest->here, nearest->rotation) * nearest->scale;
}

/// The region at a point; on a line the smaller closed one beside it.
std::int32_t region_at(const Ground& ground, Vec2 point) {
  if (const std::int32_t region = ground.map.at(point); region > 0) return region;
  const std::int32_t near = nearest_sample(ground.key, point);
  if (near < 0) return 0;
  const auto area = [&](std::int32_t r) {
    return r > 0 && ground.map.counts(r) ? ground.map.regions.components[r - 1].area
                                         : std::numeric_limits<int>::max();
  };
  const auto [left, right] = ground.beside[near];
  return area(left) <= area(right) ? left : right;
}

}  // namespace

std::vector<std::pair<std::int32_t, std::int32_t>> clear_orders(const DepthVotes& votes) {
  std::vector<std::pair<std::int32_t, std::int32_t>> orders;
  for (const auto& [order, weight] : votes) {
    const auto contrary = votes.find({order.second, order.first});
    if (weight >= kClearVotes && (contrary == votes.end() || weight >= kClearTimes * contrary->second))
      orders.push_back(order);
  }
  return orders;
}

std::array<std::vector<Front>, 2> fronts(const KeyGround& a, const KeyGround& b,
                                         const std::vector<DepthFix>& fixes) {
  const Ground ground_a(a), ground_b(b);
  DepthVotes votes;
  vote(ground_a, a.junctions, votes);
  vote(ground_b, b.junctions, votes);
  const auto orders = clear_orders(votes);
  std::array<std::vector<Front>, 2> result;
  add_found(ground_a, orders, result[0]);
  add_found(ground_b, orders, result[1]);
  for (const Said& said : said_by(fixes, a.key, b.key)) {
    const Vec2 in_a = said.in_first ? said.front : carried(b.key, said.front),
               in_b = said.in_first ? carried(a.key, said.front) : said.front;
    add_front(ground_a, region_at(ground_a, in_a), said.of_a, said.from, said.to, result[0]);
    add_front(ground_b, region_at(ground_b, in_b), said.of_b, said.from, said.to, result[1]);
  }
  return result;
}

std::vector<Sight> sight_at(const KeyAt& key, const LineRegions& map, const std::vector<Front>& fronts,
                            double t, double scale) {
  const auto n = static_cast<std::size_t>(key.graph->size());
  std::vector<char> hidden(n, 0);
  std::vector<double> depth(n, 0);
  for (const Front& front : fronts) {
    if (t < front.from || t > front.to) continue;
    Vec2 low = key.position[front.border.front()], high = low;
    for (const std::int32_t s : front.border) {
      const Vec2 p = key.position[s];
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
    for (const std::int32_t i : front.behind) {
      const Vec2 p = key.position[i];
      if (p.x < low.x || p.y < low.y || p.x > high.x || p.y > high.y) continue;
      double least = std::numeric_limits<double>::max();
      std::int32_t near = -1;
      for (const std::int32_t s : front.border)
        if (const double d = length_squared(key.position[s] - p); d < least) {
          least = d;
          near = s;
        }
      const Vec2 home = key.graph->samples[near].position + rotated(p - key.position[near], -key.turn[near]);
      if (map.at(home) != front.region) continue;
      hidden[i] = 1;
      depth[i] = std::max(depth[i], std::sqrt(least));
    }
  }

  // Close the holes that lines within the regions make, then let what only brushes an outline be seen.
  for (std::size_t s = 0; s + 1 < key.graph->first.size(); ++s) {
    const std::int32_t begin = key.graph->first[s], end = key.graph->first[s + 1];
    for (std::int32_t i = begin; i < end; ++i) {
      std::int32_t j = i;
      while (j < end && hidden[j] == hidden[i]) ++j;
      if (hidden[i] == 0 && i > begin && j < end && j - i <= kHole)
        std::fill(hidden.begin() + i, hidden.begin() + j, 1);
      i = j - 1;
    }
    for (std::int32_t i = begin; i < end; ++i) {
      std::int32_t j = i;
      double deepest = 0;
      for (; j < end && hidden[j] == hidden[i]; ++j) deepest = std::max(deepest, depth[j]);
      if (hidden[i] != 0 && deepest < kDip * scale) std::fill(hidden.begin() + i, hidden.begin() + j, 0);
      i = j - 1;
    }
  }
  std::vector<Sight> sight;
  for (const char each : hidden) sight.push_back(each != 0 ? Sight::hidden : Sight::as_ruled);
  return sight;
}

}  // namespace nakawari
