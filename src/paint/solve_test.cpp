#include "paint/solve.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

/// Drawing 2 of one region hears one region each of drawings 0 and 1.
LabelProblem two_keys_speak_to_one() {
  LabelProblem problem;
  problem.styles = 2;
  problem.regions = {1, 1, 1};
  problem.fixed = {{0}, {-1}, {-1}};
  for (const int from : {0, 1})
    problem.links.push_back({.from = from, .to = 2, .links = {{{.from = 0, .weight = 1}}}});
  return problem;
}

TEST(Agreement, AKeyThatKnowsLittleContradictsOrIsSilent) {
  const LabelProblem problem = two_keys_speak_to_one();
  const LabelBelief belief = {{{1, 0}}, {{0.1F, 0}}, {{0.5F, 0}}};
  EXPECT_LT(agreement(problem, belief, 2, 0, 0, Ignorance::doubtful), 0.4);
  EXPECT_GT(agreement(problem, belief, 2, 0, 0, Ignorance::silent), 0.99);
}

TEST(Agreement, AKeyThatKnowsAnotherStyleContradictsEitherWay) {
  const LabelProblem problem = two_keys_speak_to_one();
  const LabelBelief belief = {{{1, 0}}, {{0, 1}}, {{0.5F, 0.5F}}};
  EXPECT_LT(agreement(problem, belief, 2, 0, 0, Ignorance::doubtful), 0.1);
  EXPECT_LT(agreement(problem, belief, 2, 0, 0, Ignorance::silent), 0.1);
}

TEST(Agreement, WhereNobodySpeaksNothingIsAgreedOn) {
  LabelProblem problem = two_keys_speak_to_one();
  problem.links.clear();
  EXPECT_EQ(agreement(problem, {{{1, 0}}, {{1, 0}}, {{1, 0}}}, 2, 0, 0, Ignorance::silent), 0);
}

}  // namespace
}  // namespace nakawari
