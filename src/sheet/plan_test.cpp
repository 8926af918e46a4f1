#include "sheet/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

#include "sheet/testing.h"

namespace nakawari {
namespace {

/// "2=1..5@0.25": drawing 2 lies between 1 and 5 at 0.25; "2=key"; "2=?" needs a key. In exposure order.
std::string summary(const CelPlan& plan) {
  std::string text;
  for (const PlannedDrawing& drawing : plan.drawings) {
    text += (text.empty() ? "" : " ") + drawing.name + "=";
    if (drawing.state == DrawingState::key) text += "key";
    if (drawing.state == DrawingState::needs_key) text += "?";
    if (drawing.state != DrawingState::inbetween) continue;
    char t[16];
    std::snprintf(t, sizeof t, "%.3g", drawing.t);
    text += drawing.from + ".." + drawing.to + "@" + t;
  }
  return text;
}

std::string kinds(const Report& notes) {
  std::string text;
  for (const Note& note : notes) text += (text.empty() ? "" : " ") + note.what;
  return text;
}

std::set<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::set<std::string> found;
  for (std::string word; in >> word;) found.insert(word);
  return found;
}

CelPlan plan(const std::string& track, const std::string& existing, const std::string& charts = "") {
  const auto [cel, duration] = testing::cel_from(track);
  const Result<Charts> read = read_charts(charts, "A/charts.toml");
  EXPECT_TRUE(read.has_value()) << (read ? "" : read.error().one_line());
  return plan_cel(resolve(cel, duration), words(existing), charts.empty() ? nullptr : &*read);
}

struct PlanCase {
  const char *branch, *track, *existing, *plan, *notes;
};

TEST(Plan, RuleOfTheSheet) {
  const PlanCase cases[] = {
      {"all drawn", "1 2 3", "1 2 3", "1=key 2=key 3=key", ""},
      {"one missing", "1 2 3", "1 3", "1=key 2=1..3@0.5 3=key", ""},
      {"three missing", "1 2 3 4 5", "1 5", "1=key 2=1..5@0.25 3=1..5@0.5 4=1..5@0.75 5=key", ""},
      {"holds do not count", "1 - - 2 3 - 4", "1 4", "1=key 2=1..4@0.333 3=1..4@0.667 4=key", ""},
      {"a late drawing out of order", "1 21 2", "1 2", "1=key 21=1..2@0.5 2=key", ""},
      {"keys out of order", "5 3 1", "1 5", "5=key 3=5..1@0.5 1=key", ""},
      {"nearest in time, not in number", "1 3 9 2", "1 9 2", "1=key 3=1..9@0.5 9=key 2=key", ""},
      {"the artist draws the middle", "1 2 3 4 5", "1 3 5", "1=key 2=1..3@0.5 3=key 4=3..5@0.5 5=key", ""},
      {"tick", "1 o 2", "1 2", "1=key 1-t1=1..2@0.5 2=key", ""},
      {"tick and missing drawing together", "1 o 2 3", "1 3", "1=key 1-t1=1..3@0.333 2=1..3@0.667 3=key", ""},
      {"a tick that the artist drew", "1 o 2", "1 2 A0001-t1", "1=key 1-t1=key 2=key", ""},
      {"files spelled otherwise", "1 2 3", "A0001 a3", "1=key 2=1..3@0.5 3=key", ""},
      {"before the first key", "1 2 3", "2 3", "1=? 2=key 3=key", "needs-key"},
      {"after the last key", "1 2 3", "1 2", "1=key 2=key 3=?", "needs-key"},
      {"no key at all", "1 2", "", "1=? 2=?", "needs-key needs-key"},
      {"between two exposures of one key", "1 2 1", "1", "1=key 2=?", "needs-key"},
      {"loop on one key first, two keys later", "1 2 1 2 3", "1 3", "1=key 2=1..3@0.5 3=key", ""},
      {"before the first key first, between later", "2 1 2 3", "1 3", "2=1..3@0.5 1=key 3=key", ""},
      {"cycle: after the last and before the first", "1 2 3 4 5 6 1 2 3 4 5 6", "1 3 5",
       "1=key 2=1..3@0.5 3=key 4=3..5@0.5 5=key 6=5..1@0.5", ""},
      {"cycle: two after the last", "1 2 3 4 1 2 3 4", "1 2", "1=key 2=key 3=2..1@0.333 4=2..1@0.667", ""},
      {"cycle that is not closed", "1 2 3 4", "1 3", "1=key 2=1..3@0.5 3=key 4=?", "needs-key"},
      {"there and back", "1 2 3 2 1", "1 3", "1=key 2=1..3@0.5 3=key", ""},
      {"there, and back with one left out", "1 2 3 4 2 1", "1 4", "1=key 2=1..4@0.333 3=1..4@0.667 4=key",
       ""},
      {"reverse ticks", "1 o o 2 * * 1", "1 2", "1=key 1-t1=1..2@0.333 1-t2=1..2@0.667 2=key", ""},
      {"another place later", "1 2 3 2 4", "1 3 4", "1=key 2=1..3@0.5 3=key 4=key", "two-places"},
      {"stands twice in one passage", "1 2 3 2 4", "1 4", "1=key 2=1..4@0.333 3=1..4@0.667 4=key",
       "stands-twice"},
      {"empty cell between", "1 . 2 3", "1 3", "1=key 2=1..3@0.5 3=key", "across-empty"},
      {"empty cell elsewhere", ". 1 2 3 .", "1 3", "1=key 2=1..3@0.5 3=key", ""},
      {"empty cell inside one exposure", "1 . 1 2 3", "1 3", "1=key 2=1..3@0.5 3=key", ""},
      {"drawn but not on the sheet", "1 2", "1 2 7 8", "1=key 2=key", "not-on-sheet"},
      {"empty cel", "- -", "", "", ""},
  };
  for (const PlanCase& c : cases) {
    const CelPlan made = plan(c.track, c.existing);
    EXPECT_EQ(summary(made), c.plan) << c.branch;
    EXPECT_EQ(kinds(made.notes), c.notes) << c.branch;
  }
}

struct ChartCase {
  const char *branch, *track, *existing, *charts, *plan, *notes;
};

TEST(Plan, Charts) {
  const ChartCase cases[] = {
      {"positions", "1 2 3 4", "1 4", "[[chart]]\nfrom='1'\nto='4'\nspacing=[0.2, 0.7]\n",
       "1=key 2=1..4@0.2 3=1..4@0.7 4=key", ""},
      {"word", "1 2 3 4", "1 4", "[[chart]]\nfrom='A0001'\nto='4'\nspacing='halves'\n",
       "1=key 2=1..4@0.5 3=1..4@0.75 4=key", ""},
      {"the sheet's count wins", "1 2 3", "1 3", "[[chart]]\nfrom='1'\nto='3'\nspacing=[0.1, 0.2, 0.3]\n",
       "1=key 2=1..3@0.2 3=key", "chart-count"},
      {"mirrored", "4 3 2 1", "1 4", "[[chart]]\nfrom='1'\nto='4'\nspacing=[0.2, 0.7]\n",
       "4=key 3=4..1@0.3 2=4..1@0.8 1=key", ""},
      {"own chart before the mirrored", "2 9 1", "1 2",
       "[[chart]]\nfrom='1'\nto='2'\nspacing=[0.2]\n[[chart]]\nfrom='2'\nto='1'\nspacing=[0.4]\n",
       "2=key 9=2..1@0.4 1=key", "chart-unused"},
      {"the artist drew 3 of the chart's row", "1 2 3 4 5", "1 3 5",
       "[[chart]]\nfrom='1'\nto='5'\nspacing=[0.1, 0.4, 0.85]\n", "1=key 2=1..3@0.25 3=key 4=3..5@0.75 5=key",
       ""},
      {"chart of no pair", "1 2 3", "1 3", "[[chart]]\nfrom='7'\nto='9'\n", "1=key 2=1..3@0.5 3=key",
       "chart-unused"},
  };
  for (const ChartCase& c : cases) {
    const CelPlan made = plan(c.track, c.existing, c.charts);
    EXPECT_EQ(summary(made), c.plan) << c.branch;
    EXPECT_EQ(kinds(made.notes), c.notes) << c.branch;
  }
}

TEST(Plan, GroupsHaveTheirOwnSpacing) {
  const CelPlan made = plan("1 2 3 4", "1 4",
                            "[[chart]]\nfrom='1'\nto='4'\n"
                            "[[chart.group]]\nname='hair'\nat=[812, 340]\nspacing=[0.1, 0.2]\n"
                            "[[chart.group]]\nname='arm'\nspacing='even'\n");
  const PlannedDrawing& drawing = *made.find("3");
  EXPECT_NEAR(drawing.t, 2 / 3.0, 1e-12);
  ASSERT_EQ(drawing.groups.size(), 2u);
  EXPECT_EQ(drawing.groups[0].name, "hair");
  EXPECT_DOUBLE_EQ(drawing.groups[0].t, 0.2);
  EXPECT_TRUE(drawing.groups[0].placed);
  EXPECT_DOUBLE_EQ(drawing.groups[0].x, 812);
  EXPECT_FALSE(drawing.groups[1].placed);
}

TEST(Plan, NotesSayWhere) {
  const CelPlan made = plan("1 2 - 3", "1 2");
  ASSERT_EQ(made.notes.size(), 1u);
  EXPECT_EQ(made.notes[0].where.cel, "A");
  EXPECT_EQ(made.notes[0].where.drawing, "3");
  EXPECT_EQ(made.notes[0].where.frame, 4);
  EXPECT_EQ(made.notes[0].text, "drawing 3 needs a key: no drawing that exists stands after it in time");
}

// Playing a sheet backwards mirrors every place: keys change sides, t becomes 1 - t.
TEST(Plan, MirroredInTime) {
  for (const char* track : {"1 2 3 4 5", "1 - 7 7 2 . 3", "4 5 6 1", "1 2 3 4 5 6 7 8 9"}) {
    auto [cel, duration] = testing::cel_from(track);
    const ResolvedCel forward = resolve(cel, duration);
    ResolvedCel backward = forward;
    std::reverse(backward.exposures.begin(), backward.exposures.end());
    int frame = 0;
    for (Exposure& exposure : backward.exposures) {
      exposure.first_frame = frame;
      frame += exposure.frames;
    }
    const std::set<std::string> existing = {"1", "3", "4", "9"};
    const CelPlan one = plan_cel(forward, existing);
    const CelPlan two = plan_cel(backward, existing);
    for (std::size_t i = 0; i < one.drawings.size(); ++i) {
      EXPECT_EQ(one.drawings[i].state, two.drawings[i].state) << track;
      if (one.drawings[i].state != DrawingState::inbetween) continue;
      EXPECT_EQ(one.drawings[i].from, two.drawings[i].to) << track;
      EXPECT_NEAR(one.drawings[i].t, 1 - two.drawings[i].t, 1e-12) << track;
    }
  }
}

TEST(Plan, LongestSheetIsQuick) {
  ResolvedCel cel;
  cel.name = "A";
  std::set<std::string> existing;
  for (int i = 0; i < kMaxSheetFrames; ++i) {
    cel.drawings.push_back({std::to_string(i), false, i});
    cel.exposures.push_back({i, i, 1});
    if (i == 0 || i == kMaxSheetFrames - 1) existing.insert(std::to_string(i));
  }
  const CelPlan made = plan_cel(cel, existing);
  for (std::size_t i = 1; i + 1 < made.drawings.size(); ++i) {
    ASSERT_GT(made.drawings[i].t, made.drawings[i - 1].t);
    ASSERT_LT(made.drawings[i].t, 1);
  }
}

}  // namespace
}  // namespace nakawari
