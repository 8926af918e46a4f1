#include "desk/local_fix.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "drawing/anchor.h"

namespace nakawari {
namespace {

using Samples = std::vector<SampleMatch>;

/// A guide bends the motion around it this far, px; about the size of a hand on a 1920 px page.
constexpr double kGuideRadius = 90;

const Stroke& stroke_of(const Drawing& drawing, StrokeId id) {
  return drawing.strokes[static_cast<std::size_t>(id)];
}

/// A drawing of the lines that are named only, with the ids that they have in the whole one.
struct Named {
  Drawing drawing;
  std::vector<StrokeId> ids;
};

Named named(const Drawing& whole, const std::vector<Vec2>& points) {
  std::set<StrokeId> ids;
  for (const Vec2& p : points)
    if (const auto place = find_anchor(whole, p)) ids.insert(place->stroke);
  Named result{{whole.width, whole.height, whole.kind, false, {}, {}}, {ids.begin(), ids.end()}};
  for (const StrokeId id : ids) result.drawing.strokes.push_back(stroke_of(whole, id));
  return result;
}

bool holds(const Named& lines, StrokeId id) {
  return std::binary_search(lines.ids.begin(), lines.ids.end(), id);
}

void set_partner(SampleMatch& sample, const Named& lines, Vec2 near) {
  const LinePlace place = nearest_line(lines.drawing, near);
  sample.partner_stroke = lines.ids[static_cast<std::size_t>(place.stroke)];
  sample.partner_along = place.along;
  sample.there = place.at;
  sample.confidence = 1;
}

void drop_partner(SampleMatch& sample) {
  sample.partner_stroke = -1;
  sample.partner_along = 0;
  sample.there = sample.predicted;
  sample.there_tangent = sample.here_tangent;
  sample.confidence = 1;
}

/// The point at a share of a stroke's length.
Vec2 at_share(const Stroke& stroke, double share) {
  double left = share * arc_length(stroke);
  for (std::size_t i = 0; i + 1 < stroke.points.size(); ++i) {
    const double size = distance(stroke.points[i], stroke.points[i + 1]);
    if (left <= size && size > 0) return lerp(stroke.points[i], stroke.points[i + 1], left / size);
    left -= size;
  }
  return stroke.points.back();
}

/// One line to one line: share of length to share of length, in the direction that fits the motion better.
void pair_lengthwise(Samples& samples, const Drawing& here, const Named& from, const Named& to) {
  const double length_here = arc_length(stroke_of(here, from.ids.front()));
  const Stroke& other = to.drawing.strokes.front();
  double along = 0, against = 0;
  const auto share = [&](const SampleMatch& s) { return length_here > 0 ? s.along / length_here : 0; };
  for (const SampleMatch& s : samples) {
    if (s.stroke != from.ids.front()) continue;
    along += distance(s.predicted, at_share(other, share(s)));
    against += distance(s.predicted, at_share(other, 1 - share(s)));
  }
  for (SampleMatch& s : samples)
    if (s.stroke == from.ids.front())
      set_partner(s, to, at_share(other, along <= against ? share(s) : 1 - share(s)));
}

/// Several lines to several: where the smooth motion carries a point, moved as a whole onto the lines.
void pair_nearby(Samples& samples, const Named& from, const Named& to) {
  Vec2 shift;
  int count = 0;
  for (const SampleMatch& s : samples) {
    if (!holds(from, s.stroke)) continue;
    shift += nearest_line(to.drawing, s.predicted).at - s.predicted;
    ++count;
  }
  if (count > 0) shift *= 1.0 / count;
  for (SampleMatch& s : samples)
    if (holds(from, s.stroke)) set_partner(s, to, s.predicted + shift);
}

void pair_lines(Samples& samples, const Drawing& here, const Named& from, const Named& to) {
  if (from.ids.empty() || to.ids.empty()) return;
  if (from.ids.size() == 1 && to.ids.size() == 1)
    pair_lengthwise(samples, here, from, to);
  else
    pair_nearby(samples, from, to);
  // A line that was thought to be one of theirs has lost its partner.
  for (SampleMatch& s : samples)
    if (!holds(from, s.stroke) && s.partner_stroke >= 0 && holds(to, s.partner_stroke)) drop_partner(s);
}

void guide(Samples& samples, const Drawing& other, Vec2 here, Vec2 there) {
  const SampleMatch* nearest = nullptr;
  for (const SampleMatch& s : samples)
    if (!nearest || distance(s.here, here) < distance(nearest->here, here)) nearest = &s;
  if (!nearest) return;
  const Vec2 shift = there - nearest->there;
  const StrokeId stroke = nearest->stroke;
  const Named target = named(other, {there});
  for (SampleMatch& s : samples) {
    const double away = distance(s.here, here) / kGuideRadius;
    const double weight = std::exp(-away * away);
    constexpr double kNothing = 0.01;
    if (weight < kNothing) continue;
    s.predicted += shift * weight;
    const bool same = s.stroke == stroke && !target.ids.empty();
    if (same)
      set_partner(s, target, s.there + shift * weight);
    else if (s.partner_stroke >= 0)
      set_partner(s, named(other, {s.there}), s.there + shift * weight);
    else
      s.there = s.predicted;
  }
}

bool inside(const std::vector<Vec2>& polygon, Vec2 p) {
  bool in = false;
  for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
    const Vec2 a = polygon[i], b = polygon[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

}  // namespace

Correspondence with_fixes(const Correspondence& before, const Drawing& a, const Drawing& b,
                          const MatchFixes& added) {
  Correspondence result = before;
  for (const StrokePairFix& fix : added.stroke_pairs) {
    const Named from = named(a, fix.a), to = named(b, fix.b);
    pair_lines(result.a_to_b, a, from, to);
    pair_lines(result.b_to_a, b, to, from);
  }
  for (const NoPartnerFix& fix : added.no_partner) {
    const Named lines = named(fix.in_first ? a : b, {fix.at});
    for (SampleMatch& s : fix.in_first ? result.a_to_b : result.b_to_a)
      if (holds(lines, s.stroke)) drop_partner(s);
    for (SampleMatch& s : fix.in_first ? result.b_to_a : result.a_to_b)
      if (s.partner_stroke >= 0 && holds(lines, s.partner_stroke)) drop_partner(s);
  }
  for (const GuidePair& fix : added.guides) {
    guide(result.a_to_b, b, fix.a, fix.b);
    guide(result.b_to_a, a, fix.b, fix.a);
  }
  std::int32_t next = 0;
  for (const Samples* samples : {&result.a_to_b, &result.b_to_a})
    for (const SampleMatch& s : *samples) next = std::max(next, s.group + 1);
  for (const GroupFix& fix : added.groups) {
    for (SampleMatch& s : fix.in_first ? result.a_to_b : result.b_to_a)
      if (inside(fix.lasso, s.here)) s.group = next;
    for (SampleMatch& s : fix.in_first ? result.b_to_a : result.a_to_b)
      if (inside(fix.lasso, s.there)) s.group = next;
    ++next;
  }
  return result;
}

}  // namespace nakawari
