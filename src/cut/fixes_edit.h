/// \file
/// Adds entries to a file of fixes and takes them out again, leaving every other byte as it is: comments,
/// blank lines and entries of unknown kinds stay. Two programs may do so at the same time; a killed one
/// leaves the file as it was or with the whole entry.
#pragma once

#include <string>

#include "base/result.h"
#include "cut/fixes_file.h"

namespace nakawari {

struct AppendedFix {
  std::string id;
  bool was_there = false;  ///< the very same entry stood there already; nothing was written
};

/// Appends an entry and flushes the file to the disk before it returns. An empty id takes the next free of
/// f1, f2, ...; given ids serve callers that must not say a thing twice when they repeat themselves.
///
/// Errors: wrong_use: the id is taken by another entry, or the fix lacks what its kind needs; bad_input: the
///         file is damaged (it is not touched); io.
/// Cost:   reads and writes the file.
Result<AppendedFix> append_fix(const std::string& file, const Fix& fix);

/// Takes the entry with this id out. Appending and removing gives the same bytes again when they ended in a
/// line break. Errors: not_found; bad_input: the file is damaged (it is not touched); io.
Result<Fix> remove_fix(const std::string& file, const std::string& id);

}  // namespace nakawari
