#include "bench/summary.h"

#include <gtest/gtest.h>

#include "bench/peers.h"
#include "bench/sheet.h"

namespace nakawari::bench {
namespace {

Outcome outcome(double f1, double survival, Verdict verdict, double confidence) {
  Outcome o;
  o.of.sequence = "kn_run_full";
  o.method = Method::ours;
  o.score.f1 = f1;
  o.score.survival = survival;
  o.judgement.verdict = verdict;
  o.judgement.confidence = confidence;
  return o;
}

std::vector<const Outcome*> pointers(const std::vector<Outcome>& outcomes) {
  std::vector<const Outcome*> result;
  for (const Outcome& o : outcomes) result.push_back(&o);
  return result;
}

TEST(Honesty, PrecisionOfPassAtItsCoverage) {
  const std::vector<Outcome> outcomes = {
      outcome(0.90, 1.00, Verdict::pass, 0.95), outcome(0.90, 0.90, Verdict::pass, 0.95),  // regions lost
      outcome(0.80, 1.00, Verdict::look, 0.15), outcome(0.99, 1.00, Verdict::draw, 0.15)};
  const Honesty h = honesty(pointers(outcomes));
  EXPECT_DOUBLE_EQ(h.coverage, 0.5);
  EXPECT_DOUBLE_EQ(h.precision, 0.5);
  EXPECT_DOUBLE_EQ(h.good, 0.5);
  EXPECT_DOUBLE_EQ(h.confidence, 0.55);
  // Each bin of two holds one good drawing: |1.9 - 1| / 4 + |0.3 - 1| / 4.
  EXPECT_NEAR(h.gap_error, 0.4, 1e-9);
}

TEST(Honesty, NothingPassedIsNotDishonest) {
  const std::vector<Outcome> outcomes = {outcome(0.2, 0.2, Verdict::draw, 0)};
  EXPECT_DOUBLE_EQ(honesty(pointers(outcomes)).precision, 1);
  EXPECT_DOUBLE_EQ(honesty(pointers(outcomes)).coverage, 0);
  EXPECT_EQ(honesty({}).drawings, 0);
}

TEST(Numbers, MedianAndPercentile) {
  EXPECT_EQ(median({3, 1, 2}), 2);
  EXPECT_EQ(median({4, 1, 2, 3}), 2);
  EXPECT_EQ(percentile({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 0.9), 9);
  EXPECT_EQ(percentile({}, 0.9), 0);
}

TEST(Tables, NameGapsMethodsAndHeldOutSequences) {
  const std::vector<Outcome> outcomes = {outcome(0.9, 1, Verdict::pass, 1)};
  const std::string text = table_text(outcomes);
  EXPECT_NE(text.find("gap 1, held (1 drawings)"), std::string::npos) << text;
  EXPECT_EQ(text.find("gap 1, tune"), std::string::npos);
  EXPECT_NE(text.find("kn_run_full      *"), std::string::npos);
  EXPECT_NE(table_json(outcomes).find("\"pass_precision\": 1.0"), std::string::npos);
}

TEST(Sheet, OverlayTellsTheThreeCases) {
  Raster truth(3, 1, kPaper), ours(3, 1, kPaper);
  truth(0, 0) = truth(1, 0) = ours(1, 0) = ours(2, 0) = {0, 0, 0, 255};
  const Raster both = overlay(truth, ours);
  EXPECT_GT(both(0, 0).r, both(0, 0).b);
  EXPECT_EQ(both(1, 0), (Rgba8{0, 0, 0, 255}));
  EXPECT_GT(both(2, 0).b, both(2, 0).r);
}

TEST(Sheet, RowsAndTiles) {
  const Raster tile(40, 20, kPaper);
  const Raster sheet = contact_sheet({{"one", {tile, tile}}, {"two", {tile}}}, 50);
  EXPECT_EQ(sheet.width, 100);
  EXPECT_GE(sheet.height, 100);
  EXPECT_FALSE(contact_sheet({}).empty());
}

// A vertical line that moves by ten pixels: the flow's line lies in the middle, the fade has both.
TEST(Peers, FlowMovesAndFadeDoubles) {
  Grey a(96, 96, 255), b(96, 96, 255);
  for (int y = 20; y < 76; ++y)
    for (int x = 0; x < 3; ++x) {
      a(40 + x, y) = 0;
      b(46 + x, y) = 0;
    }
  const Grey fade = cross_fade(a, b, 0.5);
  EXPECT_LE(fade(41, 48), 127);
  EXPECT_LE(fade(47, 48), 127);
  const Grey flow = flow_between(a, b, line_flow(a, b), line_flow(b, a), 0.5);
  EXPECT_LE(flow(44, 48), 127);
  EXPECT_EQ(cross_fade(a, b, 0), a);
}

}  // namespace
}  // namespace nakawari::bench
