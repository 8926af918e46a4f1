#include "inbetween/assemble.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace nakawari {
namespace {

// Ends of one node that have come this far apart (px at 1024) are moved together; farther ones slide on each
// other: the stem of a T is then put back onto its bar.
constexpr double kTogether = 4;
// An end is moved with this much of its line, so that the line does not break (px at 1024).
constexpr double kBend = 30;
// How far an end that ought to stand on a line is prolonged or cut back to it (px at 1024).
constexpr double kLeastReach = 6, kMostReach = 40;

// This near (px at 1024) an end stands on a line already.
constexpr double kTouching = 1.2;

/// One end of a piece.
struct End {
  int piece = -1;
  bool at_end = false;
};

struct Draft {
  Piece line;
  Ink ink = Ink::black;
  Parent parent;
  NodeId node[2] = {-1, -1};  // of the drawing to be made
};

class Assembly {
 public:
  Assembly(Assembled& out, double scale) : out_(out), scale_(scale) {}

  void add(const SeenKey& key);
  void close_open_ends();
  void finish();

 private:
  [[nodiscard]] Vec2 tip(End end) const {
    const auto& points = drafts_[end.piece].line.points;
    return end.at_end ? points.back() : points.front();
  }
  NodeId make_node(Vec2 at) {
    out_.drawing.nodes.push_back({at, {}});
    return static_cast<NodeId>(out_.drawing.nodes.size() - 1);
  }
  void join(const std::vector<End>& ends);
  void alone(End end, double reach);
  void move_tip(End end, Vec2 to);
  void join_node(const SeenKey& key, NodeId node, const std::vector<End>& ends);
  void close(End end, double reach);
  [[nodiscard]] std::optional<Vec2> hit(Vec2 from, Vec2 to, int own) const;
  [[nodiscard]] std::optional<Vec2> nearest(Vec2 at, double reach, int own) const;

  Assembled& out_;
  double scale_;
  std::vector<Draft> drafts_;
  std::vector<std::pair<End, double>> open_;  // with how far its line may lie
};

void Assembly::add(const SeenKey& key) {
  const SampleGraph& graph = *key.lines->graph;
  std::map<NodeId, std::vector<End>> at_node;
  for (const Run& run : key.runs) {
    const Stroke& stroke = key.lines->drawing->strokes[run.stroke];
    const int piece = static_cast<int>(drafts_.size());
    drafts_.push_back(
        {piece_of(*key.lines, run.begin, run.last),
         stroke.ink,
         {key.lines->first_key, run.stroke, graph.samples[run.begin].along, graph.samples[run.last].along},
         {-1, -1}});
    const bool whole[2] = {run.begin == graph.first[run.stroke], run.last + 1 == graph.first[run.stroke + 1]};
    for (const bool at_end : {false, true}) {
      const End end{piece, at_end};
      if (whole[at_end])
        at_node[at_end ? stroke.end : stroke.start].push_back(end);
      else if (at_end ? run.hidden_after : run.hidden_before)
        alone(end, kMostReach / 2);
      else
        // Goes on as a line of the other key, or ends free where it retracts.
        alone(end, key.lines->shared(at_end ? run.last : run.begin) ? kLeastReach / 2 : 0);
    }
  }
  for (const auto& [node, ends] : at_node) join_node(key, node, ends);
}

void Assembly::join_node(const SeenKey& key, NodeId node, const std::vector<End>& ends) {
  const std::size_t in_key = key.lines->drawing->nodes[node].strokes.size();
  Vec2 middle;
  for (const End end : ends) middle += tip(end) / static_cast<double>(ends.size());
  double spread = 0;
  for (const End end : ends) spread = std::max(spread, distance(tip(end), middle));
  if (ends.size() == 1 && in_key > 1) {
    alone(ends[0], kLeastReach);
    return;
  }
  const auto junction = std::lower_bound(key.junctions->begin(), key.junctions->end(), node,
                                         [](const Junction& j, NodeId n) { return j.node < n; });
  const bool known = junction != key.junctions->end() && junction->node == node;
  if (spread <= kTogether * scale_ || !known || junction->stems.empty() || junction->through.empty()) {
    join(ends);
    return;
  }
  // The bars stay whole; stems that have slid off are put back onto them.
  std::vector<End> bars, stems;
  for (const End end : ends) {
    const StrokeEnd stroke_end{drafts_[end.piece].parent.stroke, end.at_end};
    const auto& list = junction->stems;
    (std::find(list.begin(), list.end(), stroke_end) != list.end() ? stems : bars).push_back(end);
  }
  if (bars.empty()) {
    join(ends);
    return;
  }
  Vec2 bar;
  for (const End end : bars) bar += tip(end) / static_cast<double>(bars.size());
  for (const End end : stems) {
    const double slid = distance(tip(end), bar);
    if (slid <= kTogether * scale_)
      bars.push_back(end);
    else
      alone(end, std::clamp(1.5 * slid / scale_, kLeastReach, kMostReach));
  }
  join(bars);
}

void Assembly::join(const std::vector<End>& ends) {
  Vec2 middle;
  for (const End end : ends) middle += tip(end) / static_cast<double>(ends.size());
  const NodeId node = make_node(middle);
  for (const End end : ends) {
    move_tip(end, middle);
    drafts_[end.piece].node[end.at_end] = node;
  }
}

/// `reach`: how far (px at 1024) the line may lie on which the end ought to stand; 0: it ends free.
void Assembly::alone(End end, double reach) {
  drafts_[end.piece].node[end.at_end] = make_node(tip(end));
  if (reach > 0) open_.emplace_back(end, reach * scale_);
}

/// Moves an end and, less and less, the line behind it.
void Assembly::move_tip(End end, Vec2 to) {
  auto& points = drafts_[end.piece].line.points;
  const Vec2 shift = to - tip(end);
  if (shift == Vec2{}) return;
  double whole = 0;
  for (std::size_t i = 1; i < points.size(); ++i) whole += distance(points[i - 1], points[i]);
  const double bend = std::min(kBend * scale_, whole);
  double along = 0;
  for (std::size_t n = 0; n < points.size() && along < bend; ++n) {
    Vec2& point = points[end.at_end ? points.size() - 1 - n : n];
    const Vec2 before = point;
    point += shift * (1 - along / bend);
    if (n + 1 < points.size()) along += distance(before, points[end.at_end ? points.size() - 2 - n : n + 1]);
  }
}

/// Where the way from one point to another first meets a line of another piece.
std::optional<Vec2> Assembly::hit(Vec2 from, Vec2 to, int own) const {
  const Vec2 way = to - from;
  double best = 2;
  for (std::size_t d = 0; d < drafts_.size(); ++d) {
    if (static_cast<int>(d) == own) continue;
    const auto& points = drafts_[d].line.points;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Vec2 p = points[i - 1], wall = points[i] - p;
      if (std::min(p.x, points[i].x) > std::max(from.x, to.x) ||
          std::max(p.x, points[i].x) < std::min(from.x, to.x) ||
          std::min(p.y, points[i].y) > std::max(from.y, to.y) ||
          std::max(p.y, points[i].y) < std::min(from.y, to.y))
        continue;
      const double area = cross(way, wall);
      if (area == 0) continue;
      const double u = cross(p - from, wall) / area, v = cross(p - from, way) / area;
      if (u >= 0 && u <= 1 && v >= 0 && v <= 1 && u < best) best = u;
    }
  }
  if (best > 1) return std::nullopt;
  return from + way * best;
}

std::optional<Vec2> Assembly::nearest(Vec2 at, double reach, int own) const {
  double best = reach;
  std::optional<Vec2> result;
  for (std::size_t d = 0; d < drafts_.size(); ++d) {
    if (static_cast<int>(d) == own) continue;
    const auto& points = drafts_[d].line.points;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Vec2 p = points[i - 1], way = points[i] - p;
      const double square = length_squared(way);
      const Vec2 foot = p + way * (square > 0 ? std::clamp(dot(at - p, way) / square, 0.0, 1.0) : 0);
      if (const double d2 = distance(at, foot); d2 < best) {
        best = d2;
        result = foot;
      }
    }
  }
  return result;
}

/// Cuts an end back to the line that it has run over, or prolongs it to the one that it has lost.
void Assembly::close(End end, double reach) {
  Draft& draft = drafts_[end.piece];
  auto& points = draft.line.points;
  auto& widths = draft.line.widths;
  if (end.at_end == false) {
    std::reverse(points.begin(), points.end());
    std::reverse(widths.begin(), widths.end());
  }
  // Walk back from the tip; the crossing farthest from it is where the line goes under.
  double along = 0;
  std::size_t cut = 0;
  std::optional<Vec2> at;
  for (std::size_t i = points.size() - 1; i > 0 && along < reach; --i) {
    along += distance(points[i], points[i - 1]);
    if (const auto crossing = hit(points[i - 1], points[i], end.piece); crossing && i > 1) {
      at = crossing;
      cut = i;
    }
  }
  if (at) {
    points.resize(cut);
    widths.resize(cut);
  } else {
    const Vec2 tip = points.back(), before = points[points.size() > 3 ? points.size() - 3 : 0];
    at = nearest(tip, kTouching * scale_, end.piece);
    if (!at) at = hit(tip, tip + normalized(tip - before) * reach, end.piece);
    if (!at) at = nearest(tip, reach / 2, end.piece);
  }
  if (at) {
    widths.push_back(widths.back());
    points.push_back(*at);
    out_.drawing.nodes[draft.node[end.at_end]].position = *at;
  }
  if (end.at_end == false) {
    std::reverse(points.begin(), points.end());
    std::reverse(widths.begin(), widths.end());
  }
}

void Assembly::close_open_ends() {
  for (const auto& [end, reach] : open_) close(end, reach);
}

void Assembly::finish() {
  for (Draft& draft : drafts_) {
    auto& points = draft.line.points;
    points.front() = out_.drawing.nodes[draft.node[0]].position;
    points.back() = out_.drawing.nodes[draft.node[1]].position;
    out_.drawing.strokes.push_back(
        {draft.node[0], draft.node[1], draft.ink, std::move(points), std::move(draft.line.widths)});
    out_.parents.push_back({draft.parent});
  }
  link_nodes(out_.drawing);
}

}  // namespace

Assembled assemble(const Drawing& like, const SeenKey& a, const SeenKey& b, double scale) {
  Assembled result;
  result.drawing.width = like.width;
  result.drawing.height = like.height;
  result.drawing.kind = like.kind;
  result.drawing.transparent_paper = like.transparent_paper;
  Assembly assembly(result, scale);
  assembly.add(a);
  assembly.add(b);
  assembly.close_open_ends();
  assembly.finish();
  return result;
}

}  // namespace nakawari
