/// \file
/// Line art as the program sees it: how much ink covers each pixel, and which ink it is. The artist's
/// raster itself is kept beside it wherever output must be equal to the input to the pixel.
#pragma once

#include <cstdint>

#include "image/grid.h"

namespace nakawari {

/// Main lines are black; the others are trace lines, which bound shadows and highlights and are
/// painted over.
enum class Ink : std::uint8_t { none, black, red, blue, green, yellow };

/// "black", "red", "blue", "green", "yellow"; none is "black".
const char* word(Ink ink);

enum class LineKind : std::uint8_t {
  two_value,    ///< every pixel is paper or full ink
  antialiased,  ///< edges carry partial coverage
};

struct LineImage {
  Grid<std::uint8_t> coverage;  ///< 0 = paper .. 255 = full ink
  Grid<Ink> ink;                ///< `none` exactly where coverage is 0
  LineKind kind = LineKind::two_value;
  bool transparent_paper = false;  ///< the source had a transparent ground, output should too

  [[nodiscard]] int width() const { return coverage.width; }
  [[nodiscard]] int height() const { return coverage.height; }
};

/// Splits a drawing into ink and paper by darkness, hue and saturation. A pixel is ink where it is not
/// paper (white or transparent); a grey fringe pixel takes the ink of the line it belongs to.
///
/// Coverage is 255 - min(r, g, b) over white, which is exact for every pure ink. Pixels that cover less
/// than 6 are paper: scan noise must not become a wall. (In painted cels near-white is paint: those are
/// not for this function.) Where inks mix, the larger share names the ink.
/// Cost: linear in pixels; about 10 ms at 1920x1080.
LineImage classify_lines(const Raster& drawing);

/// The picture of a line image: pure inks on white or transparent ground, as its source was.
Raster to_raster(const LineImage& lines);

/// The pure colour of an ink: black 0,0,0; red 255,0,0; blue 0,0,255; green 0,255,0; yellow 255,255,0.
Rgba8 ink_colour(Ink ink);

/// Pixels that carry at least half ink: what a 2-value scan of the drawing would show.
Mask core_mask(const LineImage& lines);
/// Pixels that carry any ink; the anti-aliasing fringe counts. Paint never crosses them.
Mask barrier_mask(const LineImage& lines);

}  // namespace nakawari
