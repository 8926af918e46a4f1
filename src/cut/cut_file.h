/// \file
/// cut.toml: what is in a cut. Every key has a default that serves, so an empty file is a cut too.
///
///   [cut]
///   id = "c012"              # default: the folder's name
///   title = "Hana smiles"    # for people: stands on the report and the desk
///   fps = 24                 # default: the sheet's
///   size = [1920, 1080]      # default: that of the first drawing
///   sheet = "sheet.xdts"     # default: the only .xdts of the folder; without one, drawings stand on
///                            # twos and the last of a cel to the end
///   voice = "voice/c012.wav" # sound under the video; default: voice/ID.wav, when there is one
///   variant = "night"        # default: the first variant of each colour model
///   profile = "../style/hana.toml"  # the style that the checks hold the cut against; may lie outside
///   trace = { green = "shadow2", yellow = "highlight" }  # which side trace lines of an ink take, as shadow,
///                            # shadow2, highlight or normal; default: blue shadow, red highlight
///
///   [[cel]]                  # bottom to top; default: a cel for every folder X that holds X####.png ...
///   name = "A"
///   drawings = "A/A####"     # default: NAME/NAME####; or image = "BG/bg.png" for a picture that stands
///   column = "A"             # the sheet's column, default: the name
///   charts = "A/charts.toml" # default: charts.toml beside the drawings, when there is one
///   painted = "A/paint"      # drawings painted by hand, default: paint beside the drawings
///   model = "model/hana.toml"
///   model_picture = "model/hana.png"  # the figure painted in these colours: where no drawing is painted yet
///   variant = "day"
///   profile = "../style/mio.toml"
///   trace = { red = "normal" }
///
///   [[cel]]                  # a face: drawn along a track from an expression sheet (face_file.h)
///   name = "B"
///   face = "face/hana.toml"
///   face_cel = "eyes"        # the cel of the sheet, when it has several
///   track = "face/track.toml"  # left out: the cel is drawn by hand, and the sheet only names
///                              # the parts of its eyes, for their blinks (face/eye_names.h)
///
///   [output]
///   video = true             # H.264 in ID.mp4
///   prores = false           # ProRes 4444 in ID.mov beside it
///   smooth = false           # soften the stairs of aliased cels when compositing
///   paper = "#ffffff"        # what shows where no cel stands
///
///   [cost]                   # figures of hand work for the report, see the report
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "cut/summary.h"
#include "image/grid.h"
#include "paint/paint.h"

namespace nakawari {

struct CelFile {
  std::string name;
  std::string image;     ///< a still picture; else empty
  std::string drawings;  ///< pattern, folder included; empty for a still
  std::string column;
  std::string charts;         ///< as given; empty: the default place
  std::string painted;        ///< folder
  std::string model;          ///< empty: styles are taken from the painted drawings
  std::string model_picture;  ///< the figure painted in the model's colours; empty: none
  std::string variant;
  std::string profile;                ///< the cel's, else the cut's; empty: none
  InkRoles trace;                     ///< the cut's and its own
  std::string face, face_cel, track;  ///< of a face; else empty
  long line = -1;

  /// Its drawings are mixed from an expression sheet.
  [[nodiscard]] bool mixed() const { return !track.empty(); }
};

struct OutputOptions {
  bool video = true, prores = false, smooth = false;
  Rgba8 paper = kPaper;
};

struct CutFile {
  std::string file;  ///< for errors
  std::string id, title;
  double fps = 0;             ///< 0: the sheet's
  int width = 0, height = 0;  ///< 0: that of the first drawing
  std::string sheet;          ///< empty: not named
  std::string voice;          ///< empty: not named
  std::string variant, profile;
  InkRoles trace;
  std::vector<CelFile> cels;  ///< empty: by the folders
  OutputOptions output;
  HandCost cost;
  Report notes;
};

/// Reads cut.toml. `folder_name` is the default id.
///
/// Errors: bad_input with file and line: not TOML, a wrong type, a number out of range, a path that leaves
///         the cut's folder, two cels of one name.
Result<CutFile> read_cut_file(std::string_view text, const std::string& file, const std::string& folder_name);

/// 12, c012, 12A: what a cut is usually called.
bool usual_cut_id(std::string_view id);

/// True for a relative path that stays inside the folder it starts from.
bool stays_inside(const std::string& path);

}  // namespace nakawari
