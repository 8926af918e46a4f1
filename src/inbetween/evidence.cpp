#include "inbetween/evidence.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace nakawari {
namespace {

// A line that stretches by more than this share against a rigid motion is strained.
constexpr double kStrained = 0.25;
// Places closer than this (px at 1024) are one place.
constexpr double kOnePlace = 40;
// A line of one key only is worth a look from this length on (px at 1024).
constexpr double kSeenLine = 40;
constexpr std::size_t kMostReasons = 12;

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double whole_length(const Drawing& drawing) {
  double sum = 0;
  for (const Stroke& stroke : drawing.strokes) sum += arc_length(stroke);
  return sum;
}

/// Free ends inside the page; a line that runs off the page is not loose.
template <typename Visit>
void visit_loose_ends(const Drawing& drawing, Visit&& visit) {
  constexpr double kEdge = 4;
  for (const Node& node : drawing.nodes) {
    const Vec2 p = node.position;
    if (node.strokes.size() == 1 && p.x > kEdge && p.y > kEdge && p.x < drawing.width - kEdge &&
        p.y < drawing.height - kEdge)
      visit(p);
  }
}

int loose_ends(const Drawing& drawing) {
  int count = 0;
  visit_loose_ends(drawing, [&](Vec2) { ++count; });
  return count;
}

/// Motion and strain of what both keys have.
void add_motion(const BlendGraph& graph, double scale, Evidence& evidence) {
  std::vector<double> moved, turned;
  for (const Blended& p : graph.points) {
    if (!p.matched) continue;
    moved.push_back(distance(p.a, p.b) / scale);
    turned.push_back(std::abs(p.rotation));
  }
  evidence.moved = percentile(moved, 0.5);
  evidence.moved_far = percentile(moved, 0.9);
  evidence.turned = percentile(turned, 0.9);
  double strain = 0;
  int links = 0, strained = 0;
  for (const BlendLink& link : graph.links) {
    if (link.kind != LinkKind::stroke) continue;
    const Blended &p = graph.points[link.from], &q = graph.points[link.to];
    const Vec2 rest = q.a - p.a;
    const double span = length(rest);
    if (!p.matched || !q.matched || span <= 0) continue;
    const double stretch = std::min(1.0, length(q.b - p.b - rotated(rest, link.rotation)) / span);
    strain += stretch;
    strained += stretch > kStrained;
    ++links;
  }
  if (links > 0) {
    evidence.strain = strain / links;
    evidence.strained = static_cast<double>(strained) / links;
  }
}

/// How far the keys before and after make a point leave the even motion half way, px: Hermite curves with the
/// speeds of parabolas through three keys. A motion that turns back at both keys lies farthest off: its
/// extreme stands between them.
double unevenness(const Blended& point, const Course& course, const Around& around) {
  const PointMotion ours{point.b - point.a, point.rotation};
  Vec2 start, finish;  // speed at the keys, less the mean speed
  if (course.before) start = at_key(ours, *course.before, around.time_before).speed - ours.speed;
  if (course.after) finish = at_key(ours, *course.after, around.time_after).speed - ours.speed;
  if (!course.before) start = -finish;
  if (!course.after) finish = -start;
  return length(start - finish) / 8;
}

void add_course(const BlendGraph& graph, const std::vector<Course>& courses, const Around& around,
                double scale, Evidence& evidence) {
  std::vector<double> uneven;
  int ends = 0, known = 0;
  for (std::size_t i = 0; i < courses.size(); ++i) {
    if (!graph.points[i].matched) continue;
    const int here = courses[i].before.has_value() + courses[i].after.has_value();
    ends += 2;
    known += here;
    if (here > 0) uneven.push_back(unevenness(graph.points[i], courses[i], around) / scale);
  }
  evidence.alone = ends > 0 ? 1 - static_cast<double>(known) / ends : 1;
  evidence.uneven = percentile(uneven, 0.5);
  evidence.uneven_far = percentile(uneven, 0.9);
}

double region_size(const LineRegions& map, std::int32_t region) {
  const Component& c = map.regions.components[static_cast<std::size_t>(region) - 1];
  return map.cell * std::max(c.right - c.left, c.bottom - c.top);
}

struct Key {
  const SampleGraph& graph;
  bool first;
};

/// Lines that one key has and the other has not, where they are long enough to be seen.
void add_lone_lines(const Key& key, const BlendGraph& graph, const std::vector<Vec2>& position, double scale,
                    std::vector<Reason>& reasons) {
  const auto point = [&](std::int32_t i) { return key.first ? i : graph.place_of_b[i].from; };
  const auto lone = [&](std::int32_t i) {
    return key.first ? !graph.points[i].matched : !graph.place_of_b[i].shared;
  };
  for (std::size_t s = 0; s + 1 < key.graph.first.size(); ++s)
    for (std::int32_t i = key.graph.first[s]; i < key.graph.first[s + 1]; ++i) {
      if (!lone(i)) continue;
      std::int32_t j = i;
      while (j + 1 < key.graph.first[s + 1] && lone(j + 1)) ++j;
      const double span = key.graph.samples[j].along - key.graph.samples[i].along;
      const Vec2 at = position[point((i + j) / 2)];
      if (span > kSeenLine * scale)
        reasons.push_back({"no-partner", at.x, at.y, span,
                           key.first ? "a line of the first key that the second does not have"
                                     : "a line of the second key that the first does not have"});
      i = j;
    }
}

/// Keeps of the reasons of one kind those that stand apart, the largest first.
void thin_out(std::vector<Reason>& reasons, double apart) {
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason& l, const Reason& r) { return l.size > r.size; });
  std::vector<Reason> kept;
  for (Reason& reason : reasons) {
    const bool near = std::any_of(kept.begin(), kept.end(), [&](const Reason& other) {
      return other.what == reason.what && std::hypot(other.x - reason.x, other.y - reason.y) < apart;
    });
    if (!near && kept.size() < kMostReasons) kept.push_back(std::move(reason));
  }
  reasons = std::move(kept);
}

}  // namespace

PairEvidence pair_evidence(const Drawing& a, const Drawing& b, const Correspondence& found,
                           const BlendGraph& graph, const std::vector<Course>& courses, const Around& around,
                           double scale) {
  PairEvidence pair;
  pair.length_a = whole_length(a);
  pair.length_b = whole_length(b);
  pair.loose_a = loose_ends(a);
  pair.loose_b = loose_ends(b);
  pair.a = line_regions(a);
  pair.b = line_regions(b);
  pair.b_of_a = same_regions(pair.a, pair.b, registration(found.a_to_b));

  Evidence& e = pair.common;
  const double both = pair.length_a + pair.length_b;
  if (both > 0)
    e.unmatched = 1 - (found.coverage_a * pair.length_a + found.coverage_b * pair.length_b) / both;
  double doubt = 0;
  int matched = 0;
  for (const auto* side : {&found.a_to_b, &found.b_to_a})
    for (const SampleMatch& m : *side)
      if (m.partner_stroke >= 0) {
        doubt += 1 - m.confidence;
        ++matched;
      }
  if (matched > 0) e.doubtful = doubt / matched;
  e.slip = found.residual / scale;
  add_motion(graph, scale, e);
  add_course(graph, courses, around, scale, e);

  int regions = 0, shared = 0;
  for (std::int32_t r = 1; r <= pair.a.size(); ++r)
    if (pair.a.counts(r)) {
      ++regions;
      shared += pair.b_of_a[r] > 0 && pair.b.counts(pair.b_of_a[r]) ? 2 : 0;
    }
  for (std::int32_t r = 1; r <= pair.b.size(); ++r) regions += pair.b.counts(r);
  if (regions > 0) e.changed = 1 - static_cast<double>(std::min(shared, regions)) / regions;
  return pair;
}

Findings findings(const PairEvidence& pair, const Drawing& drawing, const Registration& to_a,
                  const Registration& to_b, const SampleGraph& graph_a, const SampleGraph& graph_b,
                  const BlendGraph& graph, const std::vector<Vec2>& position, double t) {
  Findings result;
  result.evidence = pair.common;
  Evidence& e = result.evidence;
  const double half_way = 4 * t * (1 - t);
  for (const auto field :
       {&Evidence::asked, &Evidence::alone, &Evidence::uneven, &Evidence::uneven_far, &Evidence::unmatched,
        &Evidence::doubtful, &Evidence::moved, &Evidence::moved_far, &Evidence::turned, &Evidence::slip,
        &Evidence::strain, &Evidence::strained, &Evidence::changed})
    e.*field *= half_way;

  const LineRegions here = line_regions(drawing);
  const std::vector<std::int32_t> a_of = same_regions(here, pair.a, to_a),
                                  b_of = same_regions(here, pair.b, to_b);
  std::vector<std::int32_t> here_of_a(pair.a.size() + 1, 0), here_of_b(pair.b.size() + 1, 0);
  for (std::int32_t r = 1; r <= here.size(); ++r) {
    here_of_a[a_of[r]] = r;
    here_of_b[b_of[r]] = r;
  }

  // Where the lines around a region of A lie here: the middle of the place to look at.
  std::vector<Vec2> middle(pair.a.size() + 1);
  std::vector<int> border(pair.a.size() + 1, 0);
  for (const Anchor& anchor : to_a)
    for (const double side : {-1.0, 1.0}) {
      const std::int32_t r = pair.a.beside(anchor.there, anchor.there_tangent, side);
      middle[r] += anchor.here;
      ++border[r];
    }

  int kept = 0, lost = 0;
  double swollen = 0;
  for (std::int32_t r = 1; r <= pair.a.size(); ++r) {
    const std::int32_t partner = pair.b_of_a[r];
    if (!pair.a.counts(r) || partner == 0 || !pair.b.counts(partner)) continue;
    const std::int32_t ours = here_of_a[r] > 0 ? here_of_a[r] : here_of_b[partner];
    if (ours > 0 && !here.regions.components[ours - 1].touches_edge) {
      const double wanted =
          pair.a.regions.components[r - 1].area * (1 - t) + pair.b.regions.components[partner - 1].area * t;
      swollen += std::abs(std::log(here.regions.components[ours - 1].area / wanted));
      ++kept;
      continue;
    }
    ++lost;
    if (border[r] > 0)
      result.reasons.push_back({"opened-region", middle[r].x / border[r], middle[r].y / border[r],
                                region_size(pair.a, r),
                                "a region that is closed in both keys is not closed here"});
  }
  if (kept > 0) e.swollen = swollen / kept;
  if (kept + lost > 0) e.opened = static_cast<double>(lost) / (kept + lost);

  int slivers = 0, regions = 0;
  for (std::int32_t r = 1; r <= here.size(); ++r) {
    const Component& c = here.regions.components[r - 1];
    if (c.touches_edge) continue;
    ++regions;
    if (a_of[r] > 0 || b_of[r] > 0) continue;
    ++slivers;
    if (here.counts(r))
      result.reasons.push_back({"tangled-lines", here.origin.x + c.centre_x * here.cell,
                                here.origin.y + c.centre_y * here.cell, region_size(here, r),
                                "lines cross here that do not cross in the keys"});
  }
  if (regions > 0) e.slivers = static_cast<double>(slivers) / regions;

  const int loose = loose_ends(drawing);
  const double strokes = static_cast<double>(std::max<std::size_t>(1, drawing.strokes.size()));
  e.loose = std::max(0, loose - std::max(pair.loose_a, pair.loose_b)) / strokes;
  const double wanted = pair.length_a * (1 - t) + pair.length_b * t, length = whole_length(drawing);
  if (wanted > 0) e.quantity = length > 0 ? std::abs(std::log(length / wanted)) : 1;

  add_lone_lines({graph_a, true}, graph, position, here.cell, result.reasons);
  add_lone_lines({graph_b, false}, graph, position, here.cell, result.reasons);
  thin_out(result.reasons, kOnePlace * here.cell);
  return result;
}

}  // namespace nakawari
