// Line boil: a stroke trembles where the same stroke beside it in time, and the approved drawings, do not.
#include <fmt/format.h>

#include "check/strokes.h"
#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
namespace {

/// Mean roughness of the lines on which a stroke lies in another drawing; -1 when half of it lies on none. By
/// its course, not by its tangents: these turn with the tremble.
double partner_roughness(const CheckContext& context, const Seen& seen, std::size_t stroke,
                         const Track* track) {
  constexpr std::int32_t kCourse = 12;  // samples to both sides
  constexpr double kAlong = 0.7;        // cosine
  if (!track) return -1;
  const Seen& other = context.at(track->to);
  const double reach = std::max(6.0, seen.px(12));
  double sum = 0;
  int count = 0, looked = 0;
  const std::int32_t begin = seen.graph.first[stroke], end = seen.graph.first[stroke + 1];
  for (std::int32_t i = begin; i < end; i += 2, ++looked) {
    const Vec2 q = track->moved(seen.graph.samples[i].position);
    const Vec2 course = normalized(track->moved(seen.graph.samples[std::min(end - 1, i + kCourse)].position) -
                                   track->moved(seen.graph.samples[std::max(begin, i - kCourse)].position));
    double nearest = reach;
    std::int32_t there = -1;
    other.grid->visit(q, reach, [&](std::int32_t k) {
      const Sample& s = other.graph.samples[k];
      const double d = distance(s.position, q);
      if (d < nearest && std::abs(dot(s.tangent, course)) > kAlong) {
        nearest = d;
        there = k;
      }
    });
    if (there < 0) continue;
    sum += other.facts[other.graph.samples[there].stroke].roughness;
    ++count;
  }
  return count * 2 >= looked ? sum / count : -1;
}

}  // namespace

void check_boil(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "boil";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (near.both() && !followed(context, kName, drawing, out)) return;
  const double rescale = seen.scale / context.profile.scale;
  const double floor = seen.kind == LineKind::two_value ? 0.80 : 0.40;
  for (std::size_t s = 0; s < seen.facts.size(); ++s) {
    const StrokeFacts& f = seen.facts[s];
    if (f.length < std::max(kJudgedLength, seen.px(100))) continue;
    const Figure* figure = context.profile.find(std::string("roughness.") + word(f.kind), kLeastStrokes);
    double beside = -1;
    bool alone = false;
    for (const Track* track : {near.to_before, near.to_after}) {
      const double partner = partner_roughness(context, seen, s, track);
      beside = std::max(beside, partner);
      alone = alone || (track && partner < 0);
    }
    // A line that is not found beside this drawing has been misunderstood as likely as it trembles.
    if (alone || (!figure && beside < 0)) continue;
    // Corners and curls are drawn into the same line beside it: only what is more counts.
    const double fail = boil_fail(context, seen, f.kind, beside);
    const Vec2 place = roughest_place(seen.graph, seen.graph.first[s], seen.graph.first[s + 1]);
    if (!listed(f.roughness, fail) || (beside >= 0 && f.roughness < beside + kWarnShare * floor)) continue;
    if (near.both() && !understood(context, kName, drawing, place, seen.px(100), seen.px(20), out)) continue;
    Finding found =
        finding(kName, drawing, f.roughness, f.roughness, figure ? figure->median * rescale : beside, fail,
                "px", place, std::min(f.length, seen.px(160)),
                fmt::format("this line trembles by {:.2f} px; beside it in time by {:.2f} px", f.roughness,
                            std::max(0.0, beside)));
    found.part = word(f.kind);
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
