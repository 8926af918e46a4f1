/// \file
/// Proportions of a face, as ratios that do not change with size, in the bucket of the head's angle.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "check/parts.h"

namespace nakawari {

/// Pairs of name ("a+0.eye-gap") and value; the name begins with the bucket of the angle. Empty without two
/// eyes.
std::vector<std::pair<std::string, double>> proportions(const PartMap& parts);

}  // namespace nakawari
