/// \file
/// Blends any number of the artist's drawings of one group of parts (an eye, a mouth, a brow).
///
/// The drawing with the largest weight gives the strokes and how they hang together. Each of its samples
/// knows its place in every other drawing (part_match.h); links between samples turn by the weighted mean of
/// their turns and blend what remains in the turned frame, and one least-squares solve puts them together. So
/// a lid that turns keeps its length, and lines that share a node keep sharing it.
///
/// Source: Baxter, Barla, Anjyo 2009 (N-way morphing); solved on strokes instead of a mesh, as
/// inbetween/blend.h does for two.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/verdict.h"
#include "drawing/drawing.h"
#include "match/match.h"
#include "match/sample_graph.h"

namespace nakawari {

/// How the points travel.
enum class FacePaths {
  turning,   ///< turns are blended as turns
  straight,  ///< every point on its straight line; for comparison
};

struct PartBlendOptions {
  FacePaths paths = FacePaths::turning;
};

/// Where the samples of a part's lines lie in a drawing.
using PartPlaces = std::vector<SampleMatch>;

/// A blended group.
struct BlendedPart {
  Drawing drawing;                           ///< strokes of drawing `reference`, moved; same ids
  int reference = -1;                        ///< index of the drawing whose strokes these are
  std::shared_ptr<const SampleGraph> graph;  ///< of the reference drawing as the artist drew it
  std::vector<Vec2> positions;               ///< of the graph's samples in the blend
  std::vector<float> widths;                 ///< of the same
  /// Per drawing that takes part: where the graph's samples lie in it.
  std::vector<std::pair<int, std::shared_ptr<const PartPlaces>>> places;
  double covered = 1;           ///< weighted share of line length with a partner, the worst pair
  std::vector<Reason> reasons;  ///< where stroke sets differ
};

class PartBlender {
 public:
  /// `drawings`: one per sample of the sheet, the strokes of the group alone, all on one page; drawings
  /// without strokes never take part in a blend.
  explicit PartBlender(std::vector<Drawing> drawings, PartBlendOptions options = {});
  ~PartBlender();
  PartBlender(PartBlender&&) noexcept;
  PartBlender& operator=(PartBlender&&) noexcept;

  [[nodiscard]] const Drawing& drawing(int sample) const;

  /// The samples of one drawing's lines (part_graph). Sampled on first use.
  const SampleGraph& graph(int sample);

  /// Where the samples of one drawing's lines (part_graph) lie in another's. Matched on first use.
  const PartPlaces& places(int from, int to);

  /// The blend with these weights (>= 0, sum 1; one alone gives that drawing's strokes). Pairs are matched on
  /// first use and remembered, references factorised likewise: so not const, and not for several threads at
  /// once. Cost: first use of a pair: one match of the group. Then one back-substitution; 0.2 ms a group of
  /// 1000 samples.
  BlendedPart at(const std::vector<double>& weights);

  /// How far the blend lies from its drawings against how far those lie from each other, by their weights: up
  /// to about 1 for what lies between them, more for what lies nowhere between; 0 within a px of them. Cost:
  /// 1 ms a drawing.
  double astray(const BlendedPart& part, const std::vector<double>& weights);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Writes positions and widths into the drawing's strokes, ends onto shared nodes. Call after changing
/// `positions`.
void rebuild(BlendedPart& part);

}  // namespace nakawari
