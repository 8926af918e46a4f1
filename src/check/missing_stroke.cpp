// Missing and extra strokes: a line that stands on the drawings before and after and not here, or only here.
// Main lines only: the borders of shadows and highlights come and go with the light.
#include <fmt/format.h>

#include "check/thresholds.h"
#include "check/tools.h"

namespace nakawari {
namespace {

constexpr double kMissing = 50, kExtra = 70;  // px of line at 1920 that fail
/// Both neighbours must miss a line at the same place, px at 1920.
constexpr double kMissingStrokeSamePlace = 14;
/// Lines around the place must be found again, or the motion was not understood.
constexpr double kAround = 90, kFoundAround = 0.75;

/// Share of the samples of `seen` around `p` that have a line in the other drawing; those within `inner` of
/// the place's own run do not count.
double found_around(const Seen& seen, const Track& track, std::int32_t begin, std::int32_t end) {
  const Vec2 p = seen.graph.samples[(begin + end) / 2].position;
  const double radius = seen.px(kAround) + distance(seen.graph.samples[begin].position, p);
  int found = 0, looked = 0;
  seen.grid->visit(p, radius, [&](std::int32_t i) {
    if (i >= begin - 3 && i < end + 3) return;
    ++looked;
    found += track.samples[i].sample >= 0;
  });
  return looked > 0 ? static_cast<double>(found) / looked : 1;
}

struct Run {
  std::int32_t begin = 0, end = 0;
  double length = 0;
};

/// Samples that a line which crosses or touches the lost one may hold.
constexpr std::int32_t kHole = 3;

/// Runs of samples of one stroke for which `lost` holds; a hole of a few samples does not part a run.
template <typename Lost>
std::vector<Run> runs_of(const SampleGraph& graph, Lost&& lost) {
  std::vector<Run> runs;
  for (std::size_t s = 0; s + 1 < graph.first.size(); ++s) {
    const std::int32_t end = graph.first[s + 1];
    for (std::int32_t i = graph.first[s]; i < end; ++i) {
      if (!lost(i)) continue;
      Run run{i, i + 1, 0};
      for (std::int32_t k = run.end; k < std::min(end, run.end + kHole + 1); ++k)
        if (lost(k)) run.end = k + 1;
      run.length = graph.samples[run.end - 1].along - graph.samples[run.begin].along + graph.spacing;
      runs.push_back(run);
      i = run.end;
    }
  }
  return runs;
}

/// Samples past the end of what is left of a line crowd onto that end, and count as found: they are lost as
/// well.
Run with_crowd(const SampleGraph& graph, const Track& track, Run run) {
  const StrokeId stroke = graph.samples[run.begin].stroke;
  const auto crowds = [&](std::int32_t i, std::int32_t outward) {
    return track.samples[i].sample >= 0 && track.samples[outward].sample >= 0 &&
           distance(track.samples[i].place, track.samples[outward].place) < 0.5 * graph.spacing;
  };
  while (run.begin - 2 >= graph.first[stroke] && crowds(run.begin - 1, run.begin - 2)) --run.begin;
  while (run.end + 1 < graph.first[stroke + 1] && crowds(run.end, run.end + 1)) ++run.end;
  // From what is left of it to what is left of it.
  const std::int32_t from = std::max(run.begin - 1, graph.first[stroke]),
                     to = std::min(run.end, graph.first[stroke + 1] - 1);
  run.length = graph.samples[to].along - graph.samples[from].along;
  return run;
}

/// The longest line of a drawing that stands neither before nor after: how restless the lines of the cel are.
double restlessness(const CheckContext& context, int drawing) {
  if (drawing < 0) return 0;
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return 0;
  double longest = 0;
  const SampleGraph& graph = context.at(drawing).graph;
  for (const Run& run : runs_of(graph, [&](std::int32_t i) {
         return graph.samples[i].ink == Ink::black && near.to_before->samples[i].sample < 0 &&
                near.to_after->samples[i].sample < 0;
       }))
    longest = std::max(longest, run.length);
  return longest;
}

}  // namespace

double missing_fail(const CheckContext& context, int drawing) {
  // Lines that come and go on the drawings beside it do so here as well.
  const CheckInput& given = context.at(drawing).given;
  return std::max(context.at(drawing).px(kMissing),
                  2.5 * std::min(restlessness(context, given.before), restlessness(context, given.after)));
}

void check_missing_stroke(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "missing-stroke";
  const Seen& seen = context.at(drawing);
  const Neighbours near = neighbours(context, drawing);
  if (!near.both()) return out.skip(kName, drawing, kOneSided);
  if (!followed(context, kName, drawing, out)) return;
  if (near.from_before->found < kFoundEnough || near.from_after->found < kFoundEnough)
    return out.skip(kName, drawing, "its neighbours are too different");
  const Seen &before = context.at(near.before), &after = context.at(near.after);

  // Places here where the line of the drawing after is missing.
  std::vector<Vec2> gone;
  for (std::int32_t i = 0; i < after.graph.size(); ++i)
    if (after.graph.samples[i].ink == Ink::black && !comes_home(context, *near.from_after, *near.to_after, i))
      gone.push_back(near.from_after->moved(after.graph.samples[i].position));
  const double reach = std::max(5.0, seen.px(kMissingStrokeSamePlace));
  const auto lost = [&](std::int32_t i) {
    if (before.graph.samples[i].ink != Ink::black ||
        comes_home(context, *near.from_before, *near.to_before, i))
      return false;
    const Vec2 place = near.from_before->moved(before.graph.samples[i].position);
    return std::any_of(gone.begin(), gone.end(), [&](Vec2 g) { return distance(g, place) < reach; });
  };
  const double missing = missing_fail(context, drawing);
  std::vector<Vec2> told;
  for (const Run& bare : runs_of(before.graph, lost)) {
    const Run run = with_crowd(before.graph, *near.from_before, bare);
    if (!listed(run.length, missing) ||
        found_around(before, *near.from_before, run.begin, run.end) < kFoundAround)
      continue;
    const Vec2 at = near.from_before->moved(before.graph.samples[(run.begin + run.end) / 2].position);
    // Both sides of a double line, or what two runs of one line lost, are one place.
    if (std::any_of(told.begin(), told.end(), [&](Vec2 t) { return distance(t, at) < run.length / 2; }))
      continue;
    if (!understood(context, kName, drawing, at, seen.px(kAround) + run.length / 2, 0, out)) continue;
    told.push_back(at);
    out.findings.push_back(finding(
        kName, drawing, run.length, run.length, 0, missing, "px", at, std::max(run.length, seen.px(24)),
        fmt::format("a line of {:.0f} px stands before and after, and is missing here", run.length)));
  }
  const double extra = std::max(seen.px(kExtra), missing);
  const auto only_here = [&](std::int32_t i) {
    return seen.graph.samples[i].ink == Ink::black && near.to_before->samples[i].sample < 0 &&
           near.to_after->samples[i].sample < 0;
  };
  for (const Run& run : runs_of(seen.graph, only_here)) {
    if (!listed(run.length, extra) ||
        found_around(seen, *near.to_before, run.begin, run.end) < kFoundAround ||
        found_around(seen, *near.to_after, run.begin, run.end) < kFoundAround)
      continue;
    const Vec2 at = seen.graph.samples[(run.begin + run.end) / 2].position;
    Finding found =
        finding(kName, drawing, run.length, run.length, 0, extra, "px", at, std::max(run.length, seen.px(24)),
                fmt::format("a line of {:.0f} px stands neither before nor after", run.length));
    found.part = "extra";
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
