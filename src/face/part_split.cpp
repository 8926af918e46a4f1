#include "face/part_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "face/part_chains.h"
#include "face/solids.h"
#include "geometry/polygon.h"
#include "image/line_image.h"
#include "match/match.h"
#include "match/sample_graph.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

// A stroke is a part's own when at least this share of it lies in the part's polygon.
constexpr double kHeld = 0.55;
// The same head angle: at least this share of the neutral drawing's lines outside the parts lies within a
// hundredth of the page of the other drawing's.
constexpr double kSameLines = 0.5;
constexpr double kSameReach = 0.01;
// Without such lines: the middles of the parts may move by this share of the face height, in the median.
constexpr double kPartsMove = 0.25;

// A trace line that ends within this (px) of a black one runs into it, this far.
constexpr double kLead = 3.5, kInto = 2;

// Lines are read for junctions at this step (px).
constexpr double kLineStep = 2;
constexpr int kLineSamples = 60'000;

double area_of(const std::vector<Vec2>& polygon) {
  double twice = 0;
  for (std::size_t i = 0; i < polygon.size(); ++i)
    twice += cross(polygon[i], polygon[(i + 1) % polygon.size()]);
  return polygon.empty() ? 1e18 : std::abs(twice) / 2;
}

/// The strokes of `from` behind those of `to`.
void append(Drawing& to, const Drawing& from) {
  const auto nodes = static_cast<NodeId>(to.nodes.size());
  to.nodes.insert(to.nodes.end(), from.nodes.begin(), from.nodes.end());
  for (Stroke stroke : from.strokes) {
    stroke.start += nodes;
    stroke.end += nodes;
    to.strokes.push_back(std::move(stroke));
  }
}

bool is_paper(Rgba8 pixel) {
  return pixel.a == 0 || pixel == kPaper;
}

/// The part that holds a run of points best, -1 when none does.
int part_holding(const ExpressionSheet& sheet, const std::string& cel, const std::vector<Vec2>& points) {
  int best = -1;
  double least = 0;
  for (std::size_t p = 0; p < sheet.parts.size(); ++p) {
    const FacePart& part = sheet.parts[p];
    if (!part.cel.empty() && part.cel != cel) continue;
    if (part.region.empty() && part.cel.empty()) continue;
    if (!part.region.empty()) {
      const auto held =
          std::count_if(points.begin(), points.end(), [&](Vec2 point) { return inside(part.region, point); });
      if (static_cast<double>(held) < kHeld * static_cast<double>(points.size())) continue;
    }
    const double area = area_of(part.region);
    if (best < 0 || area < least) {
      best = static_cast<int>(p);
      least = area;
    }
  }
  return best;
}

/// The lines of one ink, or of all inks but that one.
LineImage only(const LineImage& lines, Ink ink, bool wanted) {
  LineImage result = lines;
  for (std::size_t i = 0; i < result.ink.data.size(); ++i)
    if ((result.ink.data[i] == ink) != wanted) {
      result.ink.data[i] = Ink::none;
      result.coverage.data[i] = 0;
    }
  return result;
}

/// Trace lines end at black ones: leads a free end that stops just before one into it.
void lead_into_black(Drawing& drawing) {
  link_nodes(drawing);
  for (Stroke& stroke : drawing.strokes) {
    if (stroke.ink == Ink::black || stroke.closed()) continue;
    for (const bool last : {false, true}) {
      Node& node = drawing.nodes[last ? stroke.end : stroke.start];
      if (node.strokes.size() != 1) continue;
      const Vec2 tip = node.position;
      double least = kLead;
      Vec2 goal = tip;
      for (const Stroke& other : drawing.strokes) {
        if (other.ink != Ink::black) continue;
        for (std::size_t i = 0; i < other.points.size(); ++i) {
          const double far = distance(other.points[i], tip), gap = far - other.widths[i] / 2;
          if (gap >= least || far <= 0) continue;
          least = gap;
          goal = lerp(tip, other.points[i], std::clamp((gap + kInto) / far, 0.0, 1.0));
        }
      }
      if (goal == tip) continue;
      node.position = goal;
      const auto at = last ? stroke.points.end() : stroke.points.begin();
      const auto width = last ? stroke.widths.back() : stroke.widths.front();
      stroke.points.insert(at, goal);
      stroke.widths.insert(last ? stroke.widths.end() : stroke.widths.begin(), width);
    }
  }
}

/// Traces each kind of line by itself: a highlight that is drawn over a pupil stays whole, and trace lines do
/// not cut black ones where they meet. Solid shapes become one stroke each.
Result<Drawing> trace_inks(const LineImage& lines) {
  LineImage black = only(lines, Ink::black, true);
  std::vector<Stroke> solids = take_solids(black);
  auto drawing = trace(black);
  if (!drawing) return drawing;
  const auto colours = trace(only(lines, Ink::black, false));
  if (!colours) return colours;
  for (Stroke& solid : solids) {
    solid.start = static_cast<NodeId>(drawing->nodes.size());
    solid.end = solid.start + 1;
    drawing->nodes.push_back({solid.points.front(), {}});
    drawing->nodes.push_back({solid.points.back(), {}});
    drawing->strokes.push_back(std::move(solid));
  }
  append(*drawing, *colours);
  lead_into_black(*drawing);
  return drawing;
}

struct Layered {
  SplitDrawing split;
  std::vector<std::string> cel_of;  ///< per stroke
};

/// A piece of a line between two pieces that are one part is that part too: the middle of a lash over the
/// iris.
void smooth_along_lines(const Drawing& drawing, std::vector<int>& part_of) {
  SampleOptions options;
  options.spacing = kLineStep / page_scale(drawing);
  options.most_samples = kLineSamples;
  options.near_radius = options.spacing;  // only junctions count here
  const SampleGraph graph = sample_graph(drawing, options);
  const std::vector<int> before = part_of;
  for (const Chain& chain : chains_of(graph)) {
    std::vector<StrokeId> strokes;
    for (const std::int32_t i : chain.samples)
      if (strokes.empty() || strokes.back() != graph.samples[i].stroke)
        strokes.push_back(graph.samples[i].stroke);
    const std::size_t n = strokes.size();
    for (std::size_t k = 0; k < n; ++k) {
      if (n < 3 || (!chain.closed && (k == 0 || k + 1 == n))) continue;
      const int one = before[strokes[(k + n - 1) % n]], other = before[strokes[(k + 1) % n]];
      if (one == other) part_of[strokes[k]] = one;
    }
  }
}

Result<Layered> trace_sample(const ExpressionSheet& sheet, const FaceSample& sample) {
  Layered result;
  SplitDrawing& split = result.split;
  for (const SamplePicture& picture : sample.pictures) {
    auto drawing = trace_inks(classify_lines(picture.lines));
    if (!drawing) {
      drawing.error().where.file = picture.file;
      return Failure(std::move(drawing.error()));
    }
    if (split.picture.empty()) {
      split.picture = picture.lines;
      split.drawing.width = drawing->width;
      split.drawing.height = drawing->height;
      split.drawing.kind = drawing->kind;
      split.drawing.transparent_paper = drawing->transparent_paper;
    } else {
      for (std::size_t i = 0; i < picture.lines.data.size(); ++i)
        if (!is_paper(picture.lines.data[i])) split.picture.data[i] = picture.lines.data[i];
    }
    append(split.drawing, *drawing);
    result.cel_of.resize(split.drawing.strokes.size(), picture.cel);
  }
  link_nodes(split.drawing);
  for (std::size_t s = 0; s < split.drawing.strokes.size(); ++s)
    split.part_of.push_back(part_holding(sheet, result.cel_of[s], split.drawing.strokes[s].points));
  smooth_along_lines(split.drawing, split.part_of);
  return result;
}

/// Strokes in no polygon take the part of the neutral strokes that they match: a brow that rose out of its
/// polygon is still the brow.
void follow_neutral(const ExpressionSheet& sheet, const SplitDrawing& neutral, SplitDrawing& split,
                    Threads threads) {
  if (std::find(split.part_of.begin(), split.part_of.end(), -1) == split.part_of.end()) return;
  const auto matched = match(neutral.drawing, split.drawing, {}, {.threads = threads});
  if (!matched) return;
  const std::size_t parts = sheet.parts.size() + 1;
  std::vector<std::vector<double>> votes(split.part_of.size(), std::vector<double>(parts + 1, 0));
  for (const SampleMatch& m : matched->b_to_a) {
    const std::size_t vote =
        m.partner_stroke < 0 ? parts : static_cast<std::size_t>(neutral.part_of[m.partner_stroke] + 1);
    votes[m.stroke][vote] += 1;
  }
  for (std::size_t s = 0; s < votes.size(); ++s) {
    if (split.part_of[s] >= 0) continue;
    const auto best = std::max_element(votes[s].begin(), votes[s].end()) - votes[s].begin();
    if (best > 0 && best < static_cast<std::ptrdiff_t>(parts)) split.part_of[s] = static_cast<int>(best) - 1;
  }
}

/// Spreads the strokes' parts over the ink that they stand on; ink that no stroke reaches asks the polygons.
void own_pixels(const ExpressionSheet& sheet, SplitDrawing& split) {
  const int width = split.picture.width, height = split.picture.height;
  split.owner = Grid<std::int16_t>(width, height, 0);
  Mask seen(width, height, 0);
  std::vector<std::int32_t> front;
  for (std::size_t s = 0; s < split.drawing.strokes.size(); ++s) {
    const auto& points = split.drawing.strokes[s].points;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const int steps = std::max(1, static_cast<int>(std::ceil(distance(points[i], points[i + 1]) * 2)));
      for (int k = 0; k <= steps; ++k) {
        const Vec2 p = lerp(points[i], points[i + 1], static_cast<double>(k) / steps);
        const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y));
        if (!seen.contains(x, y) || seen(x, y) != 0 || is_paper(split.picture(x, y))) continue;
        seen(x, y) = 1;
        split.owner(x, y) = static_cast<std::int16_t>(split.part_of[s] + 1);
        front.push_back(static_cast<std::int32_t>(seen.index(x, y)));
      }
    }
  }
  for (std::size_t head = 0; head < front.size(); ++head) {
    const int x = front[head] % width, y = front[head] / width;
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) {
        if (!seen.contains(x + dx, y + dy) || seen(x + dx, y + dy) != 0) continue;
        if (is_paper(split.picture(x + dx, y + dy))) continue;
        seen(x + dx, y + dy) = 1;
        split.owner(x + dx, y + dy) = split.owner(x, y);
        front.push_back(static_cast<std::int32_t>(seen.index(x + dx, y + dy)));
      }
  }
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      if (seen(x, y) != 0 || is_paper(split.picture(x, y))) continue;
      for (std::size_t p = 0; p < sheet.parts.size(); ++p)
        if (!sheet.parts[p].region.empty() && inside(sheet.parts[p].region, {x + 0.5, y + 0.5}))
          split.owner(x, y) = static_cast<std::int16_t>(p + 1);
    }
}

/// Samples of the base strokes, and the middle of each group's strokes (no value when it has none).
struct Angle {
  std::vector<Vec2> base;
  std::vector<std::optional<Vec2>> middles;
};

Angle angle_of(const FaceGroups& groups, const SplitDrawing& split) {
  Angle angle;
  std::vector<Vec2> sum(groups.names.size());
  std::vector<double> count(groups.names.size(), 0);
  for (std::size_t s = 0; s < split.drawing.strokes.size(); ++s)
    for (const Vec2 point : split.drawing.strokes[s].points) {
      if (split.part_of[s] < 0) {
        angle.base.push_back(point);
      } else {
        sum[groups.of_part[split.part_of[s]]] += point;
        count[groups.of_part[split.part_of[s]]] += 1;
      }
    }
  for (std::size_t g = 0; g < sum.size(); ++g)
    angle.middles.push_back(count[g] > 0 ? std::optional<Vec2>(sum[g] / count[g]) : std::nullopt);
  return angle;
}

Result<void> same_angle(const ExpressionSheet& sheet, const FaceSample& sample, const Angle& neutral,
                        const Angle& other) {
  const auto differs = [&] {
    return fail(ErrorCode::bad_input,
                fmt::format("\"{}\" shows the head at another angle or place than \"{}\"", sample.name,
                            sheet.samples.front().name),
                "keep one sheet an angle, all drawings on the same pegs",
                {.file = sample.pictures.front().file, .drawing = sample.name});
  };
  const Raster& page = sample.pictures.front().lines;
  if (!neutral.base.empty() && !other.base.empty()) {
    // A coarse grid answers "is a line near".
    const double cell = kSameReach * std::max(page.width, page.height);
    Mask near(static_cast<int>(page.width / cell) + 3, static_cast<int>(page.height / cell) + 3, 0);
    for (const Vec2 point : other.base)
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          const int x = static_cast<int>(point.x / cell) + 1 + dx,
                    y = static_cast<int>(point.y / cell) + 1 + dy;
          if (near.contains(x, y)) near(x, y) = 1;
        }
    const auto same = std::count_if(neutral.base.begin(), neutral.base.end(), [&](Vec2 point) {
      const int x = static_cast<int>(point.x / cell) + 1, y = static_cast<int>(point.y / cell) + 1;
      return near.contains(x, y) && near(x, y) != 0;
    });
    if (static_cast<double>(same) < kSameLines * static_cast<double>(neutral.base.size())) return differs();
    return {};
  }
  std::vector<double> moves;
  for (std::size_t g = 0; g < neutral.middles.size(); ++g)
    if (neutral.middles[g] && other.middles[g])
      moves.push_back(distance(*neutral.middles[g], *other.middles[g]));
  if (moves.empty()) return {};
  const auto median = moves.begin() + static_cast<std::ptrdiff_t>((moves.size() - 1) / 2);
  std::nth_element(moves.begin(), median, moves.end());
  const double height = sheet.face_height() > 0 ? sheet.face_height() : 0.4 * page.height;
  if (*median > kPartsMove * height) return differs();
  return {};
}

}  // namespace

Result<std::vector<SplitDrawing>> split_drawings(const ExpressionSheet& sheet, Threads threads) {
  std::vector<std::optional<Result<Layered>>> traced(sheet.samples.size());
  parallel_for(threads, traced.size(),
               [&](std::size_t i) { traced[i] = trace_sample(sheet, sheet.samples[i]); });
  std::vector<SplitDrawing> splits;
  for (auto& each : traced) {
    if (!*each) return Failure(std::move(each->error()));
    splits.push_back(std::move((*each)->split));
  }
  if (sheet.match_neutral)
    parallel_for(threads, splits.size() - 1,
                 [&](std::size_t i) { follow_neutral(sheet, splits[0], splits[i + 1], {1}); });
  parallel_for(threads, splits.size(), [&](std::size_t i) { own_pixels(sheet, splits[i]); });
  const FaceGroups groups = face_groups(sheet);
  const Angle neutral = angle_of(groups, splits.front());
  for (std::size_t i = 1; i < splits.size(); ++i)
    if (auto same = same_angle(sheet, sheet.samples[i], neutral, angle_of(groups, splits[i])); !same)
      return Failure(std::move(same.error()));
  return splits;
}

}  // namespace nakawari
