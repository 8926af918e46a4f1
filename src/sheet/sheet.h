/// \file
/// The exposure sheet of a cut: which drawing of which cel stands at which frame, what is said, what the
/// camera does. A plain value that the readers (xdts.h, csv.h) fill and the plan (plan.h) and the compositor
/// use.
///
/// Frames are counted from 0 here and in XDTS; people, errors and CSV count from 1.
#pragma once

#include <string>
#include <vector>

#include "base/report.h"

namespace nakawari {

/// One hour at 24 frames a second, rounded up. A cut is seconds long; a longer sheet is a damaged file.
inline constexpr int kMaxSheetFrames = 100'000;
/// Tracks of one field. Real sheets have a dozen.
inline constexpr int kMaxSheetTracks = 1'000;

/// What a change on the sheet says. Only changes are written; a frame without an entry goes on holding.
enum class Mark {
  text,          ///< in a cel: the name of a drawing; in dialogue and camera: what is said or done
  empty,         ///< SYMBOL_NULL_CELL, drawn as x: nothing stands here
  tick,          ///< SYMBOL_TICK_1: an in-between stands here
  reverse_tick,  ///< SYMBOL_TICK_2: the in-betweens of an earlier passage stand here in reverse
  hold,          ///< SYMBOL_HYPHEN: goes on
  other,         ///< a symbol that this program does not know; kept, and treated as a hold
};

/// A change at a frame.
struct SheetEntry {
  int frame = 0;  ///< from 0; some programs write negative frames, which count as frame 0
  Mark mark = Mark::text;
  std::string name;               ///< Mark::text: the drawing, or the first value; Mark::other: the symbol
  std::vector<std::string> more;  ///< further values (dialogue: the words; camera 10: x, y, scale, ...)
  std::string kept;  ///< fields of the file that this program does not read, for the way back; opaque

  friend bool operator==(const SheetEntry&, const SheetEntry&) = default;
};

/// One column of the sheet. Columns are told apart by number: names may be doubled or empty.
struct SheetTrack {
  int number = 0;                   ///< cels: 0 is the lowest layer
  std::string name;                 ///< as the file spells it, spaces included
  std::vector<SheetEntry> entries;  ///< in rising order of frame
  std::string kept;

  friend bool operator==(const SheetTrack&, const SheetTrack&) = default;
};

/// The sheet of one cut.
struct ExposureSheet {
  std::string name;   ///< title of the timeline
  std::string cut;    ///< as the file has it; may be empty
  std::string scene;  ///< as the file has it; may be empty
  double fps = 24;
  int duration = 1;                  ///< frames, 1 ... kMaxSheetFrames
  std::vector<SheetTrack> cels;      ///< bottom to top, by rising number
  std::vector<SheetTrack> dialogue;  ///< one a speaker's column: name = the speaker, more[0] = the words
  std::vector<SheetTrack> camera;    ///< instructions: name = PAN, TU, ...
  int version = 5;                   ///< XDTS version, 5 or 10
  std::string kept;

  friend bool operator==(const ExposureSheet&, const ExposureSheet&) = default;
};

/// A sheet as a reader gives it: every deviation from the form that was tolerated stands in `notes`.
struct ReadSheet {
  ExposureSheet sheet;
  Report notes;
};

/// One drawing as a cel uses it.
struct ResolvedDrawing {
  std::string name;     ///< as the sheet first spells it; generated for ticks: "3-t1", "3-t2" after drawing 3
  bool ticked = false;  ///< stands on the sheet as tick marks only
  int first_frame = 0;  ///< where it first stands
};

/// A stretch of frames through which one drawing (or none) stands.
struct Exposure {
  int drawing = -1;  ///< index into ResolvedCel::drawings; -1 = empty
  int first_frame = 0;
  int frames = 1;
};

/// What stands where on one cel, holds, ticks and reverse ticks expanded.
struct ResolvedCel {
  std::string name;                       ///< of the cel, spaces around it dropped
  std::vector<int> at;                    ///< one per frame: index into `drawings`, -1 = empty cell
  std::vector<ResolvedDrawing> drawings;  ///< each once, in the order in which they first stand
  std::vector<Exposure> exposures;        ///< in time; neighbours differ
  Report notes;                           ///< what the track left to guess
};

/// Expands one cel of a sheet to a drawing (or none) per frame.
///
/// Before the first entry nothing stands. Entries before frame 0 count as frame 0, those past the end are
/// left out; of two at one frame the later in the file wins. Spellings that name the same file ("1", "A1",
/// "A0001" on cel A; see names.h) are one drawing. A tick takes a generated name: the same passage (same
/// drawings around it, same number of ticks) takes the same names again. Reverse ticks between Q and P stand
/// for what stood between P and Q before, last first; without such a passage they are ticks, with a note.
///
/// Cost: linear in frames and entries (duration is at most kMaxSheetFrames).
ResolvedCel resolve(const SheetTrack& cel, int duration);

/// A speech or an instruction with its length, hyphens counted in.
struct SheetSpan {
  int first_frame = 0;
  int frames = 1;
  std::vector<std::string> values;  ///< name and more
};

/// The spans of a dialogue or camera track within the sheet, in time.
std::vector<SheetSpan> spans(const SheetTrack& track, int duration);

}  // namespace nakawari
