#include "cut/report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nakawari {
namespace {

using testing::HasSubstr;
using testing::Not;

DrawingSummary drawing(const std::string& name, DrawingState state) {
  DrawingSummary d;
  d.name = name;
  d.state = state;
  d.line_picture = "out/A/line/" + name + ".png";
  return d;
}

/// Two keys and an in-between that needs a look, painted by the program.
ReportInput example() {
  ReportInput input;
  input.summary.id = "c012";
  input.summary.frames = 6;
  input.summary.width = 1920;
  input.summary.height = 1080;
  CelSummary cel;
  cel.name = "A";
  cel.drawings = {drawing("A0001", DrawingState::key), drawing("A0002", DrawingState::inbetween),
                  drawing("A0003", DrawingState::key)};
  DrawingSummary& made = cel.drawings[1];
  made.from = "A0001";
  made.to = "A0003";
  made.t = 0.5;
  made.judgement = {Verdict::look, 0.5, {{"gap", 812, 340, 20, "a line ends in the open"}}};
  made.paint = made.judgement;
  input.summary.cels.push_back(cel);
  input.pictures[made.line_picture] = {1, 2, 3, 4};
  input.frames = {{5, 6}};
  input.frame_at = {0, 0, 0, 0, 0, 0};
  return input;
}

TEST(Report, SaysVerdictReasonAndPlace) {
  const std::string page = report_html(example());
  EXPECT_THAT(page, HasSubstr("\"verdict\":\"look\""));
  EXPECT_THAT(page, HasSubstr("a line ends in the open"));
  EXPECT_THAT(page, HasSubstr("\"x\":812.0,\"y\":340.0"));
  EXPECT_THAT(page, HasSubstr("\"out/A/line/A0002.png\":\"data:image/png;base64,AQIDBA==\""));
  EXPECT_THAT(page, HasSubstr("\"film\":[\"data:image/png;base64,BQY=\"]"));
}

TEST(Report, ADrawingWithoutItsKeysAsksForADrawing) {
  ReportInput input = example();
  input.summary.cels[0].drawings[1].state = DrawingState::needs_key;
  EXPECT_THAT(report_html(input), HasSubstr("\"verdict\":\"draw\""));
}

TEST(Report, TheSameCutGivesTheSamePage) {
  EXPECT_EQ(report_html(example()), report_html(example()));
}

TEST(Report, WhatWasSpentStandsBesideThePage) {
  BuildCost cost;
  cost.seconds = 1.5;
  cost.peak_memory_mib = 321;
  cost.steps.push_back({"trace", 2, 1, 0.75, 1.25});
  const std::string script = cost_script(cost);
  EXPECT_THAT(script, HasSubstr("const SPENT={\"seconds\":1.5"));
  EXPECT_THAT(script, HasSubstr("\"mib\":321"));
  EXPECT_THAT(script, HasSubstr("{\"kind\":\"trace\",\"ran\":2,\"kept\":1,\"seconds\":0.75,\"cpu\":1.25}"));
  EXPECT_THAT(report_html(example()), HasSubstr("<script src=\"cost.js\"></script>"));
}

TEST(Report, CostByHandIsCountedFromTheRates) {
  EXPECT_THAT(report_html(example()),
              HasSubstr("\"hand\":{\"drawn\":1,\"painted\":1,\"minutes\":27.0,\"yen\":410.0}"));
  ReportInput input = example();
  input.summary.cost.values = {
      {"douga_minutes", 40}, {"douga_yen", 300}, {"paint_minutes", 5}, {"paint_yen", 0}};
  EXPECT_THAT(report_html(input),
              HasSubstr("\"hand\":{\"drawn\":1,\"painted\":1,\"minutes\":45.0,\"yen\":300.0}"));
}

TEST(Report, NoTextOfTheCutBecomesMarkup) {
  ReportInput input = example();
  input.summary.id = "</script><script>alert(1)</script>";
  input.summary.cels[0].drawings[1].why = "\xFF<img src=x onerror=alert(1)>";
  const std::string page = report_html(input);
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
}

TEST(Report, ThePageAsksNobodyForAnything) {
  const std::string page = report_html(example());
  EXPECT_THAT(page, Not(HasSubstr("http:")));
  EXPECT_THAT(page, Not(HasSubstr("https:")));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

}  // namespace
}  // namespace nakawari
