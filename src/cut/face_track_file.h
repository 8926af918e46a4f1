/// \file
/// How a face changes through a cut, as a file, `face/track.toml`. Frames count from 1, as on the sheet.
///
///   [track]
///   on = 2                     # a drawing stands for 1, 2 or 3 frames
///   fps = 24                   # default: the sheet's
///   frames = 180               # default: the sheet's, else to the last key
///   mouths = "mouth.toml"      # [[mouth]] entries of another file, as `nakawari mouth` writes them
///   sheet = "../sheet.xdts"    # instead of keys: a column of an exposure sheet that names drawings of the
///   column = "B"               # expression sheet ("joy"); each stands as written
///
///   [[key]]
///   frame = 1
///   mix = { joy = 0.0 }        # or drawing = "joy"
///   ease = "ease-in-out"       # to the next key: even, ease-in, ease-out, ease-in-out, hold
///
///   [[lead]]                   # a group that runs ahead of the keys, or eases in its own way
///   part = "brow L"
///   frames = 2
///   ease = "ease-in"           # default: the keys'
///
///   [blinks]
///   parameter = "blink"
///   timing = [0.5, 1, 0.5]     # how far closed, one value an exposure: the artist's order of drawings
///   at = [40, 96]              # frames of drawn blinks
///   every = 4.0                # seconds between seeded ones; default: none
///   seed = 1
///
///   [[mouth]]
///   frame = 15
///   shape = "o"                # a drawing of the sheet, "-" closed
#pragma once

#include <string>
#include <string_view>

#include "base/report.h"
#include "base/result.h"
#include "cut/disk.h"
#include "face/track.h"
#include "mouth/mouth_track.h"

namespace nakawari {

struct TrackFile {
  FaceTrack track;            ///< fps 0 and frames 0 where the file does not say
  std::string mouths;         ///< the other file, as given
  std::string sheet, column;  ///< the sheet as given, too
  Report notes;
};

/// The text alone. Errors: bad_input with file and line.
Result<TrackFile> read_track_text(std::string_view text, const std::string& file);

/// With its file of mouths, path relative to the track's folder. Where the files do not say, fps and frames
/// are the ones given (frames 0: to the last key or mouth, and two seconds on).
Result<TrackFile> read_track_file(const Disk& disk, const std::string& path, double fps, int frames);

/// [[mouth]] entries with a head that says how they were made.
std::string mouths_text(const MouthTrack& track, const std::string& remark);

}  // namespace nakawari
