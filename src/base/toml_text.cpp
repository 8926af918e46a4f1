#include "base/toml_text.h"

namespace nakawari {

long beyond_ascii_line(std::string_view toml) {
  long line = 1;
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
      }
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x80) return line;
    if (c == '#') {
      const std::size_t end = toml.find('\n', i);
      if (end == std::string_view::npos) return 0;
      i = end - 1;
    } else if (c == '"' || c == '\'') {
      const std::string_view three = c == '"' ? "\"\"\"" : "'''";
      quote = toml.substr(i).starts_with(three) ? three : three.substr(0, 1);
      i += quote.size() - 1;
    }
  }
  return 0;
}

}  // namespace nakawari
