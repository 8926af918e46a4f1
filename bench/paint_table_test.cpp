#include "bench/paint_table.h"

#include <gtest/gtest.h>

namespace nakawari::bench {
namespace {

TEST(PaintTasks, OfEachProtocol) {
  EXPECT_EQ(tasks_of(5, Protocol::p1, 1).size(), 4U);
  EXPECT_EQ(tasks_of(5, Protocol::p1, 2).size(), 2U);
  EXPECT_EQ(tasks_of(5, Protocol::p1b, 1).at(2).painted, (std::vector<int>{2, 4}));
  EXPECT_TRUE(tasks_of(8, Protocol::p2, 1).empty()) << "a window of nine does not fit";
  const auto windows = tasks_of(17, Protocol::p3, 1);
  ASSERT_EQ(windows.size(), 2U);
  EXPECT_EQ(windows[1].frames.size(), 9U);
  EXPECT_EQ(windows[1].painted, (std::vector<int>{8, 16}));
  EXPECT_EQ(tasks_of(30, Protocol::p3_whole, 5).at(0).painted, (std::vector<int>{0, 29}));
  EXPECT_EQ(tasks_of(30, Protocol::p2_whole, 5).at(0).frames.size(), 30U);
  EXPECT_TRUE(tasks_of(9, Protocol::p4, 1).at(0).painted.empty());
  EXPECT_TRUE(tasks_of(1, Protocol::p2_whole, 1).empty());
}

TEST(PaintTasks, TheModelsPictureIsOfTheSameCharacterInTheSameShot) {
  std::vector<Sequence> all;
  for (const char* name : {"a_run_full", "a_talk_bust", "a_walk_full", "b_run_full"}) {
    all.emplace_back();
    all.back().name = name;
  }
  EXPECT_EQ(sheet_for(all[0], all), &all[2]);
  EXPECT_EQ(sheet_for(all[2], all), &all[0]);
  EXPECT_EQ(sheet_for(all[1], all), nullptr);
}

TEST(PaintTable, RowsPerProtocolAndPainter) {
  PaintOutcome outcome;
  outcome.sequence = "kn_run_full";
  outcome.protocol = Protocol::p2;
  outcome.painter = Painter::flow_vote;
  outcome.score.drawings = 1;
  outcome.score.acc_thres = 0.825;
  const std::string text = paint_text({outcome});
  EXPECT_NE(text.find("paint, held"), std::string::npos) << text;
  EXPECT_EQ(text.find("paint, tune"), std::string::npos);
  EXPECT_NE(text.find("82.50"), std::string::npos);
  EXPECT_NE(paint_json({outcome}).find("\"P2/9\""), std::string::npos);
}

TEST(PaintTable, WithoutColoursThereIsNothingToScore) {
  const auto outcomes = run_paint_table(Sequence{}, nullptr, {});
  ASSERT_TRUE(outcomes.has_value());
  EXPECT_TRUE(outcomes->empty());
}

}  // namespace
}  // namespace nakawari::bench
