#include "cut/face_track_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "cut/toml_reader.h"

namespace nakawari {
namespace {

constexpr std::array<std::pair<const char*, SpacingWord>, 4> kEases{
    {{"even", SpacingWord::even},
     {"ease-in", SpacingWord::ease_in},
     {"ease-out", SpacingWord::ease_out},
     {"ease-in-out", SpacingWord::ease_in_out}}};
constexpr int kMostOn = 24;

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
  TomlTable mix = table.table("mix");
  for (const auto& [name, value] : mix.numbers()) key.mixture[name] = value;
  std::string word = "ease-in-out";
  table.read("ease", word);
  key.hold = word == "hold";
  const auto it =
      std::find_if(kEases.begin(), kEases.end(), [&](const auto& ease) { return word == ease.first; });
  if (it != kEases.end())
    key.ease = it->second;
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
  if (track.on < 1 || track.on > kMostOn) head.reject("on", "is no exposure", "1, 2 or 3 frames");
  if (!(track.fps >= 0 && track.fps <= 240)) head.reject("fps", "is no speed", "24");
  if (track.frames < 0 || track.frames > kMaxSheetFrames) head.reject("frames", "is no length of a cut");
  for (TomlTable& table : root.tables("key")) track.keys.push_back(read_key(table));
  for (TomlTable& table : root.tables("lead")) {
    FaceLead lead;
    if (!table.read("part", lead.group)) table.reject("part", "names no part", "part = \"brow L\"");
    table.read("frames", lead.frames);
    if (std::abs(lead.frames) > kMaxSheetFrames) table.reject("frames", "is no lead");
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

Result<TrackFile> read_track_file(const Disk& disk, const std::string& path, double fps, int frames) {
  const auto text = read_stable_text(disk, path);
  if (!text) return Failure(text.error());
  auto file = read_track_text(*text, path);
  if (!file) return file;
  FaceTrack& track = file->track;
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
