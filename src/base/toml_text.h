/// \file
/// A look at TOML text before the library parses it.
#pragma once

#include <optional>
#include <string_view>

namespace nakawari {

struct TomlTrouble {
  long line = 0;  ///< from 1
  std::string_view what, mend;
};

/// The first place at which the parser's behaviour is undefined (toml++ 3.3), so that readers refuse the text
/// before: a character beyond ASCII that stands neither in a string nor in a comment (unreachable code for
/// letters, a failed assertion for wide spaces), and a table's header whose name does not begin like one (a
/// failed assertion: `[[[`). Nothing where the parser may have it, good or bad. Cost: linear.
std::optional<TomlTrouble> toml_trouble(std::string_view toml);

}  // namespace nakawari
