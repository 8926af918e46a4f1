#include "paint/style_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "image/paper.h"

namespace nakawari {
namespace {

std::uint32_t key(Rgba8 c) {
  return static_cast<std::uint32_t>(c.r) << 16U | static_cast<std::uint32_t>(c.g) << 8U | c.b;
}

/// Colour to style; the first style of a colour counts.
class Lookup {
 public:
  Lookup(const ColourModel& model, const std::string& variant, bool white_is_paper)
      : white_is_paper_(white_is_paper) {
    for (const Style& style : model.styles) styles_.emplace(key(model.colour(style.id, variant)), style.id);
  }
  [[nodiscard]] StyleId operator()(Rgba8 colour) const {
    if (colour.a == 0 || (white_is_paper_ && colour == kPaper)) return kBackgroundStyle;
    if (colour == kCheckColour) return kUnknownStyle;
    const auto found = colour.a == 255 ? styles_.find(key(colour)) : styles_.end();
    return found == styles_.end() ? kKeptPixel : found->second;
  }

 private:
  std::unordered_map<std::uint32_t, StyleId> styles_;
  bool white_is_paper_;
};

/// Style to colour.
class Palette {
 public:
  Palette(const ColourModel& model, const std::string& variant) {
    colours_[kBackgroundStyle] = kClear;
    colours_[kUnknownStyle] = kCheckColour;
    for (const Style& style : model.styles) colours_[style.id] = model.colour(style.id, variant);
  }
  /// A style that the model lacks by now waits in the check colour.
  [[nodiscard]] Rgba8 operator()(StyleId style) const {
    const auto found = colours_.find(style);
    return found == colours_.end() ? kCheckColour : found->second;
  }

 private:
  std::unordered_map<StyleId, Rgba8> colours_;
};

std::string variant_shown(const Raster& painted, const Raster& source, const ColourModel& model, bool paper) {
  std::string best;
  std::int64_t most = -1;
  for (const std::string& variant : model.variants) {
    const Lookup lookup(model, variant, paper);
    std::int64_t named = 0;
    for (std::size_t i = 0; i < painted.data.size(); ++i)
      named += painted.data[i] != source.data[i] && lookup(painted.data[i]) > 0;
    if (named <= most) continue;
    most = named;
    best = variant;
  }
  return best;
}

}  // namespace

StyleMap styles_of(const Raster& painted, const Raster& source, const ColourModel& model) {
  const bool paper = white_is_paper(painted);
  const Lookup lookup(model, variant_shown(painted, source, model, paper), paper);
  StyleMap styles(painted.width, painted.height);
  for (std::size_t i = 0; i < styles.data.size(); ++i) {
    const Rgba8 pixel = painted.data[i];
    const bool line = pixel == source.data[i] && pixel.a != 0 && pixel != kPaper;
    styles.data[i] = line ? kKeptPixel : lookup(pixel);
  }
  return styles;
}

std::vector<LackedColour> lacked_colours(const StyleMap& styles, const Raster& painted,
                                         const Raster& source) {
  constexpr int kLeast = 20;
  std::unordered_map<std::uint32_t, LackedColour> seen;
  for (int y = 0; y < styles.height; ++y)
    for (int x = 0; x < styles.width; ++x) {
      const bool paper = source(x, y).a == 0 || source(x, y) == kPaper;
      if (styles(x, y) != kKeptPixel || !paper) continue;
      const Rgba8 colour = painted(x, y);
      ++seen.try_emplace(key(colour), LackedColour{colour, 0, x, y}).first->second.area;
    }
  std::vector<LackedColour> list;
  for (const auto& [code, each] : seen)
    if (each.area >= kLeast) list.push_back(each);
  std::sort(list.begin(), list.end(), [](const LackedColour& a, const LackedColour& b) {
    return std::pair(-a.area, key(a.colour)) < std::pair(-b.area, key(b.colour));
  });
  return list;
}

StyledDrawing styles_of(const PaintedDrawing& drawing, const LineImage& lines, const ColourModel& model,
                        const std::string& variant) {
  const Lookup lookup(model, variant, false);
  StyledDrawing styled{StyleMap(drawing.region.width, drawing.region.height, kKeptPixel), drawing.regions};
  for (std::size_t i = 0; i < styled.styles.data.size(); ++i) {
    if (const std::int32_t region = drawing.region.data[i]; region > 0) {
      const PaintedRegion& painted = drawing.regions[region - 1];
      styled.styles.data[i] = painted.asked ? kUnknownStyle : painted.style;
    } else if (lines.ink.data[i] != Ink::black) {
      styled.styles.data[i] = lookup(drawing.painted.data[i]);
    }
  }
  return styled;
}

Raster coloured(const StyleMap& styles, const Raster& below, const ColourModel& model,
                const std::string& variant) {
  const Palette palette(model, variant);
  Raster picture(styles.width, styles.height);
  StyleId last = kBackgroundStyle;
  Rgba8 colour = kClear;
  for (std::size_t i = 0; i < styles.data.size(); ++i) {
    const StyleId style = styles.data[i];
    if (style != last && style != kKeptPixel) {
      last = style;
      colour = palette(style);
    }
    picture.data[i] = style == kKeptPixel ? below.data[i] : colour;
  }
  return picture;
}

ColourModel colour_coded(const ColourModel& model) {
  // Never white, black, the check colour or an ink; ids may be any, so places are counted.
  constexpr std::uint8_t kNoInk = 7;
  ColourModel coded = model;
  coded.variants = {"code"};
  std::uint32_t place = 0;
  for (Style& style : coded.styles) {
    style.colours = {{"code",
                      {kNoInk, static_cast<std::uint8_t>(place >> 8U & 255U),
                       static_cast<std::uint8_t>(place & 255U), 255}}};
    ++place;
  }
  return coded;
}

std::string structure_of(const ColourModel& model) {
  std::string text;
  for (const Style& style : model.styles)
    text += fmt::format("{} {}\n{}\n{}\n", style.id, word(style.role), style.name, style.part);
  return text;
}

Raster colour_coded(const StyleMap& styles, const Raster& source, const ColourModel& coded) {
  Raster picture = coloured(styles, source, coded, coded.variants.front());
  for (std::size_t i = 0; i < picture.data.size(); ++i) {
    const bool paper = source.data[i].a == 0 || source.data[i] == kPaper;
    if (styles.data[i] == kKeptPixel && paper) picture.data[i] = kCheckColour;
  }
  return picture;
}

std::vector<Repainted> repainted(const StyleMap& before, const StyledDrawing& now) {
  std::vector<Repainted> list;
  for (std::size_t r = 0; r < now.regions.size(); ++r) {
    const PaintedRegion& region = now.regions[r];
    const int x = static_cast<int>(region.x), y = static_cast<int>(region.y);
    if (!before.contains(x, y) || before(x, y) == kKeptPixel) continue;
    const StyleId after = region.asked ? kUnknownStyle : region.style;
    if (before(x, y) != after)
      list.push_back({static_cast<int>(r), region.area, region.x, region.y, before(x, y), after});
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const Repainted& a, const Repainted& b) { return a.area > b.area; });
  return list;
}

}  // namespace nakawari
