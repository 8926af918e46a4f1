#include "sheet/xdts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>

namespace nakawari {
namespace {

using Json = nlohmann::json;

const std::string kFirstLine = "exchangeDigitalTimeSheet Save Data";

Result<ReadSheet> read(const std::string& text) {
  return read_xdts({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()}, "s.xdts");
}

Json entry(int frame, const std::string& value) {
  return {{"frame", frame}, {"data", Json::array({{{"id", 0}, {"values", Json::array({value})}}})}};
}

/// Version 5, one cel "A": drawing 1, a tick at 2, drawing 2 at 4, the usual terminator at 6.
Json plain() {
  return {{"version", 5},
          {"header", {{"cut", "12"}, {"scene", "3"}}},
          {"timeTables",
           Json::array(
               {{{"name", "c012"},
                 {"duration", 6},
                 {"timeTableHeaders", Json::array({{{"fieldId", 0}, {"names", Json::array({"A"})}}})},
                 {"fields",
                  Json::array(
                      {{{"fieldId", 0},
                        {"tracks",
                         Json::array({{{"trackNo", 0},
                                       {"frames",
                                        Json::array({entry(0, "1"), entry(2, "SYMBOL_TICK_1"), entry(4, "2"),
                                                     entry(6, "SYMBOL_NULL_CELL")})}}})}}})}}})}};
}

std::string file_of(const Json& json) {
  return kFirstLine + "\n" + json.dump();
}

Json& timeline(Json& json) {
  return json["timeTables"][0];
}
Json& cels(Json& json) {
  return timeline(json)["fields"][0]["tracks"];
}
Json& names(Json& json) {
  return timeline(json)["timeTableHeaders"][0]["names"];
}

std::string kinds(const Report& notes) {
  std::string text;
  for (const Note& note : notes) text += (text.empty() ? "" : " ") + note.what;
  return text;
}

/// "1 1 1-t1 1-t1 2 2" for the first cel.
std::string standing(const ExposureSheet& sheet, std::size_t cel = 0) {
  const ResolvedCel resolved = resolve(sheet.cels.at(cel), sheet.duration);
  std::string text;
  for (const int at : resolved.at) {
    text += (text.empty() ? "" : " ") + (at < 0 ? "." : resolved.drawings[static_cast<std::size_t>(at)].name);
  }
  return text;
}

TEST(ReadXdts, PlainFile) {
  const auto sheet = read(file_of(plain()));
  ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
  EXPECT_EQ(sheet->sheet.name, "c012");
  EXPECT_EQ(sheet->sheet.cut, "12");
  EXPECT_EQ(sheet->sheet.scene, "3");
  EXPECT_EQ(sheet->sheet.duration, 6);
  EXPECT_DOUBLE_EQ(sheet->sheet.fps, 24);
  ASSERT_EQ(sheet->sheet.cels.size(), 1u);
  EXPECT_EQ(sheet->sheet.cels[0].name, "A");
  EXPECT_EQ(standing(sheet->sheet), "1 1 1-t1 1-t1 2 2");
  EXPECT_EQ(kinds(sheet->notes), "") << "an honest file draws no remark";
}

struct Deviation {
  const char* branch;
  std::string text;
  const char* notes;     ///< kinds, in order
  const char* standing;  ///< of the first cel
};

/// A deviation inside the JSON.
template <typename Change>
std::string changed(Change change) {
  Json json = plain();
  change(json);
  return file_of(json);
}

TEST(ReadXdts, ToleratesWhatProgramsWrite) {
  const std::string usual = "1 1 1-t1 1-t1 2 2";
  std::string crlf = kFirstLine + "\r\n";
  for (const char c : plain().dump(1)) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  const Deviation cases[] = {
      {"first line glued to the brace", kFirstLine + plain().dump(), "header-glued", usual.c_str()},
      {"blanks and empty lines after the first line", kFirstLine + "  \n\n " + plain().dump() + "\n\n", "",
       usual.c_str()},
      {"CR LF", crlf, "line-ends", usual.c_str()},
      {"byte order mark in front", "\xEF\xBB\xBF" + file_of(plain()), "byte-order-mark", usual.c_str()},
      {"byte order mark after the first line", kFirstLine + "\n\xEF\xBB\xBF" + plain().dump(), "",
       usual.c_str()},
      {"no first line", plain().dump(), "no-first-line", usual.c_str()},
      {"NUL and Ctrl-Z at the end", file_of(plain()) + std::string(1, '\0') + "\x1a", "", usual.c_str()},
      {"negative frame", changed([](Json& j) { cels(j)[0]["frames"][0]["frame"] = -4; }), "frame-negative",
       usual.c_str()},
      {"entry past the end", changed([](Json& j) { cels(j)[0]["frames"].push_back(entry(120, "9")); }),
       "frame-past-end", usual.c_str()},
      {"entries out of order",
       changed([](Json& j) { std::swap(cels(j)[0]["frames"][0], cels(j)[0]["frames"][2]); }), "",
       usual.c_str()},
      {"name with spaces", changed([](Json& j) { names(j)[0] = "A "; }), "name-padded", usual.c_str()},
      {"same name twice", changed([](Json& j) {
         names(j).push_back("A");
         cels(j).push_back({{"trackNo", 1}, {"frames", Json::array()}});
       }),
       "name-doubled", usual.c_str()},
      {"tracks in another order", changed([](Json& j) {
         names(j).push_back("B");
         cels(j).push_back({{"trackNo", 1}, {"frames", Json::array({entry(0, "7")})}});
         std::swap(cels(j)[0], cels(j)[1]);
       }),
       "", usual.c_str()},
      {"same number twice", changed([](Json& j) {
         cels(j).push_back({{"trackNo", 0}, {"frames", Json::array({entry(0, "7")})}});
       }),
       "track-doubled name-missing", usual.c_str()},
      {"track without a number", changed([](Json& j) { cels(j)[0].erase("trackNo"); }), "track-number",
       usual.c_str()},
      {"names without tracks", changed([](Json& j) { names(j).push_back("C"); }), "", usual.c_str()},
      {"no names", changed([](Json& j) { timeline(j).erase("timeTableHeaders"); }), "no-names name-missing",
       usual.c_str()},
      {"separator track", changed([](Json& j) {
         names(j).push_back("===== 作監 =====");
         cels(j).push_back({{"trackNo", 1}, {"frames", Json::array({entry(0, "SYMBOL_NULL_CELL")})}});
       }),
       "separator-track", usual.c_str()},
      {"empty scene", changed([](Json& j) { j["header"]["scene"] = ""; }), "header-form", usual.c_str()},
      {"cut that is no number", changed([](Json& j) { j["header"]["cut"] = "context-pruning"; }),
       "header-form", usual.c_str()},
      {"no header", changed([](Json& j) { j.erase("header"); }), "", usual.c_str()},
      {"header of a wrong type", changed([](Json& j) { j["header"] = 3; }), "header-form", usual.c_str()},
      {"private frame rate", changed([](Json& j) { timeline(j)["frameRate"] = 24; }), "frame-rate",
       usual.c_str()},
      {"absurd frame rate", changed([](Json& j) { timeline(j)["frameRate"] = 0; }),
       "frame-rate frame-rate-range", usual.c_str()},
      {"version missing", changed([](Json& j) { j.erase("version"); }), "no-version", usual.c_str()},
      {"version as text", changed([](Json& j) { j["version"] = "5"; }), "version-type", usual.c_str()},
      {"later version", changed([](Json& j) { j["version"] = 11; }), "version-unknown", usual.c_str()},
      {"subversion and options", changed([](Json& j) {
         j["subversion"] = "p1";
         cels(j)[0]["frames"][0]["data"][0]["options"] = Json::array({"OPTION_KEYFRAME"});
       }),
       "", usual.c_str()},
      {"empty cell in the middle",
       changed([](Json& j) { cels(j)[0]["frames"].push_back(entry(3, "SYMBOL_NULL_CELL")); }), "",
       "1 1 1-t1 . 2 2"},
      {"hyphens in a cel",
       changed([](Json& j) { cels(j)[0]["frames"].push_back(entry(1, "SYMBOL_HYPHEN")); }), "",
       usual.c_str()},
      {"unknown symbol", changed([](Json& j) { cels(j)[0]["frames"].push_back(entry(5, "SYMBOL_STAR")); }),
       "symbol-unknown", usual.c_str()},
      {"a number for a drawing",
       changed([](Json& j) { cels(j)[0]["frames"][0]["data"][0]["values"][0] = 1; }), "not-text",
       usual.c_str()},
      {"an entry that names nothing",
       changed([](Json& j) { cels(j)[0]["frames"].push_back({{"frame", 5}, {"data", Json::array()}}); }),
       "entry-empty", usual.c_str()},
      {"an entry without a frame", changed([](Json& j) { cels(j)[0]["frames"].push_back(Json::object()); }),
       "frame-unreadable", usual.c_str()},
      {"frames as 0.0 and text", changed([](Json& j) {
         cels(j)[0]["frames"][0]["frame"] = 0.0;
         cels(j)[0]["frames"][2]["frame"] = "4";
       }),
       "", usual.c_str()},
      {"no duration", changed([](Json& j) { timeline(j).erase("duration"); }), "no-duration", usual.c_str()},
      {"duration of zero", changed([](Json& j) { timeline(j)["duration"] = 0; }), "no-duration",
       usual.c_str()},
      {"two timelines", changed([](Json& j) { j["timeTables"].push_back(j["timeTables"][0]); }),
       "more-timelines", usual.c_str()},
      {"field of an unknown kind",
       changed([](Json& j) { timeline(j)["fields"].push_back({{"fieldId", 7}, {"tracks", Json::array()}}); }),
       "field-unknown", usual.c_str()},
  };
  for (const Deviation& c : cases) {
    const auto sheet = read(c.text);
    ASSERT_TRUE(sheet.has_value()) << c.branch << ": " << sheet.error().one_line();
    EXPECT_EQ(kinds(sheet->notes), c.notes) << c.branch;
    EXPECT_EQ(standing(sheet->sheet), c.standing) << c.branch;
    const auto again = read(write_xdts(sheet->sheet));
    ASSERT_TRUE(again.has_value()) << c.branch;
    EXPECT_EQ(again->sheet, sheet->sheet) << c.branch;
  }
}

TEST(ReadXdts, NoCelsIsARemarkNotAnError) {
  Json json = plain();
  timeline(json)["fields"] = Json::array();
  timeline(json)["timeTableHeaders"] = Json::array();
  const auto sheet = read(file_of(json));
  ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
  EXPECT_EQ(kinds(sheet->notes), "no-cels");
}

TEST(ReadXdts, UnknownFieldsSurvive) {
  Json json = plain();
  json["subversion"] = "p1";
  json["header"]["episode"] = "4";
  timeline(json)["memo"] = {{"colour", 3}};
  timeline(json)["fields"][0]["folded"] = true;
  timeline(json)["fields"].push_back({{"fieldId", 7}, {"tracks", Json::array({1, 2})}});
  timeline(json)["timeTableHeaders"].push_back({{"fieldId", 7}, {"names", Json::array({"X"})}});
  timeline(json)["timeTableHeaders"][0]["width"] = 12;
  cels(json)[0]["visible"] = false;
  Json& frame = cels(json)[0]["frames"][0];
  frame["note"] = "first";
  frame["data"][0]["options"] = Json::array({"OPTION_KEYFRAME"});
  frame["data"].push_back({{"id", 1}, {"values", Json::array({"x"})}});
  json["timeTables"].push_back({{"name", "second"}});
  const auto sheet = read(file_of(json));
  ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
  const std::string text = write_xdts(sheet->sheet);
  ASSERT_EQ(text.substr(0, kFirstLine.size() + 1), kFirstLine + "\n");
  EXPECT_EQ(Json::parse(text.substr(kFirstLine.size())), json);
}

TEST(ReadXdts, DialogueAndCamera) {
  Json json = plain();
  json["version"] = 10;
  const auto values = [](int frame, std::vector<std::string> list) -> Json {
    return {{"frame", frame}, {"data", Json::array({{{"id", 0}, {"values", list}}})}};
  };
  timeline(json)["fields"].push_back(
      {{"fieldId", 3},
       {"tracks", Json::array({{{"trackNo", 0},
                                {"frames", Json::array({values(1, {"Hana", "おい"}),
                                                        values(2, {"SYMBOL_HYPHEN"})})}}})}});
  timeline(json)["fields"].push_back(
      {{"fieldId", 5},
       {"tracks",
        Json::array({{{"trackNo", 0},
                      {"frames", Json::array({values(0, {"PAN", "0", "0", "100", "0", "960", "540"})})}}})}});
  timeline(json)["timeTableHeaders"].push_back({{"fieldId", 3}, {"names", Json::array({"S1"})}});
  timeline(json)["timeTableHeaders"].push_back({{"fieldId", 5}, {"names", Json::array({"1"})}});
  const auto sheet = read(file_of(json));
  ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
  ASSERT_EQ(sheet->sheet.dialogue.size(), 1u);
  const auto speech = spans(sheet->sheet.dialogue[0], sheet->sheet.duration);
  ASSERT_EQ(speech.size(), 1u);
  EXPECT_EQ(speech[0].first_frame, 1);
  EXPECT_EQ(speech[0].frames, 2);
  EXPECT_EQ(speech[0].values, (std::vector<std::string>{"Hana", "おい"}));
  ASSERT_EQ(sheet->sheet.camera.size(), 1u);
  EXPECT_EQ(sheet->sheet.camera[0].entries[0].more.size(), 6u);
}

struct Refusal {
  const char* branch;
  std::string text;
  const char* error;
};

TEST(ReadXdts, Refusals) {
  const Refusal cases[] = {
      {"empty", "", "s.xdts: the sheet is empty (export it again)"},
      {"another kind of file", "hello", "s.xdts, line 1: not an XDTS sheet"},
      {"TDTS", "toeiDigitalTimeSheet Save Data\n{}",
       "s.xdts, line 1: this is a TDTS sheet (export it as XDTS)"},
      {"TDTS body", kFirstLine + "\n{\"timeSheets\":[]}", "s.xdts: this is a TDTS sheet (export it as XDTS)"},
      {"first line only", kFirstLine + "\n", "s.xdts, line 2: the sheet ends too early (export it again)"},
      {"cut short", file_of(plain()).substr(0, 120),
       "s.xdts, line 2: the sheet ends too early (export it again)"},
      {"not JSON", kFirstLine + "\n{\n\"version\": five}",
       "s.xdts, line 3: the sheet is not valid JSON here (export it again)"},
      {"not UTF-8", kFirstLine + "\n{\"name\":\"\x83\x41\"}",
       "s.xdts, line 2: the sheet is not valid JSON here"},
      {"a number beyond all", kFirstLine + "\n{\"version\":1e999}",
       "s.xdts: a number of the sheet is too large to be one"},
      {"a list", kFirstLine + "\n[]", "s.xdts: the time sheet is not a JSON object"},
      {"no timeline", kFirstLine + "\n{\"version\":5}", "s.xdts: the sheet has no timeline"},
      {"empty list of timelines", kFirstLine + "\n{\"timeTables\":[]}", "s.xdts: the sheet has no timeline"},
      {"fields of a wrong type", changed([](Json& j) { timeline(j)["fields"] = 1; }),
       "s.xdts: `fields` is not a list"},
      {"a million frames", changed([](Json& j) { timeline(j)["duration"] = 1'000'000; }),
       "s.xdts: the sheet claims 1000000 frames; at most 100000 are read (over an hour) (correct the length "
       "of the "
       "timeline and export it again)"},
      {"more frames than a number holds", changed([](Json& j) { timeline(j)["duration"] = UINT64_MAX; }),
       "s.xdts: the sheet claims 1000000000000 frames"},
      {"no length and a far entry", changed([](Json& j) {
         timeline(j).erase("duration");
         cels(j)[0]["frames"].push_back(entry(1'000'000, "3"));
       }),
       "s.xdts, frame 1000001: the sheet states no length and has an entry past an hour"},
      {"absurd track number", changed([](Json& j) { cels(j)[0]["trackNo"] = 2'000'000'000; }),
       "s.xdts: more than 1000 tracks"},
      {"nested too deeply", kFirstLine + "\n" + std::string(1'000'000, '['),
       "s.xdts, line 2: lists are nested too deeply for a time sheet"},
      {"too many values", kFirstLine + "\n[" + std::string(3'000'000, ','),
       "s.xdts, line 2: more entries than a time sheet can have"},
      {"too large", kFirstLine + std::string(17 << 20, ' '), "s.xdts: the sheet is larger than 16 MiB"},
  };
  for (const Refusal& c : cases) {
    const auto sheet = read(c.text);
    ASSERT_FALSE(sheet.has_value()) << c.branch;
    EXPECT_EQ(sheet.error().code, ErrorCode::bad_input) << c.branch;
    EXPECT_EQ(sheet.error().one_line().substr(0, std::string(c.error).size()), c.error) << c.branch;
  }
}

TEST(ReadXdts, BracketsInsideTextDoNotCount) {
  Json json = plain();
  timeline(json)["name"] = std::string(200, '[') + "\\\"" + std::string(200, '{');
  const auto sheet = read(file_of(json));
  ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
}

TEST(ReadXdts, CutAnywhereIsAnErrorNotACrash) {
  const std::string whole = file_of(plain());
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(read(whole.substr(0, length)).has_value()) << length;
  }
}

struct Sample {
  const char* file;
  std::size_t cels;
  int duration;
  const char* notes;
};

// Files of other programs, where they are at hand.
TEST(ReadXdts, Samples) {
  const std::string folder = std::string(NAKAWARI_SOURCE_DIR) + "/../shared/samples/";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "no samples here";
  const Sample samples[] = {
      {"SYNTHETIC_v10_dialog_camera.xdts", 2, 24, ""},
      {"csp-paperback_c001.xdts", 3, 6, "frame-past-end name-doubled"},
      {"csp-paperback_collision.xdts", 5, 6, "frame-rate header-form name-padded name-doubled"},
      {"csp-paperback_context-pruning.xdts", 1, 1, "frame-rate header-form"},
      {"xsheet-remap_C101B.xdts", 11, 36, "frame-rate separator-track"},
      {"xsheet-remap__setup.xdts", 16, 48, "frame-rate separator-track"},
      {"xsheet-remap_export-single-a.xdts", 1, 144, "header-form frame-rate"},
      {"xsheet-remap_minimal.xdts", 2, 24, "frame-rate name-doubled"},
  };
  for (const Sample& sample : samples) {
    std::ifstream in(folder + sample.file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto sheet = read(text);
    ASSERT_TRUE(sheet.has_value()) << sheet.error().one_line();
    EXPECT_EQ(sheet->sheet.cels.size(), sample.cels) << sample.file;
    EXPECT_EQ(sheet->sheet.duration, sample.duration) << sample.file;
    std::set<std::string> wanted;
    std::set<std::string> found;
    std::istringstream words(sample.notes);
    for (std::string word; words >> word;) wanted.insert(word);
    for (const Note& note : sheet->notes) found.insert(note.what);
    for (const std::string& word : wanted) EXPECT_TRUE(found.count(word)) << sample.file << ": " << word;
    const auto again = read(write_xdts(sheet->sheet));
    ASSERT_TRUE(again.has_value()) << sample.file;
    EXPECT_EQ(again->sheet, sheet->sheet) << sample.file;
    // Nothing of the file is lost on the way (frame rate 24 is the default and need not be written).
    Json before = Json::parse(text.substr(text.find('{')));
    before["timeTables"][0].erase("frameRate");
    const std::string written = write_xdts(sheet->sheet);
    EXPECT_EQ(Json::parse(written.substr(written.find('{'))), before) << sample.file;
  }
}

}  // namespace
}  // namespace nakawari
