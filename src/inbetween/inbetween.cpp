#include "inbetween/inbetween.h"

#include <algorithm>
#include <cmath>

#include "drawing/junctions.h"
#include "inbetween/blend.h"
#include "inbetween/depth.h"
#include "inbetween/judge.h"
#include "inbetween/key_at.h"
#include "inbetween/visibility.h"
#include "match/sample_graph.h"

namespace nakawari {
namespace {

/// A key as it lies at home.
KeyAt at_home(const Drawing& drawing, const SampleGraph& graph, const std::vector<SampleMatch>& matches,
              bool first_key) {
  KeyAt key{&drawing, &graph, &matches, first_key, {}, {}, {}};
  for (const Sample& sample : graph.samples) {
    key.position.push_back(sample.position);
    key.turn.push_back(0);
    key.width.push_back(sample.width);
  }
  return key;
}

/// Where the drawn samples of one key lie in both keys.
void add_anchors(const KeyAt& key, const std::vector<Run>& runs, Registration& to_own,
                 Registration& to_other) {
  for (const Run& run : runs)
    for (std::int32_t i = run.begin; i <= run.last; ++i) {
      const Vec2 tangent = key.tangent(i);
      const Sample& sample = key.graph->samples[i];
      to_own.push_back({key.position[i], sample.position, tangent, sample.tangent, 1});
      const SampleMatch& m = (*key.matches)[i];
      if (m.partner_stroke >= 0)
        to_other.push_back({key.position[i], m.there, tangent, m.there_tangent, m.confidence});
    }
}

/// The reason for a verdict that no single place gives: it stands on the whole drawing.
Reason doubt_as_a_whole(const Inbetween& made) {
  Vec2 low{static_cast<double>(made.drawing.width), static_cast<double>(made.drawing.height)}, high{0, 0};
  for (const Stroke& stroke : made.drawing.strokes)
    for (const Vec2 p : stroke.points) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  if (low.x > high.x) std::swap(low, high);  // no line at all: the page
  const Vec2 middle = 0.5 * (low + high);
  return {"unsure", middle.x, middle.y, std::max(high.x - low.x, high.y - low.y),
          strongest_doubt(made.evidence)};
}

}  // namespace

struct Inbetweener::State {
  Drawing a, b;
  Correspondence correspondence;
  InbetweenOptions options;
  double scale;
  SampleGraph graph_a, graph_b;
  BlendGraph blend;
  std::vector<Course> course;
  Paths paths;
  Blender blender;
  std::vector<Junction> junctions_a, junctions_b;
  Grounds grounds_a, grounds_b;
  PairEvidence evidence;
  std::vector<Front> fronts_a, fronts_b;
  Eyes eyes;

  State(Drawing first, Drawing second, Correspondence found, InbetweenOptions chosen)
      : a(std::move(first)),
        b(std::move(second)),
        correspondence(std::move(found)),
        options(std::move(chosen)),
        scale(page_scale(a)),
        graph_a(sample_graph(a)),
        graph_b(sample_graph(b)),
        blend(blend_graph(graph_a, graph_b, correspondence, scale)),
        course(courses(blend, correspondence, graph_b, options.around)),
        paths(blend, correspondence, graph_a, course, options.around, options.arcs, scale),
        blender(blend),
        junctions_a(junctions(a)),
        junctions_b(junctions(b)),
        evidence(pair_evidence(a, b, correspondence, blend, course, options.around, scale)) {
    evidence.common.asked = std::max(0, options.drawings - 1);
    if (options.timed) evidence.common.alone = evidence.common.uneven = evidence.common.uneven_far = 0;
    const KeyAt home_a = at_home(a, graph_a, correspondence.a_to_b, true),
                home_b = at_home(b, graph_b, correspondence.b_to_a, false);
    grounds_a.map = line_regions(a.width, a.height, shared_walls(home_a));
    grounds_b.map = line_regions(b.width, b.height, shared_walls(home_b));
    grounds_a.lone = lone_runs(home_a, grounds_a.map, grounds_b.map, scale);
    eyes = Eyes(options.eyes, home_a, home_b);
    grounds_b.lone = lone_runs(home_b, grounds_b.map, grounds_a.map, scale);
    auto [of_a, of_b] =
        fronts({home_a, evidence.a, junctions_a}, {home_b, evidence.b, junctions_b}, options.depths);
    fronts_a = std::move(of_a);
    fronts_b = std::move(of_b);
  }
};

Inbetweener::Inbetweener(Drawing a, Drawing b, Correspondence correspondence, InbetweenOptions options)
    : state_(std::make_unique<State>(std::move(a), std::move(b), std::move(correspondence),
                                     std::move(options))) {}
Inbetweener::~Inbetweener() = default;
Inbetweener::Inbetweener(Inbetweener&&) noexcept = default;
Inbetweener& Inbetweener::operator=(Inbetweener&&) noexcept = default;

Result<Inbetween> Inbetweener::at(double t, const std::vector<GroupSpacing>& groups) const {
  if (!(t > 0 && t < 1))
    return fail(ErrorCode::wrong_use, "an in-between lies between its keys: t must be above 0 and below 1",
                "at 0 and at 1 use the key drawings themselves");
  const State& s = *state_;
  const std::vector<PointAt> points = s.paths.at(s.blend, t, groups);
  const std::vector<Vec2> position = s.blender.at(s.blend, points);

  KeyAt a = first_at(s.a, s.graph_a, s.graph_b, s.correspondence.a_to_b, s.blend, position, points);
  KeyAt b = second_at(s.b, s.graph_b, s.graph_a, s.correspondence.b_to_a, s.blend, position, points);
  // At the very middle the first key counts as the nearer one.
  const bool first_nearer = t <= 0.5;
  std::vector<Sight> sight_a = sight_at(a, s.evidence.a, s.fronts_a, t, s.scale),
                     sight_b = sight_at(b, s.evidence.b, s.fronts_b, t, s.scale);
  s.eyes.draw(t, a, b, sight_a, sight_b);
  const LineRegions now =
      line_regions(s.a.width, s.a.height, first_nearer ? shared_walls(a, sight_a) : shared_walls(b, sight_b));
  const SeenKey seen_a{&a, &s.junctions_a, visible_runs(a, s.grounds_a, now, sight_a, t, first_nearer)};
  const SeenKey seen_b{&b, &s.junctions_b, visible_runs(b, s.grounds_b, now, sight_b, 1 - t, !first_nearer)};

  Inbetween result;
  add_anchors(a, seen_a.runs, result.to_a, result.to_b);
  add_anchors(b, seen_b.runs, result.to_b, result.to_a);
  Assembled drawn = assemble(s.a, seen_a, seen_b, s.scale);
  result.drawing = std::move(drawn.drawing);
  result.parents = std::move(drawn.parents);
  Findings found = findings(s.evidence, result.drawing, result.to_a, result.to_b, s.graph_a, s.graph_b,
                            s.blend, position, t);
  result.evidence = found.evidence;
  result.judgement = judged(std::move(found));
  if (result.judgement.verdict != Verdict::pass && result.judgement.reasons.empty())
    result.judgement.reasons.push_back(doubt_as_a_whole(result));
  return result;
}

}  // namespace nakawari
