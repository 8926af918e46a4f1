#include "image/line_image.h"

#include <algorithm>
#include <cstring>
#include <utility>
#include <vector>

namespace nakawari {
namespace {

/// Fainter than this is paper: the noise of a scan or of a lossy save would else become a wall that
/// paint does not cross. (In *painted* cels near-white is paint; that is the reader of those to say.)
constexpr int kFaintest = 6;
/// From here on a pixel counts as full ink when the kind of the lines is told.
constexpr int kFull = 250;
constexpr int kHalf = 128;
/// A grey pixel whose channels differ by less has no hue worth naming.
constexpr int kTint = 8;

/// Over white: straight alpha with pure ink and an opaque fringe then look the same.
constexpr int over_white(int channel, int alpha) {
  return alpha == 255 ? channel : 255 - ((255 - channel) * alpha + 127) / 255;
}

struct Pixel {
  int coverage = 0;
  Ink ink = Ink::none;
  Ink tint = Ink::none;  ///< the hue of a grey pixel that has one
};

/// The hue of a colour whose channels differ. Borders, in degrees: yellow from 40 to 75, green to 165, blue
/// to 290, the rest is red. So cyan and light blue are blue, orange and pink are red.
Ink hue(int r, int g, int b, int low, int chroma) {
  if (b == low) {
    if (r >= g) return 3 * (g - low) >= 2 * chroma ? Ink::yellow : Ink::red;
    return 4 * (r - low) > 3 * chroma ? Ink::yellow : Ink::green;
  }
  if (r == low) return 4 * (b - low) > 3 * chroma ? Ink::blue : Ink::green;
  return 6 * (r - low) > 5 * chroma || r > b ? Ink::red : Ink::blue;
}

/// A pixel is a mix of white, black and one pure ink: the black share is 255 - max, the ink's share
/// max - min, and together they cover 255 - min. The larger share names the ink.
Pixel classify(Rgba8 p) {
  const int r = over_white(p.r, p.a), g = over_white(p.g, p.a), b = over_white(p.b, p.a);
  const int low = std::min({r, g, b}), high = std::max({r, g, b});
  const int coverage = 255 - low;
  if (coverage < kFaintest) return {};
  const int chroma = high - low;
  if (chroma < kTint && 255 - high >= chroma) return {coverage, Ink::black, Ink::none};
  const Ink colour = hue(r, g, b, low, chroma);
  if (255 - high >= chroma) return {coverage, Ink::black, colour};
  return {coverage, colour, Ink::none};
}

/// A tinted grey fringe pixel is a coloured line's whose fringe has lost colour (lossy saves do that), if
/// a half-covered neighbour has the hue of the tint and no darker black neighbour claims the pixel.
bool belongs_to_colour(const LineImage& lines, int x, int y, Ink tint) {
  const int own = lines.coverage(x, y);
  bool found = false;
  for (int ny = std::max(y - 1, 0); ny <= std::min(y + 1, lines.height() - 1); ++ny) {
    for (int nx = std::max(x - 1, 0); nx <= std::min(x + 1, lines.width() - 1); ++nx) {
      const int theirs = lines.coverage(nx, ny);
      const Ink ink = lines.ink(nx, ny);
      if (ink == Ink::black && theirs > own) return false;
      found = found || (ink == tint && theirs >= kHalf);
    }
  }
  return found;
}

struct Tinted {
  std::size_t at = 0;
  Ink tint = Ink::none;
};

/// All are judged on the inks as first classified, so that the scan order does not matter.
void settle_fringes(LineImage& lines, std::vector<Tinted> fringe) {
  std::erase_if(fringe, [&](const Tinted& t) {
    const int x = static_cast<int>(t.at % lines.width()), y = static_cast<int>(t.at / lines.width());
    return !belongs_to_colour(lines, x, y, t.tint);
  });
  for (const Tinted& t : fringe) lines.ink.data[t.at] = t.tint;
}

template <typename Test>
Mask mask_where(const LineImage& lines, Test test) {
  Mask mask(lines.width(), lines.height());
  std::transform(lines.coverage.data.begin(), lines.coverage.data.end(), mask.data.begin(),
                 [&](std::uint8_t c) { return static_cast<std::uint8_t>(test(c)); });
  return mask;
}

}  // namespace

const char* word(Ink ink) {
  switch (ink) {
    case Ink::red:
      return "red";
    case Ink::blue:
      return "blue";
    case Ink::green:
      return "green";
    case Ink::yellow:
      return "yellow";
    default:
      return "black";
  }
}

LineImage classify_lines(const Raster& drawing) {
  LineImage lines;
  lines.coverage = Grid<std::uint8_t>(drawing.width, drawing.height);
  lines.ink = Grid<Ink>(drawing.width, drawing.height);
  bool partial = false;
  std::vector<Tinted> fringe;
  for (std::size_t i = 0; i < drawing.data.size(); ++i) {
    const Rgba8 p = drawing.data[i];
    if (p.a == 0) lines.transparent_paper = true;
    if (p == kPaper || p.a == 0) continue;
    const Pixel pixel = classify(p);
    lines.coverage.data[i] = static_cast<std::uint8_t>(pixel.coverage);
    lines.ink.data[i] = pixel.ink;
    if (pixel.tint != Ink::none && pixel.coverage < kHalf) fringe.push_back({i, pixel.tint});
    partial = partial || (pixel.coverage > 0 && pixel.coverage < kFull);
  }
  if (partial) {
    lines.kind = LineKind::antialiased;
    settle_fringes(lines, std::move(fringe));
  } else {
    for (std::uint8_t& c : lines.coverage.data) c = c ? 255 : 0;
  }
  return lines;
}

Raster to_raster(const LineImage& lines) {
  Raster picture(lines.width(), lines.height(), lines.transparent_paper ? kClear : kPaper);
  constexpr std::size_t kStep = sizeof(std::uint64_t);
  for (std::size_t i = 0; i < picture.data.size(); ++i) {
    const std::uint8_t coverage = lines.coverage.data[i];
    if (coverage == 0) {
      // Most of a drawing is paper: pass over it by eights.
      for (std::uint64_t next = 0; i + kStep < picture.data.size(); i += kStep) {
        std::memcpy(&next, &lines.coverage.data[i + 1], kStep);
        if (next != 0) break;
      }
      continue;
    }
    Rgba8 colour = ink_colour(lines.ink.data[i]);
    if (lines.transparent_paper) {
      colour.a = coverage;
    } else {
      const auto paper = static_cast<std::uint8_t>(255 - coverage);  // how much white shows through
      colour.r = std::max(colour.r, paper);
      colour.g = std::max(colour.g, paper);
      colour.b = std::max(colour.b, paper);
    }
    picture.data[i] = colour;
  }
  return picture;
}

Rgba8 ink_colour(Ink ink) {
  switch (ink) {
    case Ink::none:
      return kPaper;
    case Ink::black:
      return {0, 0, 0, 255};
    case Ink::red:
      return {255, 0, 0, 255};
    case Ink::blue:
      return {0, 0, 255, 255};
    case Ink::green:
      return {0, 255, 0, 255};
    case Ink::yellow:
      return {255, 255, 0, 255};
  }
  return kPaper;
}

Mask core_mask(const LineImage& lines) {
  return mask_where(lines, [](std::uint8_t c) { return c >= kHalf; });
}

Mask barrier_mask(const LineImage& lines) {
  return mask_where(lines, [](std::uint8_t c) { return c > 0; });
}

}  // namespace nakawari
