/// \file
/// The closed regions of a drawing, and which region of one drawing is which of another. Told from the lines:
/// two regions are one where most of the line around the one lies around the other, on the same side.
#pragma once

#include <cstdint>
#include <vector>

#include "drawing/drawing.h"
#include "image/components.h"
#include "match/registration.h"

namespace nakawari {

/// Regions between centre lines, on a grid of about 1024 cells along the page's longer side.
struct LineRegions {
  double cell = 1;  ///< px of the page per cell
  Vec2 origin;      ///< of the grid on the page: it spans the lines and a margin, within the page
  Components regions;

  /// The region just beside a line, on the left (side > 0, y down) or right of its tangent; 0: none.
  [[nodiscard]] std::int32_t beside(Vec2 at, Vec2 tangent, double side) const;
  /// The region at a place; 0 on a wall.
  [[nodiscard]] std::int32_t at(Vec2 place) const;
  /// Closed and large enough to be painted.
  [[nodiscard]] bool counts(std::int32_t region) const;
  [[nodiscard]] int size() const { return static_cast<int>(regions.components.size()); }
};

struct Wall {
  Vec2 from, to;
};

/// Cost: linear in the grid's cells; a few ms.
LineRegions line_regions(int width, int height, const std::vector<Wall>& walls);
LineRegions line_regions(const Drawing& drawing);

/// Per region of `here` the region of `there` that it is, 0 where most of its border says otherwise; `here`
/// and `there` are the drawings that `anchors` lead between. Entry 0 is unused.
std::vector<std::int32_t> same_regions(const LineRegions& here, const LineRegions& there,
                                       const Registration& anchors);

}  // namespace nakawari
