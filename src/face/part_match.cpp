#include "face/part_match.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <Eigen/Dense>
#include <Eigen/SparseCholesky>

namespace nakawari {
namespace {

constexpr double kSpacing = 2;  // px
constexpr int kMostSamples = 1200;
// Rounds of the affine and of the free stage; reach of the assignment from first to last, as a share of the
// part's size, and not below the last in px.
constexpr int kAffineRounds = 12, kFreeRounds = 30;
constexpr double kReachFirst = 0.16, kReachMiddle = 0.08, kReachLast = 1.2;
// Smoothness of the displacement along lines, from first to last; across nodes and paper relative to it.
// Chosen on the eyes of examples/talk by the share of lines found both ways (0.82 to 0.86).
constexpr double kSmoothFirst = 300, kSmoothLast = 0.6;
constexpr double kNode = 0.7, kNearFirst = 2, kNearLast = 0.02;
// What a difference in direction (a right angle) and in width (a factor e) costs, in squared reaches.
constexpr double kTurnCost = 4, kWidthCost = 0.7;
constexpr double kLeastCosine = 0.35;
// The slack of the assignment: what a sample without partner weighs.
constexpr double kSlack = 0.4;
// The way there and back ends within this (px) of the start, or within this share of the part's size.
constexpr double kAgree = 4, kAgreeShare = 0.04;
// Dynamic programming: distance from the deformed place (px), price of none, of leaving, of jumping.
constexpr double kPlaceSigma = 2, kNoneCost = 5, kSwitchCost = 4, kJumpCost = 1.5, kStepSigma = 1.6;
constexpr int kCandidates = 10;
// An end belongs to an end that is missed by at most this (px), or this share of the line.
constexpr double kEndReach = 5, kEndShare = 0.2;
// The turn of a line is read over this many samples to each side.
constexpr int kTurnReach = 3;

double size_of(const SampleGraph& graph) {
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const Sample& sample : graph.samples) {
    left = std::min(left, sample.position.x);
    right = std::max(right, sample.position.x);
    top = std::min(top, sample.position.y);
    bottom = std::max(bottom, sample.position.y);
  }
  return std::max({right - left, bottom - top, 1.0});
}

/// Where a direction stands: the samples of `from`, moved.
struct Moved {
  std::vector<Vec2> position;
  std::vector<Vec2> tangent;
};

void update_tangents(const SampleGraph& from, Moved& moved) {
  for (std::size_t s = 0; s + 1 < from.first.size(); ++s)
    for (std::int32_t i = from.first[s]; i < from.first[s + 1]; ++i) {
      const Vec2 before = moved.position[std::max(i - 1, from.first[s])];
      const Vec2 after = moved.position[std::min(i + 1, from.first[s + 1] - 1)];
      const Vec2 tangent = normalized(after - before);
      if (tangent != Vec2{}) moved.tangent[i] = tangent;
    }
}

/// One round of soft assignment: where each sample is drawn to, and how strongly.
struct Drawn {
  std::vector<Vec2> to;
  std::vector<double> weight;
};

Drawn assign(const SampleGraph& from, const SampleGraph& to, const Moved& moved, double reach) {
  struct Cell {
    std::int32_t i, j;
    double value;
  };
  const double cut = 9 * reach * reach;
  std::vector<Cell> cells;
  for (std::int32_t i = 0; i < from.size(); ++i)
    for (std::int32_t j = 0; j < to.size(); ++j) {
      if (from.samples[i].ink != to.samples[j].ink) continue;
      const double d = length_squared(to.samples[j].position - moved.position[i]);
      if (d > cut) continue;
      const double cosine = std::abs(dot(moved.tangent[i], to.samples[j].tangent));
      if (cosine < kLeastCosine) continue;
      const double wider = std::log(from.samples[i].width / to.samples[j].width);
      cells.push_back(
          {i, j,
           std::exp(-0.5 * d / (reach * reach) - kTurnCost * (1 - cosine) - kWidthCost * wider * wider)});
    }
  // A few rounds of row and column scaling with slack: a line is not claimed twice.
  std::vector<double> row(from.samples.size()), column(to.samples.size());
  for (int round = 0; round < 4; ++round) {
    std::fill(column.begin(), column.end(), kSlack);
    for (const Cell& cell : cells) column[cell.j] += cell.value;
    for (Cell& cell : cells) cell.value /= column[cell.j];
    std::fill(row.begin(), row.end(), kSlack);
    for (const Cell& cell : cells) row[cell.i] += cell.value;
    for (Cell& cell : cells) cell.value /= row[cell.i];
  }
  Drawn drawn{std::vector<Vec2>(from.samples.size()), std::vector<double>(from.samples.size(), 0)};
  for (const Cell& cell : cells) {
    drawn.to[cell.i] += to.samples[cell.j].position * cell.value;
    drawn.weight[cell.i] += cell.value;
  }
  for (std::size_t i = 0; i < drawn.to.size(); ++i)
    if (drawn.weight[i] > 1e-9)
      drawn.to[i] = drawn.to[i] / drawn.weight[i];
    else
      drawn.weight[i] = 0;
  return drawn;
}

/// Box onto box: the start. A side too thin to tell keeps its scale.
void fit_boxes(const SampleGraph& from, const SampleGraph& to, Moved& moved) {
  const auto range = [](const SampleGraph& graph, bool x) {
    std::vector<double> values;
    for (const Sample& sample : graph.samples) values.push_back(x ? sample.position.x : sample.position.y);
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return std::array<double, 2>{values[n / 50], values[n - 1 - n / 50]};
  };
  for (const bool x : {true, false}) {
    const auto a = range(from, x), b = range(to, x);
    double scale = a[1] - a[0] > 4 ? (b[1] - b[0]) / (a[1] - a[0]) : 1;
    scale = std::clamp(scale, 0.35, 2.9);
    for (std::size_t i = 0; i < moved.position.size(); ++i) {
      double& value = x ? moved.position[i].x : moved.position[i].y;
      value = 0.5 * (b[0] + b[1]) + scale * (value - 0.5 * (a[0] + a[1]));
    }
  }
}

void fit_affine(const SampleGraph& from, const Drawn& drawn, Moved& moved) {
  // Toward the identity about the middle, so that thin parts stay determined.
  Eigen::Matrix3d normal = Eigen::Matrix3d::Zero();
  Eigen::Matrix<double, 3, 2> right = Eigen::Matrix<double, 3, 2>::Zero();
  for (std::size_t i = 0; i < moved.position.size(); ++i) {
    const Eigen::Vector3d p(from.samples[i].position.x, from.samples[i].position.y, 1);
    const auto add = [&](Vec2 to, double weight) {
      normal += weight * p * p.transpose();
      right += weight * p * Eigen::RowVector2d(to.x, to.y);
    };
    add(drawn.to[i], drawn.weight[i]);
    add(moved.position[i], 0.05);
  }
  const Eigen::Matrix<double, 3, 2> fit = normal.ldlt().solve(right);
  for (std::size_t i = 0; i < moved.position.size(); ++i) {
    const Eigen::RowVector3d p(from.samples[i].position.x, from.samples[i].position.y, 1);
    const Eigen::RowVector2d q = p * fit;
    moved.position[i] = {q(0), q(1)};
  }
}

/// How much the displacement may change along links of each kind.
struct Smoothness {
  double stroke = 1, node = 1, near = 1;
};

/// Displacements from `start` (the affine fit) that follow the assignment and change little along lines.
void fit_free(const SampleGraph& from, const std::vector<Vec2>& start, const Drawn& drawn,
              const Smoothness& smooth, Moved& moved) {
  const auto n = static_cast<Eigen::Index>(from.samples.size());
  std::vector<Eigen::Triplet<double>> entries;
  Eigen::Matrix<double, Eigen::Dynamic, 2> right(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    entries.emplace_back(i, i, drawn.weight[i] + 1e-3);
    const Vec2 pull = (drawn.to[i] - start[i]) * drawn.weight[i];
    right(i, 0) = drawn.weight[i] > 0 ? pull.x : 0;
    right(i, 1) = drawn.weight[i] > 0 ? pull.y : 0;
  }
  for (const Link& link : from.links) {
    const double w = link.kind == LinkKind::stroke ? smooth.stroke
                     : link.kind == LinkKind::node ? smooth.node
                                                   : smooth.near;
    entries.emplace_back(link.a, link.a, w);
    entries.emplace_back(link.b, link.b, w);
    entries.emplace_back(link.a, link.b, -w);
    entries.emplace_back(link.b, link.a, -w);
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  const Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor(matrix);
  const Eigen::Matrix<double, Eigen::Dynamic, 2> solved = factor.solve(right);
  for (Eigen::Index i = 0; i < n; ++i) moved.position[i] = start[i] + Vec2{solved(i, 0), solved(i, 1)};
}

Moved deform(const SampleGraph& from, const SampleGraph& to) {
  Moved moved;
  for (const Sample& sample : from.samples) {
    moved.position.push_back(sample.position);
    moved.tangent.push_back(sample.tangent);
  }
  const double size = std::max(size_of(from), size_of(to));
  fit_boxes(from, to, moved);
  update_tangents(from, moved);
  for (int round = 0; round < kAffineRounds; ++round) {
    const double u = static_cast<double>(round) / (kAffineRounds - 1);
    const double reach = size * kReachFirst * std::pow(kReachMiddle / kReachFirst, u);
    fit_affine(from, assign(from, to, moved, reach), moved);
    update_tangents(from, moved);
  }
  const std::vector<Vec2> start = moved.position;
  for (int round = 0; round < kFreeRounds; ++round) {
    const double u = static_cast<double>(round) / (kFreeRounds - 1);
    const double first = std::max(kReachLast, size * kReachMiddle);
    const double reach = first * std::pow(kReachLast / first, u);
    const double along = kSmoothFirst * std::pow(kSmoothLast / kSmoothFirst, u);
    const double across = along * kNearFirst * std::pow(kNearLast / kNearFirst, u);
    fit_free(from, start, assign(from, to, moved, reach), {along, along * kNode, across}, moved);
    update_tangents(from, moved);
  }
  return moved;
}

struct Choice {
  std::int32_t partner = -1;
  double own = 0, total = 0;
  int before = -1;
};

std::vector<Choice> choices(const SampleGraph& from, const SampleGraph& to, const Moved& moved,
                            std::int32_t i) {
  std::vector<Choice> list{{-1, kNoneCost, 0, -1}};
  const double reach = 3.5 * kPlaceSigma;
  for (std::int32_t j = 0; j < to.size(); ++j) {
    if (from.samples[i].ink != to.samples[j].ink) continue;
    const double d = distance(to.samples[j].position, moved.position[i]);
    if (d > reach) continue;
    const double cosine = std::abs(dot(moved.tangent[i], to.samples[j].tangent));
    if (cosine < kLeastCosine) continue;
    const double wider = std::log(from.samples[i].width / to.samples[j].width);
    list.push_back(
        {j, d * d / (kPlaceSigma * kPlaceSigma) + kTurnCost * (1 - cosine) + kWidthCost * wider * wider, 0,
         -1});
  }
  std::stable_sort(list.begin() + 1, list.end(),
                   [](const Choice& l, const Choice& r) { return l.own < r.own; });
  if (list.size() > kCandidates + 1) list.resize(kCandidates + 1);
  return list;
}

/// Per sample of `from` the sample of `to`, in order along each stroke; -1 without.
std::vector<std::int32_t> partners(const SampleGraph& from, const SampleGraph& to, const Moved& moved) {
  std::vector<std::int32_t> result(from.samples.size(), -1);
  const auto step = [&](std::int32_t i, const Choice& before, const Choice& after) {
    if ((before.partner < 0) != (after.partner < 0)) return kSwitchCost;
    if (after.partner < 0) return 0.0;
    const Sample &p = to.samples[before.partner], &q = to.samples[after.partner];
    const Vec2 wanted = moved.position[i] - moved.position[i - 1];
    return length_squared(q.position - p.position - wanted) / (kStepSigma * kStepSigma) +
           (p.stroke != q.stroke ? kJumpCost : 0);
  };
  for (std::size_t s = 0; s + 1 < from.first.size(); ++s) {
    const std::int32_t begin = from.first[s], end = from.first[s + 1];
    std::vector<std::vector<Choice>> lattice;
    for (std::int32_t i = begin; i < end; ++i) {
      lattice.push_back(choices(from, to, moved, i));
      for (Choice& choice : lattice.back()) {
        choice.total = choice.own;
        if (i == begin) continue;
        const auto& row = lattice[lattice.size() - 2];
        double best = 1e18;
        for (std::size_t k = 0; k < row.size(); ++k) {
          const double total = row[k].total + step(i, row[k], choice);
          if (total < best) {
            best = total;
            choice.before = static_cast<int>(k);
          }
        }
        choice.total += best;
      }
    }
    int at = 0;
    for (std::size_t k = 1; k < lattice.back().size(); ++k)
      if (lattice.back()[k].total < lattice.back()[at].total) at = static_cast<int>(k);
    for (std::int32_t i = end - 1; i >= begin; --i) {
      result[i] = lattice[i - begin][at].partner;
      at = lattice[i - begin][at].before;
    }
  }
  return result;
}

/// Turn of the line at each sample, read over a few samples to each side.
void read_turns(const SampleGraph& from, std::vector<SampleMatch>& matches) {
  for (std::int32_t i = 0; i < from.size(); ++i) {
    const StrokeId stroke = from.samples[i].stroke;
    const std::int32_t low = std::max(from.first[stroke], i - kTurnReach);
    const std::int32_t high = std::min(from.first[stroke + 1] - 1, i + kTurnReach);
    const Vec2 here = matches[high].here - matches[low].here,
               there = matches[high].there - matches[low].there;
    if (here == Vec2{} || there == Vec2{}) continue;
    matches[i].rotation = static_cast<float>(std::atan2(cross(here, there), dot(here, there)));
    if (matches[i].partner_stroke < 0)
      matches[i].there_tangent = rotated(matches[i].here_tangent, matches[i].rotation);
  }
}

/// Which samples are the end of a stroke that stands free, or that meets others.
std::vector<char> joints(const SampleGraph& graph) {
  std::vector<char> joint(graph.samples.size(), 0);
  for (const Link& link : graph.links)
    if (link.kind == LinkKind::node) joint[link.a] = joint[link.b] = 1;
  return joint;
}

/// The place on a stroke at an arc length.
Vec2 place_at(const SampleGraph& graph, StrokeId stroke, double along) {
  const std::int32_t begin = graph.first[stroke], end = graph.first[stroke + 1];
  std::int32_t k = begin;
  while (k + 2 < end && graph.samples[k + 1].along < along) ++k;
  const Sample &p = graph.samples[k], &q = graph.samples[k + 1];
  const double u = q.along > p.along ? std::clamp((along - p.along) / (q.along - p.along), 0.0, 1.0) : 0;
  return lerp(p.position, q.position, u);
}

/// Smoothness holds a line back from the ends of its partner: where an end belongs to an end (both free, or
/// both at a node), the half of the line before it is stretched until they meet.
void meet_ends(const SampleGraph& from, const SampleGraph& to, std::vector<SampleMatch>& matches) {
  const std::vector<char> ours = joints(from), theirs = joints(to);
  for (std::size_t s = 0; s + 1 < from.first.size(); ++s) {
    const std::int32_t begin = from.first[s], end = from.first[s + 1];
    const double length = from.samples[end - 1].along;
    for (const bool last : {false, true}) {
      // The outermost matched sample, and the way along its partner toward our end.
      std::int32_t i = last ? end - 1 : begin;
      const std::int32_t step = last ? -1 : 1;
      const std::int32_t middle = (begin + end) / 2;
      while (i != middle && matches[i].partner_stroke < 0) i += step;
      if (i == middle) continue;
      const StrokeId partner = matches[i].partner_stroke;
      std::int32_t k = i;
      while (k != middle && matches[k + step].partner_stroke == partner) k += step;
      if (k == i) continue;
      const double ahead = matches[i].partner_along - matches[k].partner_along;
      const std::int32_t goal = ahead > 0 ? to.first[partner + 1] - 1 : to.first[partner];
      if (ours[last ? end - 1 : begin] != theirs[goal]) continue;
      const double missing = to.samples[goal].along - matches[i].partner_along;
      if (std::abs(missing) > std::max(kEndReach, kEndShare * length)) continue;
      const std::int32_t tip = last ? end - 1 : begin;
      for (std::int32_t m = k;; m -= step) {
        const double u = static_cast<double>(m - k) / (tip - k);
        SampleMatch& match = matches[m];
        // Samples beyond the outermost matched one take part from here on.
        const double base = match.partner_stroke == partner ? match.partner_along : matches[i].partner_along;
        match.partner_stroke = partner;
        match.partner_along = static_cast<float>(std::clamp(
            base + missing * u, 0.0, static_cast<double>(to.samples[to.first[partner + 1] - 1].along)));
        match.there = place_at(to, partner, match.partner_along);
        match.confidence = 1;
        if (m == tip) break;
      }
    }
  }
}

std::vector<SampleMatch> collect(const SampleGraph& from, const SampleGraph& to, const Moved& moved,
                                 const std::vector<std::int32_t>& out, const std::vector<std::int32_t>& back,
                                 double agree) {
  std::vector<SampleMatch> matches(from.samples.size());
  for (std::int32_t i = 0; i < from.size(); ++i) {
    const Sample& sample = from.samples[i];
    SampleMatch& m = matches[i];
    m.here = sample.position;
    m.here_tangent = sample.tangent;
    m.stroke = sample.stroke;
    m.along = sample.along;
    m.predicted = m.there = moved.position[i];
    m.there_tangent = moved.tangent[i];
    const std::int32_t j = out[i];
    if (j < 0) continue;
    const std::int32_t home = back[j];
    if (home < 0 || distance(from.samples[home].position, sample.position) > agree) continue;
    const Sample& partner = to.samples[j];
    const double slip =
        std::clamp(dot(partner.tangent, m.predicted - partner.position), -0.5 * to.spacing, 0.5 * to.spacing);
    m.partner_stroke = partner.stroke;
    m.partner_along = std::max(0.0F, partner.along + static_cast<float>(slip));
    m.there = partner.position + partner.tangent * slip;
    m.there_tangent = dot(partner.tangent, m.there_tangent) < 0 ? -partner.tangent : partner.tangent;
    m.confidence = 1;
  }
  meet_ends(from, to, matches);
  read_turns(from, matches);
  return matches;
}

double covered(const std::vector<SampleMatch>& matches) {
  if (matches.empty()) return 1;
  const auto found = std::count_if(matches.begin(), matches.end(),
                                   [](const SampleMatch& m) { return m.partner_stroke >= 0; });
  return static_cast<double>(found) / static_cast<double>(matches.size());
}

}  // namespace

SampleGraph part_graph(const Drawing& drawing) {
  SampleOptions options;
  options.spacing = kSpacing / page_scale(drawing);
  options.most_samples = kMostSamples;
  return sample_graph(drawing, options);
}

Correspondence match_parts(const SampleGraph& a, const SampleGraph& b) {
  Correspondence result;
  if (a.samples.empty() || b.samples.empty()) {
    const Moved none_a = a.samples.empty() ? Moved{} : deform(a, a),
                none_b = b.samples.empty() ? Moved{} : deform(b, b);
    result.a_to_b = collect(a, b, none_a, std::vector<std::int32_t>(a.samples.size(), -1), {}, 0);
    result.b_to_a = collect(b, a, none_b, std::vector<std::int32_t>(b.samples.size(), -1), {}, 0);
    return result;
  }
  const Moved there = deform(a, b), back = deform(b, a);
  const std::vector<std::int32_t> out = partners(a, b, there), home = partners(b, a, back);
  const double agree = std::max(kAgree, kAgreeShare * std::max(size_of(a), size_of(b)));
  result.a_to_b = collect(a, b, there, out, home, agree);
  result.b_to_a = collect(b, a, back, home, out, agree);
  result.coverage_a = covered(result.a_to_b);
  result.coverage_b = covered(result.b_to_a);
  return result;
}

}  // namespace nakawari
