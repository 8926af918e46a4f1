#include "inbetween/eye_division.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "drawing/junctions.h"
#include "geometry/polygon.h"

namespace nakawari {
namespace {

// A lid is wider than high, so many times.
constexpr double kLidLonger = 1.25;
// Shares of the eye's width: a lid is at least so wide; something round at least so high and wide, and at
// most so wide; lids that lie closer together are a closed one with its fold.
constexpr double kLid = 0.55, kRoundLeast = 0.15, kRoundWidest = 0.8, kFold = 0.12;
// Something round is at most so many times as wide as high.
constexpr double kRoundLonger = 2.2;
// An end of an iris stands on a lid when it lies within this share of the eye's width of it.
constexpr double kStands = 0.08;
// A highlight has at most this share of the iris's box.
constexpr double kHighlight = 0.4;

struct Box {
  Vec2 low{1e9, 1e9}, high{-1e9, -1e9};
  void add(Vec2 p) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  [[nodiscard]] double width() const { return high.x - low.x; }
  [[nodiscard]] double height() const { return high.y - low.y; }
  [[nodiscard]] Vec2 middle() const { return lerp(low, high, 0.5); }
  [[nodiscard]] bool holds(Vec2 p) const {
    return p.x >= low.x && p.x <= high.x && p.y >= low.y && p.y <= high.y;
  }
};

/// A line as the hand drew it: strokes that run on through junctions, or a piece of one stroke.
struct Line {
  std::vector<StrokeRun> runs;
  std::vector<Vec2> points;  ///< in no order between strokes
  std::vector<Vec2> ends;    ///< none: closed
  Box box;
  Ink ink = Ink::black;
  [[nodiscard]] bool closed() const { return ends.empty(); }
};

Line line_of(const Drawing& drawing, const std::vector<StrokeId>& strokes) {
  Line line;
  std::vector<std::pair<NodeId, int>> count;
  for (const StrokeId s : strokes) {
    const Stroke& stroke = drawing.strokes[s];
    line.runs.push_back({s});
    line.points.insert(line.points.end(), stroke.points.begin(), stroke.points.end());
    line.ink = stroke.ink;
    for (const NodeId node : {stroke.start, stroke.end}) {
      const auto known =
          std::find_if(count.begin(), count.end(), [&](const auto& each) { return each.first == node; });
      if (known == count.end())
        count.emplace_back(node, 1);
      else
        ++known->second;
    }
  }
  for (const auto& [node, number] : count)
    if (number == 1) line.ends.push_back(drawing.nodes[node].position);
  for (const Vec2 p : line.points) line.box.add(p);
  return line;
}

/// The strokes within the lasso, joined where they run on through junctions or where just two meet.
std::vector<Line> lines_within(const Drawing& drawing, const std::vector<Vec2>& lasso) {
  std::vector<int> of(drawing.strokes.size(), -1);
  std::vector<StrokeId> strokes;
  for (std::size_t s = 0; s < of.size(); ++s) {
    const auto& points = drawing.strokes[s].points;
    const auto in = std::count_if(points.begin(), points.end(), [&](Vec2 p) { return inside(lasso, p); });
    if (2 * in <= static_cast<std::ptrdiff_t>(points.size())) continue;
    of[s] = static_cast<int>(s);
    strokes.push_back(static_cast<StrokeId>(s));
  }
  const auto join = [&](StrokeId one, StrokeId other) {
    if (of[one] < 0 || of[other] < 0 || of[one] == of[other]) return;
    const int gone = std::max(of[one], of[other]), kept = std::min(of[one], of[other]);
    for (int& label : of)
      if (label == gone) label = kept;
  };
  for (const Node& node : drawing.nodes)
    if (node.strokes.size() == 2 &&
        drawing.strokes[node.strokes[0]].ink == drawing.strokes[node.strokes[1]].ink)
      join(node.strokes[0], node.strokes[1]);
  for (const Junction& junction : junctions(drawing))
    for (const auto& [one, other] : junction.through)
      if (drawing.strokes[one.stroke].ink == drawing.strokes[other.stroke].ink)
        join(one.stroke, other.stroke);
  std::vector<Line> lines;
  for (const StrokeId first : strokes) {
    if (of[first] != first) continue;
    std::vector<StrokeId> own;
    for (const StrokeId s : strokes)
      if (of[s] == first) own.push_back(s);
    lines.push_back(line_of(drawing, own));
  }
  return lines;
}

/// The pieces of a stroke before and after its points `cuts` (rising), as lines.
std::vector<Line> cut(const Stroke& stroke, StrokeId id, const std::vector<std::size_t>& cuts) {
  std::vector<Line> pieces;
  Line piece;
  float along = 0, from = 0;
  for (std::size_t i = 0; i < stroke.points.size(); ++i) {
    if (i > 0) along += static_cast<float>(distance(stroke.points[i - 1], stroke.points[i]));
    piece.points.push_back(stroke.points[i]);
    piece.box.add(stroke.points[i]);
    const bool last = i + 1 == stroke.points.size();
    if (!last && std::find(cuts.begin(), cuts.end(), i) == cuts.end()) continue;
    piece.runs.push_back({id, from, along});
    piece.ends = {piece.points.front(), piece.points.back()};
    piece.ink = stroke.ink;
    if (piece.points.size() > 1) pieces.push_back(std::move(piece));
    piece = {};
    from = along;
  }
  return pieces;
}

/// An outline that is drawn all around, or in one line around a corner, is two lids: it is cut at its
/// outermost points.
std::vector<Line> cut_at_corners(const Drawing& drawing, std::vector<Line> lines, double width) {
  std::vector<Line> result;
  for (Line& line : lines) {
    if (line.box.width() < kLid * width || line.ink != Ink::black) {
      result.push_back(std::move(line));
      continue;
    }
    // Both above and below at the middle?
    double low = 1e9, high = -1e9;
    const double middle = line.box.middle().x;
    for (const Vec2 p : line.points)
      if (std::abs(p.x - middle) < kFold * width) {
        low = std::min(low, p.y);
        high = std::max(high, p.y);
      }
    if (high - low < 2 * kFold * width) {
      result.push_back(std::move(line));
      continue;
    }
    const auto [left, right] =
        std::minmax_element(line.points.begin(), line.points.end(), [](Vec2 l, Vec2 r) { return l.x < r.x; });
    // Pieces on one side of the line from corner to corner are one lid.
    const Vec2 from = *left, to = *right;
    Line upper, lower;
    for (const StrokeRun& run : line.runs) {
      const Stroke& stroke = drawing.strokes[run.stroke];
      std::vector<std::size_t> cuts;
      for (std::size_t i = 1; i + 1 < stroke.points.size(); ++i)
        if (stroke.points[i] == from || stroke.points[i] == to) cuts.push_back(i);
      for (Line& piece : cut(stroke, run.stroke, cuts)) {
        double below = 0;
        for (const Vec2 p : piece.points) below += cross(to - from, p - from);
        Line& lid = below > 0 ? lower : upper;
        lid.runs.insert(lid.runs.end(), piece.runs.begin(), piece.runs.end());
        lid.points.insert(lid.points.end(), piece.points.begin(), piece.points.end());
        for (const Vec2 p : piece.points) lid.box.add(p);
        lid.ends = {from, to};
      }
    }
    for (Line* lid : {&upper, &lower})
      if (!lid->points.empty()) result.push_back(std::move(*lid));
  }
  return result;
}

double nearest(Vec2 p, const Line& line) {
  double least = 1e9;
  for (const Vec2 q : line.points) least = std::min(least, distance(p, q));
  return least;
}

/// Mean height of a line within the middle third of the eye; of all of it when it has none there.
double height_of(const Line& line, const Box& eye) {
  double sum = 0, count = 0;
  for (const Vec2 p : line.points)
    if (std::abs(p.x - eye.middle().x) < eye.width() / 6) {
      sum += p.y;
      count += 1;
    }
  return count > 0 ? sum / count : line.box.middle().y;
}

EyeDivision unclear(const char* what, const char* part) {
  return {{},
          std::string("the eye in this circle is not plain: ") + what +
              "; circle its parts one by one and name "
              "them, first the " +
              part};
}

}  // namespace

EyeDivision divide_eye(const Drawing& drawing, const std::vector<Vec2>& lasso) {
  std::vector<Line> lines = lines_within(drawing, lasso);
  Box eye;
  for (const Line& line : lines)
    if (line.ink == Ink::black)
      for (const Vec2 p : line.points) eye.add(p);
  if (eye.width() <= 0) return unclear("no line lies in it", "upper lid");
  const double width = eye.width();
  lines = cut_at_corners(drawing, std::move(lines), width);

  std::vector<const Line*> lids, rest;
  for (const Line& line : lines)
    (line.ink == Ink::black && line.box.width() >= kLid * width &&
             line.box.width() >= kLidLonger * line.box.height() && !line.closed()
         ? lids
         : rest)
        .push_back(&line);
  if (lids.empty()) return unclear("no line runs from corner to corner", "upper lid");

  // Something round: closed, or cut off by lids at both ends.
  std::vector<const Line*> round;
  for (const Line* line : rest) {
    const Box& box = line->box;
    const bool shaped = box.height() >= kRoundLeast * width && box.width() <= kRoundWidest * width &&
                        box.width() <= kRoundLonger * box.height() && line->ink == Ink::black;
    const bool stands = std::all_of(line->ends.begin(), line->ends.end(), [&](Vec2 end) {
      return std::any_of(lids.begin(), lids.end(),
                         [&](const Line* lid) { return nearest(end, *lid) < kStands * width; });
    });
    // Open lines at the eye's ends are lashes and corners.
    const bool inner =
        box.middle().x > eye.low.x + kRoundLeast * width && box.middle().x < eye.high.x - kRoundLeast * width;
    if (shaped && stands && inner) round.push_back(line);
  }
  EyeDivision result;
  const auto give = [&](EyePart part, const Line& line) {
    auto& own = result.parts[static_cast<std::size_t>(part)];
    own.insert(own.end(), line.runs.begin(), line.runs.end());
  };
  const auto by_height = [&](const Line* l, const Line* r) {
    return height_of(*l, eye) < height_of(*r, eye);
  };
  std::sort(lids.begin(), lids.end(), by_height);
  if (round.empty()) {
    const double apart = height_of(*lids.back(), eye) - height_of(*lids.front(), eye);
    if (lids.size() > 2 || apart > kFold * width)
      return unclear("between its lids lies no round line that is closed, or ends at the lids", "iris");
    for (const Line& line : lines)
      if (line.ink == Ink::black) give(EyePart::upper_lid, line);
    return result;
  }

  const auto box_of_round = [&] {
    Box box;
    for (const Line* line : round) {
      box.add(line->box.low);
      box.add(line->box.high);
    }
    return box;
  };
  Box iris = box_of_round();
  if (iris.width() > kRoundWidest * width) {
    // Of two lines beside each other on one side the outer is a piece of a lid.
    const auto aside = [&](const Line* line) { return line->box.middle().x - eye.middle().x; };
    const std::vector<const Line*> all = round;
    std::erase_if(round, [&](const Line* outer) {
      return !outer->closed() && std::any_of(all.begin(), all.end(), [&](const Line* inner) {
        const double shared =
            std::min(outer->box.high.y, inner->box.high.y) - std::max(outer->box.low.y, inner->box.low.y);
        return aside(outer) * aside(inner) > 0 && std::abs(aside(inner)) < std::abs(aside(outer)) &&
               2 * shared > outer->box.height();
      });
    });
    iris = box_of_round();
  }
  if (iris.width() > kRoundWidest * width)
    return unclear("several round lines lie side by side between its lids", "iris");
  const Vec2 middle = iris.middle();
  int above = 0, below = 0;
  for (const Line* lid : lids) ++(height_of(*lid, eye) < middle.y ? above : below);
  if (above == 0) return unclear("no line runs from corner to corner above its iris", "upper lid");
  for (const Line* lid : lids)
    give(height_of(*lid, eye) < middle.y ? EyePart::upper_lid : EyePart::lower_lid, *lid);
  // The iris reaches up to the lid, though a short piece there is not round.
  const auto edge = [&](double x) {
    double low = eye.low.y;
    for (const Line* lid : lids)
      for (const Vec2 p : lid->points)
        if (height_of(*lid, eye) < middle.y && std::abs(p.x - x) < kStands * width) low = std::max(low, p.y);
    return low;
  };
  iris.low.y = std::min(iris.low.y, edge(middle.x));
  for (const Line* line : rest) {
    const auto in =
        std::count_if(line->points.begin(), line->points.end(), [&](Vec2 p) { return iris.holds(p); });
    const Vec2 at = line->box.middle();
    if (2 * in > static_cast<std::ptrdiff_t>(line->points.size()) &&
        (at.y > edge(at.x) || line->ink != Ink::black || line->closed())) {
      const double area = line->box.width() * line->box.height() / (iris.width() * iris.height());
      const bool light = line->closed() && area < kHighlight && !line->box.holds(middle);
      give(light ? EyePart::highlight : EyePart::iris, *line);
    } else if (line->ink != Ink::black) {
      give(EyePart::white, *line);
    } else {
      give(at.y < middle.y ? EyePart::upper_lid : EyePart::lower_lid, *line);
    }
  }
  return result;
}

}  // namespace nakawari
