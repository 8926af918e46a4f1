#include "paint/colour_model_file.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "paint/colour_model_formats.h"

namespace nakawari {
namespace {

using palettes::Bytes;

struct Format {
  ModelFormat format;
  std::string_view ending;
  Result<ColourModel> (*decode)(Bytes, const std::string&, Report&);
  Result<std::vector<std::uint8_t>> (*encode)(const ColourModel&, Report&);
};

std::string_view text_of(Bytes bytes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  return text;
}

Result<ColourModel> decode_toml(Bytes bytes, const std::string& name, Report&) {
  return read_colour_model(text_of(bytes), name);
}

Result<std::vector<std::uint8_t>> encode_toml(const ColourModel& model, Report&) {
  const std::string text = write_colour_model(model);
  return std::vector<std::uint8_t>(text.begin(), text.end());
}

constexpr std::array<Format, 6> kFormats{
    {{ModelFormat::toml, ".toml", decode_toml, encode_toml},
     {ModelFormat::tpl, ".tpl", palettes::decode_tpl, palettes::encode_tpl},
     {ModelFormat::gpl, ".gpl", palettes::decode_gpl, palettes::encode_gpl},
     {ModelFormat::aco, ".aco", palettes::decode_aco, palettes::encode_aco},
     {ModelFormat::ase, ".ase", palettes::decode_ase, palettes::encode_ase},
     {ModelFormat::ccf, ".ccf", palettes::decode_ccf, palettes::encode_ccf}}};

const Format& format(ModelFormat which) {
  return *std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& f) { return f.format == which; });
}

/// The ways in which the formats begin; swatches (.aco) and TOML have no such mark.
Result<ModelFormat> sniff(Bytes bytes, const std::string& name) {
  std::string_view text = text_of(bytes);
  if (text.starts_with("ASEF")) return ModelFormat::ase;
  if (text.starts_with("GIMP Palette")) return ModelFormat::gpl;
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  if (text.starts_with("<palette")) return ModelFormat::tpl;
  auto named = model_format_of(name);
  if (named) return named;
  if (bytes.size() >= 28'162 && bytes[0] == 0 && bytes[1] == 0x64) return ModelFormat::ccf;
  if (bytes.size() >= 4 && bytes[0] == 0 && (bytes[1] == 1 || bytes[1] == 2)) return ModelFormat::aco;
  named.error().code = ErrorCode::bad_input;
  return named;
}

/// The model with only the colours of one variant.
Result<ColourModel> one_variant(const ColourModel& model, const std::string& variant) {
  if (model.variants.empty()) return model;
  const std::string wanted = variant.empty() ? model.variants.front() : variant;
  if (std::find(model.variants.begin(), model.variants.end(), wanted) == model.variants.end())
    return fail(ErrorCode::wrong_use, "the model has no variant '" + wanted + "'",
                "its first is '" + model.variants.front() + "'");
  ColourModel one{model.name, {wanted}, model.styles};
  for (Style& style : one.styles) style.colours = {{wanted, model.colour(style.id, wanted)}};
  return one;
}

}  // namespace

Result<ModelFormat> model_format_of(const std::string& path) {
  const auto dot = path.find_last_of("./\\");
  std::string ending = dot == std::string::npos ? "" : path.substr(dot);
  for (char& c : ending) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const Format& f : kFormats)
    if (f.ending == ending) return f.format;
  return fail(ErrorCode::wrong_use, "is no colour model that the program knows",
              "use .toml, .tpl, .gpl, .aco, .ase or .ccf", {.file = path});
}

Result<ColourModel> decode_colour_model(std::span<const std::uint8_t> bytes, const std::string& name,
                                        Report& notes) {
  const auto which = sniff(bytes, name);
  if (!which) return Failure(which.error());
  return format(*which).decode(bytes, name, notes);
}

Result<std::vector<std::uint8_t>> encode_colour_model(const ColourModel& model, ModelFormat which,
                                                      const std::string& variant, Report& notes) {
  const auto one = one_variant(model, variant);
  if (!one) return Failure(one.error());
  return format(which).encode(which == ModelFormat::toml ? model : *one, notes);
}

}  // namespace nakawari
