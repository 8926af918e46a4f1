/// \file
/// The checks as a stage of the build. Internal to the build.
#pragma once

#include <map>
#include <string>

#include "base/verdict.h"
#include "cut/build_state.h"

namespace nakawari {

/// Checks every cel and keeps what fails on drawings of ours.
Result<void> build_check(BuildState& state);

/// After build_check: what was found on the cel's drawings, by the stems of their files.
Result<std::map<std::string, Judgement>> found_by_checks(BuildState& state, const LoadedCel& cel);

}  // namespace nakawari
