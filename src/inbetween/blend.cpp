#include "inbetween/blend.h"

#include <algorithm>
#include <cmath>

#include <Eigen/SparseCholesky>

#include "base/check.h"

namespace nakawari {
namespace {

constexpr double kStrokeWeight = 1, kNodeWeight = 8, kNearWeight = 0.05;
// Neighbours across paper, and ends at one node, that part by more than this (px at 1024) are not of one
// body: they slide on each other.
constexpr double kNearGive = 4;
// What ties a point to its own straight path: only enough to place what hangs on nothing else.
constexpr double kAnchorWeight = 2e-4;

double base_weight(LinkKind kind) {
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

/// Between which samples of A a matched sample of B lies.
PlaceOfB place_on(const SampleGraph& a, const SampleMatch& match) {
  const std::int32_t begin = a.first[match.partner_stroke], end = a.first[match.partner_stroke + 1];
  const double whole = a.samples[end - 1].along, step = whole / std::max(1, end - begin - 1);
  const double at = step > 0 ? std::clamp(match.partner_along / step, 0.0, end - begin - 1.0) : 0;
  const auto k = std::min(static_cast<std::int32_t>(at), std::max(0, end - begin - 2));
  return {begin + k, std::min(begin + k + 1, end - 1), static_cast<float>(at - k), {}, true};
}

}  // namespace

BlendGraph blend_graph(const SampleGraph& a, const SampleGraph& b, const Correspondence& correspondence,
                       double scale) {
  NAKAWARI_CHECK(correspondence.a_to_b.size() == a.samples.size());
  NAKAWARI_CHECK(correspondence.b_to_a.size() == b.samples.size());
  BlendGraph graph;
  for (const SampleMatch& m : correspondence.a_to_b)
    graph.points.push_back({m.here, m.there, m.rotation, m.partner_stroke >= 0, kAnchorWeight});
  graph.place_of_b.reserve(b.samples.size());
  for (const SampleMatch& m : correspondence.b_to_a) {
    if (m.partner_stroke >= 0) {
      PlaceOfB place = place_on(a, m);
      place.rest = m.here - lerp(graph.points[place.from].b, graph.points[place.to].b, place.u);
      graph.place_of_b.push_back(place);
    } else {
      const auto own = static_cast<std::int32_t>(graph.points.size());
      graph.place_of_b.push_back({own, own, 0, {}, false});
      graph.points.push_back({m.predicted, m.here, -m.rotation, false, kAnchorWeight});
    }
  }

  const auto add = [&](std::int32_t from, std::int32_t to, LinkKind kind) {
    if (from == to) return;
    const Blended& p = graph.points[from];
    const Blended& q = graph.points[to];
    const double turn =
        std::atan2(std::sin(p.rotation) + std::sin(q.rotation), std::cos(p.rotation) + std::cos(q.rotation));
    double weight = base_weight(kind);
    if (kind != LinkKind::stroke) {
      const double miss = length(q.b - p.b - rotated(q.a - p.a, turn)) / (kNearGive * scale);
      weight /= (1 + miss * miss) * (1 + miss * miss);
    }
    if (kind != LinkKind::near && (!p.matched || !q.matched)) {
      // What is seen in one key only follows what is seen in both.
      weight *= 0.5;
    }
    graph.links.push_back({from, to, weight, static_cast<float>(turn), kind});
  };
  for (const Link& link : a.links) add(link.a, link.b, link.kind);
  for (const Link& link : b.links) {
    const PlaceOfB &p = graph.place_of_b[link.a], &q = graph.place_of_b[link.b];
    if (p.shared && q.shared) continue;
    add(p.u < 0.5F ? p.from : p.to, q.u < 0.5F ? q.from : q.to, link.kind);
  }
  return graph;
}

struct Blender::State {
  Eigen::SimplicialLDLT<Eigen::SparseMatrix<double>> factor;
};

Blender::~Blender() = default;
Blender::Blender(Blender&&) noexcept = default;
Blender& Blender::operator=(Blender&&) noexcept = default;

Blender::Blender(const BlendGraph& graph) : state_(std::make_unique<State>()) {
  const auto n = static_cast<Eigen::Index>(graph.points.size());
  if (n == 0) return;
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(graph.links.size() * 4 + graph.points.size());
  for (Eigen::Index i = 0; i < n; ++i) entries.emplace_back(i, i, graph.points[i].hold);
  for (const BlendLink& link : graph.links) {
    entries.emplace_back(link.from, link.from, link.weight);
    entries.emplace_back(link.to, link.to, link.weight);
    entries.emplace_back(link.from, link.to, -link.weight);
    entries.emplace_back(link.to, link.from, -link.weight);
  }
  Eigen::SparseMatrix<double> matrix(n, n);
  matrix.setFromTriplets(entries.begin(), entries.end());
  state_->factor.compute(matrix);
  NAKAWARI_CHECK(state_->factor.info() == Eigen::Success);
}

std::vector<Vec2> Blender::at(const BlendGraph& graph, const std::vector<PointAt>& points) const {
  const auto n = static_cast<Eigen::Index>(graph.points.size());
  std::vector<Vec2> result(graph.points.size());
  if (n == 0) return result;
  Eigen::Matrix<double, Eigen::Dynamic, 2> right(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Vec2 path = points[i].path * graph.points[i].hold;
    right(i, 0) = path.x;
    right(i, 1) = path.y;
  }
  for (const BlendLink& link : graph.links) {
    const Blended &p = graph.points[link.from], &q = graph.points[link.to];
    const PointAt &at_p = points[link.from], &at_q = points[link.to];
    const double t = 0.5 * (at_p.t + at_q.t), turn = t * link.rotation + 0.5 * (at_p.extra + at_q.extra);
    const Vec2 in_a = p.a - q.a, in_b = rotated(p.b - q.b, -link.rotation);
    const Vec2 wanted = rotated(lerp(in_a, in_b, t), turn) * link.weight;
    right(link.from, 0) += wanted.x;
    right(link.from, 1) += wanted.y;
    right(link.to, 0) -= wanted.x;
    right(link.to, 1) -= wanted.y;
  }
  const Eigen::Matrix<double, Eigen::Dynamic, 2> solved = state_->factor.solve(right);
  for (Eigen::Index i = 0; i < n; ++i) result[i] = {solved(i, 0), solved(i, 1)};
  return result;
}

}  // namespace nakawari
