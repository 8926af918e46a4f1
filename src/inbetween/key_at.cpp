#include "inbetween/key_at.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace nakawari {
namespace {

// Points closer than this along a line are one (px).
constexpr double kSamePlace = 0.25;

float partner_width(const SampleGraph& other, const SampleMatch& match, float own) {
  if (match.partner_stroke < 0) return own;
  return other.samples[other.at(match.partner_stroke, match.partner_along)].width;
}

}  // namespace

KeyAt first_at(const Drawing& a, const SampleGraph& graph_a, const SampleGraph& graph_b,
               const std::vector<SampleMatch>& matches, const BlendGraph& blend,
               const std::vector<Vec2>& position, const std::vector<PointAt>& points) {
  KeyAt key{&a, &graph_a, &matches, true, {}, {}, {}};
  for (std::int32_t i = 0; i < graph_a.size(); ++i) {
    const double t = points[i].t;
    const float own = graph_a.samples[i].width;
    key.position.push_back(position[i]);
    key.turn.push_back(static_cast<float>(t * blend.points[i].rotation + points[i].extra));
    key.width.push_back(static_cast<float>(own * (1 - t) + partner_width(graph_b, matches[i], own) * t));
  }
  return key;
}

KeyAt second_at(const Drawing& b, const SampleGraph& graph_b, const SampleGraph& graph_a,
                const std::vector<SampleMatch>& matches, const BlendGraph& blend,
                const std::vector<Vec2>& position, const std::vector<PointAt>& points) {
  KeyAt key{&b, &graph_b, &matches, false, {}, {}, {}};
  for (std::int32_t j = 0; j < graph_b.size(); ++j) {
    const PlaceOfB& place = blend.place_of_b[j];
    const PointAt& near = points[place.u < 0.5F ? place.from : place.to];
    const double t = near.t, whole = blend.points[place.u < 0.5F ? place.from : place.to].rotation;
    const double turn = -(1 - t) * whole + near.extra;
    const float own = graph_b.samples[j].width;
    key.position.push_back(lerp(position[place.from], position[place.to], place.u) +
                           rotated(place.rest, turn) * t);
    key.turn.push_back(static_cast<float>(turn));
    key.width.push_back(static_cast<float>(own * t + partner_width(graph_a, matches[j], own) * (1 - t)));
  }
  return key;
}

Piece piece_of(const KeyAt& key, std::int32_t begin, std::int32_t last) {
  const Sample &from = key.graph->samples[begin], &to = key.graph->samples[last];
  NAKAWARI_CHECK(begin < last && from.stroke == to.stroke);
  const Stroke& stroke = key.drawing->strokes[from.stroke];
  Piece piece;
  const auto add = [&](Vec2 point, double width) {
    piece.points.push_back(point);
    piece.widths.push_back(static_cast<float>(width));
  };
  add(key.position[begin], key.width[begin]);
  std::int32_t i = begin;
  double along = 0;
  for (std::size_t k = 1; k < stroke.points.size(); ++k) {
    along += distance(stroke.points[k - 1], stroke.points[k]);
    if (along <= from.along + kSamePlace) continue;
    if (along >= to.along - kSamePlace) break;
    while (i + 1 < last && key.graph->samples[i + 1].along < along) ++i;
    const Sample &s = key.graph->samples[i], &e = key.graph->samples[i + 1];
    const double span = e.along - s.along, u = span > 0 ? (along - s.along) / span : 0;
    // What the point adds to the samples' line turns with them.
    const Vec2 detail = stroke.points[k] - lerp(s.position, e.position, u);
    const double turn = key.turn[i] * (1 - u) + key.turn[i + 1] * u;
    add(lerp(key.position[i], key.position[i + 1], u) + rotated(detail, turn),
        key.width[i] * (1 - u) + key.width[i + 1] * u);
  }
  add(key.position[last], key.width[last]);
  return piece;
}

}  // namespace nakawari
