/// \file
/// The colour model (iro-shitei) of a character: named styles with stable ids, a part, a role, and one colour
/// per variant (day, night, ...). Paint works on style ids, so a change of palette never re-runs matching.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari {

/// Stable id of a style; 0 is the transparent background, -1 is "not decided".
using StyleId = std::int32_t;
inline constexpr StyleId kBackgroundStyle = 0;
inline constexpr StyleId kUnknownStyle = -1;

enum class StyleRole : std::uint8_t { normal, shadow, shadow2, highlight, line };

/// "normal", "shadow", "shadow2", "highlight", "line", and back; nullopt for other words.
std::string_view word(StyleRole role);
std::optional<StyleRole> style_role(std::string_view word);

struct Style {
  StyleId id = kUnknownStyle;
  std::string name;
  std::string part;
  StyleRole role = StyleRole::normal;
  std::map<std::string, Rgba8> colours;  ///< by variant
};

struct ColourModel {
  std::string name;
  std::vector<std::string> variants;  ///< the first is the default
  std::vector<Style> styles;          ///< in file order, unique ids > 0

  [[nodiscard]] const Style* find(StyleId id) const;
  /// The style of exactly this colour in a variant; nullptr when none.
  [[nodiscard]] const Style* find(Rgba8 colour, const std::string& variant) const;
  /// The colour of a style in a variant; falls back to the first variant; clear for the background.
  [[nodiscard]] Rgba8 colour(StyleId id, const std::string& variant) const;
};

/// Reads and writes Nakawari's own TOML form. Errors name file and line: a wrong type, a double id, a style
/// of pure white (reserved for paper), two styles of one colour in a variant.
Result<ColourModel> read_colour_model(std::string_view toml, const std::string& file);
std::string write_colour_model(const ColourModel& model);

}  // namespace nakawari
