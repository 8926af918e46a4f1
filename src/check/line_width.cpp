// Line width: the mean of a stroke against the approved strokes of its class.
#include <fmt/format.h>

#include <optional>

#include "check/strokes.h"
#include "check/thresholds.h"
#include "check/tools.h"
#include "drawing/junctions.h"

namespace nakawari {
namespace {

/// Beside it in time a line of the same width may stray by this share of it.
constexpr double kShare = 0.15;
/// Four fifths of the piece must be off by this share of the threshold.
constexpr double kAllAlong = 0.6;
/// And what it is off by must be new here by at least this share.
constexpr double kOfOff = 0.5;

/// Wider than this many times the usual it is no line but a filled shape, or several lines that touch.
constexpr double kFilled = 2.2;

/// A piece of a stroke. Lines are cut where others meet them, so a line of another pen may be part of a
/// longer stroke: every stroke is judged by the piece that is off the most.
struct Piece {
  std::int32_t begin = 0, end = 0;
  double width = 0;  ///< mean
};

Piece oddest_piece(const SampleGraph& graph, std::size_t stroke, double least, double usual) {
  const double spacing = graph.spacing;
  std::int32_t begin = graph.first[stroke], end = graph.first[stroke + 1];
  // Nothing is measured near the ends: blobs of junctions, tapers.
  const std::int32_t margin = std::min(
      static_cast<std::int32_t>(2 * graph.samples[(begin + end) / 2].width / spacing), (end - begin) / 8);
  begin += margin;
  end -= margin;
  const std::int32_t n = std::min(end - begin, static_cast<std::int32_t>(least / spacing));
  Piece best{begin, end, 0};
  double sum = 0, most = -1;
  for (std::int32_t i = begin; i < end; ++i) {
    sum += graph.samples[i].width;
    if (i - n >= begin) sum -= graph.samples[i - n].width;
    if (i - begin + 1 < n) continue;
    const double mean = sum / n;
    if (std::abs(mean - usual) <= most) continue;
    most = std::abs(mean - usual);
    best = {i - n + 1, i + 1, mean};
  }
  return best;
}

/// Another line runs beside the piece within a line's width, along a third of it: their widths are not told
/// apart.
bool is_double_here(const Seen& seen, const Piece& piece) {
  int looked = 0, twice = 0;
  for (std::int32_t i = piece.begin; i < piece.end; i += 3) {
    const Sample& own = seen.graph.samples[i];
    const double reach = own.width + 2.0;
    bool second = false;
    seen.grid->visit(own.position, reach, [&](std::int32_t k) {
      const Sample& s = seen.graph.samples[k];
      second = second || (s.stroke != own.stroke && std::abs(dot(s.tangent, own.tangent)) > 0.8 &&
                          distance(s.position, own.position) < reach);
    });
    ++looked;
    twice += second;
  }
  return 3 * twice > looked;
}

/// Lines that run side by side within a line's width, in the other drawing, along a third of the piece: here
/// they may have run into one, which is no other pen.
bool is_double_there(const CheckContext& context, const Seen& seen, const Piece& piece, const Track* track) {
  if (!track) return false;
  const Seen& other = context.at(track->to);
  int looked = 0, twice = 0;
  for (std::int32_t i = piece.begin; i < piece.end; i += 3) {
    const SampleHit& hit = track->samples[i];
    if (hit.sample < 0) continue;
    const Sample& there = other.graph.samples[hit.sample];
    const double reach = seen.graph.samples[i].width + 2.0;
    bool second = false;
    other.grid->visit(hit.place, reach, [&](std::int32_t k) {
      const Sample& s = other.graph.samples[k];
      second = second || (s.stroke != there.stroke && std::abs(dot(s.tangent, there.tangent)) > 0.8 &&
                          std::abs(dot(s.position - hit.place, there.tangent)) < 3 &&
                          distance(s.position, hit.place) < reach);
    });
    ++looked;
    twice += second;
  }
  return 3 * twice > looked;
}

/// At an end of its stroke the line parts into two that go on side by side: along the piece they lay on each
/// other.
bool parts_ahead(const Seen& seen, StrokeId stroke) {
  constexpr double kSideBySide = 0.95;  // cosine
  const Stroke& line = seen.strokes.strokes[stroke];
  for (const int e : {0, 1}) {
    const NodeId node = e == 0 ? line.start : line.end;
    if (node < 0) continue;
    const double skip = 2.0 * line.widths[line.widths.size() / 2];
    const Vec2 out = -leaving_direction(seen.strokes, {stroke, e == 1}, skip);
    std::vector<Vec2> ahead;
    for (const StrokeId other : seen.strokes.nodes[node].strokes) {
      const bool at_end = seen.strokes.strokes[other].end == node;
      const Vec2 way = leaving_direction(seen.strokes, {other, at_end}, skip);
      if (other != stroke && dot(way, out) > kSideBySide) ahead.push_back(way);
    }
    if (ahead.size() >= 2 && dot(ahead[0], ahead[1]) > kSideBySide) return true;
  }
  return false;
}

/// How much wider a piece is than the lines of another drawing on which it lies, place by place; nothing
/// when a quarter of it is not surely on one.
std::optional<double> wider_than_there(const CheckContext& context, const Seen& seen, const Piece& piece,
                                       const Track* track) {
  if (!track) return std::nullopt;
  const Seen& other = context.at(track->to);
  double sum = 0;
  int count = 0;
  for (std::int32_t i = piece.begin; i < piece.end; ++i) {
    const std::int32_t there = track->samples[i].sample;
    if (there < 0 || !track->sure[i]) continue;
    sum += seen.graph.samples[i].width - other.graph.samples[there].width;
    ++count;
  }
  if (4 * count < 3 * (piece.end - piece.begin)) return std::nullopt;
  return sum / count;
}

/// Two lines that run into one are thick in places; a line drawn with another pen is so all along: the width
/// that four fifths of the piece lie beyond. Of means over a stretch, since single widths of 2-value lines
/// stray by a quarter of a pixel.
double width_all_along(const SampleGraph& graph, const Piece& piece, bool thick) {
  constexpr double kStretch = 18;  // px
  const int half = std::max(1, static_cast<int>(std::lround(kStretch / graph.spacing / 2)));
  std::vector<double> widths;
  for (std::int32_t i = piece.begin; i < piece.end; ++i) {
    double sum = 0;
    const std::int32_t from = std::max(piece.begin, i - half), to = std::min(piece.end, i + half + 1);
    for (std::int32_t k = from; k < to; ++k) sum += graph.samples[k].width;
    widths.push_back(sum / (to - from));
  }
  std::sort(widths.begin(), widths.end());
  return widths[thick ? widths.size() / 5 : widths.size() - 1 - widths.size() / 5];
}

/// All lines of a class together: the pen or the scan was another one.
void judge_whole(const CheckContext& context, int drawing, Outcome& out) {
  constexpr double kWhole = 0.10;  // of the median, fail
  const Seen& seen = context.at(drawing);
  for (const StrokeClass kind : {StrokeClass::outline, StrokeClass::inner}) {
    std::vector<double> widths;
    for (const StrokeFacts& f : seen.facts)
      if (f.kind == kind && f.length >= kJudgedLength) widths.push_back(f.width);
    const auto n = static_cast<int>(widths.size());
    const Figure* figure = context.profile.find(std::string("width.") + word(kind), kLeastStrokes);
    if (!figure || n < kLeastStrokes) continue;
    const double rescale = seen.scale / context.profile.scale;
    const double usual = figure->median * rescale, value = median_of(std::move(widths));
    // The median of n lines strays by 1.25 / sqrt(n) standard deviations; one of these is 1.48 MAD.
    const double stray = 1.25 * 1.4826 * figure->mad * rescale / std::sqrt(n);
    const double fail = std::max({seen.kind == LineKind::two_value ? 0.25 : 0.05, kWhole * usual, 5 * stray});
    if (!listed(std::abs(value - usual), fail)) continue;
    Finding found = finding("line-width", drawing, std::abs(value - usual), value, usual, fail, "px",
                            {seen.width / 2.0, seen.height / 2.0}, 0,
                            fmt::format("its {} lines are {:.2f} px wide, the approved ones {:.2f} px",
                                        word(kind), value, usual));
    found.part = word(kind);
    out.findings.push_back(std::move(found));
  }
}

}  // namespace

void check_line_width(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "line-width";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  const double rescale = seen.scale / context.profile.scale;
  const double floor = seen.kind == LineKind::two_value ? 0.25 : 0.05;
  bool told[3] = {false, false, false};
  for (std::size_t s = 0; s < seen.facts.size(); ++s) {
    const StrokeFacts& f = seen.facts[s];
    // Trace lines are painted over: their width is nobody's.
    if (f.kind == StrokeClass::trace || f.length < std::max(kJudgedLength, seen.px(90))) continue;
    const Figure* figure = context.profile.find(std::string("width.") + word(f.kind), kLeastStrokes);
    if (!figure) {
      if (!told[static_cast<int>(f.kind)])
        out.skip(kName, drawing, fmt::format("fewer than {} approved {} lines", kLeastStrokes, word(f.kind)));
      told[static_cast<int>(f.kind)] = true;
      continue;
    }
    const double usual = figure->median * rescale;
    const double fail = width_fail(context, seen, f.kind);
    const Piece piece = oddest_piece(seen.graph, s, std::max(kJudgedLength, seen.px(90)), usual);
    const double off = std::abs(piece.width - usual);
    const double all = listed(off, fail) ? width_all_along(seen.graph, piece, piece.width > usual) : usual;
    const Sample& middle = seen.graph.samples[(piece.begin + piece.end) / 2];
    if (!listed(std::abs(all - usual), kAllAlong * fail) || (all > usual) != (piece.width > usual)) continue;
    // A line that is as thick on a drawing beside it is drawn so.
    double same_line = 0;
    int partners = 0;
    for (const Track* track : {near.to_before, near.to_after})
      if (const auto wider = wider_than_there(context, seen, piece, track)) {
        // Off to the side on which it is off the usual.
        const double more = piece.width > usual ? *wider : -*wider;
        same_line = partners == 0 ? more : std::min(same_line, more);
        ++partners;
      }
    if (partners > 0 && !listed(same_line, std::max({floor, kShare * usual, kOfOff * off}))) continue;
    if (piece.width > std::max(kFilled * usual, usual + 5 * fail)) continue;
    if (near.both() && !understood(context, kName, drawing, middle.position, seen.px(100), 0, out)) continue;
    if (partners < static_cast<int>(near.to_before != nullptr) + static_cast<int>(near.to_after != nullptr))
      continue;
    if ((piece.width > usual && parts_ahead(seen, static_cast<StrokeId>(s))) || is_double_here(seen, piece) ||
        is_double_there(context, seen, piece, near.to_before) ||
        is_double_there(context, seen, piece, near.to_after)) {
      out.not_judged.push_back({kName, drawing, "two lines beside each other may have run into one here",
                                middle.position, std::max(f.length, seen.px(48))});
      continue;
    }
    Finding found = finding(kName, drawing, off, piece.width, usual, fail, "px", middle.position,
                            std::min(f.length, seen.px(160)),
                            fmt::format("this {} line is {:.2f} px wide, the approved ones {:.2f} px",
                                        word(f.kind), piece.width, usual));
    found.part = word(f.kind);
    out.findings.push_back(std::move(found));
  }
  judge_whole(context, drawing, out);
}

}  // namespace nakawari
