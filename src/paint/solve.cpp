#include "paint/solve.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "paint/meetings.h"

namespace nakawari {
namespace {

constexpr int kMaxRounds = 200;
/// Lighter links are not heard: a region has some twenty, of which a few say nearly all.
constexpr float kFaintLink = 1e-4F;
constexpr float kUnchanged = 1e-5F;  ///< a belief that moves by less has not changed
constexpr float kStill = 1e-4F;      ///< no belief moved by more: converged
constexpr std::size_t kBlock = 8;    ///< styles that are added up together

/// What a region hears: a share of the belief of another.
struct Hearing {
  float weight = 0;
  std::size_t region = 0;
};

/// All regions of all drawings in one row, and what each that is not fixed hears.
struct Flow {
  std::size_t styles = 0, stride = 0;  ///< of beliefs; the stride is whole blocks
  std::vector<std::size_t> first;      ///< per drawing: its first region; one more at the end
  std::vector<std::size_t> begin;      ///< per region: its first hearing; one more at the end
  std::vector<Hearing> hearings;
  std::vector<int> heard, changed;  ///< per region: when it last heard, and when its belief last changed
  int now = 0;
  std::vector<bool> listens;  ///< per region
  std::vector<float> belief;  ///< [region][style], with the stride

  float* of(std::size_t region) { return belief.data() + region * stride; }
  [[nodiscard]] const float* of(std::size_t region) const { return belief.data() + region * stride; }
};

Flow flow_of(const LabelProblem& problem) {
  const std::size_t drawings = problem.regions.size();
  Flow flow;
  flow.styles = static_cast<std::size_t>(problem.styles);
  flow.stride = (flow.styles + kBlock - 1) / kBlock * kBlock;
  flow.first.assign(1, 0);
  for (const int count : problem.regions)
    flow.first.push_back(flow.first.back() + static_cast<std::size_t>(count));
  flow.belief.assign(flow.first.back() * flow.stride, 0);
  std::vector<std::vector<const DrawingLink*>> incoming(drawings);
  std::vector<double> trust(drawings);
  for (const DrawingLink& link : problem.links) {
    incoming[link.to].push_back(&link);
    trust[link.to] += link.trust;
  }
  for (std::size_t d = 0; d < drawings; ++d) {
    for (int r = 0; r < problem.regions[d]; ++r) {
      flow.begin.push_back(flow.hearings.size());
      const int fixed = problem.fixed[d][r];
      flow.listens.push_back(fixed < 0 && trust[d] > 0);
      if (fixed >= 0) flow.of(flow.first[d] + r)[fixed] = 1;
      if (!flow.listens.back()) continue;
      for (const DrawingLink* link : incoming[d]) {
        for (const RegionLink& from : link->links[r]) {
          if (from.weight < kFaintLink) break;  // heaviest first
          flow.hearings.push_back(
              {static_cast<float>(link->trust / trust[d]) * from.weight, flow.first[link->from] + from.from});
        }
      }
    }
  }
  flow.begin.push_back(flow.hearings.size());
  flow.heard.assign(flow.listens.size(), 0);
  flow.changed.assign(flow.listens.size(), 1);
  flow.now = 1;
  return flow;
}

/// Whether something that a region hears changed since it last heard.
bool has_news(const Flow& flow, std::size_t region) {
  for (std::size_t h = flow.begin[region]; h < flow.begin[region + 1]; ++h)
    if (flow.changed[flow.hearings[h].region] > flow.heard[region]) return true;
  return false;
}

/// The weighed sum of what a region hears.
void listen(const Flow& flow, std::size_t region, std::vector<float>& said) {
  for (std::size_t block = 0; block < flow.stride; block += kBlock) {
    std::array<float, kBlock> sum{};
    for (std::size_t h = flow.begin[region]; h < flow.begin[region + 1]; ++h) {
      const Hearing& hearing = flow.hearings[h];
      const float* theirs = flow.of(hearing.region) + block;
      for (std::size_t s = 0; s < kBlock; ++s) sum[s] += hearing.weight * theirs[s];
    }
    std::copy(sum.begin(), sum.end(), said.begin() + static_cast<std::ptrdiff_t>(block));
  }
}

/// Every region of a drawing hears; the largest change of a belief.
float hear(Flow& flow, std::size_t drawing, std::vector<float>& said) {
  float change = 0;
  ++flow.now;
  for (std::size_t r = flow.first[drawing]; r < flow.first[drawing + 1]; ++r) {
    if (!flow.listens[r] || !has_news(flow, r)) continue;
    flow.heard[r] = flow.now;
    listen(flow, r, said);
    float* mine = flow.of(r);
    float mine_changed = 0;
    for (std::size_t s = 0; s < flow.styles; ++s)
      mine_changed = std::max(mine_changed, std::abs(said[s] - mine[s]));
    if (mine_changed < kUnchanged) continue;
    std::copy(said.begin(), said.end(), mine);
    flow.changed[r] = flow.now;
    change = std::max(change, mine_changed);
  }
  return change;
}

LabelBelief unpacked(const Flow& flow, const LabelProblem& problem) {
  LabelBelief belief;
  std::size_t region = 0;
  for (const int count : problem.regions) {
    belief.emplace_back();
    for (int r = 0; r < count; ++r, ++region)
      belief.back().emplace_back(flow.of(region), flow.of(region) + flow.styles);
  }
  return belief;
}

}  // namespace

LabelSolution solve_labels(const LabelProblem& problem, Threads threads, const LabelBelief& start) {
  const std::size_t drawings = problem.regions.size();
  Flow flow = flow_of(problem);
  for (std::size_t d = 0; d < start.size(); ++d)
    for (std::size_t r = 0; r < start[d].size(); ++r)
      if (flow.listens[flow.first[d] + r])
        std::copy(start[d][r].begin(), start[d][r].end(), flow.of(flow.first[d] + r));
  std::vector<float> said(flow.stride);
  // There and back through the drawings, each hearing what was just said: from a neighbour to the next in one
  // round, where all at once would need a round a drawing. No drawing is linked to itself, so that the order
  // of its regions does not matter.
  for (int round = 0; round < kMaxRounds; ++round) {
    float change = 0;
    for (std::size_t k = 0; k < drawings; ++k)
      change = std::max(change, hear(flow, round % 2 == 0 ? k : drawings - 1 - k, said));
    if (change < kStill) break;
  }
  LabelSolution solution;
  solution.heard = unpacked(flow, problem);
  solution.belief = solution.heard;
  if (problem.touching.empty()) return solution;
  const Meetings meetings = learn_meetings(problem.styles, problem.touching, problem.fixed, problem.shades);
  parallel_for(threads, drawings, [&](std::size_t d) {
    hear_neighbours(problem.touching[d], meetings, problem.fixed[d], solution.belief[d]);
  });
  return solution;
}

double agreement(const LabelProblem& problem, const LabelBelief& belief, int drawing, int region, int label,
                 Ignorance ignorance) {
  constexpr double kContradiction = 1e-3;
  double logs = 0, heard = 0;
  for (const DrawingLink& link : problem.links) {
    if (link.to != drawing || link.trust <= 0) continue;
    double mass = 0, says = 0;
    for (const RegionLink& from : link.links[region]) {
      const std::vector<float>& theirs = belief[link.from][from.from];
      double known = 1;
      if (ignorance == Ignorance::silent) known = std::accumulate(theirs.begin(), theirs.end(), 0.0);
      mass += from.weight * known;
      says += from.weight * theirs[label];
    }
    if (mass <= 0) continue;
    logs += mass * std::log(std::clamp(says / mass, kContradiction, 1.0));
    heard += mass;
  }
  return heard > 0 ? std::exp(logs / heard) : 0;
}

}  // namespace nakawari
