/// \file
/// The paint of a drawing that the program made from painted ones whose lines it knows, while somebody waits
/// for it: each region takes the colour that its own lines have on that side in the painted drawings. No
/// motion, no neighbours, no gaps are asked, so it takes milliseconds; what the lines do not say, and what
/// they say in two ways, is left in the check colour. The whole cel's paint is Painter's (painter.h).
#pragma once

#include <utility>
#include <vector>

#include "base/result.h"
#include "image/grid.h"
#include "image/page_part.h"
#include "match/registration.h"

namespace nakawari {

class ColourVotes;

struct MadePaint {
  Raster painted;  ///< as PaintedDrawing::painted
  int regions = 0, asked = 0;
};

class MadePainter {
 public:
  /// A drawing that a person painted: its lines and the painted picture, both of the whole page.
  /// Errors: bad_input when the two differ in size, or from the drawings before.
  /// Cost: linear in pixels, some 30 ms at 1920x1080. Memory: 8 bytes a pixel of the inked part.
  Result<void> add(const Raster& lines, const Raster& painted);

  /// from: where the made drawing's lines lie in the painted ones (here = the made drawing), with the place
  ///       of the painted drawing in the order in which it was added.
  /// base: the painted drawing that shows what no known line bounds.
  /// Errors: bad_input for a picture of another size.
  /// Cost: some 15 ms at 1920x1080.
  [[nodiscard]] Result<MadePaint> paint(const Raster& lines,
                                        const std::vector<std::pair<int, Registration>>& from,
                                        int base) const;

 private:
  /// The regions of a drawing: labels on the part of the page that holds its ink.
  struct Regions {
    PagePart part;
    Grid<std::int32_t> label;  ///< 0 = line, else the region's number
    int count = 0;             ///< numbers run to it
    int outside = 0;           ///< the number of what lies beyond the part
    [[nodiscard]] int at(int x, int y) const {
      const int u = x - part.x, v = y - part.y;
      return label.contains(u, v) ? label(u, v) : outside;
    }
    /// The region that begins beside a line's point; 0 where another line is too near.
    [[nodiscard]] int beside(Vec2 p, Vec2 across) const;
  };
  struct Key {
    Regions regions;
    std::vector<Rgba8> colour;  ///< per region
  };
  static Regions regions_of(const Raster& lines, Grid<std::uint8_t>& ink);
  /// Both sides of every anchor vote for the colour that lies there in the key.
  static void hear_lines(const Regions& here, const Key& key, const Registration& anchors,
                         std::vector<ColourVotes>& votes);
  /// Regions of which the lines said little ask what lies at their place in the key.
  static void hear_place(const Regions& here, const Key& key, std::vector<ColourVotes>& votes);

  std::vector<Key> keys_;
  int width_ = 0, height_ = 0;
};

}  // namespace nakawari
