/// \file
/// A cel of faces: its drawings are those of an expression sheet and what a track mixes from them. A face
/// that is one drawing of the sheet is that drawing, the artist's own; every other is drawn by the build. A
/// drawing that the artist saves into the cel's folder under a face's name (B/B0003.png) takes its place.
#pragma once

#include "cut/load_cut.h"

namespace nakawari {

/// The sheet with the pictures, parts and drawings of one of its cels alone; empty name: all of it.
ExpressionSheet of_cel(const ExpressionSheet& sheet, const std::string& cel);

/// Where the painted picture of an expression drawing is looked for: `face/joy.png` has `face/paint/joy.png`.
std::string paint_beside(const std::string& source);

/// The sheet that CelFile::face names, as far as it is of CelFile::face_cel.
/// Errors: those of the sheet's file; a cel that the sheet does not have; a picture that is missing.
Result<LoadedFaceSheet> load_face_sheet(const Disk& disk, LoadedCut& cut, const CelFile& file);

/// Loads a cel with CelFile::face and a track. Errors: those of the sheet's and the track's files; a cel that
/// the sheet does not have; an expression that the sheet does not have; a picture that is missing.
Result<LoadedCel> load_face_cel(const Disk& disk, LoadedCut& cut, const CelFile& file);

}  // namespace nakawari
