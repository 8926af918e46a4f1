/// \file
/// From a voice to mouths. Loudness says when somebody speaks and how wide the mouth is; vowels are told by
/// templates that the user marked on this very voice; a kana text gives the vowels and leaves only their
/// places to find. Nothing is trained on other people's voices.
///
/// Source: the three levels of research (docs/face.md); MFCC as in Davis and Mermelstein 1980.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "mouth/mouth_track.h"
#include "mouth/sound.h"

namespace nakawari {

inline constexpr double kFrameSeconds = 0.01;  ///< one row of features
inline constexpr int kCepstra = 12;
using Cepstra = std::array<double, kCepstra>;

/// What the ear hears of a recording, a row every kFrameSeconds.
struct VoiceFeatures {
  std::vector<double> loudness;  ///< dB over full scale
  std::vector<Cepstra> cepstra;  ///< mel cepstra c1 to c12
  std::vector<char> speech;      ///< somebody speaks
  bool silent = true;            ///< no speech at all
};

/// Cost: about a hundredth of the recording's length.
VoiceFeatures voice_features(const Sound& sound);

/// Mode 1: closed outside speech and at dips of loudness, else mid or open by loudness.
std::vector<MouthSpan> mouths_by_loudness(const VoiceFeatures& voice);

/// How one actor's vowel sounds: mean and spread of each cepstrum over what the user marked.
struct VowelTemplate {
  std::string shape;  ///< a i u e o n
  Cepstra mean{}, spread{};
  int frames = 0;
};

/// A marked stretch of the actor's recording, seconds.
struct VowelMark {
  double start = 0, end = 0;
  std::string shape;
};

/// Reads marks, a line each: start, end (seconds), vowel; blanks or tabs between, # begins a remark.
/// Errors: bad_input with file and line.
Result<std::vector<VowelMark>> read_marks(std::string_view text, const std::string& file);

/// Errors: bad_input when a mark lies outside the recording or fewer than two vowels are marked.
Result<std::vector<VowelTemplate>> vowel_templates(const VoiceFeatures& voice,
                                                   const std::vector<VowelMark>& marks,
                                                   const std::string& file);

/// Mode 2 without text: the best vowels, steady for at least 50 ms. Where no vowel wins clearly the mouth is
/// mid or open by loudness, and a note says where.
std::vector<MouthSpan> mouths_by_vowels(const VoiceFeatures& voice,
                                        const std::vector<VowelTemplate>& templates, Report* notes = nullptr);

/// One mora of a text: a vowel, and whether the lips close before it (m, b, p).
struct Mora {
  std::string shape;  ///< a i u e o n; "-" for a pause or a small tsu
  bool lips = false;
};

/// Reads kana (hiragana or katakana; punctuation is a pause). Errors: bad_input naming the first letter that
/// is none.
Result<std::vector<Mora>> read_kana(std::string_view text);

/// Mode 2 with text: the morae in order, only their boundaries are searched. Source: Viterbi alignment, left
/// to right, with optional pauses between.
/// Errors: bad_input when the recording is too short for the text or silent.
Result<std::vector<MouthSpan>> align_mouths(const VoiceFeatures& voice,
                                            const std::vector<VowelTemplate>& templates,
                                            const std::vector<Mora>& morae);

}  // namespace nakawari
