/// \file
/// Where each place of one line drawing lies in another: dense motion between two drawings of a cel.
#pragma once

#include "base/parallel.h"
#include "geometry/vec2.h"
#include "image/grid.h"
#include "image/line_image.h"

namespace nakawari {

/// Displacements on a lattice: `dx`, `dy` at lattice point (i, j) hold for page position (i, j) * step, in
/// page pixels.
struct Motion {
  int step = 2;
  Grid<float> dx, dy;

  /// The place in the other drawing of page position `p`; positions outside take the nearest lattice value.
  [[nodiscard]] Vec2 moved(Vec2 p) const;
};

/// A drawing prepared for registration; prepare once, use in many pairs.
struct FlowImage {
  int step = 2;
  Grid<std::uint8_t> near;  ///< lattice picture: bright near lines
  int width = 0, height = 0;
};

FlowImage prepare_flow(const LineImage& lines);

/// How fine dense motion is estimated: to 4 px, or to 2 px in about three times the time.
enum class MotionDetail { coarse, fine };

/// Dense motion that carries `from` onto `to`. `start` may hold a guess (same lattice) or be empty.
/// Cost: about 0.1 s at 1920x1080.
/// Source: dense inverse search (Kroeger et al. 2016) on truncated distances to the lines, so that paper,
/// which has no texture of its own, still pulls.
Motion dense_motion(const FlowImage& from, const FlowImage& to, const Motion& start = {},
                    MotionDetail detail = MotionDetail::coarse);

/// The motion on a lattice half as dense: what dense_motion() knows, for it estimates on that one.
Motion coarser(const Motion& motion);

/// First `ab`, then `bc`.
Motion composed(const Motion& ab, const Motion& bc);

}  // namespace nakawari
