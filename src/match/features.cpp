#include "match/features.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nakawari {
namespace {

// Directions are taken over this many samples.
constexpr std::int32_t kReach = 3;
// A line turns by more than this at a corner, radians.
constexpr double kCorner = 0.7;
// Branches farther apart than this are not the same line, radians; a branch without counterpart costs as
// much.
constexpr double kBranchTurn = 0.9;

double angle_of(Vec2 way) {
  return std::atan2(way.y, way.x);
}

double turn_between(double a, double b) {
  return std::abs(std::remainder(a - b, 2 * std::numbers::pi));
}

/// The direction in which a stroke leaves one of its samples.
float leaves(const SampleGraph& graph, std::int32_t sample, std::int32_t step) {
  const StrokeId stroke = graph.samples[sample].stroke;
  const std::int32_t first = graph.first[stroke], last = graph.first[stroke + 1] - 1;
  const std::int32_t other = std::clamp(sample + step * kReach, first, last);
  return static_cast<float>(angle_of(graph.samples[other].position - graph.samples[sample].position));
}

}  // namespace

std::vector<Feature> features(const Drawing& drawing, const SampleGraph& graph) {
  std::vector<Feature> found;
  std::vector<Feature> at_node(drawing.nodes.size());
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    const std::int32_t first = graph.first[s], last = graph.first[s + 1] - 1;
    const auto leave = [&](NodeId node, std::int32_t sample, std::int32_t step) {
      if (node < 0) return;
      at_node[node].at = graph.samples[sample].position;
      at_node[node].samples.push_back(sample);
      at_node[node].branches.push_back(leaves(graph, sample, step));
    };
    leave(drawing.strokes[s].start, first, 1);
    leave(drawing.strokes[s].end, last, -1);

    // Corners: the sharpest sample of every bend.
    const auto bend = [&](std::int32_t i) {
      return std::numbers::pi - turn_between(leaves(graph, i, 1), leaves(graph, i, -1));
    };
    for (std::int32_t i = first + kReach; i + kReach <= last; ++i) {
      const double here = bend(i);
      if (here < kCorner) continue;
      bool sharpest = true;
      for (std::int32_t k = std::max(first + kReach, i - kReach); k <= std::min(last - kReach, i + kReach);
           ++k)
        if (k != i && (bend(k) > here || (bend(k) == here && k < i))) sharpest = false;
      if (sharpest)
        found.push_back({graph.samples[i].position, {i}, {leaves(graph, i, 1), leaves(graph, i, -1)}});
    }
  }
  for (Feature& node : at_node) {
    if (node.samples.empty()) continue;
    if (node.samples.size() == 2 &&
        std::numbers::pi - turn_between(node.branches[0], node.branches[1]) < kCorner)
      continue;
    found.push_back(std::move(node));
  }
  for (Feature& feature : found) std::sort(feature.branches.begin(), feature.branches.end());
  std::sort(found.begin(), found.end(),
            [](const Feature& l, const Feature& r) { return l.samples.front() < r.samples.front(); });
  return found;
}

float unlike(const Feature& a, float rotation, const Feature& b) {
  // Rising directions on a circle: every cyclic pairing of the shorter list is tried.
  const std::vector<float>&few = a.branches.size() <= b.branches.size() ? a.branches : b.branches,
        &many = a.branches.size() <= b.branches.size() ? b.branches : a.branches;
  const double turn = a.branches.size() <= b.branches.size() ? rotation : -rotation;
  double least = 1e9;
  for (std::size_t shift = 0; shift < many.size(); ++shift) {
    // Each of the few takes the nearest of the many that is left in order from `shift`.
    double sum = 0;
    std::size_t next = 0;
    for (std::size_t k = 0; k < few.size(); ++k) {
      double best = 1e9;
      std::size_t taken = next;
      for (std::size_t m = next; m + (few.size() - k) <= many.size(); ++m) {
        const double d = turn_between(few[k] + turn, many[(m + shift) % many.size()]);
        if (d < best) {
          best = d;
          taken = m;
        }
      }
      sum += std::min(best, kBranchTurn);
      next = taken + 1;
    }
    least = std::min(least, sum);
  }
  const double odd = static_cast<double>(many.size() - few.size());
  return static_cast<float>((least + 0.5 * odd * kBranchTurn) /
                            (kBranchTurn * static_cast<double>(few.size())));
}

}  // namespace nakawari
