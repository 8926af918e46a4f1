// What is written can be read again, whatever stands on the sheet.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "sheet/csv.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

rc::Gen<std::string> name_gen() {
  return rc::gen::element<std::string>("1", "2", "10", "A1", "1a", "A1.5", "あ", "A ", "=x=", "a\"b", "c,d",
                                       "e;f", "g\nh", "\t", "\\", "○1", "日本語のセル", "x y");
}

rc::Gen<std::string> kept_gen(const char* unknown) {
  return rc::gen::element<std::string>("", "", "", unknown);
}

SheetEntry any_entry(int frame, bool cel) {
  SheetEntry entry;
  entry.frame = frame;
  entry.mark = *rc::gen::element(Mark::text, Mark::text, Mark::empty, Mark::tick, Mark::reverse_tick,
                                 Mark::hold, Mark::other);
  if (entry.mark == Mark::text) entry.name = *name_gen();
  if (entry.mark == Mark::other) entry.name = "SYMBOL_STAR";
  if (!cel && *rc::gen::arbitrary<bool>())
    entry.more = *rc::gen::container<std::vector<std::string>>(name_gen());
  entry.kept = *kept_gen(R"({"data":{"options":["OPTION_KEYFRAME"]},"frame":{"note":1},"more":[{"id":1}]})");
  return entry;
}

std::vector<SheetTrack> any_tracks(bool cel) {
  std::vector<SheetTrack> tracks;
  int number = -1;
  const int count = *rc::gen::inRange(0, 4);
  for (int i = 0; i < count; ++i) {
    SheetTrack track;
    track.number = number += *rc::gen::inRange(1, 4);
    track.name = *rc::gen::oneOf(name_gen(), rc::gen::just(std::string()));
    int frame = *rc::gen::inRange(-5, 3);
    const int entries = *rc::gen::inRange(0, 8);
    for (int k = 0; k < entries; ++k) {
      track.entries.push_back(any_entry(frame, cel));
      frame += *rc::gen::inRange(0, 4);
    }
    track.kept = *kept_gen(R"({"colour":[1,2,3]})");
    tracks.push_back(std::move(track));
  }
  return tracks;
}

ExposureSheet any_sheet() {
  ExposureSheet sheet;
  sheet.name = *rc::gen::oneOf(name_gen(), rc::gen::just(std::string()));
  sheet.cut = *rc::gen::element<std::string>("", "1", "c012");
  sheet.scene = *rc::gen::element<std::string>("", "3");
  sheet.fps = *rc::gen::element(24.0, 12.0, 23.976, 30.0);
  sheet.duration = *rc::gen::inRange(1, 30);
  sheet.cels = any_tracks(true);
  sheet.dialogue = any_tracks(false);
  sheet.camera = any_tracks(false);
  sheet.version = 10;
  sheet.kept =
      *kept_gen(R"({"header":{"episode":"4"},"root":{"subversion":"p1"},"timeTable":{"memo":{"a":[]}}})");
  return sheet;
}

Result<ReadSheet> read_text(const std::string& text, bool csv) {
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  return csv ? read_csv(bytes, "s.csv") : read_xdts(bytes, "s.xdts");
}

TEST(RoundTrip, Xdts) {
  ASSERT_TRUE(rc::check("read_xdts(write_xdts(sheet)) == sheet", [] {
    const ExposureSheet sheet = any_sheet();
    const std::string text = write_xdts(sheet);
    const auto again = read_text(text, false);
    RC_ASSERT(again.has_value());
    if (!(again->sheet == sheet)) RC_FAIL(text + "\n---- reads as ----\n" + write_xdts(again->sheet));
  }));
}

TEST(RoundTrip, XdtsVersionFollowsTheCamera) {
  ExposureSheet sheet;
  sheet.cels.push_back({0, "A", {{0, Mark::text, "1", {}, {}}}, {}});
  EXPECT_NE(write_xdts(sheet).find("\"version\": 5"), std::string::npos);
  sheet.camera.push_back({0, "", {{0, Mark::text, "PAN", {"0", "0", "100", "0", "960", "540"}, {}}}, {}});
  EXPECT_NE(write_xdts(sheet).find("\"version\": 10"), std::string::npos);
}

TEST(RoundTrip, Csv) {
  ASSERT_TRUE(rc::check("read_csv(write_csv(sheet)) == sheet, as far as a table goes", [] {
    ExposureSheet sheet = any_sheet();
    sheet.cut = sheet.scene = sheet.kept = "";
    sheet.version = 5;
    sheet.dialogue.clear();
    sheet.camera.clear();
    if (sheet.cels.empty()) sheet.cels.push_back({});
    for (std::size_t c = 0; c < sheet.cels.size(); ++c) {
      SheetTrack& cel = sheet.cels[c];
      cel.number = static_cast<int>(c);
      cel.kept = "";
      std::vector<SheetEntry> entries;
      for (SheetEntry& entry : cel.entries) {
        const bool fits = entry.frame >= 0 && entry.frame < sheet.duration && entry.mark != Mark::other &&
                          entry.name != "\t" && (entries.empty() || entries.back().frame < entry.frame);
        entry.kept = "";
        if (fits) entries.push_back(entry);
      }
      cel.entries = entries;
    }
    const std::string text = write_csv(sheet);
    const auto again = read_text(text, true);
    if (!again.has_value()) RC_FAIL(again.error().one_line() + "\n" + text);
    if (!(again->sheet == sheet)) RC_FAIL(text + "\n---- reads as ----\n" + write_csv(again->sheet));
  }));
}

}  // namespace
}  // namespace nakawari
