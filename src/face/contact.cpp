// The contact sheet of an expression space: one row a parameter, from its lowest drawing to its highest.
#include <algorithm>
#include <cmath>

#include "face/face.h"

namespace nakawari {
namespace {

constexpr int kSteps = 5;  ///< faces a row
constexpr int kGap = 4;
constexpr Rgba8 kGround{96, 96, 96, 255};
constexpr Rgba8 kFrame[3] = {{80, 160, 80, 255}, {225, 170, 40, 255}, {210, 60, 60, 255}};  // by verdict

/// Box of everything that any drawing of the sheet shows, with a margin.
struct Box {
  int left, top, right, bottom;
};

Box box_of(const Face& face) {
  const Raster& page = face.picture(0);
  Box box{page.width, page.height, 0, 0};
  for (std::size_t k = 0; k < face.sheet().samples.size(); ++k) {
    const Raster& picture = face.picture(static_cast<int>(k));
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x) {
        if (picture(x, y).a == 0 || picture(x, y) == kPaper) continue;
        box = {std::min(box.left, x), std::min(box.top, y), std::max(box.right, x + 1),
               std::max(box.bottom, y + 1)};
      }
  }
  if (box.right <= box.left) box = {0, 0, page.width, page.height};
  const int room = (box.right - box.left) / 20 + 4;
  return {std::max(0, box.left - room), std::max(0, box.top - room), std::min(page.width, box.right + room),
          std::min(page.height, box.bottom + room)};
}

/// The window of a picture, shrunk by averaging whole areas, into the sheet.
void paste(const Raster& from, const Box& box, Raster& to, int left, int top, int width, int height) {
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto bound = [](int low, int high, int i, int n) {
        return low + static_cast<int>(static_cast<long>(high - low) * i / n);
      };
      const int x0 = bound(box.left, box.right, x, width), y0 = bound(box.top, box.bottom, y, height);
      const int x1 = std::max(x0 + 1, bound(box.left, box.right, x + 1, width));
      const int y1 = std::max(y0 + 1, bound(box.top, box.bottom, y + 1, height));
      int r = 0, g = 0, b = 0, n = 0;
      for (int v = y0; v < y1; ++v)
        for (int u = x0; u < x1; ++u, ++n) {
          const Rgba8 pixel = from(u, v);
          const Rgba8 shown = pixel.a == 0 ? kPaper : pixel;
          r += shown.r;
          g += shown.g;
          b += shown.b;
        }
      const auto mean = [n](int sum) { return static_cast<std::uint8_t>(sum / n); };
      to(left + x, top + y) = {mean(r), mean(g), mean(b), 255};
    }
}

}  // namespace

Result<Raster> contact_sheet(Face& face, int size,
                             const std::function<Result<Raster>(const FaceDrawing&)>& seen) {
  const Box box = box_of(face);
  const int height = std::max(1, size * (box.bottom - box.top) / (box.right - box.left));
  const auto& parameters = face.sheet().parameters;
  const int rows = std::max<int>(1, static_cast<int>(parameters.size()));
  Raster sheet(kSteps * (size + 2 * kGap), rows * (height + 2 * kGap), kGround);
  for (int row = 0; row < rows; ++row) {
    double low = 0, high = 0;
    if (!parameters.empty())
      for (const FaceSample& sample : face.sheet().samples)
        if (const auto it = sample.at.find(parameters[row].name); it != sample.at.end()) {
          low = std::min(low, it->second);
          high = std::max(high, it->second);
        }
    for (int k = 0; k < kSteps; ++k) {
      Mixture mixture;
      if (!parameters.empty()) mixture[parameters[row].name] = low + (high - low) * k / (kSteps - 1);
      const auto drawing = face.at(mixture);
      if (!drawing) return Failure(drawing.error());
      const int left = k * (size + 2 * kGap), top = row * (height + 2 * kGap);
      const Rgba8 frame = kFrame[static_cast<int>(drawing->judgement.verdict)];
      for (int y = 1; y < height + 2 * kGap - 1; ++y)
        for (int x = 1; x < size + 2 * kGap - 1; ++x) sheet(left + x, top + y) = frame;
      if (!seen) {
        paste(drawing->lines, box, sheet, left + kGap, top + kGap, size, height);
        continue;
      }
      const auto picture = seen(*drawing);
      if (!picture) return Failure(picture.error());
      paste(*picture, box, sheet, left + kGap, top + kGap, size, height);
    }
  }
  return sheet;
}

}  // namespace nakawari
