#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "sheet/csv.h"
#include "sheet/xdts.h"
#include "sheet/xdts_words.h"

namespace nakawari {
namespace {

using namespace xdts;
using Json = nlohmann::json;

constexpr std::string_view kOtherHeader = "toeiDigitalTimeSheet Save Data";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kSymbolPrefix = "SYMBOL_";
/// Values (numbers, texts, lists) in one file. A sheet of an hour with ten busy cels stays below.
constexpr std::size_t kMaxValues = 2'000'000;

void skip_blanks(std::string_view& text) {
  while (true) {
    if (!text.empty() && (text[0] == ' ' || text[0] == '\t' || text[0] == '\r' || text[0] == '\n')) {
      text.remove_prefix(1);
    } else if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
      text.remove_prefix(kByteOrderMark.size());
    } else {
      return;
    }
  }
}

bool starts_with(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

long line_at(std::string_view text, std::size_t byte) {
  return 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(byte, text.size())),
                        '\n');
}

std::string in_quotes(std::string_view text) {
  return "\"" + std::string(text) + "\"";
}

/// A whole number, also when written as 12.0 or "12".
std::optional<long long> whole(const Json& value) {
  constexpr long long kFar = 1'000'000'000'000;  // far beyond any frame, near enough to add to
  if (value.is_number_unsigned()) {
    return static_cast<long long>(std::min<std::uint64_t>(value.get<std::uint64_t>(), kFar));
  }
  if (value.is_number_integer()) return std::clamp<long long>(value.get<std::int64_t>(), -kFar, kFar);
  if (value.is_number_float()) {
    const double number = value.get<double>();
    if (!(std::abs(number) <= static_cast<double>(kFar)) || number != std::floor(number)) return std::nullopt;
    return static_cast<long long>(number);
  }
  if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    const bool minus = !text.empty() && text[0] == '-';
    const std::size_t digits = text.size() - (minus ? 1 : 0);
    if (digits == 0 || digits > 9) return std::nullopt;
    long long number = 0;
    for (std::size_t i = minus ? 1 : 0; i < text.size(); ++i) {
      if (text[i] < '0' || text[i] > '9') return std::nullopt;
      number = number * 10 + (text[i] - '0');
    }
    return minus ? -number : number;
  }
  return std::nullopt;
}

/// The fields of an object that the reader does not know.
Json leftover(const Json& object, std::initializer_list<std::string_view> known) {
  Json rest = Json::object();
  for (const auto& [key, value] : object.items()) {
    if (std::find(known.begin(), known.end(), key) == known.end()) rest[key] = value;
  }
  return rest;
}

/// Adds a part to what is kept, unless it is empty.
void keep(Json& kept, const char* key, Json part) {
  if (!part.empty()) kept[key] = std::move(part);
}

std::string kept_text(const Json& kept) {
  return kept.empty() ? std::string() : kept.dump();
}

/// Depth and number of values are counted before anything is built from the text.
Result<void> check_size(std::string_view json, std::string_view text, const std::string& file) {
  int depth = 0;
  std::size_t values = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c == '{' || c == '[' || c == ',') ++values;
    if (depth <= kMaxSheetDepth && values <= kMaxValues) continue;
    const char* what = depth > kMaxSheetDepth ? "lists are nested too deeply for a time sheet"
                                              : "more entries than a time sheet can have";
    return fail(
        ErrorCode::bad_input, what, "export the sheet again",
        {.file = file, .line = line_at(text, static_cast<std::size_t>(json.data() - text.data()) + i)});
  }
  return {};
}

/// Turns the parsed JSON into a sheet and remembers what it tolerated.
class XdtsReader {
 public:
  explicit XdtsReader(const std::string& file) : file_(file) {}

  void note(const std::string& what, std::string text, const std::string& cel = {}, long frame = -1) {
    if (!noted_.insert({what, cel}).second) return;  // one remark per kind and cel
    read_.notes.push_back({what, std::move(text), {.file = file_, .cel = cel, .frame = frame}});
  }

  Result<ReadSheet> read(const Json& root) {
    if (!root.is_object()) return bad("the time sheet is not a JSON object");
    if (root.contains("timeSheets")) return bad("this is a TDTS sheet", "export it as XDTS");
    read_version(root);
    read_header(root);
    keep(kept_, "root", leftover(root, {"version", "header", "timeTables"}));
    const auto tables = root.find("timeTables");
    if (tables == root.end() || !tables->is_array() || tables->empty() || !tables->front().is_object()) {
      return bad("the sheet has no timeline", "export it again with the timeline enabled");
    }
    if (tables->size() > 1) {
      Json others = Json::array();
      for (std::size_t i = 1; i < tables->size(); ++i) others.push_back((*tables)[i]);
      kept_["timelines"] = std::move(others);
      note("more-timelines",
           "the file holds " + std::to_string(tables->size()) + " timelines; the first is read");
    }
    if (auto done = read_timeline(tables->front()); !done) return Failure(done.error());
    read_.sheet.kept = kept_text(kept_);
    return std::move(read_);
  }

 private:
  [[nodiscard]] Failure bad(std::string message, std::string mend = {}, long frame = -1) const {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend), {.file = file_, .frame = frame});
  }

  /// Text, also when a program wrote a number.
  std::string text_of(const Json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_null()) return {};
    note("not-text", "a value that should be text is not; read as text");
    return value.is_number() ? value.dump() : std::string();
  }

  void read_version(const Json& root) {
    const auto found = root.find("version");
    if (found == root.end()) {
      note("no-version", "the file names no version; read as version 5");
      return;
    }
    const auto version = whole(*found);
    if (!version || !found->is_number_integer()) note("version-type", "the version is not a whole number");
    if (version == 10 || version == 5) {
      read_.sheet.version = static_cast<int>(*version);
      return;
    }
    read_.sheet.version = version.value_or(5) > 5 ? 10 : 5;
    note("version-unknown",
         "the version is neither 5 nor 10; read as version " + std::to_string(read_.sheet.version));
  }

  void read_header(const Json& root) {
    const auto header = root.find("header");
    if (header == root.end()) return;
    if (!header->is_object()) {
      note("header-form", "the header is not an object; left out");
      return;
    }
    for (const auto& [key, target] :
         {std::pair{"cut", &read_.sheet.cut}, std::pair{"scene", &read_.sheet.scene}}) {
      const auto found = header->find(key);
      if (found == header->end()) continue;
      *target = text_of(*found);
      const bool digits =
          !target->empty() && target->size() <= 4 &&
          std::all_of(target->begin(), target->end(), [](char c) { return c >= '0' && c <= '9'; });
      if (!digits)
        note("header-form",
             std::string(key) + " " + in_quotes(*target) + " is not a number of 1 to 4 digits");
    }
    keep(kept_, "header", leftover(*header, {"cut", "scene"}));
  }

  Result<void> read_timeline(const Json& table) {
    ExposureSheet& sheet = read_.sheet;
    if (const auto name = table.find("name"); name != table.end()) sheet.name = text_of(*name);
    read_rate(table);
    keep(kept_, "timeTable",
         leftover(table, {"name", "duration", "frameRate", "timeTableHeaders", "fields"}));
    if (auto done = read_fields(table); !done) return done;
    if (auto done = read_names(table); !done) return done;
    for (auto* tracks : {&sheet.cels, &sheet.dialogue, &sheet.camera}) {
      std::stable_sort(tracks->begin(), tracks->end(),
                       [](const SheetTrack& a, const SheetTrack& b) { return a.number < b.number; });
    }
    if (auto done = read_duration(table); !done) return done;
    remark_on_cels();
    return {};
  }

  void read_rate(const Json& table) {
    const auto rate = table.find("frameRate");
    if (rate == table.end()) return;
    note("frame-rate", "the file states a frame rate, which XDTS does not know; it is used");
    const double fps = rate->is_number() ? rate->get<double>() : 0;
    if (fps >= 1 && fps <= 240) {
      read_.sheet.fps = fps;
    } else {
      note("frame-rate-range", "the frame rate is not between 1 and 240; read as 24");
    }
  }

  Result<void> read_fields(const Json& table) {
    const auto fields = table.find("fields");
    if (fields == table.end()) return {};
    if (!fields->is_array()) return bad("`fields` is not a list");
    Json unknown = Json::array();
    for (const Json& field : *fields) {
      const auto id = field.is_object() && field.contains("fieldId") ? whole(field["fieldId"]) : std::nullopt;
      std::vector<SheetTrack>* tracks = tracks_of(id);
      if (tracks == nullptr) {
        note("field-unknown", "a field of a kind that this program does not read is kept as it is");
        unknown.push_back(field);
        continue;
      }
      keep(kept_, field_key(*id), leftover(field, {"fieldId", "tracks"}));
      if (!field.contains("tracks")) continue;
      if (!field["tracks"].is_array()) return bad("`tracks` is not a list");
      for (const Json& track : field["tracks"]) {
        if (auto done = read_track(track, *tracks, *id); !done) return done;
      }
    }
    keep(kept_, "fields", std::move(unknown));
    return {};
  }

  std::vector<SheetTrack>* tracks_of(std::optional<long long> field) {
    if (field == kCelField) return &read_.sheet.cels;
    if (field == kDialogueField) return &read_.sheet.dialogue;
    if (field == kCameraField) return &read_.sheet.camera;
    return nullptr;
  }

  Result<void> read_track(const Json& json, std::vector<SheetTrack>& tracks, long long field) {
    if (!json.is_object()) return bad("a track is not an object");
    SheetTrack track;
    const auto number = json.contains("trackNo") ? whole(json["trackNo"]) : std::nullopt;
    std::set<int>& used = numbers_[field];
    const int next = used.empty() ? 0 : *used.rbegin() + 1;
    if (!number || *number < 0) {
      note("track-number", "a track without a number is read as number " + std::to_string(next));
      track.number = next;
    } else if (used.count(static_cast<int>(std::min<long long>(*number, kMaxSheetTracks))) > 0) {
      note("track-doubled",
           "two tracks have the same number; the later becomes number " + std::to_string(next));
      track.number = next;
    } else {
      track.number = static_cast<int>(std::min<long long>(*number, kMaxSheetTracks));
    }
    if (track.number >= kMaxSheetTracks)
      return bad("more than 1000 tracks", "export only the cels of this cut");
    used.insert(track.number);
    track.kept = kept_text(leftover(json, {"trackNo", "frames"}));
    if (const auto frames = json.find("frames"); frames != json.end()) {
      if (!frames->is_array()) return bad("`frames` is not a list");
      for (const Json& frame : *frames) {
        if (auto entry = read_entry(frame, field == kCelField)) track.entries.push_back(std::move(*entry));
      }
    }
    std::stable_sort(track.entries.begin(), track.entries.end(),
                     [](const SheetEntry& a, const SheetEntry& b) { return a.frame < b.frame; });
    tracks.push_back(std::move(track));
    return {};
  }

  std::optional<SheetEntry> read_entry(const Json& json, bool cel) {
    const auto frame = json.is_object() && json.contains("frame") ? whole(json["frame"]) : std::nullopt;
    if (!frame || std::abs(*frame) > std::numeric_limits<int>::max() / 2) {
      note("frame-unreadable", "an entry without a frame number is left out");
      return std::nullopt;
    }
    SheetEntry entry;
    entry.frame = static_cast<int>(*frame);
    Json kept = Json::object();
    keep(kept, "frame", leftover(json, {"frame", "data"}));
    std::vector<std::string> values;
    if (const auto data = json.find("data"); data != json.end() && data->is_array() && !data->empty()) {
      const Json& first = data->front();
      if (first.is_object()) {
        const auto id = first.find("id");
        const bool usual_id = id != first.end() && id->is_number_integer() && *id == 0;
        keep(kept, "data", leftover(first, {usual_id ? "id" : "", "values"}));
        if (const auto list = first.find("values"); list != first.end() && list->is_array()) {
          for (const Json& value : *list) values.push_back(text_of(value));
        }
      }
      if (data->size() > 1) kept["more"] = Json(data->begin() + 1, data->end());
    }
    set_mark(entry, std::move(values), cel);
    entry.kept = kept_text(kept);
    return entry;
  }

  void set_mark(SheetEntry& entry, std::vector<std::string> values, bool cel) {
    if (values.empty() || (cel && values[0].empty())) {
      note("entry-empty", "an entry that names nothing is read as a hold");
      values.assign(1, std::string(kHoldSymbol));
    }
    const std::string& first = values[0];
    if (first == kEmptySymbol) {
      entry.mark = Mark::empty;
    } else if (first == kHoldSymbol) {
      entry.mark = Mark::hold;
    } else if (first == kTickSymbol) {
      entry.mark = Mark::tick;
    } else if (first == kReverseSymbol) {
      entry.mark = Mark::reverse_tick;
    } else {
      entry.mark = starts_with(first, kSymbolPrefix) ? Mark::other : Mark::text;
      entry.name = first;
      if (entry.mark == Mark::other)
        note("symbol-unknown", "the symbol " + first + " is not known; read as a hold");
    }
    entry.more.assign(std::make_move_iterator(values.begin() + 1), std::make_move_iterator(values.end()));
  }

  /// Track names stand in lists of their own, by track number.
  Result<void> read_names(const Json& table) {
    const auto headers = table.find("timeTableHeaders");
    if (headers == table.end()) {
      note("no-names", "the file names no cels; they have numbers only");
      return {};
    }
    if (!headers->is_array()) return bad("`timeTableHeaders` is not a list");
    Json unknown = Json::array();
    for (const Json& header : *headers) {
      const auto id =
          header.is_object() && header.contains("fieldId") ? whole(header["fieldId"]) : std::nullopt;
      std::vector<SheetTrack>* tracks = tracks_of(id);
      if (tracks == nullptr) {
        unknown.push_back(header);
        continue;
      }
      const std::string key = std::string(field_key(*id)) + "Header";
      keep(kept_, key.c_str(), leftover(header, {"fieldId", "names"}));
      if (!header.contains("names") || !header["names"].is_array()) continue;
      const Json& names = header["names"];
      if (names.size() > static_cast<std::size_t>(kMaxSheetTracks)) {
        return bad("more than 1000 tracks", "export only the cels of this cut");
      }
      for (std::size_t i = 0; i < names.size(); ++i)
        set_name(*tracks, static_cast<int>(i), text_of(names[i]));
    }
    keep(kept_, "headers", std::move(unknown));
    return {};
  }

  /// A name without a track is a cel on which nothing was entered.
  static void set_name(std::vector<SheetTrack>& tracks, int number, std::string name) {
    for (SheetTrack& track : tracks) {
      if (track.number != number) continue;
      if (track.name.empty()) track.name = std::move(name);
      return;
    }
    if (name.empty()) return;
    tracks.push_back({number, std::move(name), {}, {}});
  }

  Result<void> read_duration(const Json& table) {
    const auto found = table.find("duration");
    const auto duration = found == table.end() ? std::nullopt : whole(*found);
    if (duration && *duration > kMaxSheetFrames) {
      return bad(
          "the sheet claims " + std::to_string(*duration) + " frames; at most 100000 are read (over an hour)",
          "correct the length of the timeline and export it again");
    }
    if (duration && *duration >= 1) {
      read_.sheet.duration = static_cast<int>(*duration);
      return {};
    }
    long long last = 1;
    for (const SheetTrack& cel : read_.sheet.cels) {
      if (!cel.entries.empty()) last = std::max<long long>(last, cel.entries.back().frame);
    }
    if (last > kMaxSheetFrames)
      return bad("the sheet states no length and has an entry past an hour", {}, last + 1);
    read_.sheet.duration = static_cast<int>(last);
    note("no-duration",
         "the sheet states no length; it ends at its last entry, after " + std::to_string(last) + " frames");
    return {};
  }

  /// Deviations that concern a cel as a whole.
  void remark_on_cels() {
    const ExposureSheet& sheet = read_.sheet;
    if (sheet.cels.empty()) note("no-cels", "the sheet has no cels");
    std::set<std::string> names;
    for (const SheetTrack& cel : sheet.cels) {
      const std::string label = cel.name.empty() ? "#" + std::to_string(cel.number) : cel.name;
      if (cel.name.empty())
        note("name-missing", "track " + std::to_string(cel.number) + " has no name", label);
      if (!cel.name.empty() && (cel.name.front() == ' ' || cel.name.back() == ' ')) {
        note("name-padded", "the name " + in_quotes(cel.name) + " has spaces around it", label);
      }
      if (starts_with(cel.name, "==")) {
        note("separator-track", in_quotes(cel.name) + " is a separator, not a cel", label);
      }
      if (!names.insert(cel.name).second) {
        note("name-doubled", "another track is also named " + in_quotes(cel.name) + "; tracks go by number",
             label);
      }
      for (const SheetEntry& entry : cel.entries) {
        // An empty mark at the very end is the usual terminator.
        const bool terminator = entry.mark == Mark::empty && entry.frame == sheet.duration;
        if (entry.frame < 0)
          note("frame-negative", "an entry before the first frame counts as the first", label);
        if (entry.frame >= sheet.duration && !terminator) {
          note("frame-past-end", "an entry past the end of the sheet is kept but not used", label,
               entry.frame + 1L);
        }
      }
    }
  }

  const std::string& file_;
  ReadSheet read_;
  Json kept_ = Json::object();
  std::map<long long, std::set<int>> numbers_;  ///< used track numbers by field
  std::set<std::pair<std::string, std::string>> noted_;
};

}  // namespace

bool looks_like_xdts(std::span<const std::uint8_t> bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  skip_blanks(text);
  return starts_with(text, kHeader) || starts_with(text, "{");
}

Result<ReadSheet> read_xdts(std::span<const std::uint8_t> bytes, const std::string& file) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.empty())
    return fail(ErrorCode::bad_input, "the sheet is empty", "export it again", {.file = file});
  if (text.size() > kMaxSheetBytes) {
    return fail(ErrorCode::bad_input, "the sheet is larger than 16 MiB", "export only this cut",
                {.file = file});
  }
  XdtsReader reader(file);
  std::string_view json = text;
  if (starts_with(json, kByteOrderMark))
    reader.note("byte-order-mark", "the file starts with a byte order mark");
  skip_blanks(json);
  if (starts_with(json, kOtherHeader)) {
    return fail(ErrorCode::bad_input, "this is a TDTS sheet", "export it as XDTS", {.file = file, .line = 1});
  }
  if (starts_with(json, kHeader)) {
    json.remove_prefix(kHeader.size());
    if (starts_with(json, "{")) reader.note("header-glued", "no line end after the first line");
    if (starts_with(json, "\r")) reader.note("line-ends", "the lines end with CR LF");
  } else if (starts_with(json, "{")) {
    reader.note("no-first-line", "the first line that marks an XDTS file is missing");
  } else {
    return fail(ErrorCode::bad_input,
                "not an XDTS sheet: the first line is not \"" + std::string(kHeader) + "\"",
                "export the sheet as XDTS", {.file = file, .line = 1});
  }
  skip_blanks(json);
  while (!json.empty() && (json.back() == '\0' || json.back() == '\x1a')) json.remove_suffix(1);
  if (auto checked = check_size(json, text, file); !checked) return Failure(checked.error());
  try {
    return reader.read(Json::parse(json));
  } catch (const Json::out_of_range&) {
    return fail(ErrorCode::bad_input, "a number of the sheet is too large to be one", "export it again",
                {.file = file});
  } catch (const Json::parse_error& error) {
    const auto start = static_cast<std::size_t>(json.data() - text.data());
    const bool cut_short = error.byte > json.size();
    return fail(ErrorCode::bad_input,
                cut_short ? "the sheet ends too early" : "the sheet is not valid JSON here",
                "export it again",
                {.file = file, .line = line_at(text, start + (error.byte == 0 ? 0 : error.byte - 1))});
  }
}

Result<ReadSheet> read_sheet(std::span<const std::uint8_t> bytes, const std::string& file) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  std::string_view start = text;
  skip_blanks(start);
  if (looks_like_xdts(bytes) || starts_with(start, kOtherHeader)) return read_xdts(bytes, file);
  return read_csv(bytes, file);
}

}  // namespace nakawari
