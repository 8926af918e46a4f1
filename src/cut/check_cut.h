/// \file
/// Checks a cut on disk: every drawing of every cel, the artist's and the program's alike, against the
/// artist's approved drawings and the colour model. Reads only; the strokes that a build left in its cache
/// are used again.
///
/// Which style a cut is held against: `profile = "../style/hana.toml"` in cut.toml, under [cut] or of a cel;
/// without one, the approved drawings of the cel itself. Approved are the artist's own drawings and those
/// that a fix of kind `approve` names. A fix of kind `intended` (`what` = the word of a check) says that a
/// finding is meant so.
#pragma once

#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/progress.h"
#include "base/report.h"
#include "base/result.h"
#include "base/verdict.h"
#include "check/finding.h"
#include "check/profile.h"
#include "cut/disk.h"

namespace nakawari {

struct CheckCutOptions {
  Threads threads;
  std::vector<std::string> only;  ///< words of checks; empty: all
  std::string profile;            ///< path of a style profile that goes before those of cut.toml
  std::string program_key;        ///< as of BuildOptions: whether the cache is of this program
  /// Whether what lies around a cel may be looked at. Within a build the checks of a cel rest on that cel
  /// alone: kumi lines are not judged there.
  enum class Frame { known, unknown } frame = Frame::known;
};

/// A finding with what the sheet and the fixes know of it.
struct CutFinding {
  Finding finding;
  std::string cel, drawing;  ///< names, "A" and "A0003"
  int first_frame = 0, frames = 0;
  Severity severity = Severity::fyi;
  FindingState state = FindingState::open;
  std::string by;  ///< who intended it: the author of the fix, else its id
};

/// One drawing that was looked at.
struct CheckedDrawing {
  std::string cel, name;
  bool by_program = false, approved = false;
  int first_frame = 0, frames = 0;
  int before = -1, after = -1;  ///< in CutCheck::drawings
  std::string lines, painted;   ///< paths relative to the cut; painted may be empty
  Judgement judgement;          ///< look when something open was found
  Vec2 face;                    ///< between the eyes, when the colour model names two
  double face_size = 0;         ///< px; 0: no face known
};

struct CheckedCel {
  std::string name;
  std::string profile;                  ///< its name, or empty: its own drawings
  StyleProfile style;                   ///< of its own approved drawings
  std::vector<std::string> not_judged;  ///< "line-width: A0003, A0004: fewer than ..."
};

struct CutCheck {
  std::string id, folder;
  std::vector<std::string> only;  ///< the checks that were asked for; empty: all
  double fps = 24;
  int frames = 0, width = 0, height = 0;
  std::vector<CheckedDrawing> drawings;
  std::vector<CheckedCel> cels;
  std::vector<CutFinding> findings;  ///< worst first
  std::vector<CutFinding> fixed;     ///< of an earlier check, gone now
  Report notes;
};

/// Errors: those of load_cut; pictures that cannot be read; a profile that cannot.
Result<CutCheck> check_cut(Disk& disk, const std::string& folder, const CheckCutOptions& options,
                           Progress& progress);

/// What the approved drawings of a cut contribute to a style profile, all cels. Errors as check_cut.
struct CutStyle {
  std::vector<Measurements> drawings;
  double scale = 1;
};
Result<CutStyle> style_of_cut(Disk& disk, const std::string& folder, const CheckCutOptions& options,
                              Progress& progress);

const char* word(Severity severity);
const char* word(FindingState state);
const char* word(Level level);

}  // namespace nakawari
