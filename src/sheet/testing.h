/// \file
/// Sheets in one line, for the tests of this module.
#pragma once

#include <sstream>
#include <string>
#include <utility>

#include "sheet/sheet.h"

namespace nakawari::testing {

/// A cel "A" from one word a frame: a name, - hold, . empty, o tick, * reverse tick; and its length.
inline std::pair<SheetTrack, int> cel_from(const std::string& words) {
  SheetTrack cel{0, "A", {}, {}};
  std::istringstream in(words);
  std::string word;
  int frame = 0;
  while (in >> word) {
    SheetEntry entry;
    entry.frame = frame++;
    if (word == "-") continue;
    if (word == ".") {
      entry.mark = Mark::empty;
    } else if (word == "o") {
      entry.mark = Mark::tick;
    } else if (word == "*") {
      entry.mark = Mark::reverse_tick;
    } else {
      entry.name = word;
    }
    cel.entries.push_back(std::move(entry));
  }
  return {cel, frame};
}

}  // namespace nakawari::testing
