#include "bench/face/face_talk.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <filesystem>
#include <random>
#include <sstream>

#include "base/files.h"
#include "cut/disk.h"
#include "cut/face_file.h"
#include "cut/load_face.h"
#include "face/part_split.h"
#include "geometry/polygon.h"
#include "image/picture_file.h"
#include "mouth/voice.h"

namespace nakawari::bench {
namespace {

/// Pixels of the parts of one kind in one drawing, a little grown: where its lines are compared.
Mask part_mask(const ExpressionSheet& sheet, const std::string& kind, const Raster& page) {
  Mask mask(page.width, page.height, 0);
  for (const FacePart& part : sheet.parts) {
    if (part.group.substr(0, part.group.find(' ')) != kind) continue;
    for (int y = 0; y < page.height; ++y)
      for (int x = 0; x < page.width; ++x)
        if (part.region.empty() || inside(part.region, {x + 0.5, y + 0.5})) mask(x, y) = 1;
  }
  return mask;
}

std::vector<std::string> kinds_of(const ExpressionSheet& sheet) {
  std::vector<std::string> kinds;
  for (const FacePart& part : sheet.parts) {
    const std::string kind = part.group.substr(0, part.group.find(' '));
    if (part.kind != PartKind::mark && std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
      kinds.push_back(kind);
  }
  return kinds;
}

double processor_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Row {
  int frame = 0;
  std::string shape;
};

/// Whether the mouth of a column at a frame.
std::string at(const std::vector<Row>& column, int frame) {
  std::string shape = "-";
  for (const Row& row : column)
    if (row.frame <= frame) shape = row.shape;
  return shape;
}

std::vector<Row> merged(const std::vector<Row>& column) {
  std::vector<Row> rows;
  for (const Row& row : column) {
    const std::string shape = row.shape == "-" ? "-" : "open";
    if (rows.empty() || rows.back().shape != shape) rows.push_back({row.frame, shape});
  }
  return rows;
}

/// White noise so many dB below the loud half of the sound's 20 ms pieces: the speech.
void add_noise(Sound& sound, double below) {
  constexpr std::size_t kPiece = kSoundRate / 50;
  std::vector<double> power;
  for (std::size_t i = 0; i + kPiece <= sound.samples.size(); i += kPiece) {
    double sum = 0;
    for (std::size_t k = i; k < i + kPiece; ++k) sum += sound.samples[k] * sound.samples[k];
    power.push_back(sum / kPiece);
  }
  std::sort(power.begin(), power.end());
  std::erase_if(power, [&](double p) { return p < 1e-3 * power.back(); });
  double speech = 0;
  for (const double p : power) speech += p / static_cast<double>(power.size());
  const double spread = std::sqrt(3 * speech * std::pow(10, -below / 10));  // of a uniform variable
  std::mt19937 random(1);
  for (float& sample : sound.samples)
    sample += static_cast<float>(spread * (2.0 * static_cast<double>(random()) / 4294967295.0 - 1));
}

}  // namespace

Result<SheetResult> sheet_result(const std::string& talk, const std::string& cel, const std::string& dump) {
  const auto disk = real_disk();
  auto file = read_face_file(*disk, talk + "/face/mio.toml");
  if (!file) return Failure(file.error());
  const ExpressionSheet sheet = of_cel(file->sheet, cel);
  auto ours = Face::make(sheet, {FacePaths::turning, true, {}});
  if (!ours) return Failure(ours.error());
  auto straight = Face::make(sheet, {FacePaths::straight, false, {}});
  if (!straight) return Failure(straight.error());

  SheetResult result;
  std::vector<std::vector<std::vector<double>>> shapes;
  const std::vector<std::string> kinds = kinds_of(sheet);
  std::vector<Mask> masks;
  for (const std::string& kind : kinds) masks.push_back(part_mask(sheet, kind, ours->picture(0)));
  std::vector<std::vector<double>> range;
  for (const Mask& mask : masks) {
    std::vector<double> low(6, 1e9), high(6, -1e9);
    for (std::size_t k = 0; k < sheet.samples.size(); ++k) {
      const PartLines lines = part_lines(ours->picture(static_cast<int>(k)), mask);
      if (lines.empty()) continue;
      const std::vector<double> own = numbers(shape_of(lines));
      for (std::size_t i = 0; i < own.size(); ++i) {
        low[i] = std::min(low[i], own[i]);
        high[i] = std::max(high[i], own[i]);
      }
    }
    for (std::size_t i = 0; i < low.size(); ++i) high[i] -= low[i];
    range.push_back(high);
  }
  const auto add = [&](FaceTable& table, const Raster& truth, const Raster& made, const Raster& plain,
                       const Raster& held, bool asks) {
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      const PartLines drawn = part_lines(truth, masks[k]);
      add_case(table, {kinds[k] + (asks ? " *" : ""),
                       sheet.face_height(),
                       range[k],
                       {{"ours", drawn, part_lines(made, masks[k])},
                        {"straight", drawn, part_lines(plain, masks[k])},
                        {"hold", drawn, part_lines(held, masks[k])}}});
    }
  };

  for (std::size_t k = 0; k < sheet.samples.size(); ++k) {
    std::vector<double> weights(sheet.samples.size(), 0);
    weights[k] = 1;
    ++result.samples;
    if (ours->blend(weights).lines == sheet.samples[k].pictures.front().lines) ++result.exact;
  }
  // Half-weights against the artist's own half drawings.
  std::vector<double> times;
  for (std::size_t k = 1; k < sheet.samples.size(); ++k) {
    const std::string stem = std::filesystem::path(sheet.samples[k].pictures.front().file).stem().string();
    const auto truth = read_picture(talk + "/truth/face/" + cel + "/line/" + stem + "-50.png");
    if (!truth) continue;
    std::vector<double> weights(sheet.samples.size(), 0);
    weights[0] = weights[k] = 0.5;
    const FaceDrawing made = ours->blend(weights), plain = straight->blend(weights);
    add(result.halves, *truth, made.lines, plain.lines, ours->picture(0),
        made.judgement.verdict == Verdict::draw);
    result.strokes = std::max(result.strokes, static_cast<int>(made.blended.strokes.size()));
    for (int turn = 0; turn < 3; ++turn) {
      weights[0] = 0.45 + 0.05 * turn;
      weights[k] = 1 - weights[0];
      const double before = processor_ms();
      const FaceDrawing again = ours->blend(weights);
      times.push_back(processor_ms() - before);
    }
    if (!dump.empty())
      if (auto done = write_picture(dump + "/" + cel + "-" + stem + ".png", made.lines); !done)
        return Failure(done.error());
  }
  std::sort(times.begin(), times.end());
  if (!times.empty()) result.mixture_ms = times[times.size() / 2];

  // Each drawing from the others, at the nearest mixture with the neutral one or between two.
  for (std::size_t k = 1; k < sheet.samples.size(); ++k) {
    const PartLines whole = part_lines(ours->picture(static_cast<int>(k)),
                                       Mask(ours->picture(0).width, ours->picture(0).height, 1));
    std::vector<std::pair<double, std::size_t>> near;
    for (std::size_t j = 0; j < sheet.samples.size(); ++j) {
      if (j == k) continue;
      const PartLines other = part_lines(ours->picture(static_cast<int>(j)),
                                         Mask(ours->picture(0).width, ours->picture(0).height, 1));
      near.emplace_back(compare_lines(whole, other).pcd, j);
    }
    std::sort(near.begin(), near.end());
    near.resize(std::min<std::size_t>(3, near.size()));
    const auto best = [&](Face& face) {
      double least = 1e18;
      Raster chosen = ours->picture(static_cast<int>(near[0].second));
      for (std::size_t i = 0; i < near.size(); ++i)
        for (std::size_t j = i + 1; j < near.size(); ++j)
          for (const double t : {0.25, 0.5, 0.75}) {
            std::vector<double> weights(sheet.samples.size(), 0);
            weights[near[i].second] = 1 - t;
            weights[near[j].second] = t;
            FaceDrawing made = face.blend(weights);
            const PartLines lines = part_lines(made.lines, Mask(made.lines.width, made.lines.height, 1));
            if (lines.empty()) continue;
            const double pcd = compare_lines(whole, lines).pcd;
            if (pcd < least) {
              least = pcd;
              chosen = std::move(made.lines);
            }
          }
      return chosen;
    };
    const Raster made = best(*ours), plain = best(*straight);
    add(result.left_out, ours->picture(static_cast<int>(k)), made, plain,
        ours->picture(static_cast<int>(near[0].second)), false);
  }
  return result;
}

Result<MouthResult> mouth_result(const std::string& talk, const std::string& kana, MouthMode mode, int on,
                                 double noise) {
  constexpr double kFps = 24;
  const auto bytes = read_file(talk + "/voice/c004.wav");
  if (!bytes) return Failure(bytes.error());
  auto sound = decode_sound(*bytes, "talk.wav");
  if (!sound) return Failure(sound.error());
  if (noise > 0) add_noise(*sound, noise);
  const VoiceFeatures voice = voice_features(*sound);
  const int frames = static_cast<int>(static_cast<double>(voice.speech.size()) * kFrameSeconds * kFps + 0.5);
  std::vector<MouthSpan> spans;
  if (mode == MouthMode::loudness) {
    spans = mouths_by_loudness(voice);
  } else {
    const auto other = read_file(talk + "/voice/vowels.wav");
    const auto text = read_text(talk + "/voice/vowels.txt");
    if (!other) return Failure(other.error());
    if (!text) return Failure(text.error());
    const auto actor = decode_sound(*other, "vowels.wav");
    const auto marks = read_marks(*text, "vowels.txt");
    if (!actor) return Failure(actor.error());
    if (!marks) return Failure(marks.error());
    const auto templates = vowel_templates(voice_features(*actor), *marks, "vowels.txt");
    if (!templates) return Failure(templates.error());
    if (mode == MouthMode::vowels) {
      spans = mouths_by_vowels(voice, *templates);
    } else {
      const auto morae = read_kana(kana);
      if (!morae) return Failure(morae.error());
      auto aligned = align_mouths(voice, *templates, *morae);
      if (!aligned) return Failure(aligned.error());
      spans = std::move(*aligned);
    }
  }
  const MouthTrack track = expose(spans, kFps, frames, on);
  std::vector<Row> ours, hand;
  for (const MouthChange& change : track.changes) ours.push_back({change.frame, change.shape});
  const auto column = read_text(talk + "/truth/mouth.tsv");
  if (!column) return Failure(column.error());
  std::istringstream rows(*column);
  for (Row row; rows >> row.frame >> row.shape;) hand.push_back({row.frame - 1, row.shape});
  if (mode == MouthMode::loudness) {
    ours = merged(ours);
    hand = merged(hand);
  }
  MouthResult result;
  for (std::size_t k = 1; k < hand.size(); ++k) {
    ++result.boundaries;
    for (std::size_t j = 1; j < ours.size(); ++j)
      if (std::abs(ours[j].frame - hand[k].frame) <= on && ours[j].shape == hand[k].shape) {
        ++result.found;
        break;
      }
  }
  // Silence: exposures that lie wholly in it.
  const auto timing = read_text(talk + "/truth/voice.tsv");
  if (!timing) return Failure(timing.error());
  std::vector<std::pair<double, double>> speech;
  std::istringstream said(*timing);
  double start = 0, end = 0;
  for (std::string shape; said >> start >> end >> shape;)
    if (shape != "-") speech.emplace_back(start, end);
  for (int frame = 0; frame < frames; ++frame) {
    const double first = frame / on * on / kFps, last = (frame / on * on + on) / kFps;
    const bool silent = std::none_of(speech.begin(), speech.end(),
                                     [&](const auto& s) { return s.first < last && s.second > first; });
    if (!silent) continue;
    result.silence += 1;
    if (at(ours, frame) != "-") result.open_in_silence += 1;
  }
  return result;
}

std::string three_mouths_text(int frames) {
  const MouthTrack track = three_mouths({{0, frames, {}}}, 24, frames + 10, 2, 1);
  double closed = 0, mid = 0, open = 0;
  int repeats = 0;
  for (std::size_t k = 0; k + 1 < track.changes.size(); ++k) {
    const std::string& shape = track.changes[k].shape;
    (shape == "-" ? closed : shape == "mid" ? mid : open) += 1;
    if (track.changes[k + 1].frame - track.changes[k].frame > 2) ++repeats;
  }
  const double all = closed + mid + open;
  return fmt::format("closed {:.1f} %  mid {:.1f} %  open {:.1f} %  repeats {}\n", 100 * closed / all,
                     100 * mid / all, 100 * open / all, repeats);
}

}  // namespace nakawari::bench
