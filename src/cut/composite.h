/// \file
/// Cels over each other over the background, as the sheet stacks them.
#pragma once

#include <vector>

#include "image/grid.h"

namespace nakawari {

enum class Edges {
  aliased,  ///< as painted
  smooth,   ///< stairs softened, see smooth.h
};

/// `layers` bottom to top over `paper`, all of the size width x height; null layers are empty cells.
/// The result is opaque. Cost: linear in pixels times layers.
Raster composite(const std::vector<const Raster*>& layers, int width, int height, Rgba8 paper);

/// A line drawing as a cel that was not painted: ink where there is ink, clear elsewhere.
Raster lines_as_cel(const Raster& drawing);

/// A smaller picture on white, about `width` wide, by means over whole-number boxes; for the report. A
/// picture that is not wider stays as large as it is.
Raster reduced(const Raster& picture, int width);

/// The middle width x height pixels of a larger picture.
Raster middle_of(const Raster& picture, int width, int height);

}  // namespace nakawari
