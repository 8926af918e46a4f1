/// \file
/// One key's lines as they lie at t: the samples carried there by the blender, with the detail that the key's
/// own points have between its samples, so that corners stay corners.
#pragma once

#include <cstdint>
#include <vector>

#include "inbetween/blend.h"
#include "match/sample_graph.h"

namespace nakawari {

struct KeyAt {
  const Drawing* drawing = nullptr;
  const SampleGraph* graph = nullptr;
  const std::vector<SampleMatch>* matches = nullptr;  ///< to the other key
  bool first_key = true;
  std::vector<Vec2> position;  ///< per sample
  std::vector<float> turn;     ///< from the key to t, radians
  std::vector<float> width;

  [[nodiscard]] bool shared(std::int32_t sample) const { return (*matches)[sample].partner_stroke >= 0; }
  [[nodiscard]] Vec2 tangent(std::int32_t sample) const {
    return rotated(graph->samples[sample].tangent, turn[sample]);
  }
};

/// What is known of a sample at t beyond what its key shows.
enum class Sight : std::uint8_t {
  as_ruled,  ///< nothing: the rules of visibility.h decide
  hidden,    ///< under something
  shown,     ///< whichever key is nearer
};

KeyAt first_at(const Drawing& a, const SampleGraph& graph_a, const SampleGraph& graph_b,
               const std::vector<SampleMatch>& matches, const BlendGraph& blend,
               const std::vector<Vec2>& position, const std::vector<PointAt>& points);
KeyAt second_at(const Drawing& b, const SampleGraph& graph_b, const SampleGraph& graph_a,
                const std::vector<SampleMatch>& matches, const BlendGraph& blend,
                const std::vector<Vec2>& position, const std::vector<PointAt>& points);

/// A line of the drawing to be made.
struct Piece {
  std::vector<Vec2> points;
  std::vector<float> widths;
};

/// The stroke's own points from one sample to another (`begin` < `last`, samples of one stroke), at t.
Piece piece_of(const KeyAt& key, std::int32_t begin, std::int32_t last);

}  // namespace nakawari
