#include "drawing/anchor.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

namespace nakawari {
namespace {

constexpr std::array<std::pair<Ink, std::string_view>, 5> kInks{{{Ink::black, "black"},
                                                                 {Ink::red, "red"},
                                                                 {Ink::blue, "blue"},
                                                                 {Ink::green, "green"},
                                                                 {Ink::yellow, "yellow"}}};
/// How far a redrawn line may turn and change its length and still be the same line.
constexpr double kSameAngle = 40, kSameLength = 2;
/// The direction at a point is that of the chord over so many pixels to both sides.
constexpr double kTangentReach = 4;

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto space = text.find(' ');
    words.push_back(text.substr(0, space));
    text = space == std::string_view::npos ? std::string_view() : text.substr(space + 1);
  }
  return words;
}

bool read_number(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) && value >= 0;
}

/// The nearest place on one stroke.
LinePlace nearest_on(const Stroke& stroke, StrokeId id, Vec2 point) {
  LinePlace best{id, stroke.points.front(), 0, std::numeric_limits<double>::infinity()};
  double along = 0;
  for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
    const Vec2 p = stroke.points[i], d = stroke.points[i + 1] - p;
    const double squared = length_squared(d), size = std::sqrt(squared);
    const double u = squared > 0 ? std::clamp(dot(point - p, d) / squared, 0.0, 1.0) : 0;
    const Vec2 at = p + d * u;
    if (const double away = distance(at, point); away < best.distance)
      best = {id, at, static_cast<float>(along + u * size), away};
    along += size;
  }
  return best;
}

/// The point at an arc length of a stroke, and the width there.
std::pair<Vec2, double> at_length(const Stroke& stroke, double along) {
  for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
    const double size = distance(stroke.points[i], stroke.points[i + 1]);
    if (along <= size && size > 0) {
      const double u = std::max(0.0, along) / size;
      return {lerp(stroke.points[i], stroke.points[i + 1], u),
              (1 - u) * stroke.widths[i] + u * stroke.widths[i + 1]};
    }
    along -= size;
  }
  return {stroke.points.back(), stroke.widths.back()};
}

bool same_direction(const LineMark& a, const LineMark& b) {
  const double turn = std::fabs(a.angle - b.angle);
  return std::min(turn, 180 - turn) <= kSameAngle;
}

bool as_long(const LineMark& a, const LineMark& b) {
  return a.length <= kSameLength * b.length && b.length <= kSameLength * a.length;
}

}  // namespace

std::string to_text(const LineMark& mark) {
  if (mark.area > 0) return fmt::format("region {:.0f}", mark.area);
  for (const auto& [ink, name] : kInks)
    if (ink == mark.ink)
      return fmt::format("{} {:.0f} {:.0f} {:.1f}", name, mark.length, mark.angle, mark.width);
  return {};
}

std::optional<LineMark> mark_from(std::string_view text) {
  LineMark mark;
  if (text.empty()) return mark;
  const auto words = words_of(text);
  if (words.size() == 2 && words[0] == "region" && read_number(words[1], mark.area)) return mark;
  const auto ink =
      std::find_if(kInks.begin(), kInks.end(), [&](const auto& each) { return each.second == words[0]; });
  if (words.size() != 4 || ink == kInks.end() || !read_number(words[1], mark.length) ||
      !read_number(words[2], mark.angle) || !read_number(words[3], mark.width) || mark.angle > 180)
    return std::nullopt;
  mark.ink = ink->first;
  return mark;
}

LinePlace nearest_line(const Drawing& drawing, Vec2 point) {
  LinePlace best{-1, {}, 0, std::numeric_limits<double>::infinity()};
  for (std::size_t i = 0; i < drawing.strokes.size(); ++i) {
    const LinePlace place = nearest_on(drawing.strokes[i], static_cast<StrokeId>(i), point);
    if (place.distance < best.distance) best = place;
  }
  return best;
}

LineMark mark_of(const Drawing& drawing, const LinePlace& place) {
  const Stroke& stroke = drawing.strokes[static_cast<std::size_t>(place.stroke)];
  const Vec2 chord = at_length(stroke, place.along + kTangentReach).first -
                     at_length(stroke, place.along - kTangentReach).first;
  double angle = std::atan2(chord.y, chord.x) * 180 / std::numbers::pi;
  if (angle < 0) angle += 180;
  return {stroke.ink, arc_length(stroke), angle, at_length(stroke, place.along).second, 0};
}

std::optional<LinePlace> find_anchor(const Drawing& drawing, Vec2 point, const LineMark& mark) {
  const double page = std::max(1.0, std::max(drawing.width, drawing.height) / 1920.0);
  if (mark.ink == Ink::none) {
    const LinePlace place = nearest_line(drawing, point);
    return place.distance <= kAnchorReach * page ? std::optional(place) : std::nullopt;
  }
  std::optional<LinePlace> exact, alike;
  for (std::size_t i = 0; i < drawing.strokes.size(); ++i) {
    const LinePlace place = nearest_on(drawing.strokes[i], static_cast<StrokeId>(i), point);
    if (place.distance > kMarkedReach * page) continue;
    const LineMark here = mark_of(drawing, place);
    if (here.ink != mark.ink || !same_direction(here, mark)) continue;
    if (as_long(here, mark) && (!exact || place.distance < exact->distance)) exact = place;
    if (place.distance <= kAnchorReach * page && (!alike || place.distance < alike->distance)) alike = place;
  }
  return exact ? exact : alike;
}

}  // namespace nakawari
