// The colour model's own file:
//
//   name = "hana"
//   variants = ["day", "night"]
//
//   [[style]]
//   id = 1
//   name = "skin"
//   part = "body"          # optional
//   role = "normal"        # normal, shadow, shadow2, highlight, line; optional
//   day = "#ffe5cc"        # one colour a variant; the first variant's is required
//   night = "#b0a8c8"
#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <cctype>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <sstream>

#include "base/toml_text.h"
#include "paint/colour_model.h"

namespace nakawari {
namespace {

constexpr std::array<const char*, 4> kOwnKeys{"id", "name", "part", "role"};

bool is_own_key(std::string_view key) {
  for (const char* own : kOwnKeys) {
    if (key == own) return true;
  }
  return false;
}

std::optional<Rgba8> parse_colour(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  std::array<int, 6> digits{};
  for (std::size_t i = 0; i < 6; ++i) {
    const unsigned char c = static_cast<unsigned char>(text[i + 1]);
    if (std::isxdigit(c) == 0) return std::nullopt;
    digits[i] = std::isdigit(c) != 0 ? c - '0' : std::tolower(c) - 'a' + 10;
  }
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(digits[i] * 16 + digits[i + 1]); };
  return Rgba8{byte(0), byte(2), byte(4), 255};
}

std::string colour_text(Rgba8 c) {
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", c.r, c.g, c.b);
  return text.data();
}

std::string quoted(const std::string& text) {
  std::ostringstream out;
  out << toml::value<std::string>(text);
  return out.str();
}

/// A key that TOML takes bare, or in quotes.
std::string key_text(const std::string& key) {
  for (const char c : key) {
    const bool bare = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-';
    if (!bare) return quoted(key);
  }
  return key.empty() ? quoted(key) : key;
}

/// Carries the file name, so that every complaint names its place.
class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  Result<ColourModel> read(const toml::table& root);

 private:
  [[nodiscard]] Failure bad(const toml::node& at, std::string what, std::string mend = {}) const {
    return fail(ErrorCode::bad_input, std::move(what), std::move(mend),
                {.file = file_, .line = static_cast<long>(at.source().begin.line)});
  }
  Result<std::string> text(const toml::table& table, std::string_view key, bool required) const;
  Result<std::vector<std::string>> variants(const toml::table& root) const;
  Result<Style> style(const toml::table& table, const std::vector<std::string>& variants) const;
  Result<void> unique(const toml::table& table, const ColourModel& model, const Style& style) const;

  std::string file_;
};

Result<std::string> Reader::text(const toml::table& table, std::string_view key, bool required) const {
  const toml::node* node = table.get(key);
  if (node == nullptr) {
    if (!required) return std::string();
    return bad(table, fmt::format("'{}' is missing", key), fmt::format("add {} = \"...\"", key));
  }
  const auto value = node->value_exact<std::string>();
  if (!value)
    return bad(*node, fmt::format("'{}' must be text in quotes", key),
               fmt::format("as in {} = \"...\"", key));
  return *value;
}

Result<std::vector<std::string>> Reader::variants(const toml::table& root) const {
  std::vector<std::string> names;
  const toml::node* node = root.get("variants");
  if (node == nullptr) return std::vector<std::string>{"normal"};
  const toml::array* list = node->as_array();
  if (list == nullptr || list->empty()) {
    return bad(*node, "'variants' must be a list of names", "variants = [\"day\", \"night\"]");
  }
  for (const toml::node& item : *list) {
    const auto name = item.value_exact<std::string>();
    if (!name || name->empty() || is_own_key(*name)) {
      return bad(item, "a variant needs a name of its own", "id, name, part and role are taken");
    }
    for (const std::string& other : names) {
      if (other == *name) return bad(item, "variant '" + *name + "' stands twice", "leave one out");
    }
    names.push_back(*name);
  }
  return names;
}

Result<Style> Reader::style(const toml::table& table, const std::vector<std::string>& variants) const {
  Style style;
  const toml::node* id = table.get("id");
  const auto number = id == nullptr ? std::nullopt : id->value_exact<std::int64_t>();
  if (!number || *number <= 0 || *number > INT32_MAX) {
    return bad(id == nullptr ? static_cast<const toml::node&>(table) : *id,
               "a style needs a whole number above 0 as 'id'", "as in id = 1");
  }
  style.id = static_cast<StyleId>(*number);
  auto name = text(table, "name", true);
  if (!name) return Failure(name.error());
  style.name = *name;
  auto part = text(table, "part", false);
  if (!part) return Failure(part.error());
  style.part = *part;
  auto role = text(table, "role", false);
  if (!role) return Failure(role.error());
  if (!role->empty()) {
    const auto found = style_role(*role);
    if (!found) {
      return bad(*table.get("role"), "'" + *role + "' is no role",
                 "use normal, shadow, shadow2, highlight or line");
    }
    style.role = *found;
  }
  for (const std::string& variant : variants) {
    auto value = text(table, variant, variant == variants.front());
    if (!value) return Failure(value.error());
    if (value->empty()) continue;
    const auto colour = parse_colour(*value);
    if (!colour) {
      return bad(*table.get(variant), "'" + *value + "' is no colour", "write it as \"#rrggbb\"");
    }
    if (*colour == kPaper) {
      return bad(*table.get(variant), "style '" + style.name + "' is pure white, which means paper",
                 "use a near-white such as #fefefe");
    }
    style.colours[variant] = *colour;
  }
  for (const auto& [key, value] : table) {
    const std::string known(key.str());
    if (is_own_key(known)) continue;
    bool named = false;
    for (const std::string& variant : variants) named = named || variant == known;
    if (!named)
      return bad(value, "'" + known + "' is neither a field of a style nor one of the variants",
                 "mend its name, or add it to variants = [...]");
  }
  return style;
}

Result<void> Reader::unique(const toml::table& table, const ColourModel& model, const Style& style) const {
  for (const Style& other : model.styles) {
    if (other.id == style.id)
      return bad(table, "id " + std::to_string(style.id) + " stands twice", "give one another number");
    for (const auto& [variant, colour] : style.colours) {
      const auto theirs = other.colours.find(variant);
      if (theirs == other.colours.end() || theirs->second != colour) continue;
      return bad(
          table,
          "styles '" + other.name + "' and '" + style.name + "' have one colour in variant '" + variant + "'",
          "change one of them by a step, so that a painted cel tells them apart");
    }
  }
  return {};
}

Result<ColourModel> Reader::read(const toml::table& root) {
  ColourModel model;
  auto name = text(root, "name", false);
  if (!name) return Failure(name.error());
  model.name = *name;
  auto names = variants(root);
  if (!names) return Failure(names.error());
  model.variants = *names;
  const toml::node* list = root.get("style");
  if (list == nullptr) return model;
  if (!list->is_array_of_tables()) {
    return bad(*list, "'style' is no list of styles", "write each as a [[style]] table");
  }
  for (const toml::node& item : *list->as_array()) {
    auto one = style(*item.as_table(), model.variants);
    if (!one) return Failure(one.error());
    if (auto ok = unique(*item.as_table(), model, *one); !ok) return Failure(ok.error());
    model.styles.push_back(std::move(*one));
  }
  return model;
}

}  // namespace

Result<ColourModel> read_colour_model(std::string_view toml, const std::string& file) {
  if (const auto trouble = toml_trouble(toml))
    return fail(ErrorCode::bad_input, "is not TOML: " + std::string(trouble->what),
                std::string(trouble->mend), {.file = file, .line = trouble->line});
  try {
    return Reader(file).read(toml::parse(toml, file));
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::bad_input, "is not TOML: " + std::string(error.description()), "mend this line",
                {.file = file, .line = static_cast<long>(error.source().begin.line)});
  }
}

std::string write_colour_model(const ColourModel& model) {
  std::string out;
  if (!model.name.empty()) out += "name = " + quoted(model.name) + "\n";
  out += "variants = [";
  for (std::size_t i = 0; i < model.variants.size(); ++i) {
    out += (i > 0 ? ", " : "") + quoted(model.variants[i]);
  }
  out += "]\n";
  for (const Style& style : model.styles) {
    out += "\n[[style]]\nid = " + std::to_string(style.id) + "\nname = " + quoted(style.name) + "\n";
    if (!style.part.empty()) out += "part = " + quoted(style.part) + "\n";
    out += "role = \"" + std::string(word(style.role)) + "\"\n";
    for (const std::string& variant : model.variants) {
      const auto colour = style.colours.find(variant);
      if (colour != style.colours.end()) {
        out += key_text(variant) + " = \"" + colour_text(colour->second) + "\"\n";
      }
    }
  }
  return out;
}

}  // namespace nakawari
