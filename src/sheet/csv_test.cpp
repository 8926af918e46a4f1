#include "sheet/csv.h"

#include <gtest/gtest.h>

#include <string>

#include "sheet/xdts.h"

namespace nakawari {
namespace {

Result<ReadSheet> read(const std::string& text) {
  return read_csv({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, "s.csv");
}

/// "A:1@0 o@2 | B:x@0": cels with their entries, frames from 0.
std::string summary(const ExposureSheet& sheet) {
  std::string text;
  for (const SheetTrack& cel : sheet.cels) {
    text += (text.empty() ? "" : " | ") + cel.name + ":";
    for (const SheetEntry& entry : cel.entries) {
      const char* marks[] = {"", "x", "o", "*", "-", "?"};
      text += " " + (entry.mark == Mark::text ? entry.name : marks[static_cast<int>(entry.mark)]) + "@" +
              std::to_string(entry.frame);
    }
  }
  return text;
}

struct GoodCase {
  const char *branch, *csv, *cels;
  int duration;
  double fps;
};

TEST(ReadCsv, Table) {
  const GoodCase cases[] = {
      {"own form", "fps,24,title,c012\nframe,A,B\n1,1,×\n2,,\n3,○,1\n", "A: 1@0 o@2 | B: x@0 1@2", 3, 24},
      {"no line end at the end", "fps,12\nframe,A\n1,1", "A: 1@0", 1, 12},
      {"CRLF", "fps,24\r\nframe,A\r\n1,1\r\n2,●\r\n", "A: 1@0 *@1", 2, 24},
      {"CR only", "fps,24\rframe,A\r1,1\r2,2\r", "A: 1@0 2@1", 2, 24},
      {"byte order mark",
       "\xEF\xBB\xBF"
       "fps,24\nframe,A\n1,1\n",
       "A: 1@0", 1, 24},
      {"semicolons", "fps;24;title;x\nframe;A;B\n1;1;2\n", "A: 1@0 | B: 2@0", 1, 24},
      {"tabs", "fps\t24\nframe\tA\tB\n1\t1\t2\n", "A: 1@0 | B: 2@0", 1, 24},
      {"quotes", "fps,24,title,\"a \"\"b\"\", c\"\nframe,\"A,1\"\n1,\"x\n2\"\n", "A,1: x\n2@0", 1, 24},
      {"blank rows", "fps,24\nframe,A\n\n1,1\n,\n2,\n", "A: 1@0", 2, 24},
      {"short rows", "fps,24\nframe,A,B\n1,1\n2\n", "A: 1@0 | B:", 2, 24},
      {"other glyphs", "fps,24\nframe,A\n1,◯\n2,〇\n3,・\n4,✕\n5,–\n", "A: o@0 o@1 o@2 x@3 -@4", 5, 24},
      {"names doubled and padded", "fps,24\nframe,A,\"A \",A\n1,1,2,3\n", "A: 1@0 | A : 2@0 | A: 3@0", 1, 24},
      {"fractional rate", "fps,23.976\nframe,A\n1,1\n", "A: 1@0", 1, 23.976},
      {"Clip Studio Paint", "\"\",\"/cut\",\"/cut\"\n\"\",\"A\",\"B\"\n\"1\",\"1\",\"\"\n\"2\",\"○\",\"1\"\n",
       "A: 1@0 o@1 | B: 1@1", 2, 24},
      {"Clip Studio Paint, Frame in the corner", "\"Frame\",\"/cut\"\n\"\",\"A\"\n\"1\",\"1\"\n", "A: 1@0", 1,
       24},
  };
  for (const GoodCase& c : cases) {
    const auto sheet = read(c.csv);
    ASSERT_TRUE(sheet.has_value()) << c.branch << ": " << sheet.error().one_line();
    EXPECT_EQ(summary(sheet->sheet), c.cels) << c.branch;
    EXPECT_EQ(sheet->sheet.duration, c.duration) << c.branch;
    EXPECT_DOUBLE_EQ(sheet->sheet.fps, c.fps) << c.branch;
  }
}

struct BadCase {
  const char *branch, *csv, *error;
};

TEST(ReadCsv, Refusals) {
  const BadCase cases[] = {
      {"empty", "", "s.csv: the sheet is empty (export it again)"},
      {"not UTF-8", "fps,24\nframe,\x83\x41\n1,1\n",
       "s.csv, line 2: the table is not UTF-8 text (save it as CSV UTF-8)"},
      {"some other text", "hello", "s.csv, line 1: not a table of a time sheet"},
      {"title only", "fps,24\n", "s.csv, line 1: the table ends too early"},
      {"no cels", "fps,24\nframe\n1\n",
       "s.csv, line 2: the table has no cels (row 2 holds the names of the cels)"},
      {"no frames", "fps,24\nframe,A\n",
       "s.csv, line 2: the table has no frames (add a row a frame, numbered from 1)"},
      {"rate", "fps,fast\nframe,A\n1,1\n", "s.csv, line 1: the frame rate is not a number from 1 to 240"},
      {"rate of zero", "fps,0\nframe,A\n1,1\n",
       "s.csv, line 1: the frame rate is not a number from 1 to 240"},
      {"rate not a number", "fps,nan\nframe,A\n1,1\n",
       "s.csv, line 1: the frame rate is not a number from 1 to 240"},
      {"gap in the frames", "fps,24\nframe,A\n1,1\n3,2\n",
       "s.csv, line 4: the row of frame 2 says \"3\" (number the frames 1, 2, 3, ... without gaps)"},
      {"a word for a frame", "fps,24\nframe,A\nx,1\n", "s.csv, line 3: the row of frame 1 says \"x\""},
      {"a cell too far right", "fps,24\nframe,A\n1,1,2\n", "s.csv, line 3: column 3 has no cel in row 2"},
  };
  for (const BadCase& c : cases) {
    const auto sheet = read(c.csv);
    ASSERT_FALSE(sheet.has_value()) << c.branch;
    EXPECT_EQ(sheet.error().one_line().substr(0, std::string(c.error).size()), c.error) << c.branch;
  }
}

TEST(ReadCsv, BombsAreRefused) {
  EXPECT_FALSE(read(std::string(15 << 20, ',')).has_value());
  std::string frames = "fps,24\nframe,A\n";
  for (int f = 1; f <= 100'001; ++f) frames += std::to_string(f) + ",1\n";
  const auto sheet = read(frames);
  ASSERT_FALSE(sheet.has_value());
  EXPECT_EQ(sheet.error().message, "more than 100000 frames");
  EXPECT_FALSE(read(std::string(17 << 20, 'x')).has_value());
}

TEST(WriteCsv, SaysWhatItLoses) {
  ExposureSheet sheet;
  sheet.duration = 2;
  sheet.cels.push_back({0, "A", {{0, Mark::text, "○", {}, {}}, {5, Mark::text, "2", {}, {}}}, {}});
  sheet.dialogue.push_back({0, "S1", {}, {}});
  sheet.camera.push_back({0, "", {}, {}});
  Report notes;
  EXPECT_EQ(write_csv(sheet, &notes), "fps,24,title,\nframe,A\n1,○\n2,\n");
  std::string kinds;
  for (const Note& note : notes) kinds += note.what + " ";
  EXPECT_EQ(kinds, "dialogue-lost camera-lost name-like-mark frame-past-end ");
}

TEST(ReadSheet, GoesByContent) {
  const std::string csv = "fps,24\nframe,A\n1,1\n";
  const std::string xdts = write_xdts(read(csv)->sheet);
  for (const std::string& text : {csv, xdts, "\xEF\xBB\xBF" + csv, "\r\n" + xdts}) {
    const auto sheet =
        read_sheet({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, "sheet.xtds");
    ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
    EXPECT_EQ(summary(sheet->sheet), "A: 1@0");
  }
}

}  // namespace
}  // namespace nakawari
