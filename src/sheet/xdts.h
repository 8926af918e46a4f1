/// \file
/// XDTS, the exchange digital time sheet of Celsys and Toei Animation: one header line, then a JSON object.
/// Read and written in versions 5 and 10. Real files deviate from the specification in many ways; all those
/// seen are tolerated and listed in the notes of the result. Unknown fields survive a round trip.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "sheet/sheet.h"

namespace nakawari {

/// A larger file is refused: a cut of a minute with a hundred cels stays below a tenth of this.
inline constexpr std::size_t kMaxSheetBytes = std::size_t{16} << 20;
/// Nesting of an honest XDTS is 9; deeper files are refused.
inline constexpr int kMaxSheetDepth = 64;

/// Reads an XDTS file.
///
/// bytes:  the whole file. file: its name, for errors and notes only.
/// Errors: bad_input with the line where it is known: not XDTS, not JSON, not UTF-8, no timeline,
///         more than kMaxSheetFrames frames, kMaxSheetTracks tracks, kMaxSheetBytes bytes.
/// The first timeline is read; further ones are kept for the way back.
/// Cost:   linear in the bytes; memory bounded by the limits above.
/// Source: Celsys, XDTS file format, 2018-11-29 (version 5) and 2022-12-06 (version 10).
Result<ReadSheet> read_xdts(std::span<const std::uint8_t> bytes, const std::string& file);

/// The sheet as XDTS text. Version 5, unless the sheet says 10 or a camera instruction has values that only
/// version 10 can hold. `read_xdts(write_xdts(s)) == s` for every sheet whose tracks are numbered uniquely.
std::string write_xdts(const ExposureSheet& sheet);

/// True when the file starts like XDTS (a byte order mark and blanks before it are allowed).
bool looks_like_xdts(std::span<const std::uint8_t> bytes);

/// Reads a sheet of any known form by its content, not by its extension (which is often misspelt).
Result<ReadSheet> read_sheet(std::span<const std::uint8_t> bytes, const std::string& file);

}  // namespace nakawari
