/// \file
/// The expression sheet as a file, `face/hana.toml`; pictures beside it.
///
///   [face]
///   name = "Hana"
///   chin = [960, 700]            # face height = chin to brow line
///   brow = [960, 420]
///   cels = ["eyes", "mouth"]     # default: every drawing is one picture
///   outline = [[700, 400], ...]  # polygon that no part may leave (optional)
///   match_neutral = false        # look lines up that lie in no region, see face/part_split.h
///   half_blink = 0.4             # where half a blink lies when nobody drew it
///
///   [[part]]
///   name = "iris R"
///   kind = "iris"                # brow upper-lid lower-lid iris highlight mouth teeth
///                                # cheek mark outline other
///   group = "eye R"              # parts of one group are blended together; default: the part itself
///   cel = "eyes"                 # default: any
///   region = [[100, 100], [200, 180]]   # two points: a box; more: a polygon; default: all of the cel
///
///   [[parameter]]                # optional
///   name = "joy"
///   kind = "emotion"             # emotion mouth gaze blink; default by the name
///   block = ["blink"]            # while joy is on, no blinks; blend = [...]: the less
///
///   [[drawing]]
///   name = "neutral"             # stands at the origin
///   lines = "neutral.png"        # or pictures = ["eyes/0001.png", "mouth/0001.png"], one a cel, "" = none
///   paint = "paint/neutral.png"  # painted by hand (optional)
///
///   [[drawing]]
///   name = "half joy"
///   at = { joy = 0.5 }           # default: its name = 1
///   parts = ["mouth"]            # parts or groups that it speaks of; default: all
///   binary = ["mouth"]           # groups that are switched to this drawing, never blended with it
#pragma once

#include <string>

#include "base/report.h"
#include "base/result.h"
#include "cut/disk.h"
#include "face/expression_sheet.h"

namespace nakawari {

struct FaceFile {
  ExpressionSheet sheet;
  Report notes;
};

/// Reads a sheet and its pictures, paths relative to the sheet's folder, and completes it.
/// Errors: bad_input with file and line; not_found naming the drawing whose picture is missing.
Result<FaceFile> read_face_file(const Disk& disk, const std::string& path);

/// The sheet without its pictures, as its text is read. `file` is used in errors. Pictures have names only.
Result<FaceFile> read_face_text(std::string_view text, const std::string& file);

/// The text of a sheet; reading it gives the sheet again.
std::string face_text(const ExpressionSheet& sheet);

}  // namespace nakawari
