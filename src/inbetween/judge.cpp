#include "inbetween/judge.h"

#include <cmath>

namespace nakawari {
namespace {
#include "inbetween/judge_weights.inc"

// Farther from a key than this (`Evidence::asked` as it counts there: three drawings between two keys, in the
// middle) no drawing passes. How evenly a thing moves over a long time is not in its keys, and the tuning
// sequences have too few good drawings there to vouch for more.
constexpr double kVouched = 2;

/// What each figure of `kEvidence` says when it speaks against a drawing.
constexpr std::array<std::string_view, kEvidence.size()> kDoubts = {
    "many drawings between two keys: how it moves from one to the other is not in them",
    "two keys alone do not say how evenly the motion between them runs",
    "the keys before and after say that the motion does not run evenly here",
    "the keys before and after say that some of it does not move evenly here",
    "many lines of one key are not in the other",
    "which line of one key is which of the other is not sure",
    "the lines move far between the keys",
    "some lines move far between the keys",
    "lines turn far between the keys",
    "lines leave the motion of what is around them",
    "the lines change their length or bend between the keys",
    "some lines change their length much between the keys",
    "closed regions of one key are not in the other",
    "regions that are closed in both keys are not closed here",
    "regions are larger or smaller than between the keys",
    "lines cross that do not cross in the keys",
    "more lines end free than in the keys",
    "more or less line than between the keys",
};

constexpr std::string_view kSameTwice =
    "both keys are the same drawing: between them stands the same again, or what they do not show";

/// No figure outweighs these.
bool may_pass(const Evidence& e) {
  const bool same_twice = e.alone > 0.5 && e.moved < kSame;
  return e.asked <= kVouched && e.uneven_far <= kEven && !same_twice;
}

double weighed(const Evidence& evidence, std::size_t field) {
  return std::log1p(kSteep * std::max(0.0, evidence.*kEvidence[field].value));
}

double logistic(const Evidence& evidence, const std::array<double, kEvidence.size() + 1>& weight) {
  double sum = weight.back();
  for (std::size_t i = 0; i < kEvidence.size(); ++i) sum += weight[i] * weighed(evidence, i);
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
  if (judgement.confidence >= kSure && may_pass(findings.evidence)) {
    judgement.verdict = Verdict::pass;
  } else if (judgement.confidence < 0.5 && chance_of_hopeless(findings.evidence) > 0.5) {
    judgement.verdict = Verdict::draw;
  }
  return judgement;
}

std::string strongest_doubt(const Evidence& evidence) {
  if (evidence.asked > kVouched) return std::string(kDoubts[0]);
  if (evidence.uneven_far > kEven) return std::string(kDoubts[3]);
  if (!may_pass(evidence)) return std::string(kSameTwice);
  std::size_t worst = 0;
  const auto against = [&](std::size_t field) { return -kGoodWeights[field] * weighed(evidence, field); };
  for (std::size_t i = 1; i < kEvidence.size(); ++i)
    if (against(i) > against(worst)) worst = i;
  return std::string(kDoubts[worst]);
}

}  // namespace nakawari
