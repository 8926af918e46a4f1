#include "sheet/chart.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

namespace nakawari {
namespace {

std::vector<double> at(SpacingWord word, int count) {
  return positions(Spacing{word, {}}, count);
}

void expect_near(const std::vector<double>& got, const std::vector<double>& want, const char* branch) {
  ASSERT_EQ(got.size(), want.size()) << branch;
  for (std::size_t i = 0; i < got.size(); ++i) EXPECT_NEAR(got[i], want[i], 1e-12) << branch << " at " << i;
}

TEST(Positions, Words) {
  expect_near(at(SpacingWord::even, 3), {0.25, 0.5, 0.75}, "even");
  expect_near(at(SpacingWord::ease_in, 3), {0.0625, 0.25, 0.5625}, "ease-in");
  expect_near(at(SpacingWord::ease_out, 3), {0.4375, 0.75, 0.9375}, "ease-out");
  expect_near(at(SpacingWord::ease_in_out, 3), {0.15625, 0.5, 0.84375}, "ease-in-out");
  expect_near(at(SpacingWord::halves, 1), {0.5}, "half");
  expect_near(at(SpacingWord::halves, 3), {0.5, 0.75, 0.875}, "halves");
  expect_near(at(SpacingWord::thirds, 1), {1 / 3.0}, "a third");
  expect_near(at(SpacingWord::thirds, 2), {1 / 3.0, 2 / 3.0}, "thirds");
  expect_near(at(SpacingWord::thirds, 4), {1 / 3.0, 2 / 3.0, 7 / 9.0, 8 / 9.0}, "thirds of the last third");
  expect_near(at(SpacingWord::even, 0), {}, "none");
}

TEST(Positions, EaseInAndOutMirrorEachOther) {
  for (int count = 1; count < 20; ++count) {
    const auto in = at(SpacingWord::ease_in, count);
    const auto out = at(SpacingWord::ease_out, count);
    const auto both = at(SpacingWord::ease_in_out, count);
    for (std::size_t k = 0; k < in.size(); ++k) {
      EXPECT_NEAR(in[k], 1 - out[in.size() - 1 - k], 1e-12);
      EXPECT_NEAR(both[k], 1 - both[in.size() - 1 - k], 1e-12);
    }
  }
}

TEST(Positions, WordsRiseInsideForAnyCount) {
  for (const SpacingWord word : {SpacingWord::even, SpacingWord::ease_in, SpacingWord::ease_out,
                                 SpacingWord::ease_in_out, SpacingWord::halves, SpacingWord::thirds}) {
    for (const int count : {1, 2, 5, 13, 14, 40, 1000, 99'998}) {
      double previous = 0;
      for (const double t : at(word, count)) {
        ASSERT_GT(t, previous) << static_cast<int>(word) << " " << count;
        previous = t;
      }
      ASSERT_LT(previous, 1) << static_cast<int>(word) << " " << count;
    }
  }
}

TEST(Positions, Resampling) {
  const Spacing steps{SpacingWord::even, {0.25, 0.5, 0.75}};
  expect_near(positions(steps, 3), {0.25, 0.5, 0.75}, "own count");
  expect_near(positions(steps, 1), {0.5}, "fewer");
  expect_near(positions(steps, 7), {0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875}, "even stays even");
  const Spacing eased{SpacingWord::even, {0.1, 0.3, 0.8}};
  const auto more = positions(eased, 7);
  EXPECT_NEAR(more[1], 0.1, 1e-12) << "ticks of the chart stay where they are";
  EXPECT_NEAR(more[3], 0.3, 1e-12);
  EXPECT_NEAR(more[5], 0.8, 1e-12);
}

TEST(Positions, AnyChartRisesAtAnyCount) {
  ASSERT_TRUE(rc::check("resampled positions rise inside (0, 1)", [] {
    const auto steps =
        *rc::gen::container<std::vector<int>>(rc::gen::element(1, 2, 5, 40, 300, 2000)).as("steps");
    RC_PRE(steps.size() >= 2);
    double total = 0;
    for (const int step : steps) total += step;
    Spacing spacing;
    double sum = 0;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) spacing.positions.push_back((sum += steps[i]) / total);
    const int count = *rc::gen::inRange(1, 200).as("count");
    double previous = 0;
    for (const double t : positions(spacing, count)) {
      RC_ASSERT(t > previous);
      previous = t;
    }
    RC_ASSERT(previous < 1);
  }));
}

TEST(Positions, ChartOfAnotherCountIsRemarked) {
  Report notes;
  const Chart chart{"1", "5", {SpacingWord::even, {0.2, 0.5, 0.8}}, {}, 7};
  EXPECT_EQ(positions(&chart, 2, "A/charts.toml", notes).size(), 2u);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes[0].what, "chart-count");
  EXPECT_EQ(notes[0].where.line, 7);
  EXPECT_EQ(notes[0].text,
            "the chart 1-5 has 3 ticks, the sheet asks for 2 in-betweens; the sheet's count is used, on the "
            "chart's "
            "curve");
  positions(&chart, 3, "A/charts.toml", notes);
  positions(nullptr, 2, "A/charts.toml", notes);
  EXPECT_EQ(notes.size(), 1u);
}

TEST(ReadCharts, WholeFile) {
  const auto charts = read_charts(R"(# cel A
[[chart]]
from = "A0001"
to = "A0005"
spacing = [0.1, 0.5, 0.9]

[[chart.group]]
name = "hair"
at = [10, 20.5]
spacing = "ease-out"

[[chart]]
from = 5
to = 9
)",
                                  "A/charts.toml");
  ASSERT_TRUE(charts.has_value()) << charts.error().one_line();
  ASSERT_EQ(charts->charts.size(), 2u);
  const Chart& first = charts->charts[0];
  EXPECT_EQ(first.spacing.positions, (std::vector<double>{0.1, 0.5, 0.9}));
  ASSERT_EQ(first.groups.size(), 1u);
  EXPECT_EQ(first.groups[0].spacing.word, SpacingWord::ease_out);
  EXPECT_DOUBLE_EQ(first.groups[0].y, 20.5);
  EXPECT_EQ(first.line, 2);
  EXPECT_EQ(charts->charts[1].from, "5");
  EXPECT_EQ(find_chart(*charts, "1", "5", "A"), &first);
  EXPECT_EQ(find_chart(*charts, "5", "1", "A"), nullptr);
}

struct BadCase {
  const char *branch, *toml, *error;
};

TEST(ReadCharts, EveryRefusalNamesTheLine) {
  const BadCase cases[] = {
      {"not TOML", "[[chart]]\nfrom = = 1", "c.toml, line 2: not valid TOML"},
      {"unknown key at the top", "[[charts]]\n", "c.toml, line 1: unknown key `charts` (known here: chart)"},
      {"misspelt key", "[[chart]]\nfrom='1'\nto='2'\nspaceing='even'",
       "c.toml, line 4: unknown key `spaceing` (known here: from, to, spacing, group)"},
      {"chart is no list", "chart = 3", "c.toml, line 1: `chart` is not a list of tables (write [[chart]])"},
      {"no from", "[[chart]]\nto='2'", "c.toml, line 1: a chart without `from` (name the drawing)"},
      {"from of a wrong type", "[[chart]]\nfrom=true\nto='2'",
       "c.toml, line 2: `from` is not the name of a drawing (write it in quotes, as \"1\")"},
      {"same drawing twice", "[[chart]]\nfrom='1'\nto='1'",
       "c.toml, line 1: a chart from drawing 1 to itself"},
      {"pair twice", "[[chart]]\nfrom='1'\nto='2'\n[[chart]]\nfrom='1'\nto='2'",
       "c.toml, line 4: a second chart from 1 to 2 (keep one of the two)"},
      {"unknown word", "[[chart]]\nfrom='1'\nto='2'\nspacing='slow'",
       "c.toml, line 4: unknown spacing \"slow\" (even, ease-in, ease-out, ease-in-out, halves, thirds or a "
       "list of "
       "positions)"},
      {"wrong type", "[[chart]]\nfrom='1'\nto='2'\nspacing=3",
       "c.toml, line 4: `spacing` is neither a word nor a list of positions"},
      {"empty list", "[[chart]]\nfrom='1'\nto='2'\nspacing=[]",
       "c.toml, line 4: `spacing` is an empty list (leave it out for equal steps)"},
      {"text in the list", "[[chart]]\nfrom='1'\nto='2'\nspacing=[0.1,\n'x']",
       "c.toml, line 5: a position is not a number"},
      {"not a number", "[[chart]]\nfrom='1'\nto='2'\nspacing=[nan]",
       "c.toml, line 4: a position is not a number"},
      {"outside", "[[chart]]\nfrom='1'\nto='2'\nspacing=[0.5,\n1.5]",
       "c.toml, line 5: a position lies outside 0 to 1 (0 is the first key, 1 the second; ticks lie "
       "between)"},
      {"whole number at the key", "[[chart]]\nfrom='1'\nto='2'\nspacing=[1]",
       "c.toml, line 4: a position lies outside 0 to 1 (0 is the first key, 1 the second; ticks lie "
       "between)"},
      {"falling", "[[chart]]\nfrom='1'\nto='2'\nspacing=[0.5,\n0.4]",
       "c.toml, line 5: positions do not rise by at least 0.0001 (write them in the order of time)"},
      {"too close to the key", "[[chart]]\nfrom='1'\nto='2'\nspacing=[0.99999]",
       "c.toml, line 4: positions do not rise by at least 0.0001 (write them in the order of time)"},
      {"group without a name", "[[chart]]\nfrom='1'\nto='2'\n[[chart.group]]\nspacing='even'",
       "c.toml, line 4: a group without a name"},
      {"group without spacing", "[[chart]]\nfrom='1'\nto='2'\n[[chart.group]]\nname='x'",
       "c.toml, line 4: a group without `spacing`"},
      {"group twice",
       "[[chart]]\nfrom='1'\nto='2'\n[[chart.group]]\nname='x'\nspacing='even'\n[[chart.group]]\nname='x'\n"
       "spacing='even'",
       "c.toml, line 7: a second group `x` in one chart"},
      {"point of a wrong type",
       "[[chart]]\nfrom='1'\nto='2'\n[[chart.group]]\nname='x'\nspacing='even'\nat='here'",
       "c.toml, line 7: `at` is not a point (write at = [x, y] in pixels)"},
  };
  for (const BadCase& c : cases) {
    const auto charts = read_charts(c.toml, "c.toml");
    ASSERT_FALSE(charts.has_value()) << c.branch;
    EXPECT_EQ(charts.error().code, ErrorCode::bad_input) << c.branch;
    EXPECT_EQ(charts.error().one_line().substr(0, std::string(c.error).size()), c.error) << c.branch;
  }
}

TEST(ReadCharts, EmptyFileIsNoCharts) {
  const auto charts = read_charts("# nothing yet\n", "c.toml");
  ASSERT_TRUE(charts.has_value());
  EXPECT_TRUE(charts->charts.empty());
}

TEST(ReadCharts, DeepNestingIsRefused) {
  EXPECT_FALSE(read_charts("x = " + std::string(100'000, '['), "c.toml").has_value());
  EXPECT_FALSE(read_charts(std::string(2 << 20, ' '), "c.toml").has_value());
}

}  // namespace
}  // namespace nakawari
