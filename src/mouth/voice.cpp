#include "mouth/voice.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <complex>
#include <numbers>

#include <unsupported/Eigen/FFT>

namespace nakawari {
namespace {

constexpr int kHop = 160, kWindow = 512;  // 10 ms and 32 ms at kSoundRate
constexpr int kBands = 26;
constexpr double kLowest = 100, kHighest = 7000;  // Hz
constexpr double kEmphasis = 0.97;
// Speech is this far (dB) above the quietest tenth, and within this of the loudest.
constexpr double kAboveFloor = 12, kBelowPeak = 38;
// A floor that is as steady as this (dB, from the quietest twentieth to the third) is noise: speech is then
// what rises half way from it to the peak, if that is at least so much (dB).
constexpr double kSteady = 4, kLeastRise = 6;
// Bands are heard above the noise of the pauses and no deeper than this (dB) under the loudest: so a voice
// sounds the same in a quiet room and in a noisy one.
constexpr double kDeepest = 25;
constexpr double kNothing = -65;  // dB: below this nobody speaks, whatever the floor
// Gaps are filled, crumbs dropped (frames).
constexpr int kFillGap = 10, kLeastSpeech = 5;
// Mode 1: a dip this deep (dB) under its surroundings and this long (frames) closes the mouth.
constexpr double kDip = 9;
constexpr int kDipFrames = 4, kAround = 12;
constexpr double kMidBelow = 0.6;  // share of the speech that is quieter than an open mouth

double mel(double hz) {
  return 1127 * std::log1p(hz / 700);
}

/// Runs of equal value shorter than `least` take the value of what is before them.
void drop_short(std::vector<char>& row, char value, int least) {
  for (std::size_t i = 0; i < row.size();) {
    std::size_t end = i;
    while (end < row.size() && row[end] == row[i]) ++end;
    const bool inner = i > 0 && end < row.size();
    if (row[i] == value && static_cast<int>(end - i) < least && (inner || value == 1))
      std::fill(row.begin() + static_cast<std::ptrdiff_t>(i), row.begin() + static_cast<std::ptrdiff_t>(end),
                static_cast<char>(1 - value));
    i = end;
  }
}

double share_of(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto k = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(k), values.end());
  return values[k];
}

void detect_speech(VoiceFeatures& voice) {
  const double floor = share_of(voice.loudness, 0.1), peak = share_of(voice.loudness, 0.99);
  // A recording that is speech from end to end has no floor to rise above.
  double bar = std::max({kNothing, std::min(floor + kAboveFloor, peak - 20), peak - kBelowPeak});
  const bool noise = share_of(voice.loudness, 0.33) - share_of(voice.loudness, 0.05) < kSteady;
  if (noise && floor > bar - kAboveFloor)
    bar = peak - floor < kLeastRise ? peak + 1 : floor + std::min(kAboveFloor, 0.5 * (peak - floor));
  for (const double level : voice.loudness) voice.speech.push_back(level > bar ? 1 : 0);
  drop_short(voice.speech, 0, kFillGap);
  drop_short(voice.speech, 1, kLeastSpeech);
  voice.silent = std::find(voice.speech.begin(), voice.speech.end(), 1) == voice.speech.end();
}

void push(std::vector<MouthSpan>& spans, std::size_t frame, const std::string& shape, double confidence) {
  const double start = static_cast<double>(frame) * kFrameSeconds, end = start + kFrameSeconds;
  if (!spans.empty() && spans.back().shape == shape && spans.back().end > start - 1e-6) {
    spans.back().end = end;
    spans.back().confidence = std::min(spans.back().confidence, confidence);
  } else {
    spans.push_back({start, end, shape, confidence});
  }
}

}  // namespace

namespace {

using Bands = std::array<double, kBands>;

/// Takes the noise of the pauses off the bands, and gives them a bottom.
void clean(std::vector<Bands>& rows, const VoiceFeatures& voice) {
  Bands noise{};
  double pauses = 0;
  std::vector<double> all;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    all.insert(all.end(), rows[row].begin(), rows[row].end());
    if (voice.speech[row] != 0) continue;
    pauses += 1;
    for (int b = 0; b < kBands; ++b) noise[b] += rows[row][b];
  }
  const double bottom = share_of(all, 0.995) * std::pow(10, -kDeepest / 10) + 1e-12;
  for (Bands& bands : rows)
    for (int b = 0; b < kBands; ++b)
      bands[b] = std::max(bands[b] - (pauses > 0 ? noise[b] / pauses : 0), bottom);
}

}  // namespace

VoiceFeatures voice_features(const Sound& sound) {
  VoiceFeatures voice;
  std::vector<Bands> heard;
  const std::size_t rows = sound.samples.size() / kHop + 1;
  Eigen::FFT<double> fft;
  const double highest = std::min(kHighest, sound.upper * 0.97);
  std::vector<double> edges;
  for (int b = 0; b < kBands + 2; ++b) {
    const double m = mel(kLowest) + (mel(highest) - mel(kLowest)) * b / (kBands + 1);
    edges.push_back(700 * std::expm1(m / 1127) * kWindow / kSoundRate);  // in bins
  }
  std::vector<double> window(kWindow), block(kWindow);
  for (int k = 0; k < kWindow; ++k)
    window[k] = 0.54 - 0.46 * std::cos(2 * std::numbers::pi * k / (kWindow - 1));
  std::vector<std::complex<double>> spectrum;
  for (std::size_t row = 0; row < rows; ++row) {
    const auto centre = static_cast<std::ptrdiff_t>(row * kHop + kHop / 2);
    double energy = 0;
    for (int k = 0; k < kWindow; ++k) {
      const std::ptrdiff_t i = centre - kWindow / 2 + k;
      const auto sample = [&](std::ptrdiff_t at) {
        return at >= 0 && at < static_cast<std::ptrdiff_t>(sound.samples.size()) ? sound.samples[at] : 0.0F;
      };
      energy += std::pow(sample(i) * window[k], 2);
      block[k] = (sample(i) - kEmphasis * sample(i - 1)) * window[k];
    }
    voice.loudness.push_back(10 * std::log10(energy / (0.4 * kWindow) + 1e-10));
    fft.fwd(spectrum, block);
    Bands bands{};
    for (int b = 0; b < kBands; ++b) {
      double sum = 1e-12;
      for (int k = std::max(0, static_cast<int>(edges[b])); k < kWindow / 2 && k < edges[b + 2]; ++k) {
        const double up = (k - edges[b]) / (edges[b + 1] - edges[b]);
        const double down = (edges[b + 2] - k) / (edges[b + 2] - edges[b + 1]);
        sum += std::max(0.0, std::min(up, down)) * std::norm(spectrum[k]);
      }
      bands[b] = sum;
    }
    heard.push_back(bands);
  }
  detect_speech(voice);
  clean(heard, voice);
  for (const Bands& bands : heard) {
    Cepstra cepstra{};
    for (int c = 0; c < kCepstra; ++c)
      for (int b = 0; b < kBands; ++b)
        cepstra[c] += std::log(bands[b]) * std::cos(std::numbers::pi * (c + 1) * (b + 0.5) / kBands) / kBands;
    voice.cepstra.push_back(cepstra);
  }
  return voice;
}

std::vector<MouthSpan> mouths_by_loudness(const VoiceFeatures& voice) {
  const std::size_t n = voice.speech.size();
  std::vector<double> spoken;
  for (std::size_t i = 0; i < n; ++i)
    if (voice.speech[i]) spoken.push_back(voice.loudness[i]);
  const double wide = share_of(spoken, kMidBelow);
  std::vector<char> closed(n, 0);
  for (std::size_t i = 0; i < n; ++i) {
    if (!voice.speech[i]) continue;
    const std::size_t low = i > kAround ? i - kAround : 0, high = std::min(n, i + kAround + 1);
    const auto begin = voice.loudness.begin();
    const double before = *std::max_element(begin + static_cast<std::ptrdiff_t>(low),
                                            begin + static_cast<std::ptrdiff_t>(i) + 1);
    const double after =
        *std::max_element(begin + static_cast<std::ptrdiff_t>(i), begin + static_cast<std::ptrdiff_t>(high));
    if (std::min(before, after) - voice.loudness[i] > kDip) closed[i] = 1;
  }
  drop_short(closed, 1, kDipFrames);
  std::vector<MouthSpan> spans;
  for (std::size_t i = 0; i < n; ++i) {
    const bool shut = !voice.speech[i] || closed[i];
    push(spans, i, shut ? kClosedMouth : voice.loudness[i] > wide ? "open" : "mid", 1);
  }
  return spans;
}

Result<std::vector<VowelMark>> read_marks(std::string_view text, const std::string& file) {
  std::vector<VowelMark> marks;
  long line = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::string_view row = text.substr(begin, std::min(text.find('#', begin), end) - begin);
    begin = end + 1;
    ++line;
    std::vector<std::string> words;
    for (std::size_t k = row.find_first_not_of(" \t\r"); k != std::string_view::npos;) {
      const std::size_t stop = std::min(row.find_first_of(" \t\r", k), row.size());
      words.emplace_back(row.substr(k, stop - k));
      k = row.find_first_not_of(" \t\r", stop);
    }
    if (words.empty()) continue;
    VowelMark mark;
    const auto number = [](const std::string& word, double& value) {
      const auto [last, error] = std::from_chars(word.data(), word.data() + word.size(), value);
      return error == std::errc{} && last == word.data() + word.size();
    };
    if (words.size() != 3 || !number(words[0], mark.start) || !number(words[1], mark.end) ||
        !(mark.start >= 0 && mark.end > mark.start && mark.end < kMaxSoundSeconds) ||
        std::string_view("aiueon").find(words[2]) == std::string_view::npos || words[2].size() != 1)
      return fail(ErrorCode::bad_input, "is no mark", "write start and end in seconds and a i u e o or n",
                  {.file = file, .line = line});
    mark.shape = words[2];
    marks.push_back(std::move(mark));
  }
  return marks;
}

Result<std::vector<VowelTemplate>> vowel_templates(const VoiceFeatures& voice,
                                                   const std::vector<VowelMark>& marks,
                                                   const std::string& file) {
  std::vector<VowelTemplate> templates;
  for (const VowelMark& mark : marks) {
    const auto first = static_cast<std::size_t>(mark.start / kFrameSeconds);
    const auto last = static_cast<std::size_t>(mark.end / kFrameSeconds);
    if (last >= voice.cepstra.size())
      return fail(ErrorCode::bad_input,
                  fmt::format("the mark at {:.2f} s lies behind the recording", mark.start),
                  "mark this very recording", {.file = file});
    auto found = std::find_if(templates.begin(), templates.end(),
                              [&](const VowelTemplate& t) { return t.shape == mark.shape; });
    if (found == templates.end()) found = templates.insert(templates.end(), {mark.shape, {}, {}, 0});
    for (std::size_t i = first; i <= last; ++i, ++found->frames)
      for (int c = 0; c < kCepstra; ++c) {
        found->mean[c] += voice.cepstra[i][c];
        found->spread[c] += voice.cepstra[i][c] * voice.cepstra[i][c];
      }
  }
  if (templates.size() < 2)
    return fail(ErrorCode::bad_input, "fewer than two vowels are marked",
                "mark a, i, u, e, o and n once each", {.file = file});
  Cepstra pooled{};
  for (VowelTemplate& t : templates)
    for (int c = 0; c < kCepstra; ++c) {
      t.mean[c] /= t.frames;
      t.spread[c] = std::sqrt(std::max(0.0, t.spread[c] / t.frames - t.mean[c] * t.mean[c]));
      pooled[c] += t.spread[c] / static_cast<double>(templates.size());
    }
  // A few marks say little about the spread of one vowel: all share half of the common one.
  for (VowelTemplate& t : templates)
    for (int c = 0; c < kCepstra; ++c) t.spread[c] = 0.5 * t.spread[c] + 0.5 * pooled[c] + 0.02;
  return templates;
}

}  // namespace nakawari
