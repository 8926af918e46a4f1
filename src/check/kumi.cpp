// Kumi lines: a cel that is cut off along the edge of the background or of another cel meets that edge as it
// does on the drawings beside it, without a gap or an overlap.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kKumiFail = 2;        // px at 1920
constexpr double kKumiNoise = 1.5;     // px: two edges of whole pixels
constexpr double kKumiFound = 0.6;     // share of the piece along which the other picture's edge is found
constexpr double kKumiApart = 24;      // px at 1920 between the same edge on two drawings
constexpr double kKumiParallel = 0.1;  // sine

/// The same edge on another drawing: parallel, near, and beside it for a good part. nullptr: none.
const OpenEdge* same_edge(const Seen& other, const OpenEdge& edge, double apart) {
  const Vec2 along = normalized(edge.to - edge.from);
  const double own = distance(edge.from, edge.to);
  for (const OpenEdge& e : other.open_edges) {
    if (e.found < kKumiFound || std::abs(cross(normalized(e.to - e.from), along)) > kKumiParallel ||
        std::abs(cross((e.from + e.to) / 2 - edge.from, along)) > apart)
      continue;
    const double a = dot(e.from - edge.from, along), b = dot(e.to - edge.from, along);
    if (std::min(own, std::max(a, b)) - std::max(0.0, std::min(a, b)) > own / 3) return &e;
  }
  return nullptr;
}

}  // namespace

void check_kumi(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "kumi";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  if (!seen.in_frame)
    return out.skip(kName, drawing, "its paint ends without a line, and what lies around it is not known");
  const double fail = std::max(kKumiNoise, seen.px(kKumiFail));
  bool open = false, alone = false;
  for (const OpenEdge& edge : seen.open_edges) {
    if (edge.found < kKumiFound) {
      open = true;
      continue;
    }
    double sum = 0, least = 0, most = 0;
    int known = 0;
    for (const int other : {seen.given.before, seen.given.after}) {
      const OpenEdge* there = other < 0 ? nullptr : same_edge(context.at(other), edge, seen.px(kKumiApart));
      if (!there) continue;
      sum += there->offset;
      least = known == 0 ? there->offset : std::min(least, there->offset);
      most = known == 0 ? there->offset : std::max(most, there->offset);
      ++known;
    }
    alone = alone || known == 0;
    // Where the drawings beside it do not agree, nothing says how it should lie.
    if (known == 0 || most - least >= fail) continue;
    const double usual = sum / known, off = std::abs(edge.offset - usual);
    if (!listed(off, fail)) continue;
    out.findings.push_back(
        finding(kName, drawing, off, edge.offset, usual, fail, "px", (edge.from + edge.to) / 2,
                std::min(distance(edge.from, edge.to), seen.px(160)),
                fmt::format("{:.1f} px of {} along the edge where it is cut off; beside this drawing {:.1f}",
                            off, edge.offset > usual ? "a gap" : "overlap", std::abs(usual))));
  }
  if (open) out.skip(kName, drawing, "paint ends without a line where no other picture has an edge");
  if (alone) out.skip(kName, drawing, "no drawing beside it is cut off along the same edge");
}

}  // namespace nakawari
