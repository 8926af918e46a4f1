/// \file
/// Positions of all samples of two matched keys at any t between them.
///
/// Every link (along lines, across nodes, weakly across paper) turns by its local rotation and blends the
/// rest; one least-squares solve puts the links together. So a limb that turns keeps its length and runs on
/// an arc about the joint that holds it. Source: gradient-domain blending in the manner of Baxter et al. 2008
/// and Xu et al. 2005, on a stroke graph.
#pragma once

#include <memory>
#include <vector>

#include "drawing/drawing.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// One point that is followed from A to B: a sample of A, or a sample of B that no sample of A accounts for.
struct Blended {
  Vec2 a, b;             ///< place in A and in B
  float rotation = 0;    ///< local rotation from A to B, radians
  bool matched = false;  ///< seen in both keys
  double hold = 0;       ///< how much it is tied to the path given for it
};

struct BlendLink {
  std::int32_t from = 0, to = 0;
  double weight = 1;
  float rotation = 0;
  LinkKind kind = LinkKind::stroke;
};

/// Where a sample of B lies among the points: between two of them, plus what its own key adds to their line.
struct PlaceOfB {
  std::int32_t from = 0, to = 0;  ///< equal for a sample with a point of its own
  float u = 0;
  Vec2 rest;            ///< from the points' line to the sample, in B
  bool shared = false;  ///< the points are A's
};

/// The samples of A first (same indices), then the samples of B without a partner.
struct BlendGraph {
  std::vector<Blended> points;
  std::vector<BlendLink> links;
  std::vector<PlaceOfB> place_of_b;  ///< per sample of B
};

BlendGraph blend_graph(const SampleGraph& a, const SampleGraph& b, const Correspondence& correspondence,
                       double page_scale);

/// What is asked of one point at t.
struct PointAt {
  double t = 0.5;    ///< its own t
  Vec2 path;         ///< where its path alone would put it
  double extra = 0;  ///< its turn so far, beyond t times its rotation; radians
};

/// Factorises once; `at` is one back-substitution.
class Blender {
 public:
  explicit Blender(const BlendGraph& graph);
  ~Blender();
  Blender(Blender&&) noexcept;
  Blender& operator=(Blender&&) noexcept;

  /// One position per point, from one request per point.
  [[nodiscard]] std::vector<Vec2> at(const BlendGraph& graph, const std::vector<PointAt>& points) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nakawari
