// The palette of GIMP and Krita:
//
//   GIMP Palette
//   Name: hana
//   Columns: 4
//   # a remark
//   255 229 204 body / skin
#include <fmt/format.h>

#include <charconv>

#include "paint/colour_model_formats.h"

namespace nakawari::palettes {
namespace {

/// Takes a number from 0 to 255 off the front, spaces before it as well; -1 when there is none.
int take_channel(std::string_view& line) {
  while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
  int value = -1;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
  if (error != std::errc{} || value < 0 || value > 255) return -1;
  line.remove_prefix(static_cast<std::size_t>(end - line.data()));
  return value;
}

}  // namespace

Result<ColourModel> decode_gpl(Bytes bytes, const std::string& name, Report& notes) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (!text.starts_with("GIMP Palette"))
    return fail(ErrorCode::bad_input, "does not begin with 'GIMP Palette'", "save it again as .gpl",
                {.file = name, .line = 1});
  Builder builder(name, Parts::in_label, notes);
  StyleId id = 0;
  for (long number = 1; !text.empty(); ++number) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number == 1 || line.empty() || line.front() == '#' || line.starts_with("Columns:")) continue;
    if (line.starts_with("Name:")) {
      builder.name(line.substr(5));
      continue;
    }
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    const int r = take_channel(line), g = take_channel(line), b = take_channel(line);
    if (r < 0 || g < 0 || b < 0)
      return fail(ErrorCode::bad_input, "is not 'R G B name' with numbers from 0 to 255", {},
                  {.file = name, .line = number});
    builder.add(
        ++id, line, {},
        {static_cast<std::uint8_t>(r), static_cast<std::uint8_t>(g), static_cast<std::uint8_t>(b), 255});
  }
  return builder.take();
}

Result<std::vector<std::uint8_t>> encode_gpl(const ColourModel& model, Report&) {
  std::string text = "GIMP Palette\nName: " + tidy(model.name) + "\nColumns: 0\n#\n";
  for (const Style& style : model.styles) {
    const Rgba8 c = model.colour(style.id, model.variants.front());
    text += fmt::format("{:3} {:3} {:3}\t{}\n", c.r, c.g, c.b, tidy(label_of(style, Parts::in_label)));
  }
  return std::vector<std::uint8_t>(text.begin(), text.end());
}

}  // namespace nakawari::palettes
