#include "drawing/svg.h"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace nakawari {
namespace {

constexpr std::array<Ink, 5> kInks{Ink::black, Ink::red, Ink::blue, Ink::green, Ink::yellow};

/// Two decimals, without the minus sign of a rounded zero.
std::string number(double v) {
  const double rounded = std::round(v * 100) / 100;
  return fmt::format("{:.2f}", rounded == 0 ? 0.0 : rounded);
}

std::string pair(Vec2 p) {
  return fmt::format("{},{}", number(p.x), number(p.y));
}

/// Direction of the line at point i, from its neighbours that differ from it.
Vec2 tangent(const Stroke& stroke, std::size_t i) {
  const auto& p = stroke.points;
  const std::size_t n = p.size();
  const bool wraps = stroke.closed();
  const Vec2 before = i > 0 ? p[i - 1] : wraps ? p[n - 2] : p[i];
  const Vec2 after = i + 1 < n ? p[i + 1] : wraps ? p[1] : p[i];
  const Vec2 t = normalized(after - before);
  return t == Vec2{} ? Vec2{1, 0} : t;
}

/// A half circle to `to`.
std::string cap(double radius, Vec2 to) {
  return fmt::format("A{0},{0} 0 0 1 {1}", number(radius), pair(to));
}

/// The filled outline of a stroke: along its left side and back along its right side, round ends; a closed
/// stroke is a ring of two contours.
std::string outline(const Stroke& stroke) {
  const std::size_t n = stroke.points.size();
  std::vector<Vec2> left(n), right(n);
  for (std::size_t i = 0; i < n; ++i) {
    const Vec2 side = perpendicular(tangent(stroke, i)) * (stroke.widths[i] / 2.0);
    left[i] = stroke.points[i] - side;
    right[i] = stroke.points[i] + side;
  }
  std::string path = fmt::format("M{}", pair(left[0]));
  for (std::size_t i = 1; i < n; ++i) path += fmt::format("L{}", pair(left[i]));
  if (stroke.closed()) {
    path += fmt::format("ZM{}", pair(right[n - 1]));
  } else {
    path += cap(stroke.widths[n - 1] / 2.0, right[n - 1]);
  }
  for (std::size_t i = n - 1; i-- > 0;) path += fmt::format("L{}", pair(right[i]));
  if (!stroke.closed()) path += cap(stroke.widths[0] / 2.0, left[0]);
  path += 'Z';
  return path;
}

std::string centre_line(const Stroke& stroke) {
  std::string text;
  for (std::size_t i = 0; i < stroke.points.size(); ++i)
    text += fmt::format("{}{},{}", i ? " " : "", pair(stroke.points[i]), number(stroke.widths[i]));
  return text;
}

}  // namespace

std::string to_svg(const Drawing& drawing) {
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\">\n",
      drawing.width, drawing.height);
  if (!drawing.transparent_paper) svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  for (const Ink ink : kInks) {
    std::string paths;
    for (std::size_t i = 0; i < drawing.strokes.size(); ++i) {
      const Stroke& stroke = drawing.strokes[i];
      if (stroke.ink != ink || stroke.points.size() < 2) continue;
      paths += fmt::format("<path id=\"s{}\" d=\"{}\" data-centre=\"{}\"/>\n", i, outline(stroke),
                           centre_line(stroke));
    }
    if (paths.empty()) continue;
    const Rgba8 c = ink_colour(ink);
    svg += fmt::format("<g id=\"{}\" fill=\"#{:02x}{:02x}{:02x}\" fill-rule=\"nonzero\">\n{}</g>\n",
                       word(ink), c.r, c.g, c.b, paths);
  }
  svg += "</svg>\n";
  return svg;
}

}  // namespace nakawari
