/// \file
/// A sheet as a table that a spreadsheet program opens: a row a frame, a column a cel.
///
///   fps,24,title,c012
///   frame,A,B
///   1,1,×
///   2,,
///   3,○,1
///
/// A blank goes on holding, × is an empty cell, ○ a tick, ● a reverse tick, – a written hold; frames count
/// from
/// 1. Dialogue, camera and fields unknown to this program have no place here.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/result.h"
#include "sheet/sheet.h"

namespace nakawari {

/// Reads the table above, or that of Clip Studio Paint (row 1: paths of the parents, row 2: names of the
/// folders, then rows of a frame number and the cels). Comma, semicolon or tab; quotes; CRLF; a byte order
/// mark.
///
/// Errors: bad_input with the line: not UTF-8, no cels, no frames, a frame number out of order, too many
///         columns or frames (limits of sheet.h and xdts.h).
Result<ReadSheet> read_csv(std::span<const std::uint8_t> bytes, const std::string& file);

/// The sheet as a table. `notes` (may be null) receives what the table cannot hold.
std::string write_csv(const ExposureSheet& sheet, Report* notes = nullptr);

}  // namespace nakawari
