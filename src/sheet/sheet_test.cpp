#include "sheet/sheet.h"

#include <gtest/gtest.h>

#include <sstream>

#include "sheet/testing.h"

namespace nakawari {
namespace {

using testing::cel_from;

/// The drawing at each frame: "1 1 2 . 3-t1".
std::string standing(const ResolvedCel& cel) {
  std::ostringstream text;
  for (std::size_t f = 0; f < cel.at.size(); ++f) {
    text << (f == 0 ? "" : " ")
         << (cel.at[f] < 0 ? "." : cel.drawings[static_cast<std::size_t>(cel.at[f])].name);
  }
  return text.str();
}

struct ResolveCase {
  const char *branch, *track, *standing;
};

// A track is one word a frame: a name, - hold, . empty, o tick, * reverse tick.
TEST(Resolve, Table) {
  const ResolveCase cases[] = {
      {"names and holds", "1 - 2 - -", "1 1 2 2 2"},
      {"nothing before the first entry", "- - 1", ". . 1"},
      {"empty cell in the middle", "1 . - 1", "1 . . 1"},
      {"a drawing used twice", "1 2 1", "1 2 1"},
      {"cycle", "1 2 3 1 2 3", "1 2 3 1 2 3"},
      {"spellings of one file", "1 A1 A0001 2", "1 1 1 2"},
      {"tick", "1 o 2", "1 1-t1 2"},
      {"held ticks", "1 - o - o - 2", "1 1 1-t1 1-t1 1-t2 1-t2 2"},
      {"ticks of another passage", "1 o 2 o 3", "1 1-t1 2 2-t1 3"},
      {"the same passage again", "1 o 2 . 1 o 2", "1 1-t1 2 . 1 1-t1 2"},
      {"the same start, another end", "1 o 2 1 o 3", "1 1-t1 2 1 1-t2 3"},
      {"the same ends, another count", "1 o 2 1 o o 2", "1 1-t1 2 1 1-t2 1-t3 2"},
      {"the way back is another passage", "1 o 2 o 1", "1 1-t1 2 2-t1 1"},
      {"tick name taken", "1 o 2 1-t1", "1 1-t2 2 1-t1"},
      {"tick before any drawing", "o 1", "start-t1 1"},
      {"tick after the last drawing", "1 o", "1 1-t1"},
      {"empty cell inside a passage", "1 . o 2", "1 . 1-t1 2"},
      {"reverse of ticks", "1 o o 2 * * 1", "1 1-t1 1-t2 2 1-t2 1-t1 1"},
      {"reverse of named drawings", "1 2 3 * 1", "1 2 3 2 1"},
      {"reverse without an end", "1 2 3 * *", "1 2 3 2 1"},
      {"reverse of an earlier round", "1 2 3 4 5 3 * 1", "1 2 3 4 5 3 2 1"},
      {"reverse of nothing", "1 * 2", "1 1-t1 2"},
      {"reverse longer than the passage", "1 2 3 * * 1", "1 2 3 3-t1 3-t2 1"},
      {"ticks and reverse ticks mixed", "1 o * 2", "1 1-t1 1-t2 2"},
      {"nothing at all", "- -", ". ."},
  };
  for (const ResolveCase& c : cases) {
    const auto [cel, duration] = cel_from(c.track);
    EXPECT_EQ(standing(resolve(cel, duration)), c.standing) << c.branch;
  }
}

TEST(Resolve, ReverseWithoutAPassageIsRemarked) {
  const auto [cel, duration] = cel_from("1 * 2");
  const ResolvedCel resolved = resolve(cel, duration);
  ASSERT_EQ(resolved.notes.size(), 1u);
  EXPECT_EQ(resolved.notes[0].what, "reverse-unknown");
  EXPECT_EQ(resolved.notes[0].where.frame, 2);
}

TEST(Resolve, OrderFlagsAndExposures) {
  const auto [cel, duration] = cel_from("3 - o 1 . 3");
  const ResolvedCel resolved = resolve(cel, duration);
  ASSERT_EQ(resolved.drawings.size(), 3u);
  EXPECT_EQ(resolved.drawings[0].name, "3");
  EXPECT_EQ(resolved.drawings[1].name, "3-t1");
  EXPECT_TRUE(resolved.drawings[1].ticked);
  EXPECT_FALSE(resolved.drawings[2].ticked);
  EXPECT_EQ(resolved.drawings[2].first_frame, 3);
  ASSERT_EQ(resolved.exposures.size(), 5u);
  EXPECT_EQ(resolved.exposures[0].frames, 2);
  EXPECT_EQ(resolved.exposures[3].drawing, -1);
  EXPECT_EQ(resolved.exposures[4].drawing, 0);
}

TEST(Resolve, FramesOutsideTheSheet) {
  SheetTrack cel{0, "A", {}, {}};
  cel.entries = {{-3, Mark::text, "9", {}, {}},
                 {-1, Mark::text, "1", {}, {}},
                 {1, Mark::text, "2", {}, {}},
                 {3, Mark::text, "3", {}, {}}};
  EXPECT_EQ(standing(resolve(cel, 3)), "1 2 2");
}

TEST(Resolve, LaterOfTwoEntriesAtOneFrameWins) {
  SheetTrack cel{0, "A", {}, {}};
  cel.entries = {{-1, Mark::text, "9", {}, {}}, {0, Mark::text, "1", {}, {}}, {0, Mark::text, "2", {}, {}}};
  EXPECT_EQ(standing(resolve(cel, 2)), "2 2");
}

TEST(Resolve, LongestSheetIsQuick) {
  SheetTrack cel{0, "A", {}, {}};
  for (int f = 0; f < kMaxSheetFrames; ++f) {
    const Mark mark = f % 3 == 0 ? Mark::text : f % 3 == 1 ? Mark::tick : Mark::reverse_tick;
    cel.entries.push_back({f, mark, mark == Mark::text ? std::to_string(f % 7) : "", {}, {}});
  }
  EXPECT_EQ(resolve(cel, kMaxSheetFrames).at.size(), static_cast<std::size_t>(kMaxSheetFrames));
}

struct SpanCase {
  const char* branch;
  std::vector<std::pair<int, Mark>> entries;
  std::vector<std::pair<int, int>> spans;  ///< first frame, frames
};

TEST(Spans, Table) {
  const std::vector<SpanCase> cases = {
      {"hyphens give the length", {{2, Mark::text}, {3, Mark::hold}, {4, Mark::hold}}, {{2, 3}}},
      {"no hyphens: to the end", {{2, Mark::text}}, {{2, 8}}},
      {"no hyphens: to the next", {{2, Mark::text}, {5, Mark::text}}, {{2, 3}, {5, 5}}},
      {"no hyphens: to the empty mark", {{2, Mark::text}, {5, Mark::empty}}, {{2, 3}}},
      {"hyphens end before the empty mark", {{2, Mark::text}, {3, Mark::hold}, {7, Mark::empty}}, {{2, 2}}},
      {"hyphen without a start", {{2, Mark::hold}}, {}},
      {"past the end", {{12, Mark::text}}, {}},
      {"before the start", {{-2, Mark::text}, {1, Mark::empty}}, {{0, 1}}},
  };
  for (const SpanCase& c : cases) {
    SheetTrack track{0, "S1", {}, {}};
    for (const auto& [frame, mark] : c.entries) track.entries.push_back({frame, mark, "hana", {"oi"}, {}});
    std::vector<std::pair<int, int>> found;
    for (const SheetSpan& span : spans(track, 10)) {
      found.emplace_back(span.first_frame, span.frames);
      EXPECT_EQ(span.values, (std::vector<std::string>{"hana", "oi"}));
    }
    EXPECT_EQ(found, c.spans) << c.branch;
  }
}

}  // namespace
}  // namespace nakawari
