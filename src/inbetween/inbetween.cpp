#include "inbetween/inbetween.h"

#include <algorithm>
#include <cmath>

#include "drawing/junctions.h"
#include "inbetween/blend.h"
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

/// The sample of the other key that a match names.
std::int32_t sample_at(const SampleGraph& graph, const SampleMatch& match) {
  const std::int32_t begin = graph.first[match.partner_stroke],
                     last = graph.first[match.partner_stroke + 1] - 1;
  const double whole = graph.samples[last].along;
  const auto k = begin + static_cast<std::int32_t>(
                             std::lround(whole > 0 ? match.partner_along / whole * (last - begin) : 0));
  return std::clamp(k, begin, last);
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

}  // namespace

/// What a depth fix says: these samples of both keys pass under the region at a point of one.
struct Cover {
  DepthFix fix;
  std::vector<std::int32_t> of_a, of_b;
};

struct Inbetweener::State {
  Drawing a, b;
  Correspondence correspondence;
  InbetweenOptions options;
  double scale;
  SampleGraph graph_a, graph_b;
  BlendGraph blend;
  Paths paths;
  Blender blender;
  std::vector<Junction> junctions_a, junctions_b;
  Grounds grounds_a, grounds_b;
  PairEvidence evidence;

  State(Drawing first, Drawing second, Correspondence found, InbetweenOptions chosen)
      : a(std::move(first)),
        b(std::move(second)),
        correspondence(std::move(found)),
        options(std::move(chosen)),
        scale(page_scale(a)),
        graph_a(sample_graph(a)),
        graph_b(sample_graph(b)),
        blend(blend_graph(graph_a, graph_b, correspondence, scale)),
        paths(blend, correspondence, graph_a, graph_b, options.around, options.arcs, scale),
        blender(blend),
        junctions_a(junctions(a)),
        junctions_b(junctions(b)),
        evidence(pair_evidence(a, b, correspondence, blend, scale)) {
    evidence.common.asked = std::max(0, options.drawings - 1);
    if (options.straight)
      for (BlendLink& link : blend.links) link.rotation = 0;
    const KeyAt home_a = at_home(a, graph_a, correspondence.a_to_b, true),
                home_b = at_home(b, graph_b, correspondence.b_to_a, false);
    const std::vector<Cover> covers_found = covers(home_a, home_b);
    for (const Cover& cover : covers_found) mark(cover, 1, 1);
    grounds_a.map = region_map(a.width, a.height, shared_walls(home_a, grounds_a.under));
    grounds_b.map = region_map(b.width, b.height, shared_walls(home_b, grounds_b.under));
    for (const Cover& cover : covers_found) name_front(cover);
    grounds_a.lone = lone_runs(home_a, grounds_a.map, grounds_b.map, scale);
    grounds_b.lone = lone_runs(home_b, grounds_b.map, grounds_a.map, scale);
  }

  std::vector<Cover> covers(const KeyAt& home_a, const KeyAt& home_b) const {
    std::vector<Cover> result;
    for (const DepthFix& fix : options.depths) {
      Cover cover{fix, {}, {}};
      const KeyAt &here = fix.in_first ? home_a : home_b, &there = fix.in_first ? home_b : home_a;
      auto &own = fix.in_first ? cover.of_a : cover.of_b, &other = fix.in_first ? cover.of_b : cover.of_a;
      own = samples_at(here, fix.behind);
      std::vector<char> behind(here.graph->samples.size(), 0);
      for (const std::int32_t i : own) behind[i] = 1;
      for (std::int32_t j = 0; j < there.graph->size(); ++j) {
        const SampleMatch& m = (*there.matches)[j];
        if (m.partner_stroke >= 0 && behind[sample_at(*here.graph, m)] != 0) other.push_back(j);
      }
      result.push_back(std::move(cover));
    }
    return result;
  }

  void mark(const Cover& cover, std::int32_t front_a, std::int32_t front_b) {
    grounds_a.under.resize(graph_a.samples.size(), 0);
    grounds_b.under.resize(graph_b.samples.size(), 0);
    for (const std::int32_t i : cover.of_a) grounds_a.under[i] = front_a;
    for (const std::int32_t j : cover.of_b) grounds_b.under[j] = front_b;
  }

  /// Which region of each key lies in front, once the regions are known.
  void name_front(const Cover& cover) {
    const bool first = cover.fix.in_first;
    const Grounds &here = first ? grounds_a : grounds_b, &there = first ? grounds_b : grounds_a;
    const std::int32_t front = here.map.at(cover.fix.front);
    const auto across = same_regions(here.map, there.map,
                                     registration(first ? correspondence.a_to_b : correspondence.b_to_a));
    const std::int32_t far = across[front];
    mark(cover, first ? front : far, first ? far : front);
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

  const KeyAt a = first_at(s.a, s.graph_a, s.graph_b, s.correspondence.a_to_b, s.blend, position, points);
  const KeyAt b = second_at(s.b, s.graph_b, s.graph_a, s.correspondence.b_to_a, s.blend, position, points);
  // At the very middle the first key counts as the nearer one.
  const bool first_nearer = t <= 0.5;
  const RegionMap now =
      region_map(s.a.width, s.a.height,
                 first_nearer ? shared_walls(a, s.grounds_a.under) : shared_walls(b, s.grounds_b.under));
  const SeenKey seen_a{&a, &s.junctions_a, visible_runs(a, s.grounds_a, now, t, first_nearer)};
  const SeenKey seen_b{&b, &s.junctions_b, visible_runs(b, s.grounds_b, now, 1 - t, !first_nearer)};

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
  return result;
}

}  // namespace nakawari
