// Mouths in other programs' files: Rhubarb Lip Sync (TSV, JSON) and Moho / Papagayo (DAT).
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "mouth/mouth_track.h"

namespace nakawari {
namespace {

constexpr int kMostFrames = kMaxSheetFrames;

struct Word {
  const char* ours;
  const char* letter;   // Rhubarb
  const char* preston;  // Preston-Blair, in DAT files
};
/// Written with the first that fits; read with any.
constexpr std::array<Word, 13> kWords{{{"a", "D", "AI"},
                                       {"i", "B", "etc"},
                                       {"u", "F", "U"},
                                       {"e", "C", "E"},
                                       {"o", "E", "O"},
                                       {"n", "A", "MBP"},
                                       {"-", "X", "rest"},
                                       {"mid", "C", "E"},
                                       {"open", "D", "AI"},
                                       {"i", "G", "FV"},
                                       {"e", "H", "L"},
                                       {"u", "F", "WQ"},
                                       {"u", "F", "u"}}};

std::string ours_of(const std::string& word, bool preston) {
  // Lips closed by a consonant are closed.
  if (word == (preston ? "MBP" : "A")) return kClosedMouth;
  for (const Word& known : kWords)
    if (word == (preston ? known.preston : known.letter)) return known.ours;
  return {};
}

const Word& word_for(const std::string& shape) {
  for (const Word& known : kWords)
    if (shape == known.ours) return known;
  return kWords[6];
}

struct Cue {
  double seconds = 0;
  std::string shape;
};

Failure wrong(const std::string& file, long line, std::string message) {
  return fail(ErrorCode::bad_input, std::move(message), "export it again from Rhubarb, Papagayo or Moho",
              {.file = file, .line = line});
}

template <typename T>
bool number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

Result<std::vector<Cue>> read_lines(std::string_view text, const std::string& file, double fps, bool moho) {
  std::vector<Cue> cues;
  long line = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view row = text.substr(begin, end - begin);
    begin = end + 1;
    ++line;
    while (!row.empty() && (row.back() == '\r' || row.back() == ' ' || row.back() == '\t'))
      row.remove_suffix(1);
    if (row.empty() || (moho && line == 1)) continue;
    const std::size_t gap = row.find_first_of(" \t");
    if (gap == std::string_view::npos) return wrong(file, line, "is no time and mouth");
    const std::string_view first = row.substr(0, gap);
    const std::string second(row.substr(row.find_first_not_of(" \t", gap)));
    double seconds = 0;
    int frame = 0;
    if (moho ? !number(first, frame) : !number(first, seconds))
      return wrong(file, line, fmt::format("\"{}\" is no time", first));
    if (moho) seconds = (static_cast<double>(frame) - 1) / fps;
    if (!(seconds >= 0 && seconds * fps < kMostFrames))
      return wrong(file, line, "the time lies outside a cut");
    const std::string shape = ours_of(second, moho);
    if (shape.empty()) return wrong(file, line, fmt::format("the mouth \"{}\" is not known", second));
    cues.push_back({seconds, shape});
  }
  return cues;
}

Result<std::vector<Cue>> read_json(std::string_view text, const std::string& file, double fps) {
  const auto page = nlohmann::json::parse(text, nullptr, false);
  if (page.is_discarded() || !page.is_object() || !page.contains("mouthCues") ||
      !page["mouthCues"].is_array())
    return wrong(file, -1, "is no Rhubarb file: it has no mouthCues");
  std::vector<Cue> cues;
  double end = 0;
  for (const auto& cue : page["mouthCues"]) {
    if (!cue.is_object() || !cue.contains("start") || !cue["start"].is_number() || !cue.contains("value") ||
        !cue["value"].is_string())
      return wrong(file, -1, "a mouth cue has no start or value");
    const double start = cue["start"].get<double>();
    const std::string shape = ours_of(cue["value"].get<std::string>(), false);
    if (!(start >= 0 && start * fps < kMostFrames)) return wrong(file, -1, "a time lies outside a cut");
    if (shape.empty())
      return wrong(file, -1, fmt::format("the mouth \"{}\" is not known", cue["value"].get<std::string>()));
    cues.push_back({start, shape});
    if (cue.contains("end") && cue["end"].is_number()) end = cue["end"].get<double>();
  }
  if (end > 0 && end * fps < kMostFrames) cues.push_back({end, kClosedMouth});
  return cues;
}

}  // namespace

Result<MouthTrack> read_mouths(std::string_view text, const std::string& file, double fps, int on) {
  const bool json = text.find_first_not_of(" \t\r\n") != std::string_view::npos &&
                    text[text.find_first_not_of(" \t\r\n")] == '{';
  const bool moho = text.starts_with("MohoSwitch1");
  auto cues = json ? read_json(text, file, fps) : read_lines(text, file, fps, moho);
  if (!cues) return Failure(std::move(cues.error()));
  if (cues->empty()) return wrong(file, -1, "names no mouth");
  std::stable_sort(cues->begin(), cues->end(),
                   [](const Cue& l, const Cue& r) { return l.seconds < r.seconds; });
  std::vector<MouthSpan> spans;
  const double last = cues->back().seconds;
  const int frames = static_cast<int>(std::ceil(last * fps)) + on;
  for (std::size_t k = 0; k < cues->size(); ++k)
    spans.push_back({(*cues)[k].seconds, k + 1 < cues->size() ? (*cues)[k + 1].seconds : frames / fps,
                     (*cues)[k].shape, 1});
  return expose(spans, fps, frames, on);
}

std::string write_mouths(const MouthTrack& track, MouthFormat format) {
  if (format == MouthFormat::moho_dat) {
    std::string text = "MohoSwitch1\n";
    for (const MouthChange& change : track.changes)
      text += fmt::format("{} {}\n", change.frame + 1, word_for(change.shape).preston);
    return text;
  }
  if (format == MouthFormat::rhubarb_tsv) {
    std::string text;
    for (const MouthChange& change : track.changes)
      text += fmt::format("{:.2f}\t{}\n", change.frame / track.fps, word_for(change.shape).letter);
    return text;
  }
  const auto rounded = [](double seconds) { return std::round(seconds * 100) / 100; };
  nlohmann::ordered_json page;
  page["metadata"] = {{"duration", rounded(track.frames / track.fps)}};
  page["mouthCues"] = nlohmann::ordered_json::array();
  for (std::size_t k = 0; k < track.changes.size(); ++k) {
    const int end = k + 1 < track.changes.size() ? track.changes[k + 1].frame : track.frames;
    page["mouthCues"].push_back({{"start", rounded(track.changes[k].frame / track.fps)},
                                 {"end", rounded(end / track.fps)},
                                 {"value", word_for(track.changes[k].shape).letter}});
  }
  return page.dump(1) + "\n";
}

}  // namespace nakawari
