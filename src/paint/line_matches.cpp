#include "paint/line_matches.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "match/match.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

/// The painted drawings to match a drawing's lines with: those with about as many regions first (an eye that
/// is half closed is painted from one that is half closed), of these the nearest in time.
std::vector<int> painted_like(const PreparedCel& cel, const std::vector<int>& order, int drawing) {
  constexpr std::size_t kMost = 2;
  constexpr double kAboutAsMany = 0.75;
  const auto regions = [&](int d) { return static_cast<double>(cel.maps[d]->regions.size()); };
  const auto differs = [&](int d) {
    return std::min(regions(d), regions(drawing)) < kAboutAsMany * std::max(regions(d), regions(drawing));
  };
  const auto place = [&](int d) { return std::find(order.begin(), order.end(), d) - order.begin(); };
  const auto steps = [&](int d) { return std::abs(place(d) - place(drawing)); };
  std::vector<int> painted;
  for (const int d : order)
    if (cel.job.drawings[d].painted) painted.push_back(d);
  std::stable_sort(painted.begin(), painted.end(),
                   [&](int a, int b) { return differs(a) != differs(b) ? differs(b) : steps(a) < steps(b); });
  // A neighbour that is like it says all there is to say.
  const bool enough = !painted.empty() && !differs(painted.front()) && steps(painted.front()) == 1;
  while (painted.size() > (enough ? 1 : kMost)) painted.pop_back();
  return painted;
}

/// What is remembered of a pair; nullptr without. It may be that nothing was found.
const Registration* remembered(const PaintJob& job, int from, int to) {
  for (const PaintRegistration& each : job.remembered)
    if (each.from == from && each.to == to) return &each.anchors;
  return nullptr;
}

}  // namespace

std::vector<int> in_time(const PaintJob& job) {
  std::vector<int> order;
  for (std::size_t i = 0; i < job.drawings.size(); ++i) order.push_back(static_cast<int>(i));
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return job.drawings[a].time < job.drawings[b].time; });
  return order;
}

std::vector<int> hand_drawn(const PaintJob& job) {
  std::vector<int> order = in_time(job);
  std::erase_if(order, [&](int d) { return !job.drawings[d].made_from.empty() || job.drawings[d].sheet; });
  return order;
}

Known known_lines(const std::vector<PaintRegistration>& registrations, int a, int b) {
  Known known;
  for (const PaintRegistration& r : registrations) {
    if (r.anchors.empty()) continue;
    if (r.from == a && r.to == b) known.a_in_b = &r.anchors;
    if (r.from == b && r.to == a) known.b_in_a = &r.anchors;
  }
  return known;
}

std::vector<std::pair<int, int>> pairs_to_match(const PreparedCel& cel) {
  const PaintJob& job = cel.job;
  const std::vector<int> order = hand_drawn(job);
  std::set<std::pair<std::size_t, std::size_t>> places;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool painted = job.drawings[order[i]].painted.has_value();
    if (i + 1 < order.size() && !(painted && job.drawings[order[i + 1]].painted)) places.insert({i, i + 1});
    if (painted) continue;
    for (const int like : painted_like(cel, order, order[i])) {
      const auto k = static_cast<std::size_t>(std::find(order.begin(), order.end(), like) - order.begin());
      places.insert(std::minmax(i, k));
    }
  }
  std::vector<std::pair<int, int>> pairs;
  for (const auto& [i, k] : places) {
    const Known known = known_lines(cel.registrations, order[i], order[k]);
    if (known.a_in_b == nullptr && known.b_in_a == nullptr) pairs.push_back({order[i], order[k]});
  }
  return pairs;
}

void match_hand_drawn(PreparedCel& cel, Threads threads) {
  const PaintJob& job = cel.job;
  const std::vector<std::pair<int, int>> wanted = pairs_to_match(cel);
  std::vector<std::pair<Registration, Registration>> found(wanted.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto [a, b] = wanted[i];
    const auto there = remembered(job, a, b), back = remembered(job, b, a);
    if (there != nullptr && back != nullptr)
      found[i] = {*there, *back};
    else
      open.push_back(i);
  }
  std::map<int, std::optional<Drawing>> traced;
  for (const std::size_t i : open) {
    traced[wanted[i].first];
    traced[wanted[i].second];
  }
  std::vector<std::pair<const int, std::optional<Drawing>>*> slots;
  for (auto& slot : traced) slots.push_back(&slot);
  parallel_for(threads, slots.size(), [&](std::size_t i) {
    auto drawing = trace(job.drawings[slots[i]->first].lines);
    if (drawing) slots[i]->second = std::move(*drawing);
  });
  parallel_for(threads, open.size(), [&](std::size_t i) {
    const auto& pair = wanted[open[i]];
    const auto &a = traced.at(pair.first), &b = traced.at(pair.second);
    if (!a || !b) return;
    const auto correspondence = match(*a, *b, {}, {.threads = {1}});
    if (!correspondence) return;
    found[open[i]] = {registration(correspondence->a_to_b), registration(correspondence->b_to_a)};
  });
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const auto [a, b] = wanted[i];
    cel.registrations.push_back({a, b, std::move(found[i].first)});
    cel.registrations.push_back({b, a, std::move(found[i].second)});
  }
}

}  // namespace nakawari
