#include "bench/sequence.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/files.h"
#include "bench/raw_picture.h"
#include "image/picture_file.h"

namespace nakawari::bench {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::array<std::string_view, 6> kHeldOut = {"go_talk_bust", "km_spell_full",   "kn_run_full",
                                                      "uc_jump_full", "uc_stretch_full", "uc_turn_bust"};

std::vector<std::string> pictures_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".png") names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

Rgba8 colour_of(const json& value) {
  if (!value.is_array() || value.size() < 3) return kClear;
  const auto channel = [&](std::size_t i) {
    return static_cast<std::uint8_t>(value[i].is_number() ? std::clamp(value[i].get<int>(), 0, 255) : 0);
  };
  return {channel(0), channel(1), channel(2), 255};
}

// Fills times and labels from sequence.json; a damaged or missing one leaves the defaults.
void read_description(Sequence& sequence) {
  const auto text = read_text(sequence.folder + "/sequence.json");
  if (!text) return;
  const json root = json::parse(*text, nullptr, false);
  if (!root.is_object()) return;
  if (const auto labels = root.find("labels"); labels != root.end() && labels->is_array())
    for (const json& entry : *labels)
      if (entry.is_object())
        sequence.labels.push_back({entry.value("id", 0), entry.value("name", std::string()),
                                   colour_of(entry.value("color", json())),
                                   colour_of(entry.value("shade", json()))});
  const auto frames = root.find("per_frame");
  if (frames == root.end() || !frames->is_array()) return;
  std::vector<double> times(sequence.frames.size(), -1);
  for (const json& entry : *frames) {
    if (!entry.is_object() || !entry.contains("time") || !entry["time"].is_number()) continue;
    const int number = entry.value("frame", -1);
    for (std::size_t i = 0; i < sequence.frames.size(); ++i)
      if (std::atoi(sequence.frames[i].c_str()) == number) times[i] = entry["time"].get<double>();
  }
  const bool rising = std::adjacent_find(times.begin(), times.end(), std::greater_equal<>()) == times.end();
  if (rising && !times.empty() && times.front() >= 0) sequence.times = times;
}

void read_tracks(Sequence& sequence) {
  const auto array = read_npy(sequence.folder + "/tracks.npy");
  if (!array || array->shape.size() != 3 || array->shape[2] != 3 || array->shape[0] != sequence.frames.size())
    return;
  sequence.tracked = array->shape[1];
  const float* p = array->data.data();
  for (std::size_t f = 0; f < array->shape[0]; ++f) {
    auto& points = sequence.tracks.emplace_back(sequence.tracked);
    for (TrackPoint& point : points) {
      point = {{static_cast<double>(p[0]), static_cast<double>(p[1])}, p[2] > 0.5f};
      p += 3;
    }
  }
}

bool open_sequence(const fs::path& folder, Sequence& sequence) {
  sequence.frames = pictures_in(folder / "line");
  if (sequence.frames.empty()) sequence.frames = pictures_in(folder / "bin");
  if (sequence.frames.empty()) return false;
  sequence.folder = folder.string();
  sequence.name = folder.filename().string();
  for (std::size_t i = 0; i < sequence.frames.size(); ++i) sequence.times.push_back(static_cast<double>(i));
  sequence.has_flat = fs::is_directory(folder / "flat");
  sequence.has_region = fs::is_directory(folder / "region");
  sequence.has_shade = fs::is_directory(folder / "shade");
  read_description(sequence);
  read_tracks(sequence);
  return true;
}

}  // namespace

const Label* Sequence::find(int label) const {
  const auto it = std::find_if(labels.begin(), labels.end(), [&](const Label& l) { return l.id == label; });
  return it == labels.end() ? nullptr : &*it;
}

bool held_out(const std::string& name) {
  return std::find(kHeldOut.begin(), kHeldOut.end(), name) != kHeldOut.end();
}

Result<std::vector<Sequence>> find_sequences(const std::string& folder) {
  fs::path root = fs::path(folder).lexically_normal();
  if (root.filename().empty()) root = root.parent_path();
  if (fs::is_directory(root / "seq")) root /= "seq";
  std::vector<Sequence> found;
  if (Sequence itself; open_sequence(root, itself)) {
    found.push_back(std::move(itself));
    return found;
  }
  std::vector<fs::path> folders;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(root, ignored))
    if (entry.is_directory()) folders.push_back(entry.path());
  std::sort(folders.begin(), folders.end());
  for (const fs::path& path : folders)
    if (Sequence sequence; open_sequence(path, sequence)) found.push_back(std::move(sequence));
  if (found.empty())
    return fail(ErrorCode::not_found, "no sequence with line/*.png or bin/*.png in here",
                "name a folder of sequences with --data", {.file = folder});
  return found;
}

Result<Raster> read_lines(const Sequence& sequence, int frame, LineSource source) {
  const char* asked = source == LineSource::line ? "line" : "bin";
  const char* other = source == LineSource::line ? "bin" : "line";
  const bool there = fs::exists(sequence.path(asked, frame));
  return read_picture(sequence.path(there ? asked : other, frame));
}

double own_t(const Sequence& sequence, int first, int middle, int last) {
  const auto time = [&](int frame) { return sequence.times[static_cast<std::size_t>(frame)]; };
  return (time(middle) - time(first)) / (time(last) - time(first));
}

}  // namespace nakawari::bench
