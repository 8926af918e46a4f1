#include "match/pairing.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

// Two directions agree when the way back ends on the same line within this of the start (px at 1024), across
// the line and along it; up to half as much again counts for less.
constexpr double kAgreeAcross = 4, kAgreeAlong = 16, kMostMiss = 1.5;

/// How far from its start the way there and back ends, 1 = just agreeing; large without a way.
double miss_of_return(const SampleGraph& here, const SampleGraph& there, const Way& out, const Way& back,
                      std::int32_t i, double scale) {
  const std::int32_t j = out.partner[i];
  if (j < 0) return 9;
  const Sample& start = here.samples[i];
  // A neighbour of the partner may have the clearer answer.
  double best = 1e9;
  for (std::int32_t k = std::max(j - 2, there.first[there.samples[j].stroke]);
       k <= std::min(j + 2, there.first[there.samples[j].stroke + 1] - 1); ++k) {
    const std::int32_t home = back.partner[k];
    if (home < 0) continue;
    const Vec2 miss = here.samples[home].position - start.position;
    const double across = std::abs(cross(start.tangent, miss)), along = std::abs(dot(start.tangent, miss));
    best = std::min(best, std::max(across / (kAgreeAcross * scale), along / (kAgreeAlong * scale)));
  }
  return best;
}

/// What is known about a pair. Lengths in px at 1024.
struct Knowledge {
  double miss;      ///< of the way there and back, 0 to kMostMiss
  double residual;  ///< from the smooth motion to the partner
  double cost;      ///< of the seed's place
  double margin;    ///< to the seed's next best place
  bool outer;       ///< the outline of everything: it slides over what turns
};
// What a pair made by a person's fix or anew beside it is taken to have.
constexpr double kPlainCost = 0.1, kPlainMargin = 0.3;

/// Logistic fit to 4,542 pairs at gaps 1, 5 and 9 of the sequences for tuning; right: within 3 px.
float confidence(const Knowledge& k) {
  const double x = 2.65 - 1.69 * k.miss - 0.64 * std::min(k.residual, 6.0) -
                   5.06 * std::sqrt(std::clamp(k.cost, 0.0, 1.0)) +
                   1.58 * std::sqrt(2 * std::clamp(k.margin, 0.0, 0.5)) - (k.outer ? 0.58 : 0);
  return static_cast<float>(1 / (1 + std::exp(-x)));
}

double coverage(const std::vector<SampleMatch>& matches) {
  if (matches.empty()) return 1;
  const auto with = std::count_if(matches.begin(), matches.end(),
                                  [](const SampleMatch& m) { return m.partner_stroke >= 0; });
  return static_cast<double>(with) / static_cast<double>(matches.size());
}

}  // namespace

SampleMatch paired(const SampleGraph& here, const SampleGraph& there, const Way& out, const Way& back,
                   const Sides& sides, std::int32_t i, double scale) {
  const Sample& sample = here.samples[i];
  SampleMatch match;
  match.here = sample.position;
  match.here_tangent = sample.tangent;
  match.stroke = sample.stroke;
  match.along = sample.along;
  match.predicted = match.there = out.deformation.position[i];
  match.rotation = out.deformation.rotation[i];
  match.scale = static_cast<float>(out.deformation.size);
  match.there_tangent = rotated(sample.tangent, match.rotation);
  const double miss = miss_of_return(here, there, out, back, i, scale);
  if (miss > kMostMiss) return match;
  const Sample& partner = there.samples[out.partner[i]];
  const bool same = dot(partner.tangent, match.there_tangent) >= 0;
  // The foot on the partner's line, between its samples.
  const double slip = std::clamp(dot(partner.tangent, match.predicted - partner.position),
                                 -0.5 * there.spacing, 0.5 * there.spacing);
  match.partner_stroke = partner.stroke;
  match.partner_along = std::max(0.0F, partner.along + static_cast<float>(slip));
  match.there = partner.position + partner.tangent * slip;
  match.there_tangent = same ? partner.tangent : -partner.tangent;
  match.confidence = confidence({miss, distance(match.there, match.predicted) / scale,
                                 out.cost.empty() ? kPlainCost : out.cost[i],
                                 out.margin.empty() ? kPlainMargin : out.margin[i], sides.outer(i)});
  return match;
}

std::vector<SampleMatch> paired(const SampleGraph& here, const SampleGraph& there, const Way& out,
                                const Way& back, const Sides& sides, double scale) {
  std::vector<SampleMatch> matches;
  for (std::int32_t i = 0; i < here.size(); ++i)
    matches.push_back(paired(here, there, out, back, sides, i, scale));
  return matches;
}

void summarise(Correspondence& correspondence) {
  correspondence.coverage_a = coverage(correspondence.a_to_b);
  correspondence.coverage_b = coverage(correspondence.b_to_a);
  std::vector<double> misses;
  for (const SampleMatch& m : correspondence.a_to_b)
    if (m.partner_stroke >= 0) misses.push_back(distance(m.predicted, m.there));
  correspondence.residual = 0;
  if (misses.empty()) return;
  const auto high = misses.begin() + static_cast<std::ptrdiff_t>(misses.size() * 9 / 10);
  std::nth_element(misses.begin(), high, misses.end());
  correspondence.residual = *high;
}

}  // namespace nakawari
