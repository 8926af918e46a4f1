#include "inbetween/inbetween.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "inbetween/blend.h"
#include "inbetween/visibility.h"
#include "match/sample_graph.h"

namespace nakawari {
namespace {

/// Assembles the drawing from runs; run ends that meet share a node.
class Assembler {
 public:
  Assembler(const Drawing& like, Inbetween& out) : out_(out) {
    out_.drawing.width = like.width;
    out_.drawing.height = like.height;
    out_.drawing.kind = like.kind;
    out_.drawing.transparent_paper = like.transparent_paper;
  }

  NodeId own_node(Vec2 at) {
    out_.drawing.nodes.push_back({at, {}});
    return static_cast<NodeId>(out_.drawing.nodes.size() - 1);
  }

  /// The node that stands for a node of a key; made on first use.
  NodeId key_node(bool first_key, NodeId node, Vec2 at) {
    auto& known = first_key ? nodes_a_ : nodes_b_;
    const auto [found, fresh] = known.try_emplace(node, -1);
    if (fresh) found->second = own_node(at);
    return found->second;
  }

  void stroke(Ink ink, NodeId start, NodeId end, std::vector<Vec2> points, std::vector<float> widths,
              Parent parent) {
    points.front() = out_.drawing.nodes[start].position;
    points.back() = out_.drawing.nodes[end].position;
    out_.drawing.strokes.push_back({start, end, ink, std::move(points), std::move(widths)});
    out_.parents.push_back({parent});
  }

 private:
  Inbetween& out_;
  std::map<NodeId, NodeId> nodes_a_, nodes_b_;
};

}  // namespace

struct Inbetweener::State {
  Drawing a, b;
  Correspondence correspondence;
  InbetweenOptions options;
  double scale;
  SampleGraph graph_a, graph_b;
  BlendGraph blend;
  Blender blender;

  State(Drawing first, Drawing second, Correspondence found, InbetweenOptions chosen)
      : a(std::move(first)),
        b(std::move(second)),
        correspondence(std::move(found)),
        options(chosen),
        scale(page_scale(a)),
        graph_a(sample_graph(a)),
        graph_b(sample_graph(b)),
        blend(blend_graph(graph_a, graph_b, correspondence, scale)),
        blender(blend) {
    if (options.straight)
      for (BlendLink& link : blend.links) link.rotation = 0;
  }
};

Inbetweener::Inbetweener(Drawing a, Drawing b, Correspondence correspondence, InbetweenOptions options)
    : state_(std::make_unique<State>(std::move(a), std::move(b), std::move(correspondence), options)) {}
Inbetweener::~Inbetweener() = default;
Inbetweener::Inbetweener(Inbetweener&&) noexcept = default;
Inbetweener& Inbetweener::operator=(Inbetweener&&) noexcept = default;

Result<Inbetween> Inbetweener::at(double t, const std::vector<GroupSpacing>& groups) const {
  if (!(t > 0 && t < 1))
    return fail(ErrorCode::wrong_use, "an in-between lies between its keys: t must be above 0 and below 1",
                "at 0 and at 1 use the key drawings themselves");
  (void)groups;
  const State& s = *state_;
  const std::vector<double> times(s.blend.points.size(), t);
  const std::vector<Vec2> position = s.blender.at(s.blend, times);
  const std::vector<Run> runs = visible_runs(s.graph_a, s.graph_b, s.blend, t, s.scale);

  Inbetween result;
  Assembler assembler(s.a, result);
  for (const Run& run : runs) {
    const SampleGraph& graph = run.first_key ? s.graph_a : s.graph_b;
    const Drawing& key = run.first_key ? s.a : s.b;
    const Stroke& source = key.strokes[run.stroke];
    const auto point = [&](std::int32_t i) { return run.first_key ? i : s.blend.point_of_b[i]; };
    std::int32_t begin = run.begin, end = run.end;
    // A run of B reaches over to the line it joins.
    if (!run.first_key && begin > graph.first[run.stroke]) --begin;
    if (!run.first_key && end < graph.first[run.stroke + 1]) ++end;

    std::vector<Vec2> points;
    std::vector<float> widths;
    for (std::int32_t i = begin; i < end; ++i) {
      points.push_back(position[point(i)]);
      float width = graph.samples[i].width;
      if (run.first_key && s.blend.points[i].matched) {
        const SampleMatch& m = s.correspondence.a_to_b[i];
        const Stroke& partner = s.b.strokes[m.partner_stroke];
        const std::int32_t first = s.graph_b.first[m.partner_stroke],
                           last = s.graph_b.first[m.partner_stroke + 1] - 1;
        const double whole = arc_length(partner);
        const auto k = first + static_cast<std::int32_t>(
                                   std::lround(whole > 0 ? m.partner_along / whole * (last - first) : 0));
        width = static_cast<float>(width * (1 - t) + s.graph_b.samples[std::clamp(k, first, last)].width * t);
      }
      widths.push_back(width);
      const Blended& blended = s.blend.points[point(i)];
      Anchor anchor;
      anchor.here = points.back();
      anchor.confidence = 1;
      anchor.there_tangent = graph.samples[i].tangent;
      anchor.here_tangent =
          rotated(anchor.there_tangent, run.first_key ? t * blended.rotation : -(1 - t) * blended.rotation);
      if (run.first_key) {
        anchor.there = graph.samples[i].position;
        result.to_a.push_back(anchor);
        const SampleMatch& m = s.correspondence.a_to_b[i];
        if (m.partner_stroke >= 0)
          result.to_b.push_back({points.back(), m.there, anchor.here_tangent, m.there_tangent, m.confidence});
      } else {
        anchor.there = graph.samples[i].position;
        result.to_b.push_back(anchor);
      }
    }
    if (points.size() < 2) continue;

    const bool whole_begin = run.begin == graph.first[run.stroke];
    const bool whole_end = run.end == graph.first[run.stroke + 1];
    const NodeId start = whole_begin ? assembler.key_node(run.first_key, source.start, points.front())
                                     : assembler.own_node(points.front());
    const NodeId finish = whole_end ? assembler.key_node(run.first_key, source.end, points.back())
                                    : assembler.own_node(points.back());
    assembler.stroke(
        source.ink, start, finish, std::move(points), std::move(widths),
        {run.first_key, run.stroke, graph.samples[run.begin].along, graph.samples[run.end - 1].along});
  }
  link_nodes(result.drawing);
  result.judgement.verdict = Verdict::look;
  result.judgement.confidence = std::min(s.correspondence.coverage_a, s.correspondence.coverage_b);
  return result;
}

}  // namespace nakawari
