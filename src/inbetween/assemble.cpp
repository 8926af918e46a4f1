#include "inbetween/assemble.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

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
// Places on a line closer than this (px) are one.
constexpr double kOnePlace = 0.75;

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

/// A place on a line of a draft.
struct Spot {
  Vec2 at;
  int piece = -1;
};

/// Where on its parent a share of a draft lies.
float parent_at(const Draft& draft, double share) {
  return static_cast<float>(draft.parent.from + (draft.parent.to - draft.parent.from) * share);
}

class Assembly {
 public:
  Assembly(Assembled& out, double scale) : out_(out), scale_(scale) {}

  void add(const SeenKey& key);
  void close_open_ends();
  /// Lines on which others have been put are split there: they share a node.
  void split_bars();
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
  void drop_bare_nodes();
  void split(int bar, const std::vector<End>& stems);
  [[nodiscard]] std::optional<Spot> hit(Vec2 from, Vec2 to, int own) const;
  [[nodiscard]] std::optional<Spot> nearest(Vec2 at, double reach, int own) const;

  Assembled& out_;
  double scale_;
  std::vector<Draft> drafts_;
  std::vector<std::pair<End, double>> open_;  // with how far its line may lie
  std::map<int, std::vector<End>> on_bar_;    // by draft
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
std::optional<Spot> Assembly::hit(Vec2 from, Vec2 to, int own) const {
  const Vec2 way = to - from;
  double best = 2;
  int piece = -1;
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
      if (u >= 0 && u <= 1 && v >= 0 && v <= 1 && u < best) {
        best = u;
        piece = static_cast<int>(d);
      }
    }
  }
  if (best > 1) return std::nullopt;
  return Spot{from + way * best, piece};
}

std::optional<Spot> Assembly::nearest(Vec2 at, double reach, int own) const {
  double best = reach;
  std::optional<Spot> result;
  for (std::size_t d = 0; d < drafts_.size(); ++d) {
    if (static_cast<int>(d) == own) continue;
    const auto& points = drafts_[d].line.points;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Vec2 p = points[i - 1], way = points[i] - p;
      const double square = length_squared(way);
      const Vec2 foot = p + way * (square > 0 ? std::clamp(dot(at - p, way) / square, 0.0, 1.0) : 0);
      if (const double d2 = distance(at, foot); d2 < best) {
        best = d2;
        result = {foot, static_cast<int>(d)};
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
  std::optional<Spot> spot;
  for (std::size_t i = points.size() - 1; i > 0 && along < reach; --i) {
    along += distance(points[i], points[i - 1]);
    if (const auto crossing = hit(points[i - 1], points[i], end.piece); crossing && i > 1) {
      spot = crossing;
      cut = i;
    }
  }
  if (spot) {
    points.resize(cut);
    widths.resize(cut);
  } else {
    const Vec2 tip = points.back(), before = points[points.size() > 3 ? points.size() - 3 : 0];
    spot = nearest(tip, kTouching * scale_, end.piece);
    if (!spot) spot = hit(tip, tip + normalized(tip - before) * reach, end.piece);
    if (!spot) spot = nearest(tip, reach / 2, end.piece);
  }
  if (spot) {
    widths.push_back(widths.back());
    points.push_back(spot->at);
    out_.drawing.nodes[draft.node[end.at_end]].position = spot->at;
    on_bar_[spot->piece].push_back(end);
  }
  if (end.at_end == false) {
    std::reverse(points.begin(), points.end());
    std::reverse(widths.begin(), widths.end());
  }
}

void Assembly::close_open_ends() {
  for (const auto& [end, reach] : open_) close(end, reach);
}

void Assembly::split_bars() {
  for (const auto& [bar, stems] : on_bar_) split(bar, stems);
}

void Assembly::split(int bar, const std::vector<End>& stems) {
  // Where along the bar each stem stands; one that the bar has since left keeps its own node.
  struct Place {
    double along;
    End stem;
  };
  const Draft whole = drafts_[bar];
  const auto& points = whole.line.points;
  std::vector<double> along(points.size(), 0);
  for (std::size_t i = 1; i < points.size(); ++i)
    along[i] = along[i - 1] + distance(points[i - 1], points[i]);
  std::vector<Place> places;
  for (const End stem : stems) {
    double least = kOnePlace, best = -1;
    const Vec2 at = out_.drawing.nodes[drafts_[stem.piece].node[stem.at_end]].position;
    for (std::size_t i = 1; i < points.size(); ++i) {
      const Vec2 way = points[i] - points[i - 1];
      const double square = length_squared(way);
      const double u = square > 0 ? std::clamp(dot(at - points[i - 1], way) / square, 0.0, 1.0) : 0;
      if (const double d = distance(at, points[i - 1] + way * u); d < least) {
        least = d;
        best = along[i - 1] + std::sqrt(square) * u;
      }
    }
    if (best >= 0) places.push_back({best, stem});
  }
  std::sort(places.begin(), places.end(), [](const Place& l, const Place& r) {
    return std::tie(l.along, l.stem.piece, l.stem.at_end) < std::tie(r.along, r.stem.piece, r.stem.at_end);
  });

  // Cut at each place; the first part stays the bar itself.
  double from = 0;
  NodeId node = whole.node[0];
  std::size_t next = 1;
  int part = bar;
  const auto begin_part = [&] {
    drafts_[part].line = {{out_.drawing.nodes[node].position}, {whole.line.widths[next - 1]}};
    drafts_[part].node[0] = node;
    drafts_[part].parent.from = parent_at(whole, from / along.back());
  };
  const auto end_part = [&](double to, NodeId at) {
    for (; next + 1 < points.size() && along[next] < to - kOnePlace / 2; ++next)
      if (along[next] > from + kOnePlace / 2) {
        drafts_[part].line.points.push_back(points[next]);
        drafts_[part].line.widths.push_back(whole.line.widths[next]);
      }
    drafts_[part].line.points.push_back(out_.drawing.nodes[at].position);
    drafts_[part].line.widths.push_back(whole.line.widths[next]);
    drafts_[part].node[1] = at;
    drafts_[part].parent.to = parent_at(whole, to / along.back());
  };
  begin_part();
  for (const Place& place : places) {
    NodeId& own = drafts_[place.stem.piece].node[place.stem.at_end];
    if (place.along < from + kOnePlace) {
      own = node;
    } else if (place.along > along.back() - kOnePlace) {
      own = whole.node[1];
    } else {
      end_part(place.along, own);
      from = place.along;
      node = own;
      drafts_.push_back(whole);
      part = static_cast<int>(drafts_.size()) - 1;
      begin_part();
    }
  }
  end_part(along.back(), whole.node[1]);
}

void Assembly::drop_bare_nodes() {
  std::vector<NodeId> kept(out_.drawing.nodes.size(), -1);
  std::vector<Node> nodes;
  for (Draft& draft : drafts_)
    for (NodeId& node : draft.node) {
      if (kept[node] < 0) {
        kept[node] = static_cast<NodeId>(nodes.size());
        nodes.push_back(out_.drawing.nodes[node]);
      }
      node = kept[node];
    }
  out_.drawing.nodes = std::move(nodes);
}

void Assembly::finish() {
  drop_bare_nodes();
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
  assembly.split_bars();
  assembly.finish();
  return result;
}

}  // namespace nakawari
