/// \file
/// A voice recording as one row of samples.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace nakawari {

/// Mono, at kSoundRate. `upper`: the highest frequency (Hz) that the recording can hold.
struct Sound {
  std::vector<float> samples;
  double upper = 8000;
};

inline constexpr int kSoundRate = 16000;
/// A longer recording is refused, and one of more samples than that has at 48 kHz: a cut is seconds long, and
/// silence of days fits into a small FLAC.
inline constexpr int kMaxSoundSeconds = 3600;

/// Decodes WAV, FLAC or OGG (all that libsndfile reads), mixes the channels and resamples.
/// Errors: bad_input: no sound file, no samples, too long, a rate outside 4 to 400 kHz.
Result<Sound> decode_sound(std::span<const std::uint8_t> bytes, const std::string& name);

}  // namespace nakawari
