#include "bench/match_truth.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "image/picture_file.h"
#include "match/sample_graph.h"

namespace nakawari::bench {
namespace {

constexpr double kOnLine = 4;        // px: a surface point this near to a line moves with it
constexpr double kAround = 40;       // px: surface points that speak for a place
constexpr double kNear = 12;         // px: how fast their say falls off
constexpr double kPartnerReach = 6;  // px
constexpr double kLeastCosine = 0.7;

/// A similarity by weighted least squares; a shift when there is too little to turn by.
struct Fit {
  double weight = 0;
  Vec2 from, to;
  double a = 1, b = 0;

  [[nodiscard]] Vec2 apply(Vec2 p) const {
    const Vec2 d = p - from;
    return to + Vec2{a * d.x - b * d.y, b * d.x + a * d.y};
  }
};

struct Pair {
  Vec2 from, to;
  double weight;
};

Fit fit(const std::vector<Pair>& pairs) {
  Fit result;
  for (const Pair& p : pairs) {
    result.weight += p.weight;
    result.from += p.from * p.weight;
    result.to += p.to * p.weight;
  }
  if (result.weight <= 0) return result;
  result.from = result.from / result.weight;
  result.to = result.to / result.weight;
  double dots = 0, crosses = 0, spread = 0;
  for (const Pair& p : pairs) {
    const Vec2 u = p.from - result.from, v = p.to - result.to;
    dots += p.weight * dot(u, v);
    crosses += p.weight * cross(u, v);
    spread += p.weight * dot(u, u);
  }
  if (pairs.size() < 3 || spread < result.weight * 4) return result;
  result.a = dots / spread;
  result.b = crosses / spread;
  return result;
}

/// The nearest sample that runs the same way, -1 beyond reach.
std::int32_t like_sample(const SampleGraph& graph, const SampleGrid& grid, Vec2 at, Vec2 tangent,
                         double& least) {
  std::int32_t best = -1;
  grid.visit(at, kPartnerReach, [&](std::int32_t j) {
    if (std::abs(dot(tangent, graph.samples[j].tangent)) < kLeastCosine) return;
    const double d = distance(at, graph.samples[j].position);
    if (d < least) {
      least = d;
      best = j;
    }
  });
  return best;
}

struct Moved {
  Vec2 to;
  double rotation = 0;
};

std::vector<SampleMatch> matches_of(const SampleGraph& here, const SampleGraph& there,
                                    const std::function<std::vector<Moved>(const Sample&)>& move) {
  const SampleGrid grid(there, 12);
  std::vector<SampleMatch> matches(here.samples.size());
  for (std::size_t i = 0; i < here.samples.size(); ++i) {
    const Sample& sample = here.samples[i];
    SampleMatch& match = matches[i];
    match.here = sample.position;
    match.here_tangent = sample.tangent;
    match.stroke = sample.stroke;
    match.along = sample.along;
    double least = kPartnerReach;
    std::int32_t partner = -1;
    const std::vector<Moved> choices = move(sample);
    Moved moved = choices.front();
    for (const Moved& choice : choices) {
      const std::int32_t j =
          like_sample(there, grid, choice.to, rotated(sample.tangent, choice.rotation), least);
      if (j < 0) continue;
      partner = j;
      moved = choice;
    }
    match.predicted = match.there = moved.to;
    match.rotation = static_cast<float>(moved.rotation);
    match.there_tangent = rotated(sample.tangent, moved.rotation);
    if (partner < 0) continue;
    const Sample& other = there.samples[partner];
    const double slip =
        std::clamp(dot(other.tangent, moved.to - other.position), -0.5 * there.spacing, 0.5 * there.spacing);
    match.partner_stroke = other.stroke;
    match.partner_along = std::max(0.0F, other.along + static_cast<float>(slip));
    match.there = other.position + other.tangent * slip;
    match.there_tangent = dot(other.tangent, match.there_tangent) < 0 ? -other.tangent : other.tangent;
    match.confidence = 1;
  }
  return matches;
}

double coverage(const std::vector<SampleMatch>& matches) {
  const auto with = std::count_if(matches.begin(), matches.end(),
                                  [](const SampleMatch& m) { return m.partner_stroke >= 0; });
  return matches.empty() ? 1 : static_cast<double>(with) / static_cast<double>(matches.size());
}

/// The motions that the surface points around a place propose, one a part.
class Surface {
 public:
  Surface(const Sequence& sequence, int from, int to) {
    Raster parts;
    if (auto read = read_picture(sequence.path("part", from))) parts = std::move(*read);
    for (std::size_t p = 0; p < sequence.tracked; ++p) {
      const TrackPoint &here = sequence.tracks[from][p], &there = sequence.tracks[to][p];
      if (!here.visible) continue;
      const int x = static_cast<int>(here.at.x), y = static_cast<int>(here.at.y);
      std::uint32_t part = 0;
      if (parts.contains(x, y)) {
        const Rgba8 c = parts(x, y);
        part = c.r | (c.g << 8U) | (c.b << 16U);
      }
      points_.push_back({here.at, there.at, part});
    }
  }

  [[nodiscard]] std::vector<Moved> around(Vec2 at) const {
    std::map<std::uint32_t, std::vector<Pair>> by_part;
    std::map<std::uint32_t, double> nearest;
    double least = 1e18;
    const Point* closest = nullptr;
    for (const Point& p : points_) {
      const double d = distance(p.from, at);
      if (d < least) {
        least = d;
        closest = &p;
      }
      if (d > kAround) continue;
      by_part[p.part].push_back({p.from, p.to, std::exp(-d * d / (2 * kNear * kNear)) + 1e-6});
      const auto [found, fresh] = nearest.try_emplace(p.part, d);
      if (!fresh) found->second = std::min(found->second, d);
    }
    std::vector<std::pair<double, std::uint32_t>> order;
    for (const auto& [part, d] : nearest) order.push_back({d, part});
    std::sort(order.begin(), order.end());
    std::vector<Moved> result;
    for (const auto& [d, part] : order) {
      const Fit f = fit(by_part[part]);
      result.push_back({f.apply(at), std::atan2(f.b, f.a)});
    }
    if (result.empty()) result.push_back({closest != nullptr ? at + (closest->to - closest->from) : at, 0});
    return result;
  }

 private:
  struct Point {
    Vec2 from, to;
    std::uint32_t part;
  };
  std::vector<Point> points_;
};

Correspondence both_ways(const Drawing& a, const Drawing& b,
                         const std::function<std::vector<Moved>(const Sample&)>& forward,
                         const std::function<std::vector<Moved>(const Sample&)>& backward) {
  const SampleGraph first = sample_graph(a), second = sample_graph(b);
  Correspondence result;
  result.a_to_b = matches_of(first, second, forward);
  result.b_to_a = matches_of(second, first, backward);
  result.coverage_a = coverage(result.a_to_b);
  result.coverage_b = coverage(result.b_to_a);
  return result;
}

}  // namespace

std::vector<TrackMiss> track_misses(const Sequence& sequence, int first, int last,
                                    const std::vector<SampleMatch>& a_to_b) {
  std::vector<TrackMiss> misses;
  for (std::size_t p = 0; p < sequence.tracked; ++p) {
    const TrackPoint &here = sequence.tracks[first][p], &there = sequence.tracks[last][p];
    if (!here.visible || !there.visible) continue;
    const SampleMatch* nearest = nullptr;
    double least = kOnLine;
    for (const SampleMatch& m : a_to_b) {
      const double d = distance(m.here, here.at);
      if (d < least) {
        least = d;
        nearest = &m;
      }
    }
    if (nearest == nullptr) continue;
    const Vec2 carried = nearest->there + rotated(here.at - nearest->here, nearest->rotation);
    misses.push_back({distance(carried, there.at), distance(here.at, there.at),
                      nearest->partner_stroke >= 0 ? nearest->confidence : 0});
  }
  return misses;
}

Correspondence true_correspondence(const Sequence& sequence, int first, int last, const Drawing& a,
                                   const Drawing& b) {
  const Surface out(sequence, first, last), back(sequence, last, first);
  return both_ways(
      a, b, [&](const Sample& s) { return out.around(s.position); },
      [&](const Sample& s) { return back.around(s.position); });
}

Correspondence correspondence_of(const Drawing& a, const Drawing& b, const std::function<Vec2(Vec2)>& to_b,
                                 const std::function<Vec2(Vec2)>& to_a) {
  const auto moved = [](const std::function<Vec2(Vec2)>& motion) {
    return [&motion](const Sample& s) {
      const Vec2 ahead = motion(s.position + s.tangent * 2.0) - motion(s.position - s.tangent * 2.0);
      return std::vector<Moved>{
          {motion(s.position), std::atan2(cross(s.tangent, ahead), dot(s.tangent, ahead))}};
    };
  };
  return both_ways(a, b, moved(to_b), moved(to_a));
}

}  // namespace nakawari::bench
