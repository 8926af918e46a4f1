#include "base/toml_text.h"

#include <algorithm>
#include <cctype>

namespace nakawari {
namespace {

constexpr std::string_view kBlank = " \t";

bool begins_a_key(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-' || c == '"' || c == '\'';
}

/// Whether the header at the beginning of `text` ("[" or "[[") has a name, or what the parser complains of
/// itself: nothing before the "]", a blank between the brackets, the end of the text.
bool header_is_safe(std::string_view text) {
  const auto skip_blanks = [&] { text.remove_prefix(std::min(text.find_first_not_of(kBlank), text.size())); };
  text.remove_prefix(1);
  const bool blank = !text.empty() && kBlank.find(text.front()) != std::string_view::npos;
  skip_blanks();
  if (text.starts_with('[')) {
    if (blank) return true;
    text.remove_prefix(1);
    skip_blanks();
  }
  return text.empty() || text.front() == ']' || begins_a_key(text.front());
}

}  // namespace

std::optional<TomlTrouble> toml_trouble(std::string_view toml) {
  long line = 1;
  int depth = 0;           // of brackets of values
  bool at_start = true;    // only blanks since the line began, outside of values
  std::string_view quote;  // that ends the string around; empty outside
  if (toml.starts_with("\xEF\xBB\xBF")) toml.remove_prefix(3);
  for (std::size_t i = 0; i < toml.size(); ++i) {
    const char c = toml[i];
    line += c == '\n';
    if (!quote.empty()) {
      if (c == '\\' && quote[0] == '"') {
        ++i;
        if (i < toml.size()) line += toml[i] == '\n';
      } else if (toml.substr(i).starts_with(quote)) {
        i += quote.size() - 1;
        quote = {};
      } else if (c == '\n' && quote.size() == 1) {
        quote = {};  // the parser complains
        at_start = depth == 0;
      }
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x80)
      return TomlTrouble{line, "a character beyond ASCII outside of quotes", "write it in quotes"};
    if (c == '\n' || c == '\r') {
      at_start = depth == 0;
      continue;
    }
    if (at_start && c == '[' && !header_is_safe(toml.substr(i)))
      return TomlTrouble{line, "the name of a table is missing", "write [name] or [[name]]"};
    depth += (c == '[' || c == '{') - (c == ']' || c == '}');
    if (depth < 0) depth = 0;
    at_start = at_start && kBlank.find(c) != std::string_view::npos;
    if (c == '#') {
      const std::size_t end = toml.find('\n', i);
      if (end == std::string_view::npos) return std::nullopt;
      i = end - 1;
    } else if (c == '"' || c == '\'') {
      const std::string_view three = c == '"' ? "\"\"\"" : "'''";
      quote = toml.substr(i).starts_with(three) ? three : three.substr(0, 1);
      i += quote.size() - 1;
    }
  }
  return std::nullopt;
}

}  // namespace nakawari
