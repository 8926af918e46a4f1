/// \file
/// Which drawings a folder holds, by the names of its files. Reads no picture.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "cut/disk.h"

namespace nakawari {

/// A drawing's file. `plain` is its plain name (sheet/names.h), by which the sheet finds it.
struct FoundDrawing {
  std::string plain;  ///< "1"
  std::string stem;   ///< "A0001", as the file spells it
  std::string path;   ///< relative to the cut, "A/A0001.tga"
};

struct FoundDrawings {
  std::vector<FoundDrawing> drawings;  ///< by rising number, then by name
  Report notes;                        ///< "odd-name", "not-read-yet"

  [[nodiscard]] const FoundDrawing* find(const std::string& plain) const;
};

/// The pictures (.png .tga .tif .tiff, in any case) in the folder of a pattern such as "A/A####". Names may
/// be composed or decomposed Unicode, as file systems differ; full-width digits count as digits.
///
/// Errors: not_found: no such folder; bad_input: two files are the same drawing.
Result<FoundDrawings> scan_drawings(const Disk& disk, const std::string& cut, const std::string& pattern,
                                    const std::string& cel);

/// The number at the head of a plain name, or -1.
long drawing_number(const std::string& plain);

/// The name with kana voiced marks composed and full-width digits made plain.
std::string tidy_name(const std::string& name);

}  // namespace nakawari
