/// \file
/// What the foreign palette formats share. Internal to colour_model_*.cpp.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "paint/colour_model_file.h"

namespace nakawari::palettes {

using Bytes = std::span<const std::uint8_t>;

/// No palette has more colours.
inline constexpr std::size_t kMostStyles = 65'535;

/// Where a format keeps parts: in a colour's label, "part / name [shadow]", or elsewhere or nowhere.
enum class Parts { in_label, elsewhere };
std::string label_of(const Style& style, Parts parts);

/// Collects the colours of a foreign palette and keeps the promises of ColourModel.
class Builder {
 public:
  Builder(std::string file, Parts parts, Report& notes)
      : file_(std::move(file)), parts_(parts), notes_(notes) {
    model_.variants = {"normal"};
  }
  void name(std::string_view text);
  /// `label` may hold the role, and with Parts::in_label the part, as label_of writes them.
  void add(StyleId id, std::string_view label, std::string_view part, Rgba8 colour);
  void note(std::string what, std::string text);
  [[nodiscard]] std::size_t count() const { return model_.styles.size(); }
  Style& last() { return model_.styles.back(); }
  ColourModel take() { return std::move(model_); }

 private:
  std::string file_;
  Parts parts_;
  Report& notes_;
  ColourModel model_;
  std::set<std::uint32_t> known_;  // colours
};

/// Valid UTF-8 without control characters or spaces around it, at most 200 bytes.
std::string tidy(std::string_view text);
std::string from_utf16(const std::vector<std::uint16_t>& units);
/// Without a terminating zero.
std::vector<std::uint16_t> to_utf16(std::string_view text);

/// Big-endian numbers; beyond the end everything is zero and `good` false.
class BigEndian {
 public:
  explicit BigEndian(Bytes bytes) : bytes_(bytes) {}
  std::uint32_t u8() { return number(1); }
  std::uint32_t u16() { return number(2); }
  std::uint32_t u32() { return number(4); }
  double f32();
  /// UTF-16 text of a length in units, up to its first zero.
  std::string text(std::size_t units);
  [[nodiscard]] bool good() const { return good_; }
  [[nodiscard]] std::size_t at() const { return at_; }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  /// The next bytes as a reader of their own; what is missing is left out and `good` false.
  BigEndian part(std::size_t size);

 private:
  std::uint32_t number(std::size_t size);
  Bytes bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

class BigEndianOut {
 public:
  void u8(std::uint32_t v) { bytes.push_back(static_cast<std::uint8_t>(v & 255U)); }
  void u16(std::uint32_t v) {
    u8(v >> 8U);
    u8(v);
  }
  void u32(std::uint32_t v) {
    u16(v >> 16U);
    u16(v);
  }
  void f32(float v);
  std::vector<std::uint8_t> bytes;
};

/// 0..1 to 0..255.
std::uint8_t channel(double share);
/// Shares of cyan, magenta, yellow and black without a profile.
Rgba8 from_cmyk(double c, double m, double y, double k);

Result<ColourModel> decode_tpl(Bytes bytes, const std::string& name, Report& notes);
Result<ColourModel> decode_gpl(Bytes bytes, const std::string& name, Report& notes);
Result<ColourModel> decode_aco(Bytes bytes, const std::string& name, Report& notes);
Result<ColourModel> decode_ase(Bytes bytes, const std::string& name, Report& notes);
Result<ColourModel> decode_ccf(Bytes bytes, const std::string& name, Report& notes);

/// Of models that hold exactly the colours to write, all in variant `model.variants[0]`.
Result<std::vector<std::uint8_t>> encode_tpl(const ColourModel& model, Report& notes);
Result<std::vector<std::uint8_t>> encode_gpl(const ColourModel& model, Report& notes);
Result<std::vector<std::uint8_t>> encode_aco(const ColourModel& model, Report& notes);
Result<std::vector<std::uint8_t>> encode_ase(const ColourModel& model, Report& notes);
Result<std::vector<std::uint8_t>> encode_ccf(const ColourModel& model, Report& notes);

}  // namespace nakawari::palettes
