/// \file
/// A look at TOML text before the library parses it.
#pragma once

#include <string_view>

namespace nakawari {

/// Line (from 1) of the first character beyond ASCII that stands neither in a string nor in a comment, where
/// TOML has none; 0 when there is none. The parser's behaviour on such text is undefined (toml++ 3.3:
/// unreachable code for letters, a failed assertion for wide spaces), so readers refuse it first. Cost:
/// linear.
long beyond_ascii_line(std::string_view toml);

}  // namespace nakawari
