#include "check/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
// With exceptions, as in every module: toml++ built both ways in one program clashes.
#include <toml++/toml.h>

#include "base/toml_text.h"

namespace nakawari {
namespace {

Failure bad(const std::string& file, const toml::node* node, std::string message) {
  const long line = node ? static_cast<long>(node->source().begin.line) : -1;
  return fail(ErrorCode::bad_input, std::move(message), "write it anew with nakawari profile",
              {.file = file, .line = line > 0 ? line : -1});
}

/// A finite number at `key`; false when it is missing or none.
bool number(const toml::table& table, const char* key, double& value) {
  const toml::node* node = table.get(key);
  if (!node || !node->is_number()) return false;
  value = *node->value<double>();
  return std::isfinite(value);
}

/// A basic TOML string: control characters and the two special ones escaped.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    else
      out += c;
  }
  return out + "\"";
}

/// At most six significant digits, always a TOML float.
std::string written(double value) {
  std::string text = fmt::format("{:.6g}", value == 0 ? 0.0 : value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

const Figure* StyleProfile::find(const std::string& figure, int least) const {
  const auto it = figures.find(figure);
  return it == figures.end() || it->second.count < least ? nullptr : &it->second;
}

double median_of(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  if (values.size() % 2 == 1) return *middle;
  return (*middle + *std::max_element(values.begin(), middle)) / 2;
}

Figure figure_of(const std::vector<double>& values) {
  Figure figure{median_of(values), 0, static_cast<int>(values.size())};
  std::vector<double> off;
  off.reserve(values.size());
  for (const double v : values) off.push_back(std::abs(v - figure.median));
  figure.mad = median_of(std::move(off));
  return figure;
}

StyleProfile profile_of(const std::vector<Measurements>& drawings, double scale) {
  StyleProfile profile;
  profile.drawings = static_cast<int>(drawings.size());
  profile.scale = scale;
  Measurements pooled;
  for (const Measurements& drawing : drawings) {
    for (const auto& [name, values] : drawing) {
      // Colours come as "colour.#rrggbb": their presence is the measurement.
      if (name.starts_with("colour."))
        profile.colours.push_back(name.substr(7));
      else
        pooled[name].insert(pooled[name].end(), values.begin(), values.end());
    }
  }
  std::sort(profile.colours.begin(), profile.colours.end());
  profile.colours.erase(std::unique(profile.colours.begin(), profile.colours.end()), profile.colours.end());
  for (const auto& [name, values] : pooled) profile.figures[name] = figure_of(values);
  return profile;
}

std::string write_profile(const StyleProfile& profile) {
  std::string text = "# The measured style of approved drawings; see docs/check.md.\n";
  text += fmt::format("name = {}\ndrawings = {}\nscale = {}\n", quoted(profile.name), profile.drawings,
                      written(profile.scale));
  text += "colours = [";
  for (std::size_t i = 0; i < profile.colours.size(); ++i)
    text += fmt::format("{}{}", i == 0 ? "" : i % 8 == 0 ? ",\n  " : ", ", quoted(profile.colours[i]));
  text += "]\n\n[figure]\n";
  for (const auto& [name, f] : profile.figures)
    text += fmt::format("{} = {{ median = {}, mad = {}, count = {} }}\n", quoted(name), written(f.median),
                        written(f.mad), f.count);
  return text;
}

Result<StyleProfile> read_profile(std::string_view toml, const std::string& file) {
  if (const auto trouble = toml_trouble(toml))
    return fail(ErrorCode::bad_input, "is not TOML: " + std::string(trouble->what),
                "write it anew with nakawari profile", {.file = file, .line = trouble->line});
  toml::table root;
  try {
    root = toml::parse(toml, file);
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::bad_input, std::string(error.description()), "write it anew with nakawari profile",
                {.file = file, .line = static_cast<long>(error.source().begin.line)});
  }
  StyleProfile profile;
  profile.name = root["name"].value_or(std::string());
  double drawings = 0;
  if (root.contains("drawings") && (!number(root, "drawings", drawings) || drawings < 0 || drawings > 1e9))
    return bad(file, root.get("drawings"), "drawings is no count");
  profile.drawings = static_cast<int>(drawings);
  if (root.contains("scale") && (!number(root, "scale", profile.scale) || profile.scale <= 0))
    return bad(file, root.get("scale"), "scale is no number above 0");
  if (const toml::array* colours = root["colours"].as_array())
    for (const toml::node& colour : *colours) {
      const auto text = colour.value<std::string>();
      if (!text) return bad(file, &colour, "a colour is no text");
      profile.colours.push_back(*text);
    }
  const toml::node* figures = root.get("figure");
  if (!figures || !figures->is_table())
    return bad(file, figures, "this is no style profile: [figure] is missing");
  for (const auto& [key, node] : *figures->as_table()) {
    const std::string name(key.str());
    const toml::table* table = node.as_table();
    Figure f;
    double count = 0;
    if (!table || !number(*table, "median", f.median) || !number(*table, "mad", f.mad) ||
        !number(*table, "count", count) || f.mad < 0 || count < 0 || count > 1e9)
      return bad(file, &node, "the figure \"" + name + "\" needs median, mad and count");
    f.count = static_cast<int>(count);
    profile.figures[name] = f;
  }
  return profile;
}

}  // namespace nakawari
