// Broken lines: a gap between two line ends, or between an end and a line, where the drawings beside it have
// none. Every gap is a leak for the paint bucket.
#include <fmt/format.h>

#include "check/tools.h"
#include "drawing/junctions.h"

namespace nakawari {
namespace {

constexpr double kGap = 2;      // px that fail, on pages of any size: the bucket leaks through one
constexpr double kWidest = 45;  // px at 1920 between two ends; wider is a missing stroke
constexpr double kLeak = 18;    // px at 1920 of a gap that joins two regions, where ends look past each other
constexpr double kOpenGap = 8;  // px at 1920 between two ends in the open that look at each other roughly
constexpr double kInRow = 0.94;  // cosine of ends across a wider gap
constexpr double kAhead = 9;     // px at 1920 between an end and a line: drawn ends stop short of lines, too
constexpr double kFacing = 0.8;  // cosine of end against end, and of end against the way across
constexpr double kRoundCorner = 10;  // px of the page
constexpr double kNoEnd = 10;        // px at 1920 without a free end in the neighbour
constexpr double kInLine = 8;        // px at 1920 across the way
constexpr double kStub = 20;         // px at 1920, never below 10: shorter ones are dashes, no rest of a line
constexpr double kFullWidth = 0.7;   // of the usual; hair lines of half a pen come and go
constexpr double kDashed = 60;       // px at 1920: free ends of a second gap so near make a dashed line

struct End {
  Vec2 at, out;  ///< `out` points away from the stroke
  double width = 1;
  StrokeId stroke = -1;
  bool line = true;  ///< long and wide enough to be what is left of a line
};

/// Width of the main lines of a drawing, median of those long enough to have one.
double usual_width(const Seen& seen) {
  std::vector<double> widths;
  for (const StrokeFacts& f : seen.facts)
    if (f.kind != StrokeClass::trace && f.length >= std::max(10.0, seen.px(kStub))) widths.push_back(f.width);
  return median_of(std::move(widths));
}

/// How an end looks across a gap: at another end straight on, roughly, or round a corner; or at a line.
enum class Way { in_row, to_end, round_corner, to_line };

std::vector<End> free_ends(const Seen& seen) {
  const double usual = usual_width(seen);
  std::vector<End> ends;
  for (std::size_t s = 0; s < seen.facts.size(); ++s) {
    const StrokeFacts& f = seen.facts[s];
    const Stroke& stroke = seen.strokes.strokes[s];
    for (const int e : {0, 1}) {
      if (!f.free[e]) continue;
      const auto id = static_cast<StrokeId>(s);
      ends.push_back({e == 0 ? stroke.points.front() : stroke.points.back(),
                      -leaving_direction(seen.strokes, {id, e == 1}), f.width, id,
                      f.length >= std::max(10.0, seen.px(kStub)) && f.width >= kFullWidth * usual});
    }
  }
  return ends;
}

/// The regions on the two sides of a line at a place; -1 where there is none.
std::pair<int, int> sides_of(const Seen& seen, Vec2 at, Vec2 along) {
  const Vec2 across = perpendicular(along) * std::max(4.0, seen.px(6));
  return {seen.region_at(at + across), seen.region_at(at - across)};
}

/// A line of the neighbour runs on at this place, without an end near it. `track` leads there.
bool whole_there(const CheckContext& context, const Track& track, Vec2 at, Vec2 along, bool junction) {
  const Seen& other = context.at(track.to);
  const Vec2 q = track.moved(at);
  bool line = false, end = false;
  const double reach = std::max(5.0, other.px(8)), least = kFullWidth * usual_width(other);
  other.grid->visit(q, reach, [&](std::int32_t i) {
    const Sample& s = other.graph.samples[i];
    if (distance(s.position, q) < reach && s.width >= least && std::abs(dot(s.tangent, along)) > 0.7)
      line = true;
  });
  if (junction)
    line = line && std::any_of(other.strokes.nodes.begin(), other.strokes.nodes.end(), [&](const Node& n) {
             return n.strokes.size() >= 3 && distance(n.position, q) < std::max(6.0, other.px(12));
           });
  for (const End& e : free_ends(other)) end = end || distance(e.at, q) < std::max(6.0, other.px(kNoEnd));
  return line && !end;
}

}  // namespace

void check_broken_line(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "broken-line";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.any()) return out.skip(kName, drawing, "it stands alone: a gap may be meant");
  if (near.both() && !followed(context, kName, drawing, out)) return;
  const std::vector<End> ends = free_ends(seen);
  std::vector<Vec2> told;
  const auto judge = [&](Vec2 from, Vec2 to, Vec2 along, double gap, Way way) {
    const bool junction = way == Way::to_line, corner = way == Way::round_corner;
    const Vec2 at = (from + to) / 2;
    // A leak: here both sides are one region, beside this drawing they are two. Else the line ends in the
    // open, and only two ends that look at each other from near are a break.
    const auto here = sides_of(seen, at, along);
    bool leak = here.first >= 0 && here.first == here.second;
    for (const Track* track : {near.to_before, near.to_after}) {
      if (!track) continue;
      const auto there = sides_of(context.at(track->to), track->moved(at), along);
      leak = leak && there.first >= 0 && there.second >= 0 && there.first != there.second;
    }
    // Round a corner only a leak is sure.
    if (!leak && corner) return;
    const bool wide = gap > std::max(6.0, seen.px(kOpenGap));
    if (!leak && (junction || (wide && way != Way::in_row))) return;
    if (!listed(gap, kGap)) return;
    const auto ends_near = std::count_if(ends.begin(), ends.end(), [&](const End& e) {
      return distance(e.at, at) < std::max(16.0, seen.px(kDashed)) && std::abs(dot(e.out, along)) > 0.7 &&
             std::abs(cross(e.at - at, along)) < std::max(4.0, seen.px(kInLine));
    });
    if (ends_near > 3) return;
    if (near.both() && !understood(context, kName, drawing, at, seen.px(100), 0, out)) return;
    for (const Track* track : {near.to_before, near.to_after})
      for (const double share : {0.5, 0.2, 0.8})
        if (track && (share == 0.5 || wide) &&
            !whole_there(context, *track, from + (to - from) * share, along, junction))
          return;
    for (const Vec2 t : told)
      if (distance(t, at) < seen.px(16)) return;
    told.push_back(at);
    out.findings.push_back(
        finding(kName, drawing, gap, gap, 0, kGap, "px", at, std::max(gap, seen.px(24)),
                fmt::format("the line has a gap of {:.1f} px; beside this drawing it is whole", gap)));
  };
  const double widest = std::max(8.0, seen.px(kWidest));
  for (std::size_t a = 0; a < ends.size(); ++a) {
    // Another end that looks back.
    const End* best = nullptr;
    double best_way = widest;
    for (std::size_t b = 0; b < ends.size(); ++b) {
      if (a == b) continue;
      const Vec2 across = ends[b].at - ends[a].at;
      const double way = length(across);
      // Near ends may look at each other round a corner of the line.
      const double facing = way < kRoundCorner ? 0.0 : way < std::max(8.0, seen.px(kLeak)) ? kFacing : kInRow;
      if (way >= best_way || dot(ends[a].out, ends[b].out) > -facing) continue;
      if (way > 3 && (dot(ends[a].out, across) < facing * way || dot(ends[b].out, -across) < facing * way))
        continue;
      best = &ends[b];
      best_way = way;
    }
    if (best) {
      if (!ends[a].line || !best->line) continue;
      const Vec2 across = best->at - ends[a].at;
      judge(ends[a].at, best->at, best_way > 3 ? across / best_way : ends[a].out,
            std::max(0.0, best_way - (ends[a].width + best->width) / 2 + 1),
            dot(ends[a].out, best->out) > -kFacing ? Way::round_corner
            : std::min({-dot(ends[a].out, best->out), dot(ends[a].out, across) / best_way,
                        -dot(best->out, across) / best_way}) > kInRow
                ? Way::in_row
                : Way::to_end);
      continue;
    }
    if (!ends[a].line) continue;
    // A line ahead.
    double ahead = std::max(5.0, seen.px(kAhead));
    const double farthest = ahead;
    Vec2 hit;
    seen.grid->visit(ends[a].at, farthest, [&](std::int32_t i) {
      const Sample& s = seen.graph.samples[i];
      if (s.stroke == ends[a].stroke) return;
      const Vec2 way = s.position - ends[a].at;
      const double d = length(way);
      if (d < ahead && dot(way, ends[a].out) > kFacing * d && std::abs(dot(s.tangent, ends[a].out)) < 0.85) {
        ahead = d;
        hit = s.position;
      }
    });
    if (ahead < farthest)
      judge(ends[a].at, hit, ends[a].out, std::max(0.0, ahead - ends[a].width + 1), Way::to_line);
  }
}

}  // namespace nakawari
