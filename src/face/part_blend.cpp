#include "face/part_blend.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
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
// Of a drawing's lines so many places at most are looked at to say how far two drawings lie apart; less than
// this (px) is the unevenness of lines.
constexpr std::size_t kLookedAt = 150;
constexpr double kAsDrawn = 1;
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

/// Without a partner, and nothing lies over its place either.
bool missing(const SampleMatch& m) {
  return m.partner_stroke < 0 && m.confidence <= 0;
}

/// A link between two samples in another drawing: how far it turns on the way there, and where it points
/// there, turned back.
struct TurnedLink {
  double turn = 0;
  Vec2 rest;
};

/// A run of lines without a partner.
struct LoneRun {
  std::int32_t middle = 0;
  double length = 0;
};

/// What no mixture changes of the way from one drawing to another (or to itself).
struct Way {
  std::shared_ptr<const PartPlaces> places;
  std::vector<double> widths;  ///< per sample, there; negative without a partner
  std::vector<TurnedLink> links;
  std::vector<LoneRun> lone;
  double covered = 1;                ///< share of the lines' length that has a partner
  double found = 1;                  ///< share of the samples that are not missing
  double lost = 0, lost_of_own = 0;  ///< length of lines without a place there; or without one of their own
};

PartPlaces at_home(const SampleGraph& graph) {
  PartPlaces places(graph.samples.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    places[i].there = graph.samples[i].position;
    places[i].there_tangent = graph.samples[i].tangent;
    places[i].stroke = places[i].partner_stroke = graph.samples[i].stroke;
    places[i].partner_along = places[i].along = graph.samples[i].along;
    places[i].confidence = 1;
  }
  return places;
}

/// Runs of lines without a partner, and the share of length that has one.
void read_coverage(const SampleGraph& graph, Way& way) {
  const PartPlaces& places = *way.places;
  double found = 0, total = 0;
  for (std::size_t s = 0; s + 1 < graph.first.size(); ++s)
    for (std::int32_t i = graph.first[s]; i < graph.first[s + 1];) {
      std::int32_t end = i;
      double run = 0;
      const bool lacks = missing(places[i]);
      while (end < graph.first[s + 1] && missing(places[end]) == lacks) {
        if (end > i) run += distance(graph.samples[end - 1].position, graph.samples[end].position);
        ++end;
      }
      total += run;
      if (!lacks || run < kShortRun)
        found += run;
      else
        way.lone.push_back({(i + end) / 2, run});
      i = end;
    }
  if (total > 0) way.covered = found / total;
}

Way way_along(const SampleGraph& graph, std::shared_ptr<const PartPlaces> places, const Drawing& there) {
  Way way;
  way.places = std::move(places);
  int known = 0, lost = 0, lost_of_own = 0;
  for (const SampleMatch& m : *way.places) {
    way.widths.push_back(m.partner_stroke < 0 ? -1
                                              : width_at(there.strokes[m.partner_stroke], m.partner_along));
    known += missing(m) ? 0 : 1;
    lost += m.confidence < 0.01F ? 1 : 0;
    lost_of_own += m.confidence < 1 ? 1 : 0;
  }
  way.lost = lost * graph.spacing;
  way.lost_of_own = lost_of_own * graph.spacing;
  if (!way.places->empty()) way.found = static_cast<double>(known) / static_cast<double>(way.places->size());
  for (const Link& link : graph.links) {
    const SampleMatch &a = (*way.places)[link.a], &b = (*way.places)[link.b];
    const double ta = a.rotation, tb = b.rotation;
    const double t = std::atan2(std::sin(ta) + std::sin(tb), std::cos(ta) + std::cos(tb));
    way.links.push_back({t, rotated(b.there - a.there, -t)});
  }
  read_coverage(graph, way);
  return way;
}

/// One of the drawings that take part.
struct Share {
  int sample = -1;
  double weight = 0;
  const Way* way = nullptr;  ///< from the reference
};

/// A sample counts as seen when it has a partner in all drawings that take part.
std::vector<char> seen_in_all(const std::vector<Share>& shares, std::size_t samples) {
  std::vector<char> seen(samples, 1);
  for (const Share& share : shares)
    for (std::size_t i = 0; i < samples; ++i)
      if (missing((*share.way->places)[i])) seen[i] = 0;
  return seen;
}

double anchor_weight(bool seen) {
  return seen ? kAnchorWeight : kLoneAnchorWeight;
}

/// The equations of a reference and a set of drawings, whatever their weights.
struct System {
  std::vector<char> seen;
  std::unique_ptr<Factor> factor;
};

System system_of(const SampleGraph& graph, const std::vector<Share>& shares) {
  System system{seen_in_all(shares, graph.samples.size()), nullptr};
  const auto n = static_cast<Eigen::Index>(graph.samples.size());
  std::vector<Eigen::Triplet<double>> entries;
  for (Eigen::Index i = 0; i < n; ++i) entries.emplace_back(i, i, anchor_weight(system.seen[i] != 0));
  for (const Link& link : graph.links) {
    const double w = weight_of(link.kind);
    entries.emplace_back(link.a, link.a, w);
    entries.emplace_back(link.b, link.b, w);
    entries.emplace_back(link.a, link.b, -w);
    entries.emplace_back(link.b, link.a, -w);
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  system.factor = std::make_unique<Factor>(matrix);
  NAKAWARI_CHECK(system.factor->info() == Eigen::Success);
  return system;
}

Vec2 mean_place(const std::vector<Share>& shares, std::size_t i) {
  Vec2 mean;
  for (const Share& share : shares) mean += (*share.way->places)[i].there * share.weight;
  return mean;
}

/// A link in the blend: turned by the mean turn, the rest blended in the turned frame.
Vec2 wanted(const std::vector<Share>& shares, std::size_t link) {
  double mean_turn = 0;
  Vec2 rest;
  for (const Share& share : shares) {
    const TurnedLink& there = share.way->links[link];
    mean_turn += share.weight * there.turn;
    rest += there.rest * share.weight;
  }
  return rotated(rest, mean_turn);
}

std::vector<Vec2> solve(const std::vector<Share>& shares, const SampleGraph& graph, const System& system) {
  const auto n = static_cast<Eigen::Index>(graph.samples.size());
  Eigen::Matrix<double, Eigen::Dynamic, 2> right(n, 2);
  for (std::int32_t i = 0; i < n; ++i) {
    const Vec2 held = mean_place(shares, i) * anchor_weight(system.seen[i] != 0);
    right(i, 0) = held.x;
    right(i, 1) = held.y;
  }
  for (std::size_t k = 0; k < graph.links.size(); ++k) {
    const Link& link = graph.links[k];
    const Vec2 step = wanted(shares, k) * weight_of(link.kind);
    right(link.a, 0) -= step.x;
    right(link.a, 1) -= step.y;
    right(link.b, 0) += step.x;
    right(link.b, 1) += step.y;
  }
  const Eigen::Matrix<double, Eigen::Dynamic, 2> solved = system.factor->solve(right);
  std::vector<Vec2> positions(graph.samples.size());
  for (Eigen::Index i = 0; i < n; ++i) positions[i] = {solved(i, 0), solved(i, 1)};
  return positions;
}

/// A few hundred places on lines stand for all of them.
std::vector<Vec2> some_of(std::size_t count, const std::function<Vec2(std::size_t)>& at) {
  std::vector<Vec2> points;
  const std::size_t step = std::max<std::size_t>(1, count / kLookedAt);
  for (std::size_t i = 0; i < count; i += step) points.push_back(at(i));
  return points;
}

/// Mean distance of nearest places, both ways.
double apart(const std::vector<Vec2>& a, const std::vector<Vec2>& b) {
  const auto one_way = [](const std::vector<Vec2>& from, const std::vector<Vec2>& to) {
    double sum = 0;
    for (const Vec2 p : from) {
      double least = std::numeric_limits<double>::max();
      for (const Vec2 q : to) least = std::min(least, length_squared(p - q));
      sum += std::sqrt(least);
    }
    return sum / static_cast<double>(from.size());
  };
  return a.empty() || b.empty() ? 0 : 0.5 * (one_way(a, b) + one_way(b, a));
}

}  // namespace

struct PartBlender::State {
  std::vector<Drawing> drawings;
  PartBlendOptions options;
  std::vector<std::shared_ptr<const SampleGraph>> graphs;
  std::map<std::pair<int, int>, std::shared_ptr<const Correspondence>> matched;  ///< lower index first
  std::map<std::pair<int, int>, Way> ways;
  std::map<std::pair<int, std::vector<int>>, System> systems;
  std::map<int, std::vector<Vec2>> looks;        ///< some_of each drawing
  std::map<std::pair<int, int>, double> aparts;  ///< of two drawings, lower index first

  const std::shared_ptr<const SampleGraph>& graph(int k) {
    if (!graphs[k]) graphs[k] = std::make_shared<SampleGraph>(part_graph(drawings[k]));
    return graphs[k];
  }

  /// Where the samples of `from` lie in `to`.
  std::shared_ptr<const PartPlaces> places(int from, int to) {
    if (from == to) return std::make_shared<PartPlaces>(at_home(*graph(from)));
    auto& found = matched[{std::min(from, to), std::max(from, to)}];
    if (!found)
      found = std::make_shared<Correspondence>(
          match_parts(*graph(std::min(from, to)), *graph(std::max(from, to))));
    return {found, from < to ? &found->a_to_b : &found->b_to_a};
  }

  const Way& way(int from, int to) {
    const auto known = ways.find({from, to});
    if (known != ways.end()) return known->second;
    return ways.emplace(std::pair{from, to}, way_along(*graph(from), places(from, to), drawings[to]))
        .first->second;
  }

  const std::vector<Vec2>& look(int k) {
    const auto [it, fresh] = looks.try_emplace(k);
    const SampleGraph& own = *graph(k);
    if (fresh)
      it->second = some_of(own.samples.size(), [&](std::size_t i) { return own.samples[i].position; });
    return it->second;
  }

  double pair_apart(int j, int k) {
    const auto [it, fresh] = aparts.try_emplace({std::min(j, k), std::max(j, k)}, 0);
    if (fresh) it->second = apart(look(j), look(k));
    return it->second;
  }

  [[nodiscard]] bool takes_part(const std::vector<double>& weights, int k) const {
    return weights[k] > 0 && !drawings[k].strokes.empty();
  }

  /// The drawing that lends its strokes: the one with which the least is missing or too much. Of equal ones
  /// the heaviest.
  int reference(const std::vector<double>& weights) {
    const int count = static_cast<int>(weights.size());
    int best = -1;
    double least = 0;
    for (int k = 0; k < count; ++k) {
      if (!takes_part(weights, k)) continue;
      double wrong = 0;
      for (int j = 0; j < count; ++j)
        if (j != k && takes_part(weights, j)) wrong += weights[j] * (way(j, k).lost_of_own + way(k, j).lost);
      if (best >= 0 && (wrong > least + 1e-9 || (wrong > least - 1e-9 && weights[k] <= weights[best])))
        continue;
      best = k;
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

const PartPlaces& PartBlender::places(int from, int to) {
  return *state_->way(from, to).places;
}

const SampleGraph& PartBlender::graph(int sample) {
  return *state_->graph(sample);
}

const Drawing& PartBlender::drawing(int sample) const {
  return state_->drawings[sample];
}

BlendedPart PartBlender::at(const std::vector<double>& weights) {
  State& s = *state_;
  NAKAWARI_CHECK(weights.size() == s.drawings.size());
  BlendedPart result;
  result.reference = s.reference(weights);
  NAKAWARI_CHECK(result.reference >= 0);
  result.graph = s.graph(result.reference);
  const SampleGraph& graph = *result.graph;
  const auto samples = graph.samples.size();

  std::vector<Share> shares;
  std::vector<int> names;
  double sum = 0;
  for (int k = 0; k < static_cast<int>(weights.size()); ++k) {
    if (!s.takes_part(weights, k)) continue;
    shares.push_back({k, weights[k], &s.way(result.reference, k)});
    names.push_back(k);
    sum += weights[k];
  }
  for (Share& share : shares) share.weight /= sum;

  if (s.options.paths == FacePaths::straight) {
    for (std::size_t i = 0; i < samples; ++i) result.positions.push_back(mean_place(shares, i));
  } else {
    System& system = s.systems[{result.reference, names}];
    if (!system.factor) system = system_of(graph, shares);
    result.positions = solve(shares, graph, system);
  }

  result.widths.resize(samples);
  for (std::size_t i = 0; i < samples; ++i) {
    double width = 0, count = 0;
    for (const Share& share : shares) {
      const double w = share.sample == result.reference ? graph.samples[i].width : share.way->widths[i];
      if (w < 0) continue;
      width += share.weight * w;
      count += share.weight;
    }
    result.widths[i] = static_cast<float>(width / count);
  }
  for (const Share& share : shares) {
    result.places.emplace_back(share.sample, share.way->places);
    if (share.sample == result.reference) continue;
    for (const LoneRun& run : share.way->lone)
      result.reasons.push_back({"no-partner", result.positions[run.middle].x, result.positions[run.middle].y,
                                run.length, "this line is not in all the drawings that are blended here"});
    const double both = std::min(share.way->covered, s.way(share.sample, result.reference).found);
    // A drawing that hardly takes part may lack a line.
    result.covered = std::min(result.covered, 1 - (1 - both) * std::min(1.0, 2 * share.weight));
  }
  result.drawing = s.drawings[result.reference];
  rebuild(result);
  return result;
}

double PartBlender::astray(const BlendedPart& part, const std::vector<double>& weights) {
  State& s = *state_;
  const std::vector<Vec2> now =
      some_of(part.positions.size(), [&](std::size_t i) { return part.positions[i]; });
  double far = 0, wide = 0;
  for (const auto& [one, places] : part.places) {
    far += weights[one] * apart(now, s.look(one));
    for (const auto& [other, unused] : part.places)
      if (other != one) wide += weights[one] * weights[other] * s.pair_apart(one, other);
  }
  return far < kAsDrawn ? 0 : far / std::max(wide, kAsDrawn);
}

void rebuild(BlendedPart& part) {
  Drawing& drawing = part.drawing;
  const SampleGraph& graph = *part.graph;
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
