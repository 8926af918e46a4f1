/// \file
/// Which cut a sheet belongs to. Clip Studio Paint's "Apply Timesheet Information to Digital Timesheet"
/// writes the sheet to a folder of its own for temporary files and starts a program with its path; the
/// program has to find the cut by what the sheet says.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "cut/disk.h"

namespace nakawari {

/// The cut among `folders` (the one opened last at the end) that the sheet at `path` belongs to: of those
/// with the sheet's cut number, or of all when it has none, the one that shares most names of cels; at a tie
/// the one opened last. A sheet that lies in the folder of a cut belongs to that one.
///
/// Errors: those of read_sheet; not_found: none shares a cel.
Result<std::string> cut_of_sheet(const Disk& disk, const std::string& path,
                                 const std::vector<std::string>& folders);

/// The list of cuts that were opened on this machine, in a file of one folder a line. Folders that are no cut
/// any more are left out.
std::vector<std::string> known_cuts(const Disk& disk, const std::string& list);
/// Puts a folder at the end of the list. Failing to is no error: the list is a convenience.
void remember_cut(Disk& disk, const std::string& list, const std::string& folder);

}  // namespace nakawari
