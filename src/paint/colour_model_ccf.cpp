// The colour chart of RETAS PaintMan: the bytes 00 64 and 1280 places of 22 bytes: red, green and blue, each
// byte twice; the length of the label; the label in 15 bytes, GB18030. A place that is not used is white or
// black without a label.
#include <iconv.h>

#include <algorithm>
#include <array>

#include "paint/colour_model_formats.h"

namespace nakawari::palettes {
namespace {

constexpr std::size_t kPlaces = 1280, kPlaceSize = 22, kHead = 2, kLabel = 15;
constexpr Rgba8 kUnusedBlack{0, 0, 0, 255};

/// Text in another encoding; empty where a byte has no counterpart or the system lacks the encoding.
std::string recoded(std::string text, const char* from, const char* to) {
  const iconv_t turn = iconv_open(to, from);
  if (turn == reinterpret_cast<iconv_t>(-1)) return {};
  std::string out(text.size() * 4 + 4, '\0');
  char *in = text.data(), *at = out.data();
  std::size_t left = text.size(), room = out.size();
  const bool good = iconv(turn, &in, &left, &at, &room) != static_cast<std::size_t>(-1);
  iconv_close(turn);
  out.resize(out.size() - room);
  return good ? out : std::string();
}

bool ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string label_from(const std::string& raw) {
  if (ascii(raw)) return raw;
  const std::string text = recoded(raw, "GB18030", "UTF-8");
  return text.empty() ? raw : text;  // tidy() puts a mark where a byte is no text
}

/// At most 15 bytes; the name gives way, not the mark of its role. Sets `cut` where something is lost.
std::string label_to(const Style& style, bool& cut) {
  const std::string whole = tidy(label_of(style, Parts::elsewhere)), name = tidy(style.name);
  const std::string mark = whole.substr(std::min(whole.size(), name.size()));
  std::string head = name;
  while (true) {
    const std::string text = tidy(head) + mark;
    const std::string raw = ascii(text) ? text : recoded(text, "UTF-8", "GB18030");
    if (raw.size() <= kLabel && (!raw.empty() || text.empty())) return raw;
    cut = true;
    if (head.empty()) return {};
    do head.pop_back();
    while (!head.empty() && (static_cast<unsigned char>(head.back()) & 0x80U) != 0 && tidy(head) != head);
  }
}

}  // namespace

Result<ColourModel> decode_ccf(Bytes bytes, const std::string& name, Report& notes) {
  if (bytes.size() < kHead || bytes[0] != 0 || bytes[1] != 0x64)
    return fail(ErrorCode::bad_input, "is no colour chart of PaintMan", "it begins with the bytes 00 64",
                {.file = name, .byte = 0});
  if (bytes.size() < kHead + kPlaces * kPlaceSize)
    return fail(ErrorCode::bad_input, "the chart ends too early", "save it again from PaintMan",
                {.file = name, .byte = static_cast<long>(bytes.size())});
  Builder builder(name, Parts::elsewhere, notes);
  for (std::size_t i = 0; i < kPlaces; ++i) {
    const Bytes place = bytes.subspan(kHead + i * kPlaceSize, kPlaceSize);
    const Rgba8 colour{place[0], place[2], place[4], 255};
    const std::size_t size = std::min<std::size_t>(place[6], kLabel);
    std::string raw(place.begin() + 7, place.begin() + 7 + static_cast<long>(size));
    raw.resize(std::min(raw.size(), raw.find('\0')));
    if (raw.empty() && (colour == kPaper || colour == kUnusedBlack)) continue;
    builder.add(static_cast<StyleId>(i) + 1, label_from(raw), {}, colour);
  }
  return builder.take();
}

Result<std::vector<std::uint8_t>> encode_ccf(const ColourModel& model, Report& notes) {
  if (model.styles.size() > kPlaces)
    return fail(ErrorCode::bad_input, "PaintMan's chart holds 1280 colours, the model has more",
                "leave some styles out");
  const bool by_id = std::all_of(model.styles.begin(), model.styles.end(), [](const Style& s) {
    return s.id > 0 && s.id <= static_cast<StyleId>(kPlaces);
  });
  if (!by_id)
    notes.push_back({"places", "some ids are above 1280, so the colours stand in the model's order", {}});
  std::vector<std::uint8_t> out(kHead + kPlaces * kPlaceSize, 0);
  out[1] = 0x64;
  for (std::size_t i = 0; i < kPlaces; ++i)
    std::fill_n(out.begin() + static_cast<long>(kHead + i * kPlaceSize), 6, std::uint8_t{255});
  bool cut = false, parts = false;
  for (std::size_t i = 0; i < model.styles.size(); ++i) {
    const Style& style = model.styles[i];
    const std::size_t place = by_id ? static_cast<std::size_t>(style.id) - 1 : i;
    const Rgba8 c = model.colour(style.id, model.variants.front());
    const std::string label = label_to(style, cut);
    parts = parts || !style.part.empty();
    auto at = out.begin() + static_cast<long>(kHead + place * kPlaceSize);
    for (const std::uint8_t v : {c.r, c.r, c.g, c.g, c.b, c.b}) *at++ = v;
    *at++ = static_cast<std::uint8_t>(label.size());
    std::copy(label.begin(), label.end(), at);
  }
  if (cut) notes.push_back({"label-cut", "PaintMan's labels hold 15 bytes; some names were cut", {}});
  if (parts) notes.push_back({"no-parts", "PaintMan's chart has no room for parts", {}});
  return out;
}

}  // namespace nakawari::palettes
