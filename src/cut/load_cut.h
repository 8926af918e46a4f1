/// \file
/// Reads everything of a cut that is text or a file name: cut.toml, sheet, charts, fixes, folders. The result
/// says which drawing of which cel is a key and which is to be made, from what and where in time. Reads no
/// picture.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cut/cut_file.h"
#include "cut/disk.h"
#include "cut/fixes_file.h"
#include "face/track.h"
#include "sheet/plan.h"
#include "sheet/sheet.h"

namespace nakawari {

/// One drawing of a cel with its files. Paths are relative to the cut.
struct LoadedDrawing {
  PlannedDrawing plan;             ///< t after the fixes
  std::string stem;                ///< of its files, "A0002"
  std::string source;              ///< the artist's file of a key, else empty
  std::string painted;             ///< painted by a person, else empty
  int from = -1, to = -1;          ///< indices of an in-between's keys
  int frames = 0;                  ///< for how many frames it stands
  std::vector<std::string> fixes;  ///< ids of the spacing fixes that took part
  int face = -1;                   ///< a face that is mixed: index into LoadedFace::faces
};

/// An expression sheet, its pictures by name only; see load_face.h.
struct LoadedFaceSheet {
  ExpressionSheet sheet;
  std::vector<std::vector<std::string>> sources;  ///< its pictures, relative to the cut: per sample
};

/// What a cel of faces is mixed from; see load_face.h.
struct LoadedFace {
  ExpressionSheet sheet;          ///< of this cel alone, its pictures by name only
  std::vector<FaceMoment> faces;  ///< those that no drawing of the sheet shows
  /// Per face: the drawings of the cel that have the largest shares; the second may be -1.
  std::vector<std::array<int, 2>> nearest;
  std::vector<std::string> sources;  ///< per sample: its picture, relative to the cut
};

struct LoadedCel {
  CelFile file;
  std::string image;                    ///< of a still; else empty
  std::vector<LoadedDrawing> drawings;  ///< in the order in which they first stand
  std::vector<int> at;                  ///< one per frame: index into `drawings`, -1 = empty. Still: 0 or -1
  Fixes fixes;
  std::vector<std::string> lost_fixes;   ///< those that already fit nothing by their names
  std::optional<LoadedFace> face;        ///< of a cel of faces
  std::optional<LoadedFaceSheet> names;  ///< of a cel drawn by hand: names the parts of its eyes

  [[nodiscard]] bool still() const { return !image.empty(); }
};

struct LoadedCut {
  std::string folder;
  CutFile file;
  double fps = 24;
  int frames = 0;
  std::string voice;              ///< relative to the cut; empty: silent
  std::vector<SheetSpan> speech;  ///< what the sheet says is spoken: values[0] who, values[1] the words
  std::vector<LoadedCel> cels;    ///< bottom to top
  /// Text files that were read, or looked for in vain, relative to the cut: where one changes, so does this.
  std::vector<std::string> texts;
  Report notes;
};

/// Loads the cut in `folder`.
///
/// Errors: not_found and bad_input, each naming file, line or cel and the mend: no such folder, a file that
///         cut.toml names and is missing, a cel without a column on the sheet or without any drawing, a sheet
///         that names no drawing.
Result<LoadedCut> load_cut(const Disk& disk, const std::string& folder);

/// True when both spellings ("3", "A3", "A0003") mean the same drawing of the cel.
bool same_drawing(const std::string& a, const std::string& b, const std::string& cel);

/// The fixes of the cel that speak of two keys and name drawings that are there. Said of (B, A), a fix counts
/// for (A, B) with its sides exchanged.
std::vector<Fix> fixes_of_pair(const LoadedCel& cel, const LoadedDrawing& a, const LoadedDrawing& b);

}  // namespace nakawari
