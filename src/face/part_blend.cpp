#include "face/part_blend.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <Eigen/SparseCholesky>

#include "base/check.h"
#include "face/part_match.h"

namespace nakawari {
namespace {

constexpr double kStrokeWeight = 1, kNodeWeight = 8, kNearWeight = 0.05;
// Ties each sample to the weighted mean of its places: holds what hangs on nothing else. Far below the links,
// or a long line could not keep its length.
constexpr double kAnchorWeight = 3e-5, kLoneAnchorWeight = 1e-6;
// A run without a partner shorter than this (px) is noise of tracing.
constexpr double kShortRun = 6;

double weight_of(LinkKind kind) {
  switch (kind) {
    case LinkKind::stroke:
      return kStrokeWeight;
    case LinkKind::node:
      return kNodeWeight;
    case LinkKind::near:
      return kNearWeight;
  }
  return kNearWeight;
}

double width_at(const Stroke& stroke, double along) {
  double s = 0;
  for (std::size_t i = 1; i < stroke.points.size(); ++i) {
    const double step = distance(stroke.points[i - 1], stroke.points[i]);
    if (s + step >= along && step > 0) {
      const double u = std::clamp((along - s) / step, 0.0, 1.0);
      return stroke.widths[i - 1] * (1 - u) + stroke.widths[i] * u;
    }
    s += step;
  }
  return stroke.widths.back();
}

using Factor = Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>>;

}  // namespace

struct PartBlender::State {
  std::vector<Drawing> drawings;
  PartBlendOptions options;
  std::vector<std::optional<SampleGraph>> graphs;
  std::map<std::pair<int, int>, Correspondence> matched;  ///< lower index first
  std::map<std::pair<int, std::vector<int>>, std::unique_ptr<Factor>> factors;

  const SampleGraph& graph(int k) {
    if (!graphs[k]) graphs[k] = part_graph(drawings[k]);
    return *graphs[k];
  }

  /// Where the samples of `from` lie in `to`.
  const std::vector<SampleMatch>* places(int from, int to) {
    const std::pair<int, int> key{std::min(from, to), std::max(from, to)};
    auto found = matched.find(key);
    if (found == matched.end())
      found = matched.emplace(key, match_parts(graph(key.first), graph(key.second))).first;
    return from < to ? &found->second.a_to_b : &found->second.b_to_a;
  }

  /// Length of the lines of `from` that have no place in `to`; `own`: of those that have none of their own.
  double lost(int from, int to, bool own) {
    double sum = 0;
    for (const SampleMatch& m : *places(from, to)) sum += m.confidence < (own ? 1 : 0.01F) ? 1 : 0;
    return sum * graph(from).spacing;
  }

  /// The drawing that lends its strokes: the one with which the least is missing or too much. Of equal ones
  /// the heaviest.
  int reference(const std::vector<double>& weights) {
    int best = -1;
    double least = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
      if (weights[k] <= 0 || drawings[k].strokes.empty()) continue;
      double wrong = 0;
      for (std::size_t j = 0; j < weights.size(); ++j)
        if (j != k && weights[j] > 0 && !drawings[j].strokes.empty())
          wrong += weights[j] * (lost(static_cast<int>(j), static_cast<int>(k), true) +
                                 lost(static_cast<int>(k), static_cast<int>(j), false));
      if (best >= 0 && (wrong > least + 1e-9 || (wrong > least - 1e-9 && weights[k] <= weights[best])))
        continue;
      best = static_cast<int>(k);
      least = wrong;
    }
    return best;
  }
};

PartBlender::PartBlender(std::vector<Drawing> drawings, PartBlendOptions options)
    : state_(std::make_unique<State>()) {
  state_->graphs.resize(drawings.size());
  state_->drawings = std::move(drawings);
  state_->options = options;
}
PartBlender::~PartBlender() = default;
PartBlender::PartBlender(PartBlender&&) noexcept = default;
PartBlender& PartBlender::operator=(PartBlender&&) noexcept = default;

const std::vector<SampleMatch>& PartBlender::places(int from, int to) {
  return *state_->places(from, to);
}

const Drawing& PartBlender::drawing(int sample) const {
  return state_->drawings[sample];
}

namespace {

/// One of the drawings that take part: its weight and where the reference's samples lie in it.
struct Share {
  int sample = -1;
  double weight = 0;
  const std::vector<SampleMatch>* places = nullptr;  ///< null for the reference itself
  const Drawing* drawing = nullptr;
};

Vec2 place(const Share& share, const SampleGraph& graph, std::int32_t i) {
  return share.places ? (*share.places)[i].there : graph.samples[i].position;
}
double turn(const Share& share, std::int32_t i) {
  return share.places ? (*share.places)[i].rotation : 0;
}
/// Without a partner; `missing`: and nothing lies over its place either.
bool lone(const Share& share, std::int32_t i) {
  return share.places && (*share.places)[i].partner_stroke < 0;
}
bool missing(const SampleMatch& m) {
  return m.partner_stroke < 0 && m.confidence <= 0;
}
bool missing(const Share& share, std::int32_t i) {
  return share.places && missing((*share.places)[i]);
}

/// A sample counts as seen when it has a partner in all drawings that take part.
std::vector<char> seen_in_all(const std::vector<Share>& shares, const SampleGraph& graph) {
  std::vector<char> seen(graph.samples.size(), 1);
  for (const Share& share : shares)
    for (std::int32_t i = 0; i < graph.size(); ++i)
      if (missing(share, i)) seen[i] = 0;
  return seen;
}

std::unique_ptr<Factor> factorise(const SampleGraph& graph, const std::vector<char>& seen) {
  const auto n = static_cast<Eigen::Index>(graph.samples.size());
  std::vector<Eigen::Triplet<double>> entries;
  for (Eigen::Index i = 0; i < n; ++i)
    entries.emplace_back(i, i, seen[i] ? kAnchorWeight : kLoneAnchorWeight);
  for (const Link& link : graph.links) {
    const double w = weight_of(link.kind);
    entries.emplace_back(link.a, link.a, w);
    entries.emplace_back(link.b, link.b, w);
    entries.emplace_back(link.a, link.b, -w);
    entries.emplace_back(link.b, link.a, -w);
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  auto factor = std::make_unique<Factor>(matrix);
  NAKAWARI_CHECK(factor->info() == Eigen::Success);
  return factor;
}

Vec2 mean_place(const std::vector<Share>& shares, const SampleGraph& graph, std::int32_t i) {
  Vec2 mean;
  for (const Share& share : shares) mean += place(share, graph, i) * share.weight;
  return mean;
}

/// The link a -> b in the blend: turned by the mean turn, the rest blended in the turned frame.
Vec2 wanted(const std::vector<Share>& shares, const SampleGraph& graph, const Link& link) {
  double mean_turn = 0;
  Vec2 rest;
  for (const Share& share : shares) {
    const double ta = turn(share, link.a), tb = turn(share, link.b);
    const double t = std::atan2(std::sin(ta) + std::sin(tb), std::cos(ta) + std::cos(tb));
    mean_turn += share.weight * t;
    rest += rotated(place(share, graph, link.b) - place(share, graph, link.a), -t) * share.weight;
  }
  return rotated(rest, mean_turn);
}

std::vector<Vec2> solve(const std::vector<Share>& shares, const SampleGraph& graph,
                        const std::vector<char>& seen, const Factor& factor) {
  const auto n = static_cast<Eigen::Index>(graph.samples.size());
  Eigen::Matrix<double, Eigen::Dynamic, 2> right(n, 2);
  for (std::int32_t i = 0; i < n; ++i) {
    const Vec2 held = mean_place(shares, graph, i) * (seen[i] ? kAnchorWeight : kLoneAnchorWeight);
    right(i, 0) = held.x;
    right(i, 1) = held.y;
  }
  for (const Link& link : graph.links) {
    const Vec2 step = wanted(shares, graph, link) * weight_of(link.kind);
    right(link.a, 0) -= step.x;
    right(link.a, 1) -= step.y;
    right(link.b, 0) += step.x;
    right(link.b, 1) += step.y;
  }
  const Eigen::Matrix<double, Eigen::Dynamic, 2> solved = factor.solve(right);
  std::vector<Vec2> positions(graph.samples.size());
  for (Eigen::Index i = 0; i < n; ++i) positions[i] = {solved(i, 0), solved(i, 1)};
  return positions;
}

/// Runs of the reference's lines without a partner, and the share of length that has one.
double coverage(const Share& share, const SampleGraph& graph, const std::vector<Vec2>& positions,
                std::vector<Reason>& reasons) {
  double found = 0, total = 0;
  for (std::size_t s = 0; s + 1 < graph.first.size(); ++s)
    for (std::int32_t i = graph.first[s]; i < graph.first[s + 1];) {
      std::int32_t end = i;
      double run = 0;
      const bool lacks = missing(share, i);
      while (end < graph.first[s + 1] && missing(share, end) == lacks) {
        if (end > i) run += distance(graph.samples[end - 1].position, graph.samples[end].position);
        ++end;
      }
      total += run;
      if (!lacks || run < kShortRun)
        found += run;
      else
        reasons.push_back({"no-partner", positions[(i + end) / 2].x, positions[(i + end) / 2].y, run,
                           "this line is not in all the drawings that are blended here"});
      i = end;
    }
  return total > 0 ? found / total : 1;
}

/// The same for the lines of the other drawing that the reference lacks.
double coverage_back(const std::vector<SampleMatch>& back) {
  if (back.empty()) return 1;
  const auto found =
      std::count_if(back.begin(), back.end(), [](const SampleMatch& m) { return !missing(m); });
  return static_cast<double>(found) / static_cast<double>(back.size());
}

}  // namespace

BlendedPart PartBlender::at(const std::vector<double>& weights) {
  State& s = *state_;
  NAKAWARI_CHECK(weights.size() == s.drawings.size());
  BlendedPart result;
  result.reference = s.reference(weights);
  NAKAWARI_CHECK(result.reference >= 0);
  const SampleGraph& graph = s.graph(result.reference);

  std::vector<Share> shares;
  std::vector<int> names;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (weights[k] <= 0 || s.drawings[k].strokes.empty()) continue;
    const int sample = static_cast<int>(k);
    Share share{sample, weights[k], nullptr, &s.drawings[k]};
    if (sample != result.reference) {
      share.places = s.places(result.reference, sample);
    }
    shares.push_back(share);
    names.push_back(sample);
  }
  double sum = 0;
  for (const Share& share : shares) sum += share.weight;
  for (Share& share : shares) share.weight /= sum;

  const std::vector<char> seen = seen_in_all(shares, graph);
  if (s.options.paths == FacePaths::straight) {
    for (std::int32_t i = 0; i < graph.size(); ++i) result.positions.push_back(mean_place(shares, graph, i));
  } else {
    auto& factor = s.factors[{result.reference, names}];
    if (!factor) factor = factorise(graph, seen);
    result.positions = solve(shares, graph, seen, *factor);
  }

  for (std::int32_t i = 0; i < graph.size(); ++i) {
    double width = 0, count = 0;
    for (const Share& share : shares) {
      if (lone(share, i)) continue;
      const double w = share.places ? width_at(share.drawing->strokes[(*share.places)[i].partner_stroke],
                                               (*share.places)[i].partner_along)
                                    : graph.samples[i].width;
      width += share.weight * w;
      count += share.weight;
    }
    result.widths.push_back(static_cast<float>(width / count));
  }
  for (const Share& share : shares) {
    if (!share.places) continue;
    const double both = std::min(coverage(share, graph, result.positions, result.reasons),
                                 coverage_back(*s.places(share.sample, result.reference)));
    // A drawing that hardly takes part may lack a line.
    result.covered = std::min(result.covered, 1 - (1 - both) * std::min(1.0, 2 * share.weight));
  }
  for (const Share& share : shares) {
    if (share.places) {
      result.places.emplace_back(share.sample, *share.places);
      continue;
    }
    std::vector<SampleMatch> own(graph.samples.size());
    for (std::size_t i = 0; i < own.size(); ++i) {
      own[i].there = graph.samples[i].position;
      own[i].there_tangent = graph.samples[i].tangent;
      own[i].partner_stroke = graph.samples[i].stroke;
    }
    result.places.emplace_back(share.sample, std::move(own));
  }
  result.drawing = s.drawings[result.reference];
  result.graph = graph;
  rebuild(result);
  return result;
}

void rebuild(BlendedPart& part) {
  Drawing& drawing = part.drawing;
  const SampleGraph& graph = part.graph;
  // A node lies in the middle of the ends that meet there.
  std::vector<Vec2> sum(drawing.nodes.size());
  std::vector<int> count(drawing.nodes.size(), 0);
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    const Stroke& stroke = drawing.strokes[s];
    sum[stroke.start] += part.positions[graph.first[s]];
    sum[stroke.end] += part.positions[graph.first[s + 1] - 1];
    ++count[stroke.start];
    ++count[stroke.end];
  }
  for (std::size_t n = 0; n < drawing.nodes.size(); ++n)
    if (count[n] > 0) drawing.nodes[n].position = sum[n] / count[n];
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    Stroke& stroke = drawing.strokes[s];
    const auto begin = graph.first[s], end = graph.first[s + 1];
    stroke.points.assign(part.positions.begin() + begin, part.positions.begin() + end);
    stroke.widths.assign(part.widths.begin() + begin, part.widths.begin() + end);
    stroke.points.front() = drawing.nodes[stroke.start].position;
    stroke.points.back() = drawing.nodes[stroke.end].position;
  }
}

}  // namespace nakawari
