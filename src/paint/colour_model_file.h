/// \file
/// Colour models as files: Nakawari's own TOML and the palettes of other programs, which hold one variant and
/// no roles. What they cannot say goes into a colour's name, "part / name [shadow]", and comes back from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "paint/colour_model.h"

namespace nakawari {

enum class ModelFormat {
  toml,  ///< Nakawari's own
  tpl,   ///< OpenToonz palette: style number = id, page = part, auto-paint colours are lines
  gpl,   ///< GIMP, Krita, Inkscape
  aco,   ///< Photoshop swatches
  ase,   ///< Adobe swatch exchange: group = part
  ccf,   ///< RETAS PaintMan colour chart: 1280 places, place = id, labels of 15 bytes
};

/// The format that a file's ending names, in any case; else wrong_use.
Result<ModelFormat> model_format_of(const std::string& path);

/// Reads a colour model of any format, told by its content, then by the ending of `name`.
///
/// Ids of formats without ids are places in the file, from 1. Left out with a note: pure white (it means
/// paper), a colour that stands twice, a colour in a space without an exact RGB. Errors: bad_input with the
/// line or byte. Cost: linear in bytes.
Result<ColourModel> decode_colour_model(std::span<const std::uint8_t> bytes, const std::string& name,
                                        Report& notes);

/// One variant of the model in a format, all variants in TOML. A variant that the model lacks is wrong_use;
/// empty is the first. Notes say what the format has no room for.
Result<std::vector<std::uint8_t>> encode_colour_model(const ColourModel& model, ModelFormat format,
                                                      const std::string& variant, Report& notes);

}  // namespace nakawari
