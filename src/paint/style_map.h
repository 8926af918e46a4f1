/// \file
/// A painted cel as styles instead of colours. What a drawing was painted with does not depend on the
/// palette: a change from day to night colours the same styles anew and matches nothing again.
#pragma once

#include <string>
#include <vector>

#include "image/grid.h"
#include "image/line_image.h"
#include "paint/colour_model.h"
#include "paint/paint.h"

namespace nakawari {

/// Per pixel a style. kBackgroundStyle is clear; kUnknownStyle waits for an answer in the check colour.
using StyleMap = Grid<StyleId>;
/// The pixel keeps what the picture below it shows.
inline constexpr StyleId kKeptPixel = -2;

/// The drawing of a cel as styles, with its regions.
struct StyledDrawing {
  StyleMap styles;
  std::vector<PaintedRegion> regions;
};

/// Reads a picture that a person painted over `source`, in the variant of the model that names most of its
/// pixels (the first of equals). What is clear is background, pure white too where nothing is clear
/// (image/paper.h); kCheckColour is unknown; lines that stayed as they were and colours that the model lacks
/// are kept pixels. Cost: linear in pixels.
StyleMap styles_of(const Raster& painted, const Raster& source, const ColourModel& model);

/// A colour that a person painted and the model lacks.
struct LackedColour {
  Rgba8 colour;
  int area = 0, x = 0, y = 0;  ///< pixels on paper; the first of them
};

/// The colours of kept pixels of `styles` that lie where the lines leave paper, largest first; those of fewer
/// than 20 pixels (the fringe of a soft brush) are left out.
std::vector<LackedColour> lacked_colours(const StyleMap& styles, const Raster& painted, const Raster& source);

/// What the painter made of a drawing, whose colours are those of `model` in `variant`.
StyledDrawing styles_of(const PaintedDrawing& drawing, const LineImage& lines, const ColourModel& model,
                        const std::string& variant);

/// The picture of styles in a variant; kept pixels show `below`. Cost: linear in pixels.
Raster coloured(const StyleMap& styles, const Raster& below, const ColourModel& model,
                const std::string& variant);

/// The same styles, each in a colour that depends on its place in the model alone, in one variant: what the
/// painter solves with, so that its answer does not depend on the palette.
ColourModel colour_coded(const ColourModel& model);

/// What the painter may know of a model, as text: everything but its colours.
std::string structure_of(const ColourModel& model);

/// The painted picture of a reference for a job with the colour-coded model. A colour that the model lacks
/// becomes "not decided".
Raster colour_coded(const StyleMap& styles, const Raster& source, const ColourModel& coded);

/// A region that shows another style than before.
struct Repainted {
  int region = 0;  ///< index
  int area = 0;
  double x = 0, y = 0;  ///< a pixel centre inside
  StyleId before = kUnknownStyle, after = kUnknownStyle;
};

/// Regions of `now` that had another style in `before`, largest first. Both are of the same lines.
std::vector<Repainted> repainted(const StyleMap& before, const StyledDrawing& now);

}  // namespace nakawari
