/// \file
/// What the painted drawings of a cel say: the style of each of their regions, and the styles that exist.
#pragma once

#include <memory>
#include <vector>

#include "match/regions.h"
#include "paint/paint.h"

namespace nakawari {

struct References {
  ColourModel model;            ///< the job's, with styles added for colours that it lacks when it was empty
  std::vector<StyleId> styles;  ///< label -> style; label 0 is the background
  std::vector<std::vector<int>> label;  ///< per drawing and region: label, -1 = not known
};

/// The colour of most of a region's pixels, and of how many. What is clear is the background; `painted` has
/// no other paper.
struct RegionColour {
  Rgba8 colour;
  int votes = 0;
};
std::vector<RegionColour> painted_colours(const Raster& painted, const RegionMap& map);

/// Reads every painted drawing region by region. `painted`: its colours, per drawing; kCheckColour is "not
/// decided".
/// Errors: a colour that a given model lacks; a painted picture of which most regions hold no single colour
/// (it belongs to another drawing).
Result<References> read_references(const PaintJob& job,
                                   const std::vector<std::shared_ptr<const RegionMap>>& maps,
                                   const std::vector<std::vector<RegionColour>>& painted);

}  // namespace nakawari
