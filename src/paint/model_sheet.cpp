#include "paint/model_sheet.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

Rgba8 opaque(Rgba8 pixel) {
  return pixel.a == 0 ? kPaper : pixel;
}

/// The picture in the middle of a page.
Raster on_page(const Raster& picture, int width, int height) {
  const double fit = std::max(
      {1.0, static_cast<double>(picture.width) / width, static_cast<double>(picture.height) / height});
  const int w = static_cast<int>(picture.width / fit), h = static_cast<int>(picture.height / fit);
  const int left = (width - w) / 2, top = (height - h) / 2;
  Raster page(width, height, kPaper);
  for (int y = 0; y < h; ++y)
    for (int x = 0; x < w; ++x)
      page(left + x, top + y) =
          opaque(picture(std::min(static_cast<int>((x + 0.5) * fit), picture.width - 1),
                         std::min(static_cast<int>((y + 0.5) * fit), picture.height - 1)));
  return page;
}

}  // namespace

PaintDrawing model_sheet(const Raster& picture, int width, int height) {
  constexpr Rgba8 kBlack{0, 0, 0, 255};
  PaintDrawing sheet;
  sheet.name = "the picture of the colour model";
  sheet.sheet = true;
  sheet.painted = on_page(picture, width, height);
  const Raster& painted = *sheet.painted;
  sheet.source = Raster(width, height, kPaper);
  const auto meets = [&](Rgba8 here, int x, int y) {
    return painted.contains(x, y) && painted(x, y) != kBlack && painted(x, y) != here;
  };
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const Rgba8 here = painted(x, y);
      if (here == kBlack)
        sheet.source(x, y) = kBlack;
      else if (meets(here, x + 1, y) || meets(here, x, y + 1))
        sheet.source(x, y) = ink_colour(Ink::blue);
    }
  sheet.lines = classify_lines(sheet.source);
  return sheet;
}

}  // namespace nakawari
