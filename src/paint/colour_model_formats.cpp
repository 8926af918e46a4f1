#include "paint/colour_model_formats.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace nakawari::palettes {
namespace {

constexpr std::size_t kLongestName = 200;
constexpr std::string_view kPartMark = " / ";

struct RoleMark {
  StyleRole role;
  std::string_view mark;
};
constexpr std::array<RoleMark, 4> kRoleMarks{{{StyleRole::shadow, " [shadow]"},
                                              {StyleRole::shadow2, " [shadow2]"},
                                              {StyleRole::highlight, " [highlight]"},
                                              {StyleRole::line, " [line]"}}};

/// Length of the UTF-8 character at the front, 0 when it is none.
std::size_t character(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(text[i])); };
  const unsigned first = byte(0);
  const std::size_t size = first < 0x80   ? 1
                           : first < 0xC2 ? 0
                           : first < 0xE0 ? 2
                           : first < 0xF0 ? 3
                           : first < 0xF5 ? 4
                                          : 0;
  if (size == 0 || size > text.size()) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xC0U) != 0x80) return 0;
  if (size == 3 && ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F))) return 0;
  if (size == 4 && ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F))) return 0;
  return size;
}

void append(std::string& out, std::uint32_t code) {
  const auto put = [&](std::uint32_t v) { out.push_back(static_cast<char>(static_cast<std::uint8_t>(v))); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0U | code >> 6U);
    put(0x80U | (code & 63U));
  } else if (code < 0x10000) {
    put(0xE0U | code >> 12U);
    put(0x80U | (code >> 6U & 63U));
    put(0x80U | (code & 63U));
  } else {
    put(0xF0U | code >> 18U);
    put(0x80U | (code >> 12U & 63U));
    put(0x80U | (code >> 6U & 63U));
    put(0x80U | (code & 63U));
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

std::string tidy(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t size = character(text);
    if (out.size() + std::max<std::size_t>(size, 1) > kLongestName) break;
    if (size == 0)
      out += '?';
    else if (size == 1 && (static_cast<unsigned char>(text[0]) < 0x20 || text[0] == 0x7F))
      out += ' ';
    else
      out += text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return std::string(trimmed(out));
}

std::string from_utf16(const std::vector<std::uint16_t>& units) {
  std::string out;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::uint32_t u = units[i];
    if (u < 0xD800 || u > 0xDFFF) {
      append(out, u);
    } else if (u < 0xDC00 && i + 1 < units.size() && units[i + 1] >= 0xDC00 && units[i + 1] <= 0xDFFF) {
      append(out, 0x10000U + ((u - 0xD800U) << 10U) + (units[++i] - 0xDC00U));
    } else {
      out += '?';
    }
  }
  return out;
}

std::vector<std::uint16_t> to_utf16(std::string_view text) {
  std::vector<std::uint16_t> units;
  while (!text.empty()) {
    const std::size_t size = character(text);
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]));
    };
    std::uint32_t code = '?';
    if (size == 1) code = byte(0);
    if (size == 2) code = (byte(0) & 31U) << 6U | (byte(1) & 63U);
    if (size == 3) code = (byte(0) & 15U) << 12U | (byte(1) & 63U) << 6U | (byte(2) & 63U);
    if (size == 4)
      code = (byte(0) & 7U) << 18U | (byte(1) & 63U) << 12U | (byte(2) & 63U) << 6U | (byte(3) & 63U);
    if (code < 0x10000) {
      units.push_back(static_cast<std::uint16_t>(code));
    } else {
      units.push_back(static_cast<std::uint16_t>(0xD800U + ((code - 0x10000U) >> 10U)));
      units.push_back(static_cast<std::uint16_t>(0xDC00U + ((code - 0x10000U) & 0x3FFU)));
    }
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return units;
}

void Builder::name(std::string_view text) {
  model_.name = tidy(text);
}

void Builder::note(std::string what, std::string text) {
  notes_.push_back({std::move(what), std::move(text), {.file = file_}});
}

void Builder::add(StyleId id, std::string_view label, std::string_view part, Rgba8 colour) {
  if (count() >= kMostStyles) return;
  Style style;
  style.id = id;
  const std::string clean = tidy(label);
  std::string_view name = clean;
  for (const RoleMark& r : kRoleMarks) {
    if (!name.ends_with(r.mark)) continue;
    style.role = r.role;
    name.remove_suffix(r.mark.size());
    break;
  }
  style.part = tidy(part);
  if (const auto mark = name.find(kPartMark); parts_ == Parts::in_label && mark != std::string_view::npos) {
    style.part = tidy(name.substr(0, mark));
    name.remove_prefix(mark + kPartMark.size());
  }
  style.name = tidy(name);
  if (style.name.empty()) style.name = "colour " + std::to_string(id);
  colour.a = 255;
  if (colour == kPaper) {
    note("paper-white", "'" + style.name + "' is pure white, which means paper; it was left out");
    return;
  }
  if (!known_.insert(colour.r << 16U | colour.g << 8U | static_cast<std::uint32_t>(colour.b)).second) {
    note("double-colour", "'" + style.name + "' has the colour of a style before it; it was left out");
    return;
  }
  style.colours["normal"] = colour;
  model_.styles.push_back(std::move(style));
}

std::string label_of(const Style& style, Parts parts) {
  std::string label;
  if (parts == Parts::in_label && !style.part.empty()) label = style.part + std::string(kPartMark);
  label += style.name;
  for (const RoleMark& r : kRoleMarks)
    if (r.role == style.role) label += r.mark;
  return label;
}

std::uint32_t BigEndian::number(std::size_t size) {
  if (left() < size) {
    at_ = bytes_.size();
    good_ = false;
    return 0;
  }
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = value << 8U | bytes_[at_++];
  return value;
}

double BigEndian::f32() {
  const auto value = std::bit_cast<float>(u32());
  return std::isfinite(value) ? static_cast<double>(value) : 0;
}

std::string BigEndian::text(std::size_t units) {
  std::vector<std::uint16_t> read;
  bool ended = false;
  for (std::size_t i = 0; i < units && good_; ++i) {
    const auto unit = static_cast<std::uint16_t>(u16());
    ended = ended || unit == 0;
    if (!ended) read.push_back(unit);
  }
  return from_utf16(read);
}

BigEndian BigEndian::part(std::size_t size) {
  if (left() < size) {
    good_ = false;
    size = left();
  }
  BigEndian reader(bytes_.subspan(at_, size));
  at_ += size;
  return reader;
}

void BigEndianOut::f32(float v) {
  u32(std::bit_cast<std::uint32_t>(v));
}

std::uint8_t channel(double share) {
  return static_cast<std::uint8_t>(std::lround(std::clamp(share, 0.0, 1.0) * 255));
}

Rgba8 from_cmyk(double c, double m, double y, double k) {
  return {channel((1 - c) * (1 - k)), channel((1 - m) * (1 - k)), channel((1 - y) * (1 - k)), 255};
}

}  // namespace nakawari::palettes
