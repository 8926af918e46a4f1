// Photoshop's swatches, big-endian: version 1, the number of colours, and for each its space and four
// numbers; then all of it once more as version 2, with names.
#include <algorithm>
#include <cmath>

#include "paint/colour_model_formats.h"

namespace nakawari::palettes {
namespace {

enum Space : std::uint32_t { kRgb = 0, kHsb = 1, kCmyk = 2, kGrey = 8 };

struct Swatch {
  std::uint32_t space = kRgb, w = 0, x = 0, y = 0, z = 0;
};

Swatch read_swatch(BigEndian& in) {
  Swatch s;
  s.space = in.u16();
  s.w = in.u16();
  s.x = in.u16();
  s.y = in.u16();
  s.z = in.u16();
  return s;
}

Rgba8 from_hsb(double h, double s, double b) {
  const auto part = [&](double n) {
    const double k = std::fmod(n + h * 6, 6.0);
    return channel(b * (1 - s * std::max(0.0, std::min({k, 4 - k, 1.0}))));
  };
  return {part(5), part(3), part(1), 255};
}

/// Adds the swatch, or says why not.
void add(Builder& builder, StyleId id, const std::string& label, const Swatch& s) {
  const auto full = [](std::uint32_t v) { return v / 65'535.0; };
  switch (s.space) {
    case kRgb:
      builder.add(id, label, {}, {channel(full(s.w)), channel(full(s.x)), channel(full(s.y)), 255});
      return;
    case kHsb:
      builder.add(id, label, {}, from_hsb(full(s.w), full(s.x), full(s.y)));
      return;
    case kCmyk:  // 0 is full ink
      builder.add(id, label, {}, from_cmyk(1 - full(s.w), 1 - full(s.x), 1 - full(s.y), 1 - full(s.z)));
      builder.note("no-profile", "'" + tidy(label) + "' is CMYK; its RGB is a guess");
      return;
    case kGrey: {
      const std::uint8_t v = channel(1 - s.w / 10'000.0);
      builder.add(id, label, {}, {v, v, v, 255});
      return;
    }
    default:
      builder.note("colour-space",
                   "colour " + std::to_string(id) + " is neither RGB, HSB, CMYK nor grey; it was left out");
  }
}

}  // namespace

Result<ColourModel> decode_aco(Bytes bytes, const std::string& name, Report& notes) {
  const auto early = [&](const BigEndian& in) {
    return fail(ErrorCode::bad_input, "the swatches end too early", "save them again",
                {.file = name, .byte = static_cast<long>(in.at())});
  };
  BigEndian in(bytes);
  std::uint32_t version = in.u16();
  if (version != 1 && version != 2)
    return fail(ErrorCode::bad_input, "is no swatch file of version 1 or 2", "save it again as .aco",
                {.file = name, .byte = 0});
  if (version == 1) {  // skip to version 2, where the names are
    const std::size_t size = 10 * static_cast<std::size_t>(in.u16());
    BigEndian first = in.part(size);
    if (!in.good()) return early(in);
    if (in.left() < 4) {
      Builder builder(name, Parts::in_label, notes);
      for (StyleId id = 1; first.left() >= 10; ++id) add(builder, id, {}, read_swatch(first));
      return builder.take();
    }
    version = in.u16();
    if (version != 2)
      return fail(ErrorCode::bad_input, "no names follow the colours", "save it again as .aco",
                  {.file = name, .byte = static_cast<long>(in.at()) - 2});
  }
  Builder builder(name, Parts::in_label, notes);
  const std::uint32_t count = in.u16();
  for (std::uint32_t i = 0; i < count; ++i) {
    const Swatch swatch = read_swatch(in);
    const std::string label = in.text(in.u32());
    if (!in.good()) return early(in);
    add(builder, static_cast<StyleId>(i) + 1, label, swatch);
  }
  return builder.take();
}

Result<std::vector<std::uint8_t>> encode_aco(const ColourModel& model, Report&) {
  if (model.styles.size() > kMostStyles)
    return fail(ErrorCode::bad_input, "swatches hold at most 65535 colours");
  BigEndianOut out;
  for (const std::uint32_t version : {1U, 2U}) {
    out.u16(version);
    out.u16(static_cast<std::uint32_t>(model.styles.size()));
    for (const Style& style : model.styles) {
      const Rgba8 c = model.colour(style.id, model.variants.front());
      out.u16(kRgb);
      for (const std::uint32_t v : {c.r * 257U, c.g * 257U, c.b * 257U, 0U}) out.u16(v);
      if (version == 1) continue;
      const std::vector<std::uint16_t> label = to_utf16(tidy(label_of(style, Parts::in_label)));
      out.u32(static_cast<std::uint32_t>(label.size()) + 1);
      for (const std::uint16_t unit : label) out.u16(unit);
      out.u16(0);
    }
  }
  return std::move(out.bytes);
}

}  // namespace nakawari::palettes
