/// \file
/// The example's expression sheet and voice against their truth.
#pragma once

#include <string>

#include "base/result.h"
#include "bench/face/face_parts.h"

namespace nakawari::bench {

/// Drawings reproduced, half-weights, leave one out; `cel` of the sheet in `talk`/face/mio.toml.
struct SheetResult {
  int samples = 0, exact = 0;
  FaceTable halves, left_out;
  int strokes = 0;
  double mixture_ms = 0;  ///< median of a mixture that is blended, processor time
};
Result<SheetResult> sheet_result(const std::string& talk, const std::string& cel, const std::string& dump);

struct MouthResult {
  int boundaries = 0, found = 0;
  double silence = 0, open_in_silence = 0;  ///< frames
};
enum class MouthMode { kana, vowels, loudness };
/// noise: dB of white noise below the speech, added to the voice before it is heard; 0: none.
Result<MouthResult> mouth_result(const std::string& talk, const std::string& kana, MouthMode mode, int on,
                                 double noise = 0);

/// Shares of closed, mid and open over `frames` of speech, and repeats.
std::string three_mouths_text(int frames);

/// Processor time of a mixture of a face of 200 strokes and 12 samples at 1920x1080, of its lines and paint.
Result<std::string> load_text();

}  // namespace nakawari::bench
