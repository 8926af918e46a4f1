/// \file
/// How the sheet's names of drawings ("1", "A1", "A0001", "1a") meet the names of files ("A/A0001.tga").
#pragma once

#include <string>
#include <string_view>

namespace nakawari {

/// The name without what spelling leaves open: the cel's name in front of a digit (in either case) and
/// leading zeros are dropped, so that "1", "A1", "a0001" of cel "A" are all "1". Other names stay as they
/// are.
///
///   ("A0001", "A") -> "1"     ("1a", "A") -> "1a"     ("A1.5", "A") -> "1.5"     ("B1", "A") -> "B1"
std::string plain_name(std::string_view drawing, std::string_view cel);

/// The path, without extension, of a drawing's file for a pattern such as "A/A####".
///
/// The run of `#` takes the number at the head of the plain name, padded with zeros; what follows the number
/// is appended ("1a" -> "A/A0001a", "3-t1" -> "A/A0003-t1"). A name without a number at its head replaces the
/// last part of the pattern as a whole ("open" -> "A/open"). The literal text before the `#` counts as the
/// cel's name for plain_name, beside `cel` itself. Characters that a file name cannot hold ('/', '\\',
/// control characters, a leading dot) become '_', so that a sheet can never point outside its cel's folder.
std::string drawing_path(std::string_view pattern, std::string_view drawing, std::string_view cel);

}  // namespace nakawari
