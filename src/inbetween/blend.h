/// \file
/// Positions of all samples of two matched keys at any t between them.
///
/// Every link (along lines, across nodes, weakly across paper) turns by its local rotation and blends the
/// rest; one least-squares solve puts the links together. So a limb that turns keeps its length and runs on
/// an arc about the joint that holds it, and lines that share a node keep sharing it. Source: gradient-domain
/// blending in the manner of Baxter et al. 2008 and Xu et al. 2005, on a stroke graph.
#pragma once

#include <memory>
#include <vector>

#include "drawing/drawing.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// One point that exists in both keys: a sample of A, or a sample of B that no sample of A accounts for.
struct Blended {
  bool first_key = true;    ///< a sample of A
  std::int32_t sample = 0;  ///< index into that key's samples
  Vec2 a, b;                ///< place in A and in B
  float rotation = 0;       ///< local rotation from A to B, radians
  bool matched = false;     ///< seen in both keys
};

struct BlendLink {
  std::int32_t from = 0, to = 0;
  double weight = 1;
  float rotation = 0;
};

/// The samples of A first (same indices), then the samples of B without a partner.
struct BlendGraph {
  std::vector<Blended> points;
  std::vector<BlendLink> links;
  std::vector<std::int32_t>
      point_of_b;  ///< per sample of B: its own point, or the A point it is welded to; -1: none
};

BlendGraph blend_graph(const SampleGraph& a, const SampleGraph& b, const Correspondence& correspondence,
                       double page_scale);

/// Factorises once; `at` is one back-substitution.
class Blender {
 public:
  explicit Blender(const BlendGraph& graph);
  ~Blender();
  Blender(Blender&&) noexcept;
  Blender& operator=(Blender&&) noexcept;

  /// One position per point. `point_t`: the t of each point (all equal but for groups with their own
  /// spacing).
  [[nodiscard]] std::vector<Vec2> at(const BlendGraph& graph, const std::vector<double>& point_t) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nakawari
