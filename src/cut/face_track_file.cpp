#include "cut/face_track_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "cut/toml_reader.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

constexpr std::array<std::pair<const char*, SpacingWord>, 4> kEases{
    {{"even", SpacingWord::even},
     {"ease-in", SpacingWord::ease_in},
     {"ease-out", SpacingWord::ease_out},
     {"ease-in-out", SpacingWord::ease_in_out}}};
constexpr int kMostOn = 24;

std::optional<SpacingWord> ease_of(const std::string& word) {
  for (const auto& [name, ease] : kEases)
    if (word == name) return ease;
  return std::nullopt;
}

int read_frame(TomlTable& table) {
  int frame = 0;
  if (!table.read("frame", frame)) table.reject("frame", "names no frame", "frame = 1 is the first");
  if (frame < 1 || frame > kMaxSheetFrames)
    table.reject("frame", fmt::format("frame {} is none", frame), "frames count from 1");
  return frame - 1;
}

FaceKey read_key(TomlTable& table) {
  FaceKey key;
  key.line = table.line();
  key.frame = read_frame(table);
  table.read("drawing", key.drawing);
  TomlTable mix = table.table("mix");
  for (const auto& [name, value] : mix.numbers()) key.mixture[name] = value;
  if (!key.drawing.empty() && !key.mixture.empty())
    table.reject("drawing", "a drawing and a mixture", "keep one of the two");
  std::string word = "ease-in-out";
  table.read("ease", word);
  key.hold = word == "hold";
  if (const auto ease = ease_of(word))
    key.ease = *ease;
  else if (!key.hold)
    table.reject("ease", fmt::format("\"{}\" is no easing", word),
                 "even, ease-in, ease-out, ease-in-out or hold");
  return key;
}

void read_blinks(TomlTable& table, FaceTrack& track) {
  table.read("parameter", track.blink);
  std::vector<double> values;
  if (table.read("timing", values)) track.blink_timing = values;
  for (const double value : track.blink_timing)
    if (!(value >= 0 && value <= 1)) table.reject("timing", "a blink closes from 0 to 1");
  std::vector<double> at;
  table.read("at", at);
  for (const double frame : at) {
    if (!(frame >= 1 && frame <= kMaxSheetFrames))
      return table.reject("at", "names a frame that is none", "frames count from 1");
    track.blinks.push_back({static_cast<int>(frame) - 1, {}});
  }
  table.read("every", track.blink_every);
  if (!(track.blink_every >= 0 && (track.blink_every == 0 || track.blink_every >= 0.2)))
    table.reject("every", "is no natural spacing", "people blink every 3 to 6 seconds");
  int seed = 1;
  table.read("seed", seed);
  track.seed = static_cast<std::uint64_t>(seed);
}

}  // namespace

Result<TrackFile> read_track_text(std::string_view text, const std::string& file) {
  const TomlReader reader(text, file);
  TomlTable root = reader.root();
  TrackFile result;
  FaceTrack& track = result.track;
  track.file = file;
  track.fps = 0;
  track.frames = 0;
  TomlTable head = root.table("track");
  head.read("fps", track.fps);
  head.read("frames", track.frames);
  head.read("on", track.on);
  head.read("mouths", result.mouths);
  head.read("sheet", result.sheet);
  head.read("column", result.column);
  if (result.sheet.empty() != result.column.empty())
    head.reject(result.sheet.empty() ? "column" : "sheet", "a column needs its exposure sheet",
                "give sheet = \"../sheet.xdts\" and column = \"B\"");
  if (track.on < 1 || track.on > kMostOn) head.reject("on", "is no exposure", "1, 2 or 3 frames");
  if (!(track.fps >= 0 && track.fps <= 240)) head.reject("fps", "is no speed", "24");
  if (track.frames < 0 || track.frames > kMaxSheetFrames) head.reject("frames", "is no length of a cut");
  for (TomlTable& table : root.tables("key")) track.keys.push_back(read_key(table));
  for (TomlTable& table : root.tables("lead")) {
    FaceLead lead;
    if (!table.read("part", lead.group)) table.reject("part", "names no part", "part = \"brow L\"");
    table.read("frames", lead.frames);
    if (std::abs(lead.frames) > kMaxSheetFrames) table.reject("frames", "is no lead");
    std::string word;
    if (table.read("ease", word)) {
      lead.ease = ease_of(word);
      if (!lead.ease)
        table.reject("ease", fmt::format("\"{}\" is no easing", word),
                     "even, ease-in, ease-out or ease-in-out");
    }
    track.leads.push_back(std::move(lead));
  }
  TomlTable blinks = root.table("blinks");
  read_blinks(blinks, track);
  for (TomlTable& table : root.tables("mouth")) {
    FaceMouth mouth;
    mouth.frame = read_frame(table);
    if (!table.read("shape", mouth.shape)) table.reject("shape", "names no mouth", "shape = \"a\"");
    track.mouths.push_back(std::move(mouth));
  }
  auto notes = reader.finish();
  if (!notes) return Failure(std::move(notes.error()));
  result.notes = std::move(*notes);
  return result;
}

namespace {

/// Keys from the column of an exposure sheet.
Result<void> read_column(const Disk& disk, const std::string& path, TrackFile& file) {
  FaceTrack& track = file.track;
  if (!track.keys.empty())
    return fail(ErrorCode::bad_input, "has keys and a column", "keep one of the two",
                {.file = track.file, .line = track.keys.front().line});
  const std::string other = join_path(folder_of(path), file.sheet);
  const auto text = read_stable_text(disk, other);
  if (!text) return Failure(text.error());
  auto read = read_sheet(std::vector<std::uint8_t>(text->begin(), text->end()), other);
  if (!read) return Failure(std::move(read.error()));
  const auto found = std::find_if(read->sheet.cels.begin(), read->sheet.cels.end(),
                                  [&](const SheetTrack& cel) { return cel.name == file.column; });
  if (found == read->sheet.cels.end())
    return fail(ErrorCode::bad_input, fmt::format("has no column \"{}\"", file.column),
                "mend column = \"...\" in the track", {.file = other});
  const FaceTrack drawn = track_from_column(resolve(*found, read->sheet.duration), read->sheet.fps);
  track.file = other;
  track.keys = drawn.keys;
  track.on = drawn.on;
  if (track.fps == 0) track.fps = drawn.fps;
  if (track.frames == 0) track.frames = drawn.frames;
  return {};
}

}  // namespace

Result<TrackFile> read_track_file(const Disk& disk, const std::string& path, double fps, int frames) {
  const auto text = read_stable_text(disk, path);
  if (!text) return Failure(text.error());
  auto file = read_track_text(*text, path);
  if (!file) return file;
  FaceTrack& track = file->track;
  if (!file->sheet.empty())
    if (auto done = read_column(disk, path, *file); !done) return Failure(std::move(done.error()));
  if (!file->mouths.empty()) {
    const std::string other = join_path(folder_of(path), file->mouths);
    const auto said = read_stable_text(disk, other);
    if (!said) return Failure(said.error());
    auto mouths = read_track_text(*said, other);
    if (!mouths) return Failure(std::move(mouths.error()));
    track.mouths.insert(track.mouths.end(), mouths->track.mouths.begin(), mouths->track.mouths.end());
    file->notes.insert(file->notes.end(), mouths->notes.begin(), mouths->notes.end());
  }
  std::stable_sort(track.mouths.begin(), track.mouths.end(),
                   [](const FaceMouth& l, const FaceMouth& r) { return l.frame < r.frame; });
  if (track.fps == 0) track.fps = fps;
  if (frames > 0) track.frames = frames;
  if (track.frames == 0) {
    int last = 0;
    if (!track.keys.empty()) last = std::max(last, track.keys.back().frame);
    if (!track.mouths.empty()) last = std::max(last, track.mouths.back().frame);
    track.frames = std::min(kMaxSheetFrames, last + 1 + static_cast<int>(2 * track.fps));
  }
  return file;
}

std::string mouths_text(const MouthTrack& track, const std::string& remark) {
  std::string text = fmt::format(
      "# Mouths, made by nakawari mouth: {}. Frames count from 1.\n[track]\non = {}\nfps = {}\nframes = {}\n",
      remark, track.on, track.fps, track.frames);
  for (const MouthChange& change : track.changes)
    text += fmt::format("\n[[mouth]]\nframe = {}\nshape = \"{}\"\n", change.frame + 1, change.shape);
  return text;
}

}  // namespace nakawari
