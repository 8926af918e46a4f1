#include "drawing/junctions.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <tuple>

namespace nakawari {
namespace {

/// A turn of this many degrees costs one.
constexpr double kTurn = 45;
/// An end that stays alone costs this: two alone are as dear as one pair that turns 57 degrees, so that an
/// even fork has no line through it.
constexpr double kAlone = 0.8;
/// Widths that differ by a factor of e cost this; lines swell and taper, so it only breaks ties.
constexpr double kWidthJump = 0.3;
/// A line seldom changes its ink at a crossing.
constexpr double kInkChange = 1.0;
/// Directions are taken over this length in pixels, or widths where that is more.
constexpr double kReachPixels = 4, kReachWidths = 2;
/// All pairings of more ends than this are too many to try.
constexpr std::size_t kMostExact = 8;

struct Branch {
  StrokeEnd end;
  Vec2 direction;
  double width = 1;
  Ink ink = Ink::black;
};

const Stroke& stroke_of(const Drawing& drawing, StrokeEnd end) {
  return drawing.strokes[static_cast<std::size_t>(end.stroke)];
}

/// Width in the middle of a stroke: at the node it may be that of the blob.
double typical_width(const Stroke& stroke) {
  std::vector<float> widths = stroke.widths;
  const auto middle = widths.begin() + static_cast<long>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return std::max(0.1, static_cast<double>(*middle));
}

double energy(const Branch& a, const Branch& b) {
  const double turn = std::acos(std::clamp(-dot(a.direction, b.direction), -1.0, 1.0));
  const double degrees = turn * 180 / std::numbers::pi;
  const double jump = std::log(a.width / b.width);
  return degrees * degrees / (kTurn * kTurn) + kWidthJump * jump * jump + (a.ink != b.ink ? kInkChange : 0.0);
}

using Partners = std::vector<int>;  // index of the partner, -1 = alone

/// Tries every pairing of the ends from `first` on; keeps the cheapest (the first of equals).
void pair_up(const std::vector<std::vector<double>>& cost, std::size_t first, double so_far, Partners& now,
             Partners& best, double& least) {
  while (first < now.size() && now[first] != -2) ++first;
  if (first == now.size()) {
    if (so_far < least) {
      least = so_far;
      best = now;
    }
    return;
  }
  for (std::size_t other = first + 1; other < now.size(); ++other) {
    if (now[other] != -2) continue;
    now[first] = static_cast<int>(other);
    now[other] = static_cast<int>(first);
    pair_up(cost, first + 1, so_far + cost[first][other], now, best, least);
    now[other] = -2;
  }
  now[first] = -1;
  pair_up(cost, first + 1, so_far + kAlone, now, best, least);
  now[first] = -2;
}

Partners pair_greedily(const std::vector<std::vector<double>>& cost) {
  std::vector<std::tuple<double, std::size_t, std::size_t>> order;
  for (std::size_t i = 0; i < cost.size(); ++i)
    for (std::size_t j = i + 1; j < cost.size(); ++j)
      if (cost[i][j] < 2 * kAlone) order.emplace_back(cost[i][j], i, j);
  std::sort(order.begin(), order.end());
  Partners partners(cost.size(), -1);
  for (const auto& [price, i, j] : order)
    if (partners[i] < 0 && partners[j] < 0) {
      partners[i] = static_cast<int>(j);
      partners[j] = static_cast<int>(i);
    }
  return partners;
}

std::vector<Branch> branches_at(const Drawing& drawing, const Node& node) {
  std::vector<Branch> branches;
  double widest = 0;
  for (std::size_t k = 0; k < node.strokes.size(); ++k) {
    Branch b;
    b.end.stroke = node.strokes[k];
    const Stroke& stroke = stroke_of(drawing, b.end);
    const bool second = k > 0 && node.strokes[k - 1] == node.strokes[k];
    const auto here = static_cast<std::size_t>(stroke.end);
    b.end.at_end = stroke.start == stroke.end ? second : &drawing.nodes[here] == &node;
    b.width = typical_width(stroke);
    b.ink = stroke.ink;
    widest = std::max(widest, b.width);
    branches.push_back(b);
  }
  for (Branch& b : branches) b.direction = leaving_direction(drawing, b.end, widest);
  return branches;
}

}  // namespace

Vec2 leaving_direction(const Drawing& drawing, StrokeEnd end, double skip) {
  const Stroke& stroke = stroke_of(drawing, end);
  const auto n = stroke.points.size();
  const auto get = [&](std::size_t i) { return stroke.points[end.at_end ? n - 1 - i : i]; };
  // A short stroke has no length to give away.
  const double total = arc_length(stroke);
  skip = std::min(skip, total / 3);
  const double reach = skip + std::max(kReachPixels, kReachWidths * typical_width(stroke));
  Vec2 from = get(0), to = get(n - 1);
  double walked = 0;
  bool started = false;
  for (std::size_t i = 1; i < n; ++i) {
    const double piece = distance(get(i - 1), get(i));
    if (piece <= 0) continue;
    if (!started && walked + piece >= skip) {
      from = lerp(get(i - 1), get(i), (skip - walked) / piece);
      started = true;
    }
    if (walked + piece >= reach) {
      to = lerp(get(i - 1), get(i), (reach - walked) / piece);
      break;
    }
    walked += piece;
  }
  return normalized(to - from);
}

std::vector<Junction> junctions(const Drawing& drawing) {
  std::vector<Junction> all;
  for (std::size_t n = 0; n < drawing.nodes.size(); ++n) {
    const Node& node = drawing.nodes[n];
    if (node.strokes.size() < 3) continue;
    const std::vector<Branch> branches = branches_at(drawing, node);
    std::vector<std::vector<double>> cost(branches.size(), std::vector<double>(branches.size(), 0));
    for (std::size_t i = 0; i < branches.size(); ++i)
      for (std::size_t j = 0; j < branches.size(); ++j) cost[i][j] = energy(branches[i], branches[j]);

    Partners partners;
    if (branches.size() <= kMostExact) {
      Partners now(branches.size(), -2);
      double least = std::numeric_limits<double>::max();
      pair_up(cost, 0, 0, now, partners, least);
    } else {
      partners = pair_greedily(cost);
    }

    Junction junction;
    junction.node = static_cast<NodeId>(n);
    for (std::size_t i = 0; i < branches.size(); ++i) {
      if (partners[i] < 0)
        junction.stems.push_back(branches[i].end);
      else if (static_cast<std::size_t>(partners[i]) > i)
        junction.through.emplace_back(branches[i].end, branches[static_cast<std::size_t>(partners[i])].end);
    }
    all.push_back(std::move(junction));
  }
  return all;
}

}  // namespace nakawari
