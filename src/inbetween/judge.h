/// \file
/// From evidence to a verdict. The probability that a drawing is good (F1@2px >= 0.85 and at least 95 % of
/// the regions right) is a logistic function of the evidence, fitted on the benchmark's tuning sequences by
/// `tools/fit_verdict`; so is the probability that it is hopeless. docs/inbetween.md has what they are worth
/// on sequences that were set aside.
#pragma once

#include "base/verdict.h"
#include "inbetween/evidence.h"

namespace nakawari {

/// Probabilities, 0..1.
double chance_of_good(const Evidence& evidence);
double chance_of_hopeless(const Evidence& evidence);

/// `pass` where good is all but sure, `draw` where hopeless is likelier than not and good is not, else
/// `look`.
Judgement judged(Findings findings);

/// What speaks most against the drawing, in words for people.
std::string strongest_doubt(const Evidence& evidence);

}  // namespace nakawari
