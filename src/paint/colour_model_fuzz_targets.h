/// \file
/// What the fuzzers of the colour models run on any bytes, shared with the test that replays the corpus.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>

#include "base/check.h"
#include "paint/colour_model_file.h"

namespace nakawari::fuzz {

/// Whatever is read keeps the promises of a colour model, and what is written once and read again is the
/// same to the byte when it is written once more.
inline void colour_model(std::span<const std::uint8_t> bytes, const std::string& name) {
  Report notes;
  const auto model = decode_colour_model(bytes, name, notes);
  if (!model) {
    NAKAWARI_CHECK(!model.error().message.empty());
    return;
  }
  std::set<StyleId> ids;
  for (const Style& style : model->styles) {
    NAKAWARI_CHECK(style.id > 0 && ids.insert(style.id).second);
    for (const auto& [variant, colour] : style.colours) NAKAWARI_CHECK(!(colour == kPaper));
  }
  for (const ModelFormat format : {ModelFormat::toml, ModelFormat::tpl, ModelFormat::gpl, ModelFormat::aco,
                                   ModelFormat::ase, ModelFormat::ccf}) {
    static constexpr const char* kEndings[] = {".toml", ".tpl", ".gpl", ".aco", ".ase", ".ccf"};
    const std::string as = std::string("x") + kEndings[static_cast<int>(format)];
    const auto once = encode_colour_model(*model, format, {}, notes);
    if (!once) continue;  // more styles than the format holds
    const auto again = decode_colour_model(*once, as, notes);
    NAKAWARI_CHECK(again.has_value());
    const auto settled = encode_colour_model(*again, format, {}, notes);
    NAKAWARI_CHECK(settled.has_value());
    const auto third = decode_colour_model(*settled, as, notes);
    NAKAWARI_CHECK(third.has_value());
    NAKAWARI_CHECK(third->styles.size() == again->styles.size());
    const auto last = encode_colour_model(*third, format, {}, notes);
    NAKAWARI_CHECK(last.has_value() && *last == *settled);
  }
}

inline void model_toml(std::span<const std::uint8_t> bytes) {
  colour_model(bytes, "x.toml");
}
inline void model_tpl(std::span<const std::uint8_t> bytes) {
  colour_model(bytes, "x.tpl");
}
inline void model_gpl(std::span<const std::uint8_t> bytes) {
  colour_model(bytes, "x.gpl");
}
inline void model_aco(std::span<const std::uint8_t> bytes) {
  colour_model(bytes, "x.aco");
}
inline void model_ase(std::span<const std::uint8_t> bytes) {
  colour_model(bytes, "x.ase");
}
inline void model_ccf(std::span<const std::uint8_t> bytes) {
  colour_model(bytes, "x.ccf");
}

}  // namespace nakawari::fuzz
