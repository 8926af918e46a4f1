#include "inbetween/blend.h"

#include <algorithm>
#include <cmath>

#include <Eigen/SparseCholesky>

#include "base/check.h"

namespace nakawari {
namespace {

constexpr double kStrokeWeight = 1, kNodeWeight = 8, kNearWeight = 0.05;
// Neighbours across paper that part by more than this (px at 1024) are not of one body.
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

/// The sample of A nearest to where a matched sample of B lies on A.
std::int32_t weld(const SampleGraph& a, const SampleMatch& match) {
  const std::int32_t begin = a.first[match.partner_stroke], end = a.first[match.partner_stroke + 1];
  const double step = end - begin > 1 ? a.samples[end - 1].along / static_cast<double>(end - begin - 1) : 1;
  const auto k = begin + static_cast<std::int32_t>(std::lround(step > 0 ? match.partner_along / step : 0));
  return std::clamp(k, begin, end - 1);
}

}  // namespace

BlendGraph blend_graph(const SampleGraph& a, const SampleGraph& b, const Correspondence& correspondence,
                       double scale) {
  NAKAWARI_CHECK(correspondence.a_to_b.size() == a.samples.size());
  NAKAWARI_CHECK(correspondence.b_to_a.size() == b.samples.size());
  BlendGraph graph;
  for (std::int32_t i = 0; i < a.size(); ++i) {
    const SampleMatch& m = correspondence.a_to_b[i];
    graph.points.push_back({true, i, m.here, m.there, m.rotation, m.partner_stroke >= 0});
  }
  graph.point_of_b.assign(b.samples.size(), -1);
  for (std::int32_t j = 0; j < b.size(); ++j) {
    const SampleMatch& m = correspondence.b_to_a[j];
    if (m.partner_stroke >= 0) {
      graph.point_of_b[j] = weld(a, m);
    } else {
      graph.point_of_b[j] = static_cast<std::int32_t>(graph.points.size());
      graph.points.push_back({false, j, m.predicted, m.here, -m.rotation, false});
    }
  }

  const auto add = [&](std::int32_t from, std::int32_t to, LinkKind kind) {
    if (from == to) return;
    const Blended& p = graph.points[from];
    const Blended& q = graph.points[to];
    const double turn =
        std::atan2(std::sin(p.rotation) + std::sin(q.rotation), std::cos(p.rotation) + std::cos(q.rotation));
    double weight = base_weight(kind);
    if (kind == LinkKind::near) {
      const double miss = length(q.b - p.b - rotated(q.a - p.a, turn)) / (kNearGive * scale);
      weight /= (1 + miss * miss) * (1 + miss * miss);
    } else if (!p.matched || !q.matched) {
      // What is seen in one key only follows what is seen in both.
      weight *= 0.5;
    }
    graph.links.push_back({from, to, weight, static_cast<float>(turn)});
  };
  for (const Link& link : a.links) add(link.a, link.b, link.kind);
  for (const Link& link : b.links) {
    const bool lone_a = correspondence.b_to_a[link.a].partner_stroke < 0,
               lone_b = correspondence.b_to_a[link.b].partner_stroke < 0;
    if (lone_a || lone_b) add(graph.point_of_b[link.a], graph.point_of_b[link.b], link.kind);
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
  for (Eigen::Index i = 0; i < n; ++i) entries.emplace_back(i, i, kAnchorWeight);
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

std::vector<Vec2> Blender::at(const BlendGraph& graph, const std::vector<double>& point_t) const {
  const auto n = static_cast<Eigen::Index>(graph.points.size());
  std::vector<Vec2> result(graph.points.size());
  if (n == 0) return result;
  Eigen::Matrix<double, Eigen::Dynamic, 2> right(n, 2);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Blended& p = graph.points[i];
    const Vec2 path = lerp(p.a, p.b, point_t[i]) * kAnchorWeight;
    right(i, 0) = path.x;
    right(i, 1) = path.y;
  }
  for (const BlendLink& link : graph.links) {
    const Blended& p = graph.points[link.from];
    const Blended& q = graph.points[link.to];
    const double t = 0.5 * (point_t[link.from] + point_t[link.to]);
    const Vec2 in_a = p.a - q.a, in_b = rotated(p.b - q.b, -link.rotation);
    const Vec2 wanted = rotated(lerp(in_a, in_b, t), t * link.rotation) * link.weight;
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
