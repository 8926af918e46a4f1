// Adobe's swatch exchange, big-endian: "ASEF", version 1.0, the number of blocks, and for each its kind, its
// size and what it holds. Groups become parts.
#include <algorithm>

#include "paint/colour_model_formats.h"

namespace nakawari::palettes {
namespace {

enum Block : std::uint32_t { kColour = 0x0001, kGroup = 0xC001, kGroupEnd = 0xC002 };
constexpr std::uint32_t kMark = 0x41534546;  // ASEF
constexpr std::uint32_t kRgb = 0x52474220, kCmyk = 0x434D594B, kGrey = 0x47726179;
/// The kind of a colour: neither global nor spot.
constexpr std::uint32_t kNormal = 2;

void add(Builder& builder, StyleId id, const std::string& part, BigEndian block) {
  const std::string label = block.text(block.u16());
  const std::uint32_t space = block.u32();
  const double a = block.f32();
  if (space == kGrey) {
    if (block.good()) builder.add(id, label, part, {channel(a), channel(a), channel(a), 255});
    return;
  }
  const double b = block.f32(), c = block.f32();
  if (space == kRgb) {
    if (block.good()) builder.add(id, label, part, {channel(a), channel(b), channel(c), 255});
    return;
  }
  if (space == kCmyk) {
    const double k = block.f32();
    if (!block.good()) return;
    builder.add(id, label, part, from_cmyk(a, b, c, k));
    builder.note("no-profile", "'" + tidy(label) + "' is CMYK; its RGB is a guess");
    return;
  }
  builder.note("colour-space",
               "colour " + std::to_string(id) + " is neither RGB, CMYK nor grey; it was left out");
}

void start(BigEndianOut& out, Block kind, std::size_t size) {
  out.u16(kind);
  out.u32(static_cast<std::uint32_t>(size));
}

void put_text(BigEndianOut& out, const std::vector<std::uint16_t>& text) {
  out.u16(static_cast<std::uint32_t>(text.size()) + 1);
  for (const std::uint16_t unit : text) out.u16(unit);
  out.u16(0);
}

}  // namespace

Result<ColourModel> decode_ase(Bytes bytes, const std::string& name, Report& notes) {
  BigEndian in(bytes);
  if (in.u32() != kMark)
    return fail(ErrorCode::bad_input, "does not begin with ASEF", "save it again as .ase",
                {.file = name, .byte = 0});
  in.u32();  // version
  const std::uint32_t blocks = in.u32();
  Builder builder(name, Parts::elsewhere, notes);
  std::string part;
  StyleId id = 0;
  for (std::uint32_t i = 0; i < blocks && in.good(); ++i) {
    const std::uint32_t kind = in.u16();
    BigEndian block = in.part(in.u32());
    if (!in.good()) break;
    if (kind == kGroup) part = tidy(block.text(block.u16()));
    if (kind == kGroupEnd) part.clear();
    if (kind == kColour && builder.count() < kMostStyles) add(builder, ++id, part, block);
  }
  if (!in.good())
    return fail(ErrorCode::bad_input, "the swatches end too early", "save them again",
                {.file = name, .byte = static_cast<long>(in.at())});
  return builder.take();
}

Result<std::vector<std::uint8_t>> encode_ase(const ColourModel& model, Report&) {
  BigEndianOut out;
  std::uint32_t blocks = 0;
  std::string group;
  const auto close = [&] {
    if (group.empty()) return;
    start(out, kGroupEnd, 0);
    ++blocks;
    group.clear();
  };
  for (const Style& style : model.styles) {
    const std::string part = tidy(style.part);
    if (part != group) {
      close();
      if (!part.empty()) {
        const std::vector<std::uint16_t> text = to_utf16(part);
        start(out, kGroup, 2 + 2 * (text.size() + 1));
        put_text(out, text);
        ++blocks;
      }
      group = part;
    }
    const std::vector<std::uint16_t> label = to_utf16(tidy(label_of(style, Parts::elsewhere)));
    const Rgba8 c = model.colour(style.id, model.variants.front());
    start(out, kColour, 2 + 2 * (label.size() + 1) + 4 + 12 + 2);
    put_text(out, label);
    out.u32(kRgb);
    for (const std::uint8_t v : {c.r, c.g, c.b}) out.f32(static_cast<float>(v) / 255.0F);
    out.u16(kNormal);
    ++blocks;
  }
  close();
  BigEndianOut file;
  file.u32(kMark);
  file.u16(1);
  file.u16(0);
  file.u32(blocks);
  file.bytes.insert(file.bytes.end(), out.bytes.begin(), out.bytes.end());
  return std::move(file.bytes);
}

}  // namespace nakawari::palettes
