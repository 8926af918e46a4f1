/// \file
/// The channel for what went through but needs an eye: a deviation that a reader tolerated, a chart that does
/// not fit its sheet, a drawing that lies nowhere. Never printed by the library; the caller shows it.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace nakawari {

/// One remark. `what` is a stable word for machines ("frame-past-end", "chart-count", ...); `text` is a
/// sentence for people, without a full stop.
struct Note {
  std::string what;
  std::string text;
  Where where;
};

/// Remarks in the order in which they arose.
using Report = std::vector<Note>;

}  // namespace nakawari
