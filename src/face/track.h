/// \file
/// How a face changes through a cut: mixtures at frames with easing, blinks, gaze, mouths; held on twos or
/// threes as the artist says. A track gives each frame its mixture and names each different face once, as a
/// sheet's column does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "face/expression_sheet.h"
#include "sheet/chart.h"
#include "sheet/sheet.h"

namespace nakawari {

/// A mixture at a frame; the way to the next key follows `ease`. `hold`: stands until the next key.
struct FaceKey {
  int frame = 0;  ///< from 0
  Mixture mixture;
  std::string drawing;  ///< of the expression sheet: its mixture is meant; empty: `mixture` is
  SpacingWord ease = SpacingWord::ease_in_out;
  bool hold = false;
  long line = -1;
};

/// A group that runs ahead of (negative: behind) the keys, or eases in its own way: brows lead.
struct FaceLead {
  std::string group;
  int frames = 0;
  std::optional<SpacingWord> ease;  ///< none: the keys'
};

/// One blink: drawn at a frame, with its own timing or the track's.
struct FaceBlink {
  int frame = 0;
  std::vector<double> timing;  ///< empty: the track's
};

struct FaceMouth {
  int frame = 0;
  std::string shape;  ///< a parameter of the sheet; "-": closed
};

struct FaceTrack {
  std::string file;  ///< for errors
  double fps = 24;
  int frames = 1;
  int on = 2;                 ///< a drawing stands for this many frames: 1, 2, 3
  std::vector<FaceKey> keys;  ///< by frame
  std::vector<FaceLead> leads;
  std::string blink = "blink";    ///< the parameter that closes the eyes
  std::vector<FaceBlink> blinks;  ///< by frame
  /// How far the eyes are closed, one value an exposure: the artist's own order of drawings.
  std::vector<double> blink_timing{0.5, 1, 0.5};
  double blink_every = 0;  ///< seconds between blinks on average, seeded; 0: only those at frames
  std::uint64_t seed = 1;
  std::vector<FaceMouth> mouths;  ///< by frame
};

/// The face at one exposure. `leading`: groups whose mixture differs.
struct FaceMoment {
  Mixture mixture;
  std::vector<std::pair<std::string, Mixture>> leading;
  friend bool operator==(const FaceMoment&, const FaceMoment&) = default;
};

/// A track laid out: each different face once, and which stands at each frame.
struct FaceTimeline {
  std::vector<FaceMoment> faces;  ///< in the order in which they first stand
  std::vector<int> at;            ///< per frame, index into `faces`
};

/// Lays a track out. Values are rounded to hundredths, so that faces that look the same are the same.
/// Seeded blinks stand 0.6 to 1.6 times `blink_every` apart, never within half a second of one that is drawn.
/// Errors: bad_input with file and line: a parameter, group or mouth that the sheet does not have, keys at
///         one frame, frames outside the track.
Result<FaceTimeline> lay_out(const FaceTrack& track, const ExpressionSheet& sheet);

/// The column of an exposure sheet: faces are drawings 1, 2, 3, ...
SheetTrack column_of(const FaceTimeline& timeline, const std::string& cel);

/// A track from a column whose drawings are called like drawings of the expression sheet ("joy"): each
/// stands as written; an empty cell is the neutral face. lay_out() tells names that the sheet does not have.
FaceTrack track_from_column(const ResolvedCel& column, double fps);

}  // namespace nakawari
