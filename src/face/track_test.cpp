#include "face/track.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nakawari {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

ExpressionSheet sheet() {
  ExpressionSheet result;
  result.file = "sheet.toml";
  result.parts = {{"brow L", PartKind::brow, "brow L", "", {{0, 0}, {9, 0}, {9, 9}}}};
  for (const char* name : {"neutral", "joy", "blink", "a"}) {
    FaceSample sample;
    sample.name = name;
    if (!result.samples.empty()) sample.at = {{name, 1}};
    result.samples.push_back(std::move(sample));
  }
  EXPECT_TRUE(complete(result));
  return result;
}

FaceTrack track(int frames) {
  FaceTrack result;
  result.file = "track.toml";
  result.frames = frames;
  return result;
}

double value(const FaceTimeline& timeline, int frame, const std::string& name) {
  const Mixture& mixture = timeline.faces[timeline.at[frame]].mixture;
  const auto it = mixture.find(name);
  return it == mixture.end() ? 0 : it->second;
}

TEST(LayOut, EasesBetweenKeysAndHoldsOnTwos) {
  FaceTrack t = track(12);
  t.keys = {{0, {}, "", SpacingWord::even, false, -1}, {8, {{"joy", 1}}, "", SpacingWord::even, false, -1}};
  const auto timeline = lay_out(t, sheet());
  ASSERT_TRUE(timeline);
  std::vector<double> joy;
  for (int f = 0; f < 12; ++f) joy.push_back(value(*timeline, f, "joy"));
  EXPECT_THAT(joy, ElementsAre(0, 0, 0.25, 0.25, 0.5, 0.5, 0.75, 0.75, 1, 1, 1, 1));
  EXPECT_EQ(timeline->faces.size(), 5U);
}

TEST(LayOut, AHeldKeyStandsUntilTheNext) {
  FaceTrack t = track(8);
  t.keys = {{0, {}, "", SpacingWord::even, true, -1}, {4, {{"joy", 1}}, "", SpacingWord::even, false, -1}};
  const auto timeline = lay_out(t, sheet());
  ASSERT_TRUE(timeline);
  EXPECT_EQ(value(*timeline, 3, "joy"), 0);
  EXPECT_EQ(value(*timeline, 4, "joy"), 1);
}

TEST(LayOut, BrowsLead) {
  FaceTrack t = track(12);
  t.keys = {{0, {}, "", SpacingWord::even, false, -1}, {8, {{"joy", 1}}, "", SpacingWord::even, false, -1}};
  t.leads = {{"brow L", 2, {}}};
  const auto timeline = lay_out(t, sheet());
  ASSERT_TRUE(timeline);
  const FaceMoment& moment = timeline->faces[timeline->at[4]];
  ASSERT_EQ(moment.leading.size(), 1U);
  EXPECT_EQ(moment.leading[0].second.at("joy"), 0.75);
}

TEST(LayOut, DrawsBlinksWithTheirTimingAndMouthsByShape) {
  FaceTrack t = track(12);
  t.blinks = {{4, {}}};
  t.mouths = {{2, "a"}, {6, "-"}};
  const auto timeline = lay_out(t, sheet());
  ASSERT_TRUE(timeline);
  std::vector<double> blink, a;
  for (int f = 0; f < 12; f += 2) {
    blink.push_back(value(*timeline, f, "blink"));
    a.push_back(value(*timeline, f, "a"));
  }
  EXPECT_THAT(blink, ElementsAre(0, 0, 0.5, 1, 0.5, 0));
  EXPECT_THAT(a, ElementsAre(0, 1, 1, 0, 0, 0));
}

TEST(LayOut, SeededBlinksAreNaturallySpacedAndRepeatable) {
  FaceTrack t = track(24 * 120);
  t.blink_every = 4;
  t.seed = 5;
  const auto timeline = lay_out(t, sheet()), again = lay_out(t, sheet());
  ASSERT_TRUE(timeline && again);
  EXPECT_EQ(timeline->at, again->at);
  std::vector<int> starts;
  for (int f = 1; f < t.frames; ++f)
    if (value(*timeline, f, "blink") > 0 && value(*timeline, f - 1, "blink") == 0) starts.push_back(f);
  EXPECT_GE(starts.size(), 24U);
  EXPECT_LE(starts.size(), 40U);
  for (std::size_t k = 1; k < starts.size(); ++k) {
    EXPECT_GE(starts[k] - starts[k - 1], static_cast<int>(0.55 * 4 * 24));
    EXPECT_LE(starts[k] - starts[k - 1], static_cast<int>(1.7 * 4 * 24));
  }
}

TEST(LayOut, SaysWhatTheSheetDoesNotHave) {
  FaceTrack t = track(4);
  t.keys = {{2, {{"glee", 1}}, "", SpacingWord::even, false, 7}};
  auto timeline = lay_out(t, sheet());
  ASSERT_FALSE(timeline);
  EXPECT_THAT(timeline.error().one_line(), HasSubstr("line 7"));
  EXPECT_THAT(timeline.error().one_line(), HasSubstr("glee"));
  t = track(4);
  t.mouths = {{0, "o"}};
  EXPECT_FALSE(lay_out(t, sheet()));
}

TEST(Column, GoesOutAndIn) {
  FaceTrack t = track(8);
  t.keys = {{0, {}, "", SpacingWord::even, true, -1}, {4, {{"joy", 1}}, "", SpacingWord::even, true, -1}};
  const auto timeline = lay_out(t, sheet());
  ASSERT_TRUE(timeline);
  const SheetTrack column = column_of(*timeline, "B");
  ASSERT_EQ(column.entries.size(), 2U);
  EXPECT_EQ(column.entries[1].frame, 4);
  EXPECT_EQ(column.entries[1].name, "2");

  SheetTrack named = column;
  named.entries[0].name = "neutral";
  named.entries[1].name = "joy";
  FaceTrack back = track_from_column(resolve(named, 8), 24);
  const auto again = lay_out(back, sheet());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->at, timeline->at);
  EXPECT_EQ(value(*again, 4, "joy"), 1);
  named.entries[1].name = "glee";
  back = track_from_column(resolve(named, 8), 24);
  back.file = "sheet.xdts";
  const auto unknown = lay_out(back, sheet());
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().one_line(), HasSubstr("glee"));
  EXPECT_THAT(unknown.error().one_line(), HasSubstr("frame 5"));
}

TEST(LayOut, APartMayEaseInItsOwnWay) {
  FaceTrack t = track(10);
  t.keys = {{0, {}, "", SpacingWord::even, false, -1}, {8, {}, "joy", SpacingWord::even, false, -1}};
  t.leads = {{"brow L", 0, SpacingWord::ease_in}};
  const auto timeline = lay_out(t, sheet());
  ASSERT_TRUE(timeline);
  const FaceMoment& moment = timeline->faces[timeline->at[4]];
  EXPECT_EQ(moment.mixture.at("joy"), 0.5);
  ASSERT_EQ(moment.leading.size(), 1U);
  EXPECT_LT(moment.leading[0].second.at("joy"), 0.4);
}

}  // namespace
}  // namespace nakawari
