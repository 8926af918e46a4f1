// Faults of paint. The lines stay, so the strokes need not be traced again.
#include <algorithm>
#include <cmath>

#include "plant.h"

namespace nakawari::bench {
namespace {

Planted start(const Canvas& canvas) {
  Planted planted;
  planted.input = canvas.clean;
  planted.reach = 30;
  return planted;
}

std::optional<Planted> done(Planted planted) {
  if (planted.at.empty()) return std::nullopt;
  return planted;
}

const Style* style_of(const Canvas& canvas, const SeenRegion& region) {
  return region.painted() ? canvas.context.style(region.colour) : nullptr;
}

void recolour(const Canvas& canvas, Planted& planted, int region, Rgba8 colour) {
  const Seen& seen = canvas.seen();
  for (int y = seen.regions[region].top; y <= seen.regions[region].bottom; ++y)
    for (int x = seen.regions[region].left; x <= seen.regions[region].right; ++x)
      if (seen.label(x, y) == region + 1) (*planted.input.painted)(x, y) = colour;
}

/// `n` pixels of a region, in scan order from its inside.
void dab(const Canvas& canvas, Planted& planted, int region, Rgba8 colour, int n) {
  const Seen& seen = canvas.seen();
  const Vec2 at = seen.regions[region].inside;
  int left = n;
  const int half = static_cast<int>(std::ceil(std::sqrt(n))) / 2 + 1;
  for (int v = -half; v <= half && left > 0; ++v)
    for (int u = -half; u <= half && left > 0; ++u) {
      const int x = static_cast<int>(at.x) + u, y = static_cast<int>(at.y) + v;
      if (!seen.label.contains(x, y) || seen.label(x, y) != region + 1) continue;
      (*planted.input.painted)(x, y) = colour;
      --left;
    }
  planted.at.push_back(at);
}

/// The region stands before and after in the same colour.
bool painted_alike(const Canvas& canvas, int r) {
  if (!stands_beside(canvas, r)) return false;
  for (const int other : {canvas.clean.before, canvas.clean.after})
    if (!same(canvas.context.track(canvas.drawing, other)->regions[r].colour,
              canvas.seen().regions[r].colour))
      return false;
  return true;
}

/// Painted regions of an area, spread, largest count `most`.
std::vector<int> regions(const Canvas& canvas, double least, double most_area, bool beside = false) {
  const Seen& seen = canvas.seen();
  std::vector<int> all, spread;
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (!region.painted() || region.touches_edge || region.area < least || region.area >= most_area ||
        (beside && !painted_alike(canvas, static_cast<int>(r))))
      continue;
    all.push_back(static_cast<int>(r));
  }
  for (int k = 0; k < canvas.most && k < static_cast<int>(all.size()); ++k)
    spread.push_back(all[all.size() * static_cast<std::size_t>(k) / static_cast<std::size_t>(canvas.most)]);
  spread.erase(std::unique(spread.begin(), spread.end()), spread.end());
  return spread;
}

/// A colour of the model that lies elsewhere in the drawing; `fits` may refuse.
template <typename Fits>
Rgba8 other_colour(const Canvas& canvas, Rgba8 own, Fits&& fits) {
  for (const ColourUse& use : canvas.seen().colours) {
    const Style* style = canvas.context.style(use.colour);
    if (style && use.regions > 0 && use.colour != own && fits(*style)) return use.colour;
  }
  return kClear;
}

int pixels(double size) {
  return std::max(1, static_cast<int>(std::lround(size)));
}

std::optional<Planted> bare(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (const int r : regions(canvas, 60, 1e9)) dab(canvas, planted, r, kClear, pixels(size));
  return done(std::move(planted));
}

std::optional<Planted> forgotten(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (const int r : regions(canvas, 60 * size, 240 * size, true)) {
    recolour(canvas, planted, r, kClear);
    planted.at.push_back(canvas.seen().regions[r].inside);
  }
  return done(std::move(planted));
}

std::optional<Planted> flicker(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (const int r : regions(canvas, 35 * size, 150 * size, true)) {
    const Rgba8 own = canvas.seen().regions[r].colour;
    const Rgba8 other = other_colour(canvas, own, [](const Style&) { return true; });
    if (other.a == 0) continue;
    recolour(canvas, planted, r, other);
    planted.at.push_back(canvas.seen().regions[r].inside);
  }
  return done(std::move(planted));
}

std::optional<Planted> wrong_shadow(const Canvas& canvas, double size) {
  const Seen& seen = canvas.seen();
  double all = 0;
  for (const SeenContact& c : seen.contacts) all += c.ink == Ink::blue ? c.length : 0;
  Planted planted = start(canvas);
  for (const SeenContact& c : seen.contacts) {
    if (c.ink != Ink::blue || c.length < std::max(10.0, 0.02 * size * all) ||
        c.length > 0.06 * size * all + 20)
      continue;
    const Style *a = style_of(canvas, seen.regions[c.a]), *b = style_of(canvas, seen.regions[c.b]);
    if (!a || !b || a->part != b->part) continue;
    const int shadow = a->role == StyleRole::shadow ? c.a : c.b;
    const Rgba8 other = other_colour(canvas, seen.regions[shadow].colour, [&](const Style& s) {
      return s.part != a->part && s.role == StyleRole::shadow;
    });
    if (other.a == 0) continue;
    recolour(canvas, planted, shadow, other);
    planted.at = {c.at};
    planted.reach = 1e9;
    return planted;
  }
  return std::nullopt;
}

std::optional<Planted> speck(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (const int r : regions(canvas, 120, 1e9)) {
    const Rgba8 other =
        other_colour(canvas, canvas.seen().regions[r].colour, [](const Style&) { return true; });
    if (other.a != 0) dab(canvas, planted, r, other, pixels(size));
  }
  return done(std::move(planted));
}

std::optional<Planted> off_palette(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  const auto list = regions(canvas, 60, 1e9);
  if (list.empty()) return std::nullopt;
  Rgba8 c = canvas.seen().regions[list[0]].colour;
  c.g = static_cast<std::uint8_t>(c.g > 128 ? c.g - 1 : c.g + 1);
  if (canvas.context.style(c)) return std::nullopt;
  dab(canvas, planted, list[0], c, pixels(size));
  return planted;
}

std::optional<Planted> white(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (const int r : regions(canvas, 8 * size, 64 * size)) {
    recolour(canvas, planted, r, kPaper);
    planted.at.push_back(canvas.seen().regions[r].inside);
  }
  return done(std::move(planted));
}

std::optional<Planted> trace_left(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  int left = pixels(size);
  for (std::size_t i = 0; i < canvas.clean.source.data.size() && left > 0; ++i)
    if (canvas.clean.source.data[i] == ink_colour(Ink::blue)) {
      planted.input.painted->data[i] = ink_colour(Ink::blue);
      --left;
    }
  if (left == pixels(size)) return std::nullopt;
  planted.at = {{0, 0}};
  planted.reach = 1e9;
  return planted;
}

std::optional<Planted> wrong_side(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  for (const TracePiece& piece : seen.traces) {
    if (piece.ink != Ink::blue || piece.area < 8 * size || static_cast<int>(planted.at.size()) >= canvas.most)
      continue;
    Rgba8 normal = kClear;
    bool shadow = false;
    for (const int side : piece.sides) {
      const Style* style = style_of(canvas, seen.regions[side]);
      if (style && style->role == StyleRole::normal) normal = seen.regions[side].colour;
      shadow = shadow || (style && style->role == StyleRole::shadow);
    }
    if (normal.a == 0 || !shadow) continue;
    std::vector<std::pair<int, int>> open{{static_cast<int>(piece.at.x), static_cast<int>(piece.at.y)}};
    Mask done_mask(seen.width, seen.height);
    while (!open.empty()) {
      const auto [x, y] = open.back();
      open.pop_back();
      if (!done_mask.contains(x, y) || done_mask(x, y) || canvas.clean.source(x, y) != ink_colour(Ink::blue))
        continue;
      done_mask(x, y) = 1;
      (*planted.input.painted)(x, y) = normal;
      for (int v = -1; v <= 1; ++v)
        for (int u = -1; u <= 1; ++u) open.emplace_back(x + u, y + v);
    }
    planted.at.push_back(piece.at);
  }
  return done(std::move(planted));
}

std::optional<Planted> leak(const Canvas& canvas, double) {
  const Seen& seen = canvas.seen();
  Planted planted = start(canvas);
  int largest = -1;
  for (std::size_t r = 0; r < seen.regions.size(); ++r)
    if (seen.regions[r].touches_edge && !seen.regions[r].painted() &&
        (largest < 0 || seen.regions[r].area > seen.regions[largest].area))
      largest = static_cast<int>(r);
  const Rgba8 colour = other_colour(canvas, kClear, [](const Style&) { return true; });
  if (largest < 0 || colour.a == 0) return std::nullopt;
  recolour(canvas, planted, largest, colour);
  planted.at = {seen.regions[largest].inside};
  planted.reach = 1e9;
  return planted;
}

std::optional<Planted> lone_shadow(const Canvas& canvas, double size) {
  const Seen& seen = canvas.seen();
  Planted planted = start(canvas);
  const double square = seen.scale * seen.scale;
  for (const int r : regions(canvas, 150 * square * size, 900 * square * size, true)) {
    std::vector<std::string> around;
    for (const SeenContact& c : seen.contacts)
      for (const auto& [own, other] : {std::pair{c.a, c.b}, {c.b, c.a}})
        if (own == r)
          if (const Style* s = style_of(canvas, seen.regions[other])) around.push_back(s->part);
    const Rgba8 colour = other_colour(canvas, seen.regions[r].colour, [&](const Style& s) {
      return s.role == StyleRole::shadow && std::find(around.begin(), around.end(), s.part) == around.end();
    });
    if (colour.a == 0) continue;
    recolour(canvas, planted, r, colour);
    planted.at.push_back(seen.regions[r].inside);
  }
  return done(std::move(planted));
}

std::optional<Planted> one_eye(const Canvas& canvas, double) {
  const PartMap& parts = canvas.context.parts[static_cast<std::size_t>(canvas.drawing)];
  if (parts.eyes.size() != 2) return std::nullopt;
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  // The iris of one eye takes the colour of the white.
  const Rgba8 white = other_colour(
      canvas, kClear, [](const Style& s) { return painted_part(s.part) == PaintedPart::eye_white; });
  if (white.a == 0) return std::nullopt;
  const Eye& eye = parts.eyes[0];
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    const Style* style = style_of(canvas, region);
    if (!style || painted_part(style->part) != PaintedPart::iris || region.centre.x < eye.left ||
        region.centre.x > eye.right || region.centre.y < eye.top || region.centre.y > eye.bottom)
      continue;
    recolour(canvas, planted, static_cast<int>(r), white);
    planted.at = {eye.centre};
  }
  planted.reach = 1e9;
  return done(std::move(planted));
}

std::optional<Planted> style_gone(const Canvas& canvas, double size) {
  const Seen& seen = canvas.seen();
  Planted planted = start(canvas);
  const double least = std::max(8.0, 60 * seen.scale * seen.scale) * size;
  for (const ColourUse& use : seen.colours) {
    if (use.regions == 0 || use.area < least || use.area > 8 * least + 400 ||
        !canvas.context.style(use.colour))
      continue;
    const Rgba8 other = other_colour(canvas, use.colour, [](const Style&) { return true; });
    for (std::size_t i = 0; i < planted.input.painted->data.size(); ++i)
      if (planted.input.painted->data[i] == use.colour) planted.input.painted->data[i] = other;
    planted.at = {use.at};
    planted.reach = 1e9;
    return planted;
  }
  return std::nullopt;
}

std::optional<Planted> night(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (const int r : regions(canvas, 60, 1e9)) {
    const Style* style = style_of(canvas, canvas.seen().regions[r]);
    if (!style || canvas.context.model.variants.size() < 2) continue;
    const Rgba8 c = canvas.context.model.colour(style->id, canvas.context.model.variants[1]);
    if (canvas.context.style(c)) continue;
    dab(canvas, planted, r, c, pixels(size));
    break;
  }
  return done(std::move(planted));
}

std::optional<Planted> eaten_line(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  int left = pixels(size);
  const Rgba8 c = other_colour(canvas, kClear, [](const Style& s) { return s.role != StyleRole::line; });
  for (std::size_t i = canvas.clean.source.data.size() / 3; i < canvas.clean.source.data.size() && left > 0;
       ++i)
    if (canvas.clean.source.data[i] == ink_colour(Ink::black)) {
      planted.input.painted->data[i] = c;
      --left;
    }
  planted.at = {{0, 0}};
  planted.reach = 1e9;
  return planted;
}

}  // namespace

bool stands_beside(const Canvas& canvas, int r) {
  for (const int other : {canvas.clean.before, canvas.clean.after}) {
    const Track *there = canvas.context.track(canvas.drawing, other),
                *back = canvas.context.track(other, canvas.drawing);
    if (!there || !back) return false;
    const RegionHit& hit = there->regions[r];
    if (hit.best < 0 || hit.share < 0.7F || back->regions[hit.best].best != r) return false;
    const double ratio =
        1.0 * canvas.context.at(other).regions[hit.best].area / canvas.seen().regions[r].area;
    if (ratio < 0.67 || ratio > 1.5) return false;
  }
  return true;
}

const std::vector<Fault>& paint_faults() {
  static const std::vector<Fault> faults{
      {"unpainted", "1 px clear", false, bare},
      {"unpainted", "region of 60 px", false, forgotten},
      {"colour-flicker", "region of 35 px", false, flicker},
      {"palette-pair", "2 % of the borders", false, wrong_shadow},
      {"speck", "1 px", false, speck},
      {"off-palette", "1 px", false, off_palette},
      {"white-paint", "region of 8 px", false, white},
      {"leftover-trace", "1 px", false, trace_left},
      {"trace-role", "piece of 8 px", false, wrong_side},
      {"colour-leak", "the sheet", false, leak},
      {"shadow-alone", "region of 150 px at 1920", false, lone_shadow},
      {"left-right", "an iris", false, one_eye},
      {"style-missing", "60 px at 1920", false, style_gone},
      {"variant-mix", "1 px", false, night},
      {"line-altered", "1 px", false, eaten_line},
  };
  return faults;
}

}  // namespace nakawari::bench
