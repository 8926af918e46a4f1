#include "match/coarse_motion.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "image/distance.h"

namespace nakawari {
namespace {

constexpr double kDegree = std::numbers::pi / 180;
// The prior for small motion only breaks ties: a straight line fits everywhere along itself.
constexpr float kShiftPrior = 0.10F, kRotationPrior = 0.06F;
// Shares of the judgement: our lines on theirs, their lines on ours, and the price of other regions beside
// them.
constexpr float kForward = 0.6F, kBackward = 0.4F, kSideWeight = 0.35F;
// A sample's counterpart lies within this of where it is carried (px at 1024), the nearest seed within that.
constexpr double kBesideReach = 9, kSeedReach = 22;
constexpr double kLikeCosine = 0.8;
// A seed with a place this good needs no wide search.
constexpr float kGoodEnough = 0.2F;
constexpr int kFromSearch = 6;
// Neighbours at least this close are of one line; a joint that opens by more than this (px at 1024) is torn.
constexpr float kOneLine = 0.4F;
constexpr double kTorn = 10;

/// A neighbourhood turned by one angle, ready for scoring.
struct TurnedPatch {
  std::array<float, kPatchOwn + kPatchOther> x, y, weight;
  std::array<int, kPatchOwn + kPatchOther> bin;
  std::size_t size = 0;
  float total = 0;
};

/// `stride` 2 takes every other sample: enough for the wide search.
TurnedPatch turned(const Seed& seed, double angle, double size, std::size_t stride = 1) {
  TurnedPatch patch;
  const float c = static_cast<float>(std::cos(angle) * size), s = static_cast<float>(std::sin(angle) * size);
  for (std::size_t k = 0; k < seed.points.size(); k += stride) {
    const PatchPoint& p = seed.points[k];
    patch.x[patch.size] = c * p.x - s * p.y;
    patch.y[patch.size] = s * p.x + c * p.y;
    patch.weight[patch.size] = p.weight;
    patch.bin[patch.size] = LineField::bin(p.angle + angle, p.trace_line);
    patch.total += p.weight;
    ++patch.size;
  }
  return patch;
}

/// Mean cut-off distance over the patch, 0..1; stops early above `bound`.
float score(const TurnedPatch& patch, const LineField& field, Vec2 at, float bound) {
  const float x = static_cast<float>(at.x), y = static_cast<float>(at.y);
  const float limit = bound * patch.total * field.reach();
  float sum = 0;
  for (std::size_t k = 0; k < patch.size; ++k) {
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
    const double d = length_squared(sample.position - at);
    if (d > least || (d == least && j >= best)) return;
    if (std::abs(dot(sample.tangent, tangent)) < kLikeCosine) return;
    least = d;
    best = j;
  });
  return best;
}

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
    const double shift = std::sqrt(length_squared(place.to - whole.apply(place.from)));
    return kShiftPrior * static_cast<float>(shift / (options.reach * scale)) +
           kRotationPrior * static_cast<float>(std::abs(place.rotation - whole.rotation) / (60 * kDegree));
  }

  /// Walks downhill on the fine field, one way only.
  void refine(const Seed& seed, Placement& place) const {
    float cost = score(turned(seed, place.rotation, place.scale), to.fine, place.to, 1);
    for (double step = 7 * scale, turn = 8 * kDegree; step >= 1.4 * scale; step /= 2, turn /= 2) {
      for (int pass = 0; pass < 2; ++pass) {
        const Placement start = place;
        const TurnedPatch patch = turned(seed, place.rotation, place.scale);
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
          const float value = score(turned(seed, angle, place.scale), to.fine, place.to, cost);
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
    return score(turned(other, back.rotation, back.scale), from.fine,
                 back.apply(to.graph.samples[other.sample].position), 1);
  }

  /// How unlike the regions beside our lines are to those beside the lines they fall on, 0..1.
  [[nodiscard]] float unlike(const Seed& seed, const Placement& place) const {
    float sum = 0;
    int count = 0;
    const Turn turn(place.rotation);
    for (int k = 0; k < seed.own; k += 2) {
      const std::int32_t i = seed.patch[k];
      const Sample& own = from.graph.samples[i];
      const Vec2 tangent = turn(own.tangent);
      const Vec2 at = place.to + turn(own.position - place.from) * place.scale;
      const std::int32_t j = like_sample(to, at, tangent, kBesideReach * scale);
      sum += j < 0 ? 0.5F : 1 - sides.like(i, j, dot(tangent, to.graph.samples[j].tangent) > 0);
      ++count;
    }
    return count > 0 ? sum / static_cast<float>(count) : 0.5F;
  }

  void judge(const Seed& seed, Placement& place) const {
    const float ahead = score(turned(seed, place.rotation, place.scale), to.fine, place.to, 1);
    place.cost = (1 - kBackward) * ahead + kBackward * backward(seed, place) +
                 kSideWeight * unlike(seed, place) + prior(place);
  }

  /// Keeps `place` among the different ones.
  void keep(Seed& seed, const Placement& place) const {
    for (Placement& other : seed.candidates)
      if (length_squared(other.to - place.to) < 25 * scale * scale &&
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

  /// Scores on the wide field of a patch that lies `xs` from `centre` in one row of shifts; 1 above the
  /// bound. One point of the patch after the other, so that each reads one row of the field.
  void score_row(const TurnedPatch& patch, float y, const std::vector<float>& xs,
                 std::vector<float>& scores) const {
    constexpr float kBound = 0.75F;
    const float most = patch.total * to.wide.reach(), limit = kBound * most;
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t k = 0; k < patch.size; ++k) {
      const LineField::Row row = to.wide.row(y + patch.y[k], patch.bin[k]);
      row.add(xs, patch.x[k], patch.weight[k], scores);
    }
    for (float& value : scores) value = value > limit ? 1 : value / most;
  }

  /// Shifts and turns on the wide field about where the whole figure goes; the best local minima.
  [[nodiscard]] std::vector<Placement> search(const Seed& seed) const {
    constexpr float kWorst = 0.8F;  // no candidate from here on
    const Vec2 centre = whole.apply(here(seed));
    const double step = 13 * scale;
    const int reach = static_cast<int>(options.reach * scale / step);
    const int turns = static_cast<int>(options.rotation_reach / options.rotation_step);
    std::vector<Placement> found;
    const int side = 2 * reach + 1;
    std::vector<float> values(static_cast<std::size_t>(side) * side), xs, scores;
    for (int r = -turns; r <= turns; ++r) {
      Placement place = whole;
      place.from = here(seed);
      place.rotation += static_cast<float>(r * options.rotation_step * kDegree);
      const TurnedPatch patch = turned(seed, place.rotation, place.scale, 2);
      std::fill(values.begin(), values.end(), 1.0F);
      for (int j = -reach; j <= reach; ++j) {
        const int half = static_cast<int>(std::sqrt(reach * reach - j * j));
        xs.clear();
        for (int i = -half; i <= half; ++i) xs.push_back(static_cast<float>(centre.x + i * step));
        scores.resize(xs.size());
        score_row(patch, static_cast<float>(centre.y + j * step), xs, scores);
        for (int i = -half; i <= half; ++i) {
          float& value = values[static_cast<std::size_t>(j + reach) * side + i + reach];
          value = scores[i + half];
          if (value >= kWorst) continue;
          place.to = centre + Vec2{i * step, j * step};
          value += prior(place);
        }
      }
      // Local minima only: neighbours on the grid are the same answer.
      for (int j = 1; j + 1 < side; ++j)
        for (int i = 1; i + 1 < side; ++i) {
          const float value = values[static_cast<std::size_t>(j) * side + i];
          if (value >= kWorst) continue;
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

void first_candidates(const Searcher& searcher, Seeded& seeded, const Motion& motion, const Sides& sides) {
  const auto regions = from_regions(searcher.from.view, searcher.to.view, sides, searcher.whole.scale);
  parallel_for(searcher.options.threads, seeded.seeds.size(), [&](std::size_t s) {
    Seed& seed = seeded.seeds[s];
    searcher.propose(seed, searcher.whole);
    searcher.propose(
        seed, from_flow(searcher.from.graph, searcher.from.view.cell, seed, motion, searcher.whole.scale));
    for (const std::int32_t r : {searcher.from.view.left[seed.sample], searcher.from.view.right[seed.sample]})
      if (r >= 0)
        for (const Placement& place : regions[r]) searcher.propose(seed, place);
    searcher.trim(seed, searcher.options.candidates);
    if (seed.candidates.front().cost > kGoodEnough)
      for (const Placement& place : searcher.search(seed)) searcher.propose(seed, place);
    searcher.trim(seed, searcher.options.candidates);
  });
}

/// Where a limb tears at the joint between two seeds of one line: the places of the one that keep the joint
/// where the other has it, turned about it.
std::vector<Placement> bends(const Seed& seed, const Seed& other, double scale) {
  std::vector<Placement> result;
  const Placement &own = seed.choice(), &held = other.choice();
  const Vec2 joint = (own.from + held.from) / 2, there = held.apply(joint);
  if (distance(own.apply(joint), there) < kTorn * scale) return result;
  for (const double turn : {-75.0, -50.0, -25.0, 25.0, 50.0, 75.0})
    result.push_back({joint, there, held.rotation + static_cast<float>(turn * kDegree), held.scale, 1});
  return result;
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
    for (std::size_t k = 0; k < before[s].neighbours.size(); ++k)
      if (before[s].neighbour_weight[k] >= kOneLine)
        for (const Placement& bent : bends(before[s], before[before[s].neighbours[k]], searcher.scale))
          try_out(bent);
    searcher.trim(seed, searcher.options.candidates + 4);
  });
}

/// Motion of every place from the lines around it: what regions are compared by once seeds have chosen.
Motion motion_of(const CoarseSide& side, const Seeded& seeded) {
  constexpr int kStep = 8;
  Motion motion;
  motion.step = kStep;
  const double cell = side.view.cell;
  const int columns = (side.view.map.label.width + kStep - 1) / kStep,
            rows = (side.view.map.label.height + kStep - 1) / kStep;
  Mask lines(columns, rows, 0);
  Grid<Vec2> sum(columns, rows, Vec2{});
  Grid<int> count(columns, rows, 0);
  for (std::size_t i = 0; i < side.graph.samples.size(); ++i) {
    const Vec2 p = side.graph.samples[i].position;
    const int x = std::clamp(static_cast<int>(p.x / cell) / kStep, 0, columns - 1),
              y = std::clamp(static_cast<int>(p.y / cell) / kStep, 0, rows - 1);
    lines(x, y) = 1;
    sum(x, y) += (seeded.seeds[seeded.owner[i]].choice().apply(p) - p) / cell;
    ++count(x, y);
  }
  const NearestPixels nearest = nearest_pixels(lines);
  motion.dx = Grid<float>(columns, rows);
  motion.dy = motion.dx;
  for (std::size_t k = 0; k < sum.data.size(); ++k) {
    const std::int32_t from = nearest.index.data[k];
    const Vec2 way = sum.data[from] / count.data[from];
    motion.dx.data[k] = static_cast<float>(way.x);
    motion.dy.data[k] = static_cast<float>(way.y);
  }
  return motion;
}

/// Judges all places again, by better knowledge of the regions, and hears the regions' own proposals.
void judge_again(const Searcher& searcher, Seeded& seeded) {
  const auto regions =
      from_regions(searcher.from.view, searcher.to.view, searcher.sides, searcher.whole.scale);
  parallel_for(searcher.options.threads, seeded.seeds.size(), [&](std::size_t s) {
    Seed& seed = seeded.seeds[s];
    for (Placement& place : seed.candidates) searcher.judge(seed, place);
    for (const std::int32_t r : {searcher.from.view.left[seed.sample], searcher.from.view.right[seed.sample]})
      if (r >= 0)
        for (const Placement& place : regions[r]) searcher.propose(seed, place);
    searcher.trim(seed, searcher.options.candidates + 4);
  });
}

}  // namespace

CoarseMotion coarse_motion(const CoarseSide& a, const CoarseSide& b, const Placement& whole,
                           const Motion& out, const Motion& back, Sides& sides, double scale,
                           const CoarseOptions& options) {
  const double spacing = options.seed_spacing * scale;
  Seeded first = spread_seeds(a.graph, a.grid, a.view, spacing, scale, options.threads),
         second = spread_seeds(b.graph, b.grid, b.view, spacing, scale, options.threads);
  if (first.seeds.empty() || second.seeds.empty()) return {};
  Sides behind = sides.reversed();
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
    if (round == 0) {
      choose(first.seeds, scale);
      choose(second.seeds, scale);
      sides.update(motion_of(a, first), motion_of(b, second));
      behind = sides.reversed();
      Seeded again = first;
      judge_again(ahead, again);
      judge_again(back_again, second);
      first.seeds = std::move(again.seeds);
    }
  }
  return {std::move(first.seeds), std::move(second.seeds)};
}

}  // namespace nakawari
