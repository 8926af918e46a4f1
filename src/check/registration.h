/// \file
/// Finds one drawing in another: dense motion first, then every sample onto the line there.
#pragma once

#include "check/context.h"

namespace nakawari {

/// Motion of `from` to `to`, samples put onto lines, regions followed. Cost: about 40 ms at 1920x1080.
Track register_in(const Seen& from, const Seen& to);

/// The same after only the paint of one of the two changed: the motion and the lines of `track` stay.
void follow_paint(const Seen& from, const Seen& to, Track& track);

}  // namespace nakawari
