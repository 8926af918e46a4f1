/// \file
/// Finds one drawing in another: dense motion first, then every sample onto the line there.
#pragma once

#include "check/context.h"

namespace nakawari {

/// Motion of `from` to `to`, samples put onto lines, regions followed. Cost: about 40 ms at 1920x1080.
Track register_in(const Seen& from, const Seen& to);

}  // namespace nakawari
