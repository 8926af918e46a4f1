#include "cut/fixes_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace nakawari {
namespace {

Fixes read(const std::string& text) {
  auto fixes = read_fixes(text, "fixes/A.toml");
  EXPECT_TRUE(fixes) << fixes.error().one_line();
  return fixes ? *fixes : Fixes{};
}

std::string error_of(const std::string& text) {
  const auto fixes = read_fixes(text, "fixes/A.toml");
  return fixes ? "no error" : fixes.error().one_line();
}

/// One entry of every kind, with everything that it may have.
const std::vector<std::string> kEntries{
    R"(kind = "stroke_pair"
drawings = ["A0001", "A0005"]
a = [[812, 340], [10.25, 3]]
b = [[820, 352]]
like_a = ["black 212 35 3.2", "blue 40 178 2.0"]
like_b = ["black 208 33 3.1"]
)",
    R"(kind = "no_partner"
drawings = ["A0001", "A0005"]
in = "A0005"
at = [812, 340]
like = ["red 12 90 1.0"]
)",
    R"(kind = "guide"
drawings = ["A0001", "A0005"]
a = [[812, 340]]
b = [[820, 352]]
)",
    R"(kind = "arc"
drawings = ["A0001", "A0005"]
path = [[1, 2], [30, 4], [50, 60]]
)",
    R"(kind = "group"
drawings = ["A0001", "A0005"]
in = "A0001"
name = "hair \"left\""
lasso = [[1, 2], [30, 4], [50, 60]]
)",
    R"(kind = "depth"
drawings = ["A0001", "A0005"]
in = "A0001"
front = [1, 2]
behind = [3, 4]
)",
    R"(kind = "spacing"
drawing = "A0003"
t = 0.35
at = [5, 6]
)",
    R"(kind = "paint_style"
drawing = "A0003"
style = "skin"
at = [5, 6]
like = ["region 5210"]
)",
    R"(kind = "close_gap"
drawing = "A0003"
path = [[1, 2], [3, 4]]
)",
    R"(kind = "open_gap"
drawing = "A0003"
path = [[1, 2], [3, 4]]
)",
    R"(kind = "trace_role"
drawing = "A0003"
role = "shadow"
at = [5, 6]
)",
    R"(kind = "intended"
drawing = "A0003"
what = "no-partner"
at = [5, 6]
)",
    R"(kind = "approve"
drawing = "A0003"
lines = "fixes/approved/A/A0003.png"
painted = "fixes/approved/A/A0003-paint.png"
)",
};

TEST(FixesFile, every_kind_goes_through_text) {
  std::set<FixKind> kinds;
  for (std::size_t i = 0; i < kEntries.size(); ++i) {
    const std::string text =
        "[[fix]]\nid = \"f" + std::to_string(i) + "\"\nauthor = \"\u6728\u6751\"\n" + kEntries[i];
    const Fixes fixes = read(text);
    EXPECT_TRUE(fixes.notes.empty()) << text;
    ASSERT_EQ(fixes.fixes.size(), 1u);
    kinds.insert(fixes.fixes[0].kind);
    const std::string again = fix_text(fixes.fixes[0]);
    const Fixes back = read(again);
    ASSERT_EQ(back.fixes.size(), 1u);
    EXPECT_EQ(fix_text(back.fixes[0]), again);
    // Nothing of the entry is lost: as many lines, in the order in which they are written.
    EXPECT_EQ(std::count(again.begin(), again.end(), '\n'), std::count(text.begin(), text.end(), '\n'));
  }
  EXPECT_EQ(kinds.size(), static_cast<std::size_t>(FixKind::unknown));
}

TEST(FixesFile, what_is_missing_is_named_with_its_line) {
  for (const std::string& entry : kEntries) {
    if (entry.starts_with("kind = \"approve\"")) continue;
    // Each entry without one of its lines, but for what is optional.
    for (std::size_t at = entry.find('\n') + 1; at < entry.size();) {
      const std::size_t end = entry.find('\n', at) + 1;
      const std::string line = entry.substr(at, end - at);
      const bool optional = line.starts_with("like") || line.starts_with("name") ||
                            (line.starts_with("at") && (entry.starts_with("kind = \"spacing\"") ||
                                                        entry.starts_with("kind = \"intended\"")));
      if (!optional) {
        const std::string error = error_of("[[fix]]\n" + entry.substr(0, at) + entry.substr(end));
        EXPECT_THAT(error, ::testing::HasSubstr("fixes/A.toml, line ")) << entry << "without " << line;
      }
      at = end;
    }
  }
}

TEST(FixesFile, errors_name_the_mend) {
  EXPECT_EQ(error_of("[[fix]]\nkind = \"trace_role\"\ndrawing = \"1\"\nat = [1, 2]\nrole = \"shade\"\n"),
            "fixes/A.toml, line 5: the role \"shade\" is not known (shadow, highlight, shadow2 or normal)");
  EXPECT_EQ(error_of("[[fix]]\nkind = \"arc\"\ndrawings = [\"1\", \"5\"]\npath = [1, 2]\n"),
            "fixes/A.toml, line 4: \"path\" has only 1 points (give at least 2)");
  EXPECT_EQ(error_of("[[fix]]\nid = \"f1\"\nkind = \"approve\"\ndrawing = \"1\"\n"
                     "[[fix]]\nid = \"f1\"\nkind = \"approve\"\ndrawing = \"2\"\n"),
            "fixes/A.toml, line 6: there are two fixes \"f1\" (give each its own id)");
  EXPECT_THAT(error_of("[[fix]]\nkind = \"paint_style\"\ndrawing = \"1\"\nstyle = \"x\"\nat = [1, 2]\n"
                       "like = [\"soft\"]\n"),
              ::testing::HasSubstr("line 6: \"soft\" describes neither a line nor a region"));
  EXPECT_THAT(error_of("[[fix]]\nkind = \"paint_style\"\ndrawing = \"1\"\nstyle = \"x\"\nat = [1, 2]\n"
                       "like = [\"region 5\", \"region 6\"]\n"),
              ::testing::HasSubstr("describes 2 points, there are 1"));
}

TEST(FixesFile, unknown_kinds_are_reported_and_change_nothing) {
  const Fixes fixes = read("[[fix]]\nid = \"f1\"\nkind = \"wish\"\nfor = { a = 1 }\n");
  ASSERT_EQ(fixes.fixes.size(), 1u);
  EXPECT_EQ(fixes.fixes[0].kind, FixKind::unknown);
  EXPECT_EQ(fixes.fixes[0].word, "wish");
  ASSERT_EQ(fixes.notes.size(), 1u) << "its keys are not told one by one";
  EXPECT_EQ(fixes.notes[0].what, "unknown-kind");
  EXPECT_EQ(fixes.notes[0].where.line, 3);
}

Drawing two_lines(double y) {
  Drawing drawing;
  drawing.width = drawing.height = 500;
  for (const double x : {100.0, 300.0}) {
    Stroke stroke;
    stroke.points = {{x, y}, {x + 100, y}};
    stroke.widths = {2, 2};
    drawing.strokes.push_back(stroke);
  }
  return drawing;
}

TEST(FixesFile, pair_fixes_reach_match_in_their_own_form) {
  std::string text;
  for (std::size_t i = 0; i < 6; ++i) text += "[[fix]]\nid = \"" + std::to_string(i) + "\"\n" + kEntries[i];
  Fixes fixes = read(text);
  for (Fix& fix : fixes.fixes) {
    for (auto* points : {&fix.a, &fix.b, &fix.at, &fix.path})
      for (Vec2& p : *points) p = {150, 103};
    fix.like_a.clear();
    fix.like_b.clear();
    fix.like.clear();
  }
  std::vector<const Fix*> all, lost;
  for (const Fix& fix : fixes.fixes) all.push_back(&fix);
  std::vector<std::string> used;
  const MatchFixes made = match_fixes(all, two_lines(100), two_lines(110), lost, used);
  EXPECT_TRUE(lost.empty());
  EXPECT_EQ(used.size(), 6u);
  EXPECT_EQ(made.stroke_pairs.size() + made.no_partner.size() + made.guides.size(), 3u);
  EXPECT_EQ(made.arcs.size() + made.groups.size() + made.depths.size(), 3u);
}

TEST(FixesFile, a_depth_may_hold_until_a_t_and_a_group_keeps_its_name) {
  const std::string depth =
      "[[fix]]\nid = \"d\"\nkind = \"depth\"\ndrawings = [\"1\", \"5\"]\nin = \"1\"\n"
      "front = [1, 2]\nbehind = [3, 4]\n";
  const std::string group =
      "[[fix]]\nid = \"g\"\nkind = \"group\"\ndrawings = [\"1\", \"5\"]\nin = \"1\"\n"
      "name = \"eye L iris\"\nlasso = [[0, 0], [9, 0], [9, 9]]\n";
  for (const double until : {0.0, 0.25}) {
    const Fixes fixes = read(group + depth + (until > 0 ? "t = 0.25\n" : ""));
    ASSERT_EQ(fixes.fixes.size(), 2u);
    EXPECT_EQ(read(fix_text(fixes.fixes[1])).fixes[0].t, until);
    std::vector<const Fix*> all{&fixes.fixes[0], &fixes.fixes[1]}, lost;
    std::vector<std::string> used;
    const MatchFixes made = match_fixes(all, two_lines(100), two_lines(110), lost, used);
    ASSERT_EQ(made.depths.size(), 1u);
    EXPECT_EQ(made.depths[0].until, until > 0 ? until : 1);
    EXPECT_EQ(made.groups[0].name, "eye L iris");
  }
  EXPECT_FALSE(read_fixes(depth + "t = 1.5\n", "A.toml"));
}

TEST(FixesFile, a_fix_without_its_line_is_lost_and_one_with_a_mark_follows_it) {
  const std::string guide =
      "[[fix]]\nid = \"f1\"\nkind = \"guide\"\ndrawings = [\"1\", \"5\"]\n"
      "a = [150, 100]\nb = [150, 100]\n";
  const Fixes plain = read(guide), marked = read(guide + "like_b = [\"black 100 0 2.0\"]\n");
  for (const bool with_mark : {false, true}) {
    const Fix& fix = (with_mark ? marked : plain).fixes[0];
    std::vector<const Fix*> lost;
    std::vector<std::string> used;
    const MatchFixes made = match_fixes({&fix}, two_lines(100), two_lines(150), lost, used);
    EXPECT_EQ(lost.size(), with_mark ? 0u : 1u);
    EXPECT_EQ(used.size(), with_mark ? 1u : 0u);
    if (with_mark) {
      EXPECT_EQ(made.guides[0].b, (Vec2{150, 150}));
    }
  }
}

}  // namespace
}  // namespace nakawari
