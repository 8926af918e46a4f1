#include "face/rules.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "drawing/eye.h"

namespace nakawari {
namespace {

// Less white than this (px) is the line's own width.
constexpr double kNoWhite = 0.5;

struct Box {
  Vec2 low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
  Vec2 high{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest()};
  void add(Vec2 p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  [[nodiscard]] bool empty() const { return high.x < low.x; }
};

Box box_of(const Drawing& drawing, const std::vector<PartKind>& kinds, PartKind kind) {
  Box box;
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s)
    if (kinds[s] == kind)
      for (const Vec2 point : drawing.strokes[s].points) box.add(point);
  return box;
}

std::vector<Vec2> points_of(const Drawing& drawing, const std::vector<PartKind>& kinds, PartKind kind) {
  std::vector<Vec2> points;
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s)
    if (kinds[s] == kind)
      points.insert(points.end(), drawing.strokes[s].points.begin(), drawing.strokes[s].points.end());
  return points;
}

/// The mean move of the samples of one kind, from the artist's place to the blend's; false when none.
bool mean_move(const BlendedPart& part, const std::vector<PartKind>& kinds, PartKind kind, Vec2& move) {
  double count = 0;
  move = {};
  for (std::size_t i = 0; i < part.positions.size(); ++i) {
    if (kinds[part.graph.samples[i].stroke] != kind) continue;
    move += part.positions[i] - part.graph.samples[i].position;
    count += 1;
  }
  if (count > 0) move = move / count;
  return count > 0;
}

/// A highlight is a spot of light on the eyeball: it travels as one piece, where the blend puts its middle.
void fix_highlights(BlendedPart& part, const std::vector<PartKind>& kinds) {
  for (std::size_t s = 0; s < part.drawing.strokes.size(); ++s) {
    if (kinds[s] != PartKind::highlight) continue;
    Vec2 move;
    const auto begin = part.graph.first[s], end = part.graph.first[s + 1];
    for (std::int32_t i = begin; i < end; ++i) move += part.positions[i] - part.graph.samples[i].position;
    move = move / static_cast<double>(end - begin);
    for (std::int32_t i = begin; i < end; ++i) part.positions[i] = part.graph.samples[i].position + move;
  }
}

/// Teeth stay where the artist drew them; what the lips cover of them is the lips' matter.
void fix_teeth(BlendedPart& part, const std::vector<PartKind>& kinds,
               const std::vector<RuleSample>& samples) {
  // Their place is that of the drawing that shows most of them.
  Vec2 own_middle, best_middle;
  double most = 0;
  for (const RuleSample& sample : samples) {
    const Box box = box_of(*sample.drawing, *sample.kinds, PartKind::teeth);
    if (box.empty()) continue;
    const double area = (box.high.x - box.low.x) * (box.high.y - box.low.y);
    if (area > most) {
      most = area;
      best_middle = {(box.low.x + box.high.x) / 2, box.low.y};
    }
  }
  Vec2 move;
  if (most <= 0 || !mean_move(part, kinds, PartKind::teeth, move)) return;
  const Box own = box_of(part.drawing, kinds, PartKind::teeth);
  own_middle = {(own.low.x + own.high.x) / 2, own.low.y};
  const double down = best_middle.y - own_middle.y;
  for (std::size_t i = 0; i < part.positions.size(); ++i)
    if (kinds[part.graph.samples[i].stroke] == PartKind::teeth) part.positions[i].y += down;
}

/// The iris follows the lid: no white below it that the drawings do not have.
void lower_iris(BlendedPart& part, const std::vector<PartKind>& kinds,
                const std::vector<RuleSample>& samples) {
  const double white = white_below(part.drawing, kinds);
  if (white < 0) return;
  double allowed = 0, weight = 0;
  for (const RuleSample& sample : samples) {
    const double own = white_below(*sample.drawing, *sample.kinds);
    if (own < 0) continue;
    allowed += sample.weight * own;
    weight += sample.weight;
  }
  if (weight <= 0) return;
  const double down = white - allowed / weight;
  if (down < kNoWhite) return;
  std::vector<Vec2> iris;
  std::vector<Vec2*> places;
  for (std::size_t i = 0; i < part.positions.size(); ++i) {
    const PartKind kind = kinds[part.graph.samples[i].stroke];
    if (kind == PartKind::highlight) part.positions[i].y += down;
    if (kind != PartKind::iris) continue;
    iris.push_back(part.positions[i]);
    places.push_back(&part.positions[i]);
  }
  const std::vector<double> move = lowered(iris, down);
  for (std::size_t i = 0; i < move.size(); ++i) places[i]->y += move[i];
}

}  // namespace

double white_below(const Drawing& drawing, const std::vector<PartKind>& kinds) {
  return white_below(points_of(drawing, kinds, PartKind::iris),
                     points_of(drawing, kinds, PartKind::lower_lid));
}

void apply_rules(BlendedPart& part, const std::vector<PartKind>& kinds,
                 const std::vector<RuleSample>& samples) {
  const auto has = [&](PartKind kind) { return std::find(kinds.begin(), kinds.end(), kind) != kinds.end(); };
  bool changed = false;
  if (has(PartKind::highlight)) {
    fix_highlights(part, kinds);
    changed = true;
  }
  if (has(PartKind::teeth)) {
    fix_teeth(part, kinds, samples);
    changed = true;
  }
  if (changed) rebuild(part);
  if (has(PartKind::iris) && has(PartKind::lower_lid)) {
    lower_iris(part, kinds, samples);
    rebuild(part);
  }
}

}  // namespace nakawari
