#include "match/groups.h"

#include <algorithm>
#include <cmath>

#include "geometry/polygon.h"
#include "match/seeds.h"

namespace nakawari {
namespace {

// px at 1024: a rigid motion explains what it brings this near; motions are proposed by neighbourhoods of
// this size.
constexpr double kExplained = 4, kNeighbourhood = 50;
// A group has at least this share of the first drawing's samples; at most so many groups.
constexpr double kLeastShare = 0.02;
constexpr int kMostGroups = 16;
// Places that propose a motion.
constexpr std::size_t kProposals = 120;

struct Moved {
  Vec2 from, to;
};

/// The rigid motion of weighted pairs at a given size.
Placement fit(const std::vector<Moved>& pairs, float size) {
  Placement result;
  result.scale = size;
  for (const Moved& p : pairs) {
    result.from += p.from;
    result.to += p.to;
  }
  const double n = static_cast<double>(std::max<std::size_t>(1, pairs.size()));
  result.from = result.from / n;
  result.to = result.to / n;
  double dots = 0, crosses = 0;
  for (const Moved& p : pairs) {
    dots += dot(p.from - result.from, p.to - result.to);
    crosses += cross(p.from - result.from, p.to - result.to);
  }
  if (dots != 0 || crosses != 0) result.rotation = static_cast<float>(std::atan2(crosses, dots));
  return result;
}

double miss(const Placement& place, Vec2 from, Vec2 to) {
  return length_squared(place.apply(from) - to);
}

std::vector<Placement> motions(const std::vector<SampleMatch>& matches, double scale) {
  std::vector<Placement> found;
  std::vector<bool> explained(matches.size(), false);
  const double within = kExplained * kExplained * scale * scale, near = kNeighbourhood * scale;
  const std::size_t stride = std::max<std::size_t>(1, matches.size() / kProposals);
  std::vector<Placement> proposals;
  for (std::size_t i = stride / 2; i < matches.size(); i += stride) {
    std::vector<Moved> pairs;
    for (const SampleMatch& m : matches)
      if (length_squared(m.here - matches[i].here) < near * near) pairs.push_back({m.here, m.predicted});
    proposals.push_back(fit(pairs, matches[i].scale));
  }
  while (static_cast<int>(found.size()) < kMostGroups) {
    const auto count = [&](const Placement& place, std::size_t step) {
      std::size_t n = 0;
      for (std::size_t i = 0; i < matches.size(); i += step)
        n += !explained[i] && miss(place, matches[i].here, matches[i].predicted) < within;
      return n * step;
    };
    std::size_t most = 0;
    Placement best;
    for (const Placement& place : proposals)
      if (const std::size_t n = count(place, 4); n > most) {
        most = n;
        best = place;
      }
    if (static_cast<double>(most) < kLeastShare * static_cast<double>(matches.size())) break;
    for (int pass = 0; pass < 2; ++pass) {
      std::vector<Moved> pairs;
      for (std::size_t i = 0; i < matches.size(); ++i)
        if (!explained[i] && miss(best, matches[i].here, matches[i].predicted) < within)
          pairs.push_back({matches[i].here, matches[i].predicted});
      if (!pairs.empty()) best = fit(pairs, best.scale);
    }
    for (std::size_t i = 0; i < matches.size(); ++i)
      explained[i] = explained[i] || miss(best, matches[i].here, matches[i].predicted) < within;
    found.push_back(best);
  }
  return found;
}

std::int32_t nearest_motion(const std::vector<Placement>& motions, Vec2 from, Vec2 to) {
  std::int32_t best = 0;
  for (std::size_t g = 1; g < motions.size(); ++g)
    if (miss(motions[g], from, to) < miss(motions[best], from, to)) best = static_cast<std::int32_t>(g);
  return best;
}

}  // namespace

void group(const SampleGraph& a, const SampleGraph& b, const MatchFixes& fixes, double scale,
           Correspondence& correspondence) {
  const std::vector<Placement> rigid = motions(correspondence.a_to_b, scale);
  if (!rigid.empty()) {
    for (SampleMatch& m : correspondence.a_to_b) m.group = nearest_motion(rigid, m.here, m.predicted);
    for (SampleMatch& m : correspondence.b_to_a) m.group = nearest_motion(rigid, m.predicted, m.here);
  }
  auto next = static_cast<std::int32_t>(std::max<std::size_t>(1, rigid.size()));
  for (const GroupFix& fix : fixes.groups) {
    if (fix.lasso.size() < 3) continue;
    std::vector<SampleMatch>&own = fix.in_first ? correspondence.a_to_b : correspondence.b_to_a,
    &other = fix.in_first ? correspondence.b_to_a : correspondence.a_to_b;
    const SampleGraph& graph = fix.in_first ? a : b;
    for (SampleMatch& m : own)
      if (inside(fix.lasso, m.here)) m.group = next;
    for (SampleMatch& m : other) {
      if (m.partner_stroke < 0) continue;
      if (own[graph.at(m.partner_stroke, m.partner_along)].group == next) m.group = next;
    }
    ++next;
  }
}

}  // namespace nakawari
