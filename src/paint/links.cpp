#include "paint/links.h"

#include <algorithm>
#include <map>

#include "image/page_part.h"
#include "match/chains.h"
#include "paint/inherit.h"
#include "paint/line_matches.h"

namespace nakawari {
namespace {

/// What the picture of a model says beside a neighbour in time.
constexpr double kSheetTrust = 0.3;
/// How likely a region is new, beside the likeness of what it may have been.
constexpr double kNothing = 1;

Registration reversed(const Registration& anchors) {
  Registration other = anchors;
  for (Anchor& anchor : other) {
    std::swap(anchor.here, anchor.there);
    std::swap(anchor.here_tangent, anchor.there_tangent);
  }
  return other;
}

/// A made drawing whose lines are known in all its parents needs no dense motion.
bool needs_flow(const PreparedCel& cel, int drawing) {
  const std::vector<int>& parents = cel.job.drawings[drawing].made_from;
  return parents.empty() || std::any_of(parents.begin(), parents.end(), [&](int parent) {
           return known_lines(cel.registrations, parent, drawing).b_in_a == nullptr;
         });
}

/// Weights the links of a made drawing's region by how much of its outline is known to come from this
/// parent, so that what only one key shows is asked of that key alone.
void weigh_by_sides(const SideVotes& sides, RegionLinks& links) {
  // A region without known lines still hears both parents.
  constexpr double kUnknown = 0.01;
  for (std::size_t r = 0; r < links.size(); ++r) {
    double known = kUnknown;
    for (const auto& [region, weight] : sides[r]) known += weight;
    for (RegionLink& link : links[r]) link.weight *= static_cast<float>(known);
  }
}

bool is_hand_drawn(const PreparedCel& cel, int drawing) {
  return cel.job.drawings[drawing].made_from.empty() && !cel.job.drawings[drawing].sheet;
}

/// By dense motion alone.
BothWays felt(const PreparedCel& cel, int a, int b, const BothWays& start) {
  return {dense_motion(cel.images[a], cel.images[b], start.there, MotionDetail::fine),
          dense_motion(cel.images[b], cel.images[a], start.back, MotionDetail::fine)};
}

/// As the known lines move, else by dense motion.
BothWays motion_between(const PreparedCel& cel, int a, int b) {
  const int width = cel.maps[a]->label.width, height = cel.maps[a]->label.height;
  const Known known = known_lines(cel.registrations, a, b);
  BothWays motion;
  if (known.b_in_a != nullptr) {
    motion.back = anchored_motion(*known.b_in_a, width, height);
    motion.there =
        anchored_motion(known.a_in_b != nullptr ? *known.a_in_b : reversed(*known.b_in_a), width, height);
  }
  if (motion.there.dx.empty() || motion.back.dx.empty()) {
    motion = felt(cel, a, b, {});
  }
  return motion;
}

/// The motion that lays the ink of one drawing over that of another: moved and scaled by their bounds.
Motion laid_over(const LineImage& from, const LineImage& to) {
  const PagePart a = ink_bounds(from.coverage, 0), b = ink_bounds(to.coverage, 0);
  Motion motion;
  const int columns = (from.width() + motion.step - 1) / motion.step,
            rows = (from.height() + motion.step - 1) / motion.step;
  motion.dx = Grid<float>(columns, rows);
  motion.dy = Grid<float>(columns, rows);
  if (a.width == 0 || b.width == 0) return motion;
  // The higher of the two measures a figure that is cut by the page's edge best.
  const double scale =
      a.height >= a.width ? static_cast<double>(b.height) / a.height : static_cast<double>(b.width) / a.width;
  for (int j = 0; j < rows; ++j) {
    for (int i = 0; i < columns; ++i) {
      const double x = i * motion.step - (a.x + a.width / 2.0), y = j * motion.step - (a.y + a.height / 2.0);
      motion.dx(i, j) = static_cast<float>(b.x + b.width / 2.0 + scale * x - i * motion.step);
      motion.dy(i, j) = static_cast<float>(b.y + b.height / 2.0 + scale * y - j * motion.step);
    }
  }
  return motion;
}

/// Both counts, half and half; in rising order like them.
std::vector<Landed> mean_of(const std::vector<Landed>& first, const std::vector<Landed>& second) {
  std::vector<Landed> mean;
  for (auto a = first.begin(), b = second.begin(); a != first.end() || b != second.end();) {
    const bool take_a = b == second.end() || (a != first.end() && a->region <= b->region);
    const bool take_b = a == first.end() || (b != second.end() && b->region <= a->region);
    mean.push_back({take_a ? a->region : b->region, 0});
    if (take_a) mean.back().pixels += (a++)->pixels / 2;
    if (take_b) mean.back().pixels += (b++)->pixels / 2;
  }
  return mean;
}

/// Where the regions of one drawing land, in the mean of the opinions; their centres as the first has it.
Landing landed(const RegionMap& from, const RegionMap& to, const PairMotion& motion,
               Motion BothWays::* direction) {
  Landing landing = land(from, to, motion.front().*direction);
  if (motion.size() < 2) return landing;
  const Landing second = land(from, to, motion[1].*direction);
  // Dense motion slips along stripes; they are counted by what lines say.
  std::vector<bool> striped(from.regions.size());
  for (const std::vector<int>& chain : chains_of_like(from.regions))
    for (const int region : chain) striped[region] = true;
  for (std::size_t r = 0; r < landing.overlap.size(); ++r)
    if (!striped[r]) landing.overlap[r] = mean_of(landing.overlap[r], second.overlap[r]);
  return landing;
}

void link_pair(const PreparedCel& cel, const DrawingPair& pair, const PairMotion& motion, DrawingLink& to_b,
               DrawingLink& to_a) {
  // What matching says of a line's two sides weighs less than what the in-betweener knows: it may be wrong.
  constexpr double kMadeGain = 12, kMatchedGain = 2;
  const auto [a, b, trust] = pair;
  const RegionMap &first = *cel.maps[a], &second = *cel.maps[b];
  const Known known = known_lines(cel.registrations, a, b);
  const bool made = !cel.job.drawings[b].made_from.empty();
  SideVotes a_sides, b_sides;
  if (known.b_in_a != nullptr) {
    b_sides = side_votes(second, first, *known.b_in_a);
    a_sides = turned(b_sides, first.regions.size());
  }
  const Landing out = landed(first, second, motion, &BothWays::there),
                in = landed(second, first, motion, &BothWays::back);
  const double gain = made ? kMadeGain : kMatchedGain;
  to_b = {a, b, trust,
          link_regions(first.regions, second.regions, out, in, cel.page, b_sides, gain, kNothing)};
  // From a made drawing nothing flows back: the keys know better.
  to_a = {b, a, made ? 0 : trust,
          link_regions(second.regions, first.regions, in, out, cel.page, a_sides, gain, kNothing)};
  if (made && !b_sides.empty()) weigh_by_sides(b_sides, to_b.links);
}

/// Pairs of one drawing with ever farther ones on one side of it in time: the motion to each begins with the
/// motion to the one before, so that a limb that swings is followed.
struct Chain {
  int root = 0;
  std::vector<int> drawings;  ///< from the root's neighbour on
  std::map<int, std::size_t> pair_of;
};

std::vector<Chain> chains_of(const PaintJob& job, const std::vector<DrawingPair>& pairs) {
  const std::vector<int> order = hand_drawn(job);
  const auto place = [&](int d) { return std::find(order.begin(), order.end(), d) - order.begin(); };
  std::map<std::pair<int, int>, Chain> chains;  // by root and direction
  std::vector<Chain> all;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const auto [a, b, trust] = pairs[k];
    const auto n = static_cast<std::ptrdiff_t>(order.size()), i = place(a), j = place(b);
    if (i == n || j == n || j == i + 1) {
      all.push_back({a, {b}, {{b, k}}});
      continue;
    }
    const bool forward = job.drawings[a].painted.has_value();
    Chain& chain = chains[{forward ? a : b, forward ? 1 : -1}];
    chain.root = forward ? a : b;
    chain.pair_of[forward ? b : a] = k;
  }
  for (auto& [key, chain] : chains) {
    const int step = key.second;
    std::size_t left = chain.pair_of.size();
    for (auto i = place(chain.root) + step; left > 0; i += step) {
      chain.drawings.push_back(order[static_cast<std::size_t>(i)]);
      left -= chain.pair_of.count(chain.drawings.back());
    }
    all.push_back(std::move(chain));
  }
  return all;
}

/// The motions of a chain's pairs.
void follow(const PreparedCel& cel, const Chain& chain, const std::vector<DrawingPair>& pairs,
            std::vector<PairMotion>& found) {
  BothWays motion;
  int last = chain.root;
  for (const int d : chain.drawings) {
    const bool first = last == chain.root;
    if (cel.job.drawings[chain.root].sheet) {
      const LineImage &sheet = cel.job.drawings[chain.root].lines, &lines = cel.job.drawings[d].lines;
      motion = felt(cel, chain.root, d, {laid_over(sheet, lines), laid_over(lines, sheet)});
    } else {
      const BothWays step = motion_between(cel, last, d);
      motion = first ? step : BothWays{composed(motion.there, step.there), composed(step.back, motion.back)};
    }
    last = d;
    if (chain.pair_of.count(d) == 0) continue;
    const std::size_t k = chain.pair_of.at(d);
    const Known known = known_lines(cel.registrations, chain.root, d);
    const bool matched = known.a_in_b != nullptr || known.b_in_a != nullptr;
    const BothWays here = first     ? motion
                          : matched ? motion_between(cel, chain.root, d)
                                    : felt(cel, chain.root, d, motion);
    found[k] = {here};
    if (matched && is_hand_drawn(cel, chain.root) && is_hand_drawn(cel, d))
      found[k].push_back(felt(cel, chain.root, d, {}));
    for (BothWays& opinion : found[k]) {
      opinion = {coarser(opinion.there), coarser(opinion.back)};
      if (pairs[k].a != chain.root) std::swap(opinion.there, opinion.back);
    }
  }
}

}  // namespace

std::vector<DrawingPair> pairs_to_compare(const PaintJob& job) {
  std::vector<DrawingPair> pairs;
  for (const int d : in_time(job)) {
    for (const int parent : job.drawings[d].made_from) pairs.push_back({parent, d, 1});
  }
  const std::vector<int> order = hand_drawn(job);
  const int n = static_cast<int>(order.size());
  for (int i = 0; i < n; ++i) {
    for (int k = i + 1; k < n; ++k) {
      const bool first = job.drawings[order[i]].painted.has_value();
      const bool second = job.drawings[order[k]].painted.has_value();
      if (k == i + 1 || first != second) pairs.push_back({order[i], order[k], 1.0 / (k - i)});
    }
  }
  for (int sheet = 0; sheet < static_cast<int>(job.drawings.size()); ++sheet) {
    if (!job.drawings[sheet].sheet) continue;
    for (const int d : order) pairs.push_back({sheet, d, kSheetTrust});
  }
  return pairs;
}

PreparedCel prepare_cel(PaintJob job, double page, bool match_lines, Threads threads) {
  PreparedCel cel;
  cel.job = std::move(job);
  cel.page = page;
  cel.registrations = std::move(cel.job.registrations);
  cel.given = cel.registrations.size();
  cel.maps.resize(cel.job.drawings.size());
  cel.images.resize(cel.job.drawings.size());
  parallel_for(threads, cel.job.drawings.size(), [&](std::size_t i) {
    cel.maps[i] = std::make_shared<RegionMap>(find_regions(cel.job.drawings[i].lines));
    if (needs_flow(cel, static_cast<int>(i))) cel.images[i] = prepare_flow(cel.job.drawings[i].lines);
  });
  if (match_lines) match_hand_drawn(cel, threads);
  return cel;
}

std::vector<PairMotion> pair_motions(const PreparedCel& cel, const std::vector<DrawingPair>& pairs,
                                     Threads threads) {
  std::vector<PairMotion> found(pairs.size());
  const std::vector<Chain> chains = chains_of(cel.job, pairs);
  parallel_for(threads, chains.size(), [&](std::size_t i) { follow(cel, chains[i], pairs, found); });
  return found;
}

void link_drawings(const PreparedCel& cel, const std::vector<DrawingPair>& pairs,
                   const std::vector<PairMotion>& motions, const std::vector<bool>& fresh, Threads threads,
                   std::vector<DrawingLink>& links) {
  links.resize(2 * pairs.size());
  parallel_for(threads, pairs.size(), [&](std::size_t k) {
    if (fresh.empty() || fresh[pairs[k].a] || fresh[pairs[k].b])
      link_pair(cel, pairs[k], motions[k], links[2 * k], links[2 * k + 1]);
  });
}

std::vector<DrawingLink> balanced(const PaintJob& job, std::vector<DrawingLink> links) {
  for (std::size_t d = 0; d < job.drawings.size(); ++d) {
    if (job.drawings[d].made_from.empty()) continue;
    std::vector<DrawingLink*> parents;
    for (DrawingLink& link : links) {
      if (link.to == static_cast<int>(d)) parents.push_back(&link);
    }
    for (std::size_t r = 0; !parents.empty() && r < parents.front()->links.size(); ++r) {
      float total = 0;
      for (const DrawingLink* parent : parents) {
        for (const RegionLink& link : parent->links[r]) total += link.weight;
      }
      if (total <= 0) continue;
      for (DrawingLink* parent : parents) {
        for (RegionLink& link : parent->links[r]) link.weight *= static_cast<float>(parents.size()) / total;
      }
    }
  }
  return links;
}

}  // namespace nakawari
