#include "face/rules.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "drawing/eye.h"
#include "drawing/render.h"
#include "image/components.h"

namespace nakawari {
namespace {

// Less white than this (px) is the line's own width.
constexpr double kNoWhite = 0.5;
// A line of a moved iris runs so far (px) into the lid, and is led on to it over at most so many px.
constexpr int kIntoLid = 2, kLeadOn = 32;
// The end of a line that is so many times as wide as the line is the lid's; the way on is read over points.
constexpr double kLidWidth = 1.25;
constexpr std::size_t kLidBit = 6;
// Wider than this share of the iris is a solid shape: the pupil.
constexpr double kSolidShare = 0.2;

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
    if (kinds[part.graph->samples[i].stroke] != kind) continue;
    move += part.positions[i] - part.graph->samples[i].position;
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
    const auto begin = part.graph->first[s], end = part.graph->first[s + 1];
    for (std::int32_t i = begin; i < end; ++i) move += part.positions[i] - part.graph->samples[i].position;
    move = move / static_cast<double>(end - begin);
    for (std::int32_t i = begin; i < end; ++i) part.positions[i] = part.graph->samples[i].position + move;
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
    if (kinds[part.graph->samples[i].stroke] == PartKind::teeth) part.positions[i].y += down;
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
    const PartKind kind = kinds[part.graph->samples[i].stroke];
    if (kind == PartKind::highlight) part.positions[i].y += down;
    if (kind != PartKind::iris) continue;
    iris.push_back(part.positions[i]);
    places.push_back(&part.positions[i]);
  }
  const std::vector<double> move = lowered(iris, down);
  for (std::size_t i = 0; i < move.size(); ++i) places[i]->y += move[i];
}

/// How far a point lies from the lids' ink: px, negative within.
double to_lids(const BlendedPart& part, const std::vector<PartKind>& kinds, const std::vector<Vec2>& places,
               Vec2 p) {
  double least = std::numeric_limits<double>::max();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Sample& sample = part.graph->samples[i];
    const PartKind kind = kinds[sample.stroke];
    if ((kind == PartKind::upper_lid || kind == PartKind::lower_lid) && sample.ink == Ink::black)
      least = std::min(least, distance(p, places[i]) - part.widths[i] / 2);
  }
  return least;
}

/// The iris is cut off by the lids: a line of it that ends under a lid in the drawing and stands free of it
/// in the blend is led on until it meets the lid, if it does soon.
void meet_lids(BlendedPart& part, const std::vector<PartKind>& kinds) {
  std::vector<Vec2> drawn;
  for (const Sample& sample : part.graph->samples) drawn.push_back(sample.position);
  for (std::size_t s = 0; s < part.drawing.strokes.size(); ++s) {
    Stroke& stroke = part.drawing.strokes[s];
    if (kinds[s] != PartKind::iris || stroke.ink != Ink::black || stroke.closed()) continue;
    for (const bool last : {false, true}) {
      const std::int32_t i = last ? part.graph->first[s + 1] - 1 : part.graph->first[s];
      const auto n = static_cast<std::ptrdiff_t>(stroke.points.size());
      const auto back = std::min<std::ptrdiff_t>(n - 1, static_cast<std::ptrdiff_t>(kLidBit));
      const Vec2 tip = last ? stroke.points.back() : stroke.points.front();
      const Vec2 along = normalized(tip - stroke.points[last ? n - 1 - back : back]);
      if (along == Vec2{} || to_lids(part, kinds, drawn, drawn[i]) > kIntoLid ||
          to_lids(part, kinds, part.positions, tip) <= 0)
        continue;
      std::vector<Vec2> way;
      for (int step = 1; step <= kLeadOn; ++step) {
        way.push_back(tip + along * step);
        if (to_lids(part, kinds, part.positions, way.back()) > 0) continue;
        const float width = last ? stroke.widths.back() : stroke.widths.front();
        if (!last) std::reverse(way.begin(), way.end());
        stroke.points.insert(last ? stroke.points.end() : stroke.points.begin(), way.begin(), way.end());
        stroke.widths.insert(last ? stroke.widths.end() : stroke.widths.begin(), way.size(), width);
        break;
      }
    }
  }
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
  if (has(PartKind::iris)) meet_lids(part, kinds);
}

namespace {

bool moves_with_iris(PartKind kind) {
  return kind == PartKind::iris || kind == PartKind::highlight;
}

/// What moves with the iris: its lines and lights, and what is drawn within it.
std::vector<char> of_iris(const Drawing& drawing, const std::vector<PartKind>& kinds, const Box& iris) {
  const Vec2 middle = lerp(iris.low, iris.high, 0.5), half = (iris.high - iris.low) / 2;
  std::vector<char> moves;
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    const Stroke& stroke = drawing.strokes[s];
    const auto within = std::count_if(stroke.points.begin(), stroke.points.end(), [&](Vec2 p) {
      return std::hypot((p.x - middle.x) / half.x, (p.y - middle.y) / half.y) < 1;
    });
    const bool drawn_on = stroke.ink != Ink::black && 2 * within > static_cast<long>(stroke.points.size());
    moves.push_back(moves_with_iris(kinds[s]) || drawn_on ? 1 : 0);
  }
  return moves;
}

/// The paper between the lids, found from the middle of the iris; empty when it is open somewhere.
Mask opening(const Drawing& drawing, const std::vector<char>& moves, Vec2 middle) {
  Drawing lids = drawing;
  lids.strokes.clear();
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s)
    if (moves[s] == 0 && drawing.strokes[s].ink == Ink::black) lids.strokes.push_back(drawing.strokes[s]);
  link_nodes(lids);
  Mask free = core_mask(render_lines(lids));
  for (std::uint8_t& p : free.data) p = p == 0 ? 1 : 0;
  const int x = static_cast<int>(middle.x), y = static_cast<int>(middle.y);
  if (!free.contains(x, y) || free(x, y) == 0) return {};
  const Components regions = connected_components(free, Connectivity::four);
  const int own = regions.label(x, y);
  Mask mask(free.width, free.height, 0);
  for (int v = 0; v < free.height; ++v)
    for (int u = 0; u < free.width; ++u) {
      if (regions.label(u, v) != own) continue;
      if (u == 0 || v == 0 || u == free.width - 1 || v == free.height - 1) return {};
      mask(u, v) = 1;
    }
  return mask;
}

/// True within a px or two of the opening: a line may run into the lid's ink.
bool near(const Mask& mask, Vec2 p) {
  const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
  for (int dy = -kIntoLid; dy <= kIntoLid; ++dy)
    for (int dx = -kIntoLid; dx <= kIntoLid; ++dx)
      if (mask.contains(x + dx, y + dy) && mask(x + dx, y + dy) != 0) return true;
  return false;
}

double middle_width(const Stroke& stroke) {
  std::vector<float> widths = stroke.widths;
  const auto middle = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), middle, widths.end());
  return *middle;
}

/// Leads the end of a line on until it meets the lid, if it does soon. Where it ended at the lid before, its
/// last bit is the lid's ink: not read.
void lead_to_lid(Stroke& stroke, const Mask& mask) {
  const auto line = static_cast<float>(middle_width(stroke));
  while (stroke.points.size() > kLidBit && stroke.widths.back() > kLidWidth * line) {
    stroke.points.pop_back();
    stroke.widths.pop_back();
  }
  const std::size_t n = stroke.points.size(), back = std::min<std::size_t>(n - 1, kLidBit);
  const Vec2 tip = stroke.points.back(), along = normalized(tip - stroke.points[n - 1 - back]);
  if (along == Vec2{} || !near(mask, tip)) return;
  for (int step = 1; step <= kLeadOn; ++step) {
    if (near(mask, tip + along * step)) continue;
    for (int k = 1; k < step; ++k) {
      stroke.points.push_back(tip + along * k);
      stroke.widths.push_back(line);
    }
    return;
  }
}

void reverse(Stroke& stroke) {
  std::reverse(stroke.points.begin(), stroke.points.end());
  std::reverse(stroke.widths.begin(), stroke.widths.end());
}

/// The runs of a stroke that lie in the opening.
std::vector<Stroke> within(const Stroke& stroke, const Mask& mask) {
  std::vector<Stroke> runs;
  bool in = false;
  for (std::size_t i = 0; i < stroke.points.size(); ++i) {
    const bool now = near(mask, stroke.points[i]);
    if (now && !in) {
      runs.emplace_back();
      runs.back().ink = stroke.ink;
    }
    in = now;
    if (!in) continue;
    runs.back().points.push_back(stroke.points[i]);
    runs.back().widths.push_back(stroke.widths[i]);
  }
  std::erase_if(runs, [](const Stroke& run) { return run.points.size() < 2; });
  return runs;
}

}  // namespace

Vec2 glance(BlendedPart& part, const std::vector<PartKind>& kinds, Vec2 way) {
  Drawing& drawing = part.drawing;
  const Box iris = box_of(drawing, kinds, PartKind::iris);
  if (iris.empty() || way == Vec2{}) return {};
  const std::vector<char> moves = of_iris(drawing, kinds, iris);
  const Mask mask = opening(drawing, moves, lerp(iris.low, iris.high, 0.5));
  Box eye;
  for (int y = 0; y < mask.height; ++y)
    for (int x = 0; x < mask.width; ++x)
      if (mask(x, y) != 0) eye.add({static_cast<double>(x), static_cast<double>(y)});
  if (eye.empty()) return {};
  const Vec2 move{kGlance * std::clamp(way.x, -1.0, 1.0) * (eye.high.x - eye.low.x),
                  kGlance * std::clamp(way.y, -1.0, 1.0) * (eye.high.y - eye.low.y)};
  for (std::size_t i = 0; i < part.positions.size(); ++i)
    if (moves[part.graph->samples[i].stroke] != 0) part.positions[i] += move;

  // Strokes are cut at the lids; each piece hangs on nodes of its own.
  std::vector<Stroke> strokes;
  const auto put = [&](Stroke stroke, bool closed) {
    stroke.start = static_cast<NodeId>(drawing.nodes.size());
    drawing.nodes.push_back({stroke.points.front(), {}});
    stroke.end = stroke.start;
    if (!closed) {
      stroke.end = static_cast<NodeId>(drawing.nodes.size());
      drawing.nodes.push_back({stroke.points.back(), {}});
    }
    strokes.push_back(std::move(stroke));
  };
  for (std::size_t s = 0; s < drawing.strokes.size(); ++s) {
    Stroke& stroke = drawing.strokes[s];
    if (moves[s] == 0) {
      strokes.push_back(stroke);
      continue;
    }
    for (Vec2& point : stroke.points) point += move;
    const bool closed = stroke.closed();
    const bool solid = middle_width(stroke) > kSolidShare * (iris.high.x - iris.low.x);
    if (!closed && !solid && stroke.ink == Ink::black)
      for (int side = 0; side < 2; ++side) {
        lead_to_lid(stroke, mask);
        reverse(stroke);
      }
    std::vector<Stroke> runs = within(stroke, mask);
    const bool whole = runs.size() == 1 && runs.front().points.size() == stroke.points.size();
    for (Stroke& run : runs) put(std::move(run), closed && whole);
  }
  drawing.strokes = std::move(strokes);
  link_nodes(drawing);
  return move;
}

}  // namespace nakawari
