// Faults of lines. They are planted into the pixels; the drawing is then traced again.
#include <algorithm>
#include <cmath>
#include <numbers>
#include <random>

#include "check/shapes.h"
#include "check/thresholds.h"
#include "drawing/brush.h"
#include "plant_tools.h"

namespace nakawari::bench {

void lay(Raster& picture, const std::vector<Vec2>& points, const std::vector<double>& widths, bool smooth,
         Rgba8 ink) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    const RoundCone cone(points[i - 1], widths[i - 1] / 2, points[i], widths[i] / 2);
    const double r = std::max(widths[i - 1], widths[i]) / 2 + 1;
    const int x0 = static_cast<int>(std::min(points[i - 1].x, points[i].x) - r);
    const int x1 = static_cast<int>(std::max(points[i - 1].x, points[i].x) + r);
    const int y0 = static_cast<int>(std::min(points[i - 1].y, points[i].y) - r);
    const int y1 = static_cast<int>(std::max(points[i - 1].y, points[i].y) + r);
    for (int y = y0; y <= y1; ++y)
      for (int x = x0; x <= x1; ++x) {
        if (!picture.contains(x, y)) continue;
        const double d = cone.signed_distance({x + 0.5, y + 0.5});
        if (!smooth) {
          if (d <= 0) picture(x, y) = ink;
          continue;
        }
        const double cover = std::clamp(0.5 - d, 0.0, 1.0);
        const auto grey = static_cast<std::uint8_t>(std::lround(255 * (1 - cover)));
        if (grey < picture(x, y).r) picture(x, y) = {grey, grey, grey, 255};
      }
  }
}

void erase(Raster& picture, const Seen& seen, std::size_t stroke, double from, double to, double extra) {
  for (std::int32_t i = seen.graph.first[stroke]; i < seen.graph.first[stroke + 1]; ++i) {
    const Sample& s = seen.graph.samples[i];
    const double half = seen.graph.spacing / 2 + 0.01;
    const double a = std::max(from, s.along - half), b = std::min(to, s.along + half);
    if (b <= a) continue;
    const Vec2 normal = perpendicular(s.tangent);
    const double across = s.width / 2 + extra;
    for (double t = a - s.along; t <= b - s.along + 1e-9; t += 0.25)
      for (double n = -across; n <= across; n += 0.25) {
        const Vec2 p = s.position + s.tangent * t + normal * n;
        const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
        // Exactly: only pixels whose centre lies in the band go.
        const Vec2 c = Vec2{x + 0.5, y + 0.5} - s.position;
        const double along = s.along + dot(c, s.tangent);
        if (picture.contains(x, y) && along >= from && along <= to) picture(x, y) = kPaper;
      }
  }
}

void swell(CheckInput& input, Vec2 centre, double radius, double k) {
  const CheckInput from = input;
  const int r = static_cast<int>(1.5 * radius) + 2;
  for (int y = static_cast<int>(centre.y) - r; y <= static_cast<int>(centre.y) + r; ++y)
    for (int x = static_cast<int>(centre.x) - r; x <= static_cast<int>(centre.x) + r; ++x) {
      if (!input.source.contains(x, y)) continue;
      const Vec2 d = Vec2{x + 0.5, y + 0.5} - centre;
      const double far = length(d) / (k * radius);
      if (far >= 1.5) continue;
      // Inside: d / k. From there to 1.5 the place goes back to its own.
      const Vec2 p = far <= 1 ? centre + d / k
                              : centre + normalized(d) * (radius + (length(d) - k * radius) *
                                                                       (1.5 * k * radius - radius) /
                                                                       (1.5 * k * radius - k * radius));
      const int u = static_cast<int>(std::floor(p.x)), v = static_cast<int>(std::floor(p.y));
      if (!from.source.contains(u, v)) continue;
      input.source(x, y) = from.source(u, v);
      if (input.painted) (*input.painted)(x, y) = (*from.painted)(u, v);
    }
}

namespace {

constexpr Rgba8 kBlack{0, 0, 0, 255};

/// Black strokes without trace lines at hand that are long enough and far from each other.
std::vector<std::size_t> strokes(const Canvas& canvas, double least, double clear, bool open = true) {
  const Seen& seen = canvas.seen();
  std::vector<std::size_t> chosen;
  std::vector<Vec2> middles;
  for (std::size_t s = 0; s < seen.facts.size(); ++s) {
    const Stroke& stroke = seen.strokes.strokes[s];
    if (seen.facts[s].length < least || stroke.ink != Ink::black || (open && stroke.closed())) continue;
    const std::int32_t m = (seen.graph.first[s] + seen.graph.first[s + 1]) / 2;
    const Vec2 p = seen.graph.samples[m].position;
    const double edge = std::min({p.x, p.y, seen.width - p.x, seen.height - p.y});
    if (edge < 30) continue;
    bool near = false;
    seen.grid->visit(p, clear, [&](std::int32_t i) {
      near = near || (seen.graph.samples[i].stroke != static_cast<StrokeId>(s) &&
                      distance(seen.graph.samples[i].position, p) < clear);
    });
    for (const Vec2 q : middles) near = near || distance(p, q) < 120;
    if (near) continue;
    chosen.push_back(s);
    middles.push_back(p);
  }
  // The same strokes for every size, spread over the drawing.
  std::vector<std::size_t> spread;
  for (int k = 0; k < canvas.most && k < static_cast<int>(chosen.size()); ++k)
    spread.push_back(
        chosen[chosen.size() * static_cast<std::size_t>(k) / static_cast<std::size_t>(canvas.most)]);
  spread.erase(std::unique(spread.begin(), spread.end()), spread.end());
  return spread;
}

Vec2 middle_of(const Seen& seen, std::size_t stroke) {
  return seen.graph.samples[(seen.graph.first[stroke] + seen.graph.first[stroke + 1]) / 2].position;
}

Planted start(const Canvas& canvas) {
  Planted planted;
  planted.input = canvas.clean;
  planted.input.traced.reset();
  return planted;
}

std::optional<Planted> done(Planted planted) {
  if (planted.at.empty()) return std::nullopt;
  return planted;
}

/// The clean line is found on both neighbours around its middle: "whole before and after" is what a gap or a
/// lost line is missed against.
bool stands_on_both(const Canvas& canvas, std::size_t stroke, double length) {
  const Seen& seen = canvas.seen();
  const double half = seen.facts[stroke].length / 2;
  for (const int other : {canvas.clean.before, canvas.clean.after}) {
    const Track* track = canvas.context.track(canvas.drawing, other);
    if (!track) return false;
    int looked = 0, sure = 0;
    for (std::int32_t i = seen.graph.first[stroke]; i < seen.graph.first[stroke + 1]; ++i) {
      if (std::abs(seen.graph.samples[i].along - half) > length / 2 + 10) continue;
      ++looked;
      sure += track->sure[i];
    }
    if (sure < 0.9 * looked) return false;
  }
  return true;
}

/// The line is as wide on both neighbours as here.
bool as_wide_on_both(const Canvas& canvas, std::size_t stroke) {
  constexpr double kStray = 0.25;  // px, of a mean
  const Seen& seen = canvas.seen();
  for (const int other : {canvas.clean.before, canvas.clean.after}) {
    const Track* track = canvas.context.track(canvas.drawing, other);
    if (!track) return false;
    double sum = 0;
    int count = 0;
    for (std::int32_t i = seen.graph.first[stroke]; i < seen.graph.first[stroke + 1]; ++i)
      if (const std::int32_t k = track->samples[i].sample; k >= 0) {
        sum += seen.graph.samples[i].width - canvas.context.at(other).graph.samples[k].width;
        ++count;
      }
    if (count == 0 || std::abs(sum / count) > kStray) return false;
  }
  return true;
}

std::optional<Planted> thick_line(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  for (const std::size_t s : strokes(canvas, 90, 8)) {
    const double fail = width_fail(canvas.context, seen, seen.facts[s].kind);
    const Figure* usual = canvas.context.profile.find(std::string("width.") + word(seen.facts[s].kind));
    if (fail < 0 || !usual || !stands_on_both(canvas, s, seen.facts[s].length) || !as_wide_on_both(canvas, s))
      continue;
    // Off the approved lines, and off the same line beside it.
    const double wanted = std::max(usual->median, seen.facts[s].width) + size * fail;
    const Stroke& stroke = seen.strokes.strokes[s];
    std::vector<double> widths;
    for (const float w : stroke.widths) widths.push_back(w * wanted / seen.facts[s].width);
    lay(planted.input.source, stroke.points, widths, seen.kind == LineKind::antialiased);
    planted.at.push_back(middle_of(seen, s));
    planted.reaches.push_back(std::max(60.0, seen.facts[s].length / 2));
  }
  return done(std::move(planted));
}

/// Widths of the free ends over their lines', as the check takes them.
std::vector<double> tips_of(const Seen& seen) {
  std::vector<double> tips;
  for (const StrokeFacts& f : seen.facts)
    for (const int e : {0, 1})
      if (f.free[e] && f.length >= seen.px(24) && f.kind != StrokeClass::trace) tips.push_back(f.tip[e]);
  return tips;
}

/// Every free end as wide as it is and `more` of its line's width.
Planted with_tips(const Canvas& canvas, double more) {
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  for (std::size_t s = 0; s < seen.facts.size(); ++s) {
    const StrokeFacts& f = seen.facts[s];
    const Stroke& stroke = seen.strokes.strokes[s];
    if (f.length < seen.px(24) || f.kind == StrokeClass::trace) continue;
    for (const int e : {0, 1}) {
      if (!f.free[e]) continue;
      std::vector<Vec2> points = stroke.points;
      if (e == 1) std::reverse(points.begin(), points.end());
      std::vector<double> widths;
      double along = 0;
      std::size_t n = 0;
      const double tip = (f.tip[e] + more) * f.width, reach = std::min(0.2 * f.length, 14.0);
      for (; n < points.size() && along < reach; ++n) {
        if (n > 0) along += distance(points[n - 1], points[n]);
        widths.push_back(tip + (f.width - tip) * std::clamp((along - 4) / reach, 0.0, 1.0));
      }
      points.resize(n);
      if (n > 1) lay(planted.input.source, points, widths, seen.kind == LineKind::antialiased);
      planted.at = {points.front()};
    }
  }
  planted.reach = 1e9;
  return planted;
}

std::optional<Planted> blunt_tips(const Canvas& canvas, double size) {
  const std::vector<double> clean = tips_of(canvas.seen());
  const double fail = taper_fail(canvas.context, "taper.tip", static_cast<int>(clean.size()), 0.15);
  if (fail < 0) return std::nullopt;
  // A tip of few pixels comes out as it likes: what was planted is measured, and planted again.
  double more = size * fail;
  Planted planted = with_tips(canvas, more);
  for (int round = 0; round < 3; ++round) {
    const auto seen = look_at(planted.input);
    if (!seen) return std::nullopt;
    const double got = median_of(tips_of(*seen)) - median_of(clean);
    if (got <= 0) break;
    more *= std::clamp(size * fail / got, 0.5, 2.0);
    planted = with_tips(canvas, more);
  }
  return done(std::move(planted));
}

std::optional<Planted> odd_pixels(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  planted.input.traced = canvas.clean.traced;
  const int n = std::max(1, static_cast<int>(std::lround(size)));
  int left = n;
  for (std::size_t i = canvas.clean.source.data.size() / 3; i < canvas.clean.source.data.size() && left > 0;
       ++i)
    if (planted.input.source.data[i] == kBlack) {
      planted.input.source.data[i] = {70, 90, 40, 255};
      --left;
    }
  planted.at = {{0, 0}};
  planted.reach = 1e9;
  return planted;
}

std::optional<Planted> pale_lines(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  for (Rgba8& c : planted.input.source.data) {
    const auto paler = static_cast<std::uint8_t>(std::lround(255 - (255 - c.r) * (1 - 0.10 * size)));
    c = {paler, paler, paler, 255};
  }
  planted.at = {{0, 0}};
  planted.reach = 1e9;
  return planted;
}

std::optional<Planted> gap(const Canvas& canvas, double size) {
  constexpr double kGap = 2;
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  for (const std::size_t s : strokes(canvas, 60, 14)) {
    const double half = seen.facts[s].length / 2, g = kGap * size;
    if (!stands_on_both(canvas, s, g)) continue;
    erase(planted.input.source, seen, s, half - g / 2, half + g / 2);
    planted.at.push_back(middle_of(seen, s));
  }
  planted.reach = 24;
  return done(std::move(planted));
}

std::optional<Planted> lost_line(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  const double length = missing_fail(canvas.context, canvas.drawing) * size;
  for (const std::size_t s : strokes(canvas, std::max(60.0, 1.2 * length), 10)) {
    if (!stands_on_both(canvas, s, length)) continue;
    const double half = seen.facts[s].length / 2;
    erase(planted.input.source, seen, s, half - length / 2, half + length / 2);
    planted.at.push_back(middle_of(seen, s));
  }
  planted.reach = 20 + length / 2;
  return done(std::move(planted));
}

/// The picture moved by parts of a pixel.
std::optional<Planted> shifted(const Canvas& canvas, double size) {
  const Seen& seen = canvas.seen();
  const double by = size * std::max(0.5, seen.px(1.0));
  // What the clean drawing lies off counts.
  const auto clean = whole_shift(canvas.context, canvas.drawing);
  if (!clean || length(*clean) > 0.5 * seen.px(1.0)) return std::nullopt;
  const Vec2 shift = Vec2{by * 0.8, by * 0.6} - *clean;
  Planted planted = start(canvas);
  Raster& out = planted.input.source;
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      const double u = std::clamp(x - shift.x, 0.0, out.width - 1.0),
                   v = std::clamp(y - shift.y, 0.0, out.height - 1.0);
      const int x0 = static_cast<int>(u), y0 = static_cast<int>(v);
      const int x1 = std::min(x0 + 1, out.width - 1), y1 = std::min(y0 + 1, out.height - 1);
      const double a = u - x0, b = v - y0;
      const auto& in = canvas.clean.source;
      const double g = (1 - b) * ((1 - a) * in(x0, y0).r + a * in(x1, y0).r) +
                       b * ((1 - a) * in(x0, y1).r + a * in(x1, y1).r);
      const auto grey = static_cast<std::uint8_t>(std::lround(g));
      out(x, y) = {grey, grey, grey, 255};
    }
  planted.input.painted.reset();
  planted.at = {{0, 0}};
  planted.reach = 1e9;
  return planted;
}

std::optional<Planted> trembling(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  for (const std::size_t s : strokes(canvas, 90, 10)) {
    const Stroke& stroke = seen.strokes.strokes[s];
    const double rms = size * boil_fail(canvas.context, seen, seen.facts[s].kind, seen.facts[s].roughness);
    std::mt19937 random(static_cast<unsigned>(s));
    const double phase = static_cast<double>(random() % 628) / 100;
    erase(planted.input.source, seen, s, 6, seen.facts[s].length - 6, 1.0);
    std::vector<Vec2> points;
    std::vector<double> widths;
    double along = 0;
    for (std::size_t i = 0; i < stroke.points.size(); ++i) {
      if (i > 0) along += distance(stroke.points[i - 1], stroke.points[i]);
      const Vec2 d = normalized(stroke.points[std::min(i + 1, stroke.points.size() - 1)] -
                                stroke.points[i > 0 ? i - 1 : 0]);
      const double fade = std::min({1.0, along / 12, (seen.facts[s].length - along) / 12});
      const double wave = std::sin(along * 2 * std::numbers::pi / 13 + phase) +
                          0.6 * std::sin(along * 2 * std::numbers::pi / 21);
      points.push_back(stroke.points[i] +
                       perpendicular(d) * (std::max(0.0, fade) * rms * wave * std::numbers::sqrt2 / 1.17));
      widths.push_back(stroke.widths[i]);
    }
    lay(planted.input.source, points, widths, seen.kind == LineKind::antialiased);
    planted.at.push_back(middle_of(seen, s));
    planted.reaches.push_back(std::max(60.0, seen.facts[s].length / 2));
  }
  return done(std::move(planted));
}

/// Pixels of the shape around a place of a picture: what main lines enclose.
int area_around(const Raster& source, Vec2 at) {
  std::vector<std::pair<int, int>> open{{static_cast<int>(at.x), static_cast<int>(at.y)}};
  Mask seen(source.width, source.height);
  int area = 0;
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (!source.contains(x, y) || seen(x, y) || source(x, y) == kBlack) continue;
    seen(x, y) = 1;
    area += source(x, y) == kPaper;
    for (const auto& [u, v] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) open.emplace_back(x + u, y + v);
  }
  return area;
}

std::optional<Planted> swollen(const Canvas& canvas, double size) {
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  const Shapes shapes = shapes_of(canvas.context, seen);
  // Followed on the clean drawings, and even there: else the check says nothing, and rightly.
  const std::vector<TrackedShape> tracked = tracked_shapes(canvas.context, canvas.drawing, shapes);
  const double restless = restlessness_of(shapes, tracked);
  std::vector<Vec2> taken;
  for (const TrackedShape& t : tracked) {
    const Shape& shape = shapes.all[t.shape];
    if (static_cast<int>(taken.size()) > canvas.which || shape.area > 6000 || t.moving > 0.02 ||
        std::abs(t.off) > 0.02)
      continue;
    const double wanted = size * area_fail(t.middle, shape.outline, t.moving, restless, shape.rigid);
    const double radius = 0.55 * std::hypot(shape.right - shape.left + 1, shape.bottom - shape.top + 1);
    const Vec2 centre{(shape.left + shape.right + 1) / 2.0, (shape.top + shape.bottom + 1) / 2.0};
    bool near = centre.x < 2 * radius || centre.y < 2 * radius || centre.x > seen.width - 2 * radius ||
                centre.y > seen.height - 2 * radius;
    for (const Vec2 q : taken) near = near || distance(q, centre) < 160;
    if (near) continue;
    // The shape must really have grown by what is wanted.
    const Vec2 inside = seen.regions[shape.largest].inside;
    CheckInput tried = planted.input;
    const double k = std::sqrt(1 + wanted);
    swell(tried, centre, radius, k);
    const Vec2 grown = centre + (inside - centre) * k;
    const double was = area_around(canvas.clean.source, inside), is = area_around(tried.source, grown);
    if (std::abs((is - was) / was - wanted) > 0.25 * wanted) continue;
    taken.push_back(centre);
    if (static_cast<int>(taken.size()) <= canvas.which) continue;
    planted.input = std::move(tried);
    planted.at.push_back(grown);
  }
  planted.reach = 60;
  return done(std::move(planted));
}

/// Details lose their outline and take the colour of what they lie in.
std::optional<Planted> lost_detail(const Canvas& canvas, double size) {
  if (size < 1) return std::nullopt;  // a count has no halves
  Planted planted = start(canvas);
  const Seen& seen = canvas.seen();
  for (std::size_t r = 0;
       r < seen.regions.size() && static_cast<int>(planted.at.size()) < static_cast<int>(size); ++r) {
    const SeenRegion& region = seen.regions[r];
    const double square = seen.scale * seen.scale;
    if (region.touches_edge || region.area < 170 * square || region.area > 4000 * square ||
        4.0 * region.area / region.outline < 5)
      continue;
    std::vector<int> hosts;
    int host = -1;
    bool main_lines = true;
    for (const SeenContact& c : seen.contacts)
      if (c.a == static_cast<int>(r) || c.b == static_cast<int>(r)) {
        hosts.push_back(host = c.a == static_cast<int>(r) ? c.b : c.a);
        main_lines = main_lines && c.ink == Ink::black;
      }
    // A patch of shadow is no detail; and what does not stand before and after is not missed here.
    if (!main_lines || !stands_beside(canvas, static_cast<int>(r))) continue;
    if (hosts.size() != 1 || seen.regions[host].area < 4 * region.area) continue;
    bool far = true;
    for (const Vec2 t : planted.at) far = far && distance(t, region.centre) > 60;
    if (!far) continue;
    for (int y = region.top - 7; y <= region.bottom + 7; ++y)
      for (int x = region.left - 7; x <= region.right + 7; ++x) {
        if (!seen.label.contains(x, y)) continue;
        const int l = seen.label(x, y);
        bool own = l == static_cast<int>(r) + 1;
        for (int v = -4; v <= 4 && !own && l == 0; ++v)
          for (int u = -4; u <= 4 && !own; ++u)
            own = seen.label.contains(x + u, y + v) && seen.label(x + u, y + v) == static_cast<int>(r) + 1 &&
                  u * u + v * v <= 18;
        if (!own) continue;
        planted.input.source(x, y) = kPaper;
        if (planted.input.painted) (*planted.input.painted)(x, y) = seen.regions[host].colour;
      }
    planted.at.push_back(region.centre);
  }
  planted.reach = 30;
  return done(std::move(planted));
}

std::optional<Planted> wide_eyes(const Canvas& canvas, double size) {
  const PartMap& parts = canvas.context.parts[static_cast<std::size_t>(canvas.drawing)];
  if (parts.eyes.size() != 2) return std::nullopt;
  Planted planted = start(canvas);
  for (const Eye& eye : parts.eyes) {
    const Vec2 centre{(eye.left + eye.right + 1) / 2.0, (eye.top + eye.bottom + 1) / 2.0};
    swell(planted.input, centre, 0.6 * std::hypot(eye.width(), eye.height()), 1 + 0.06 * size);
  }
  planted.at = {{0, 0}};
  planted.reach = 1e9;
  return planted;
}

/// The colours that the iris of an eye is painted with.
std::vector<Rgba8> iris_colours(const Canvas& canvas, const Eye& eye) {
  std::vector<Rgba8> colours;
  for (const SeenRegion& r : canvas.seen().regions) {
    const Style* style = r.painted() ? canvas.context.style(r.colour) : nullptr;
    if (style && painted_part(style->part) == PaintedPart::iris && r.centre.x >= eye.left &&
        r.centre.x <= eye.right && r.centre.y >= eye.top && r.centre.y <= eye.bottom)
      colours.push_back(r.colour);
  }
  return colours;
}

std::optional<Planted> one_iris(const Canvas& canvas, double size) {
  const PartMap& parts = canvas.context.parts[static_cast<std::size_t>(canvas.drawing)];
  if (parts.eyes.size() != 2 || parts.eyes[0].iris < 60 || parts.eyes[1].iris < 60) return std::nullopt;
  const bool left = parts.eyes[0].iris >= parts.eyes[1].iris;
  const Eye &eye = parts.eyes[left ? 0 : 1], &other = parts.eyes[left ? 1 : 0];
  // The two shall differ by 15 % of their mean more than they do.
  const double now = 2.0 * (eye.iris - other.iris) / (eye.iris + other.iris), wanted = now + 0.15 * size;
  const double area = other.iris * (2 + wanted) / (2 - wanted);
  const std::vector<Rgba8> colours = iris_colours(canvas, eye);
  // Lids and lashes grow with the iris: it is measured, not reckoned.
  for (double k = std::sqrt(area / eye.iris); k < 2; k *= 1.01) {
    Planted planted = start(canvas);
    swell(planted.input, eye.iris_centre, 1.1 * std::sqrt(static_cast<double>(eye.iris)), k);
    if (!planted.input.painted) return std::nullopt;
    int grown = 0;
    for (int y = eye.top - 8; y <= eye.bottom + 8; ++y)
      for (int x = eye.left - 8; x <= eye.right + 8; ++x)
        grown += planted.input.painted->contains(x, y) &&
                 std::find(colours.begin(), colours.end(), (*planted.input.painted)(x, y)) != colours.end();
    if (grown < area) continue;
    planted.at = {{0, 0}};
    planted.reach = 1e9;
    return planted;
  }
  return std::nullopt;
}

}  // namespace

const std::vector<Fault>& line_faults() {
  static const std::vector<Fault> faults{
      {"line-width", "max(0.25 px, 5 MAD, 20 %)", false, thick_line},
      {"taper", "tips max(0.15, 5 errors)", false, blunt_tips},
      {"line-colour", "1 px", false, odd_pixels},
      {"line-colour", "density 0.10", true, pale_lines},
      {"broken-line", "gap 2 px", false, gap},
      {"missing-stroke", "max(50 px at 1920, 2.5 x usual)", false, lost_line},
      {"registration", "1 px at 1920", true, shifted},
      {"boil", "max(0.8 px, 2.5 x usual)", false, trembling},
      {"area-jitter", "max(20 % (rigid 8), 3 x usual)", false, swollen, true},
      {"detail-count", "1 detail", false, lost_detail},
      {"proportion", "6 %", false, wide_eyes},
      {"eye-rules", "iris 15 %", false, one_iris},
  };
  return faults;
}

}  // namespace nakawari::bench
