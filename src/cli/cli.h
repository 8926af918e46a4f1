/// \file
/// The command line: a thin layer over the library that reads arguments, calls one function and prints.
#pragma once

namespace nakawari {

/// Runs one command. Returns the exit status: 0 done; 1 wrong use; 2 an input is bad (one line on stderr);
/// 3 with `--strict`, done but some drawing is not `pass`; 130 stopped by Ctrl-C.
int run_command_line(int count, const char* const* words);

}  // namespace nakawari
