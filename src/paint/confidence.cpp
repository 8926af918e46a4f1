#include "paint/confidence.h"

#include <algorithm>
#include <cmath>

namespace nakawari {
namespace {

/// Fitted to the tune sequences (docs/paint.md). The first is moved so that of all regions above the
/// margin of 0.6, 99.5 % are right.
constexpr EvidenceWeights kWeights = {3.33, 1.096, 6.414, 0.450, -0.116, -1.130, -0.319};
/// What one drawing says that nobody else can confirm: at that margin 99.1 % of it are right, and 99.5 %
/// after this.
constexpr double kAlone = 0.85;

double log_of(double share) {
  constexpr double kLeast = 1e-3;
  return std::log(std::max(share, kLeast));
}

}  // namespace

std::array<double, 7> signs(const StyleEvidence& e) {
  // Of so many pixels a region is half as small as can be.
  constexpr double kSmall = 30;
  const auto alone = [](int drawings) { return drawings > 0 ? 1.0 / drawings : 2.0; };
  return {1,
          log_of(e.agreement),
          log_of(e.ahead),
          log_of(e.returned),
          1 / (1 + e.area / kSmall),
          alone(e.heard),
          alone(e.painted)};
}

double confidence(const StyleEvidence& evidence) {
  const auto s = signs(evidence);
  double sum = evidence.heard == 1 ? -kAlone : 0;
  for (std::size_t k = 0; k < s.size(); ++k) sum += kWeights[k] * s[k];
  return 1 / (1 + std::exp(-sum));
}

StyleEvidence evidence_for(const LabelProblem& problem, const LabelBelief& heard,
                           const std::vector<bool>& painted, int drawing, int region, int label, int area) {
  StyleEvidence evidence;
  evidence.area = area;
  evidence.agreement = agreement(problem, heard, drawing, region, label, Ignorance::doubtful);
  const std::vector<float>& mine = heard[drawing][region];
  double mass = 0, second = 0;
  for (int s = 0; s < problem.styles; ++s) {
    mass += mine[s];
    if (s != label) second = std::max<double>(second, mine[s]);
  }
  evidence.ahead = mass > 0 ? 1 - second / mass : 0;
  double trust = 0;
  for (std::size_t k = 0; k < problem.links.size(); ++k) {
    const DrawingLink& link = problem.links[k];
    if (link.to != drawing || link.trust <= 0) continue;
    ++evidence.heard;
    evidence.painted += painted[link.from];
    if (link.links[region].empty()) continue;
    trust += link.trust;
    const auto [from, weight] = link.links[region].front();
    for (const RegionLink& back : problem.links[k ^ 1U].links[from])
      if (back.from == region) evidence.returned += link.trust * weight * back.weight;
  }
  if (trust > 0) evidence.returned /= trust;
  return evidence;
}

}  // namespace nakawari
