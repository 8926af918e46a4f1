/// \file
/// Corrections as JSON, as the page sends and shows them. Keys are those of fixes/A.toml (cut/fixes_file.h).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "base/result.h"
#include "cut/fixes_file.h"

namespace nakawari {

/// Points of one fix; a lasso drawn by hand has hundreds.
inline constexpr std::size_t kMostPoints = 2'000;

/// Errors: wrong_use with what is wrong: another type, a key that fixes do not have, a number that is none,
///         an unknown kind. Whether its kind has what it needs is for append_fix to say.
Result<Fix> fix_from_json(const nlohmann::json& json);

nlohmann::json json_of(const Fix& fix);

}  // namespace nakawari
