#include "cut/steps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cut/memory_disk.h"

namespace nakawari {
namespace {

using testing::HasSubstr;

StepInput input(const std::string& what, const std::string& value) {
  return {what, hash_of(std::string_view(value))};
}

std::vector<std::uint8_t> bytes(const std::string& text) {
  return {text.begin(), text.end()};
}

/// A step with one input and one output.
StepSpec draw(const std::string& t) {
  return {"draw A2", {input("t", t)}, {"out/A2.png"}};
}

/// A log that lives for one build.
class Steps : public testing::Test {
 protected:
  /// Does the step when it is dirty; returns why, empty when it was clean.
  std::string build(const StepSpec& step, const std::string& result) {
    StepLog log(disk, "cut");
    const std::string why = log.why_dirty(step);
    if (!why.empty()) {
      const auto made = bytes(result);
      EXPECT_TRUE(log.finish(step, {made}));
    }
    EXPECT_TRUE(log.close(false));
    notes = log.notes();
    return why;
  }

  MemoryDisk disk;
  Report notes;
};

TEST_F(Steps, RunOnceAndThenNotAgain) {
  EXPECT_EQ(build(draw("0.5"), "line"), "it was not done before");
  EXPECT_EQ(build(draw("0.5"), "line"), "");
  EXPECT_EQ(disk.text("cut/out/A2.png"), "line");
}

TEST_F(Steps, SayWhyTheyRun) {
  build(draw("0.5"), "line");
  EXPECT_EQ(build(draw("0.25"), "line"), "t changed");
  StepSpec more = draw("0.25");
  more.inputs.push_back(input("a fix", "f1"));
  EXPECT_EQ(build(more, "line"), "a fix is new");
  EXPECT_EQ(build(draw("0.25"), "line"), "a fix is gone");
  StepSpec moved = draw("0.25");
  moved.outputs = {"out/B2.png"};
  EXPECT_EQ(build(moved, "line"), "it makes other files now");
}

TEST_F(Steps, RunAgainWhenTheirFileIsGone) {
  build(draw("0.5"), "line");
  ASSERT_TRUE(disk.remove("cut/out/A2.png"));
  EXPECT_THAT(build(draw("0.5"), "line"), HasSubstr("missing"));
}

TEST_F(Steps, KeepAsideWhatAnotherProgramChanged) {
  build(draw("0.5"), "line");
  disk.clock_ns += 10;
  disk.put("cut/out/A2.png", "by hand");
  EXPECT_THAT(build(draw("0.5"), "line"), HasSubstr("not what was written"));
  EXPECT_EQ(disk.text("cut/out/A2.png"), "line");
  ASSERT_EQ(notes.size(), 1U);
  const std::string copy =
      "cut/out/changed-by-hand/" + hash_of(std::string_view("by hand")).hex().substr(0, 8) + "/A2.png";
  EXPECT_EQ(disk.text(copy), "by hand");
}

TEST_F(Steps, ACopiedFolderNeedsNoWork) {
  build(draw("0.5"), "line");
  disk.clock_ns += 10;
  disk.put("cut/out/A2.png", "line");  // same bytes, other time and inode
  EXPECT_EQ(build(draw("0.5"), "line"), "");
}

TEST_F(Steps, FilesThatNoStepWantsGo) {
  build(draw("0.5"), "line");
  build({"draw A3", {input("t", "0.5")}, {"out/A3.png"}}, "other");
  EXPECT_FALSE(disk.has("cut/out/A2.png"));
  EXPECT_TRUE(disk.has("cut/out/A3.png"));
}

TEST_F(Steps, AFileThatSomeoneChangedIsNotRemoved) {
  build(draw("0.5"), "line");
  disk.put("cut/out/A2.png", "by hand");
  build({"draw A3", {input("t", "0.5")}, {"out/A3.png"}}, "other");
  EXPECT_EQ(disk.text("cut/out/A2.png"), "by hand");
}

TEST_F(Steps, SurviveAKillAtAnyByteOfTheLog) {
  build(draw("0.5"), "line");
  const std::string log = disk.text("cut/out/.cache/log");
  for (std::size_t end = 0; end < log.size(); ++end) {
    disk.put("cut/out/.cache/log", log.substr(0, end));
    build(draw("0.5"), "line");
    EXPECT_EQ(disk.text("cut/out/A2.png"), "line") << end;
    EXPECT_EQ(build(draw("0.5"), "line"), "") << end;
    // A file that the killed build left is ours, not one changed by hand.
    EXPECT_TRUE(notes.empty());
  }
}

TEST_F(Steps, ForeignLogsAreEmptyOnes) {
  for (const char* text :
       {"", "\n\n", "{}", "{\"log\": 99}\n", "not json", "{\"log\": 1}\n{\"done\": 5}\n[1]\n"}) {
    disk.put("cut/out/.cache/log", text);
    EXPECT_EQ(build(draw("0.5"), "line"), "it was not done before") << text;
    ASSERT_TRUE(disk.remove("cut/out/A2.png"));
  }
}

TEST_F(Steps, AFullDiskLeavesTheStepUndone) {
  disk.refuses.insert("cut/out/A2.png");
  StepLog log(disk, "cut");
  EXPECT_NE(log.why_dirty(draw("0.5")), "");
  const auto made = bytes("line");
  EXPECT_FALSE(log.finish(draw("0.5"), {made}));
  disk.refuses.clear();
  EXPECT_EQ(build(draw("0.5"), "line"), "it was not done before");
}

TEST_F(Steps, InputsAreKnownByTheirStampOnlyOnceTheClockHasMovedOn) {
  disk.put("cut/A1.png", "one");
  {
    StepLog log(disk, "cut");
    ASSERT_TRUE(log.input("A1.png"));  // saved this very moment: the stamp proves nothing
    ASSERT_TRUE(log.close(false));
  }
  EXPECT_THAT(disk.text("cut/out/.cache/log"), testing::Not(HasSubstr("A1.png")));
  disk.clock_ns += 5'000'000'000;
  StepLog log(disk, "cut");
  const auto hash = log.input("A1.png");
  ASSERT_TRUE(hash);
  EXPECT_EQ(*hash, hash_of(std::string_view("one")));
  EXPECT_THAT(disk.text("cut/out/.cache/log"), HasSubstr("A1.png"));
}

}  // namespace
}  // namespace nakawari
