/// \file
/// The commands about checks. Internal to the command line.
#pragma once

#include "cli/shell.h"

namespace nakawari {

void add_check(CLI::App& app, Shell& shell);
void add_profile(CLI::App& app, Shell& shell);

}  // namespace nakawari
