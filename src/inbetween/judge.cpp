#include "inbetween/judge.h"

#include <cmath>

namespace nakawari {
namespace {
#include "inbetween/judge_weights.inc"

// Farther from a key than this (`Evidence::asked` as it counts there: three drawings between two keys, in the
// middle) no drawing passes. How evenly a thing moves over a long time is not in its keys, and the tuning
// sequences have too few good drawings there to vouch for more.
constexpr double kVouched = 2;

double logistic(const Evidence& evidence, const std::array<double, kEvidence.size() + 1>& weight) {
  double sum = weight.back();
  for (std::size_t i = 0; i < kEvidence.size(); ++i)
    sum += weight[i] * std::log1p(kSteep * std::max(0.0, evidence.*kEvidence[i].value));
  return 1 / (1 + std::exp(-sum));
}

}  // namespace

double chance_of_good(const Evidence& evidence) {
  return logistic(evidence, kGoodWeights);
}

double chance_of_hopeless(const Evidence& evidence) {
  return logistic(evidence, kHopelessWeights);
}

Judgement judged(Findings findings) {
  Judgement judgement;
  judgement.confidence = chance_of_good(findings.evidence);
  judgement.reasons = std::move(findings.reasons);
  if (judgement.confidence >= kSure && findings.evidence.asked <= kVouched) {
    judgement.verdict = Verdict::pass;
  } else if (chance_of_hopeless(findings.evidence) > 0.5) {
    judgement.verdict = Verdict::draw;
  }
  return judgement;
}

}  // namespace nakawari
