/// \file
/// Names of colour pairs in a style profile. Internal to the checks.
#pragma once

#include <string>

#include "paint/colour_model.h"

namespace nakawari {

/// "hair | skin shadow", in the order of the model.
std::string pair_name(const Style& a, const Style& b);

}  // namespace nakawari
