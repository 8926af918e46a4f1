/// \file
/// Which mouth stands at which frame, however it was found: by chance, by loudness, by vowels, or in
/// another program's file. Mouths are named like drawings of the expression sheet: "-" closed, "mid",
/// "open", and the vowels a i u e o n.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "sheet/sheet.h"

namespace nakawari {

inline const std::string kClosedMouth = "-";

struct MouthChange {
  int frame = 0;  ///< from 0
  std::string shape;
  friend bool operator==(const MouthChange&, const MouthChange&) = default;
};

struct MouthTrack {
  double fps = 24;
  int frames = 1;
  int on = 2;                        ///< frames an exposure
  std::vector<MouthChange> changes;  ///< rising, the first at frame 0; neighbours differ
};

/// A stretch of time with one mouth, seconds.
struct MouthSpan {
  double start = 0, end = 0;
  std::string shape;
  double confidence = 1;  ///< how clearly this mouth won, 0..1
};

/// Spans on exposures: each takes the mouth that fills most of it; later by `lead` frames at most 1.
MouthTrack expose(const std::vector<MouthSpan>& spans, double fps, int frames, int on, int lead = 0);

/// Three mouths evenly at random while somebody speaks: shuffled bags of closed, mid and open without
/// repeats, closed after each speech. Source: Katabuchi and Tsujita in research (docs/face.md).
MouthTrack three_mouths(const std::vector<SheetSpan>& speech, double fps, int frames, int on,
                        std::uint64_t seed);

enum class MouthFormat {
  rhubarb_tsv,   ///< seconds and a letter a line
  rhubarb_json,  ///< mouthCues
  moho_dat,      ///< MohoSwitch1, as Papagayo and Rhubarb write it
};

/// Reads any of the formats, told by content. Letters and Preston-Blair names become our mouths.
/// Errors: bad_input with file and line.
Result<MouthTrack> read_mouths(std::string_view text, const std::string& file, double fps, int on);
std::string write_mouths(const MouthTrack& track, MouthFormat format);

/// The column of an exposure sheet: drawings are called as the mouths; closed is "closed".
SheetTrack mouth_column(const MouthTrack& track, const std::string& cel);

}  // namespace nakawari
