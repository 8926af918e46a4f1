#include "sheet/names.h"

#include <algorithm>

namespace nakawari {
namespace {

/// Digits that a pattern may ask for; more is a mistake.
constexpr std::size_t kMaxDigits = 12;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

bool starts_with_any_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() && std::equal(prefix.begin(), prefix.end(), text.begin(),
                                                    [](char a, char b) { return lower(a) == lower(b); });
}

/// Drops `prefix` where a number follows, with at most one separator between them.
std::string_view without_prefix(std::string_view name, std::string_view prefix) {
  if (prefix.empty() || !starts_with_any_case(name, prefix)) return name;
  std::string_view rest = name.substr(prefix.size());
  if (rest.size() > 1 && (rest[0] == '_' || rest[0] == '-' || rest[0] == '.')) rest.remove_prefix(1);
  return !rest.empty() && is_digit(rest.front()) ? rest : name;
}

/// Makes any text safe as one part of a path.
std::string safe_file_name(std::string_view text) {
  std::string safe(text);
  for (char& c : safe) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
    if (control || c == '/' || c == '\\' || c == ':') c = '_';
  }
  if (safe.empty() || safe.front() == '.') safe.insert(safe.begin(), '_');
  return safe;
}

}  // namespace

std::string plain_name(std::string_view drawing, std::string_view cel) {
  std::string_view name = without_prefix(trimmed(drawing), trimmed(cel));
  while (name.size() > 1 && name[0] == '0' && is_digit(name[1])) name.remove_prefix(1);
  return std::string(name);
}

std::string drawing_path(std::string_view pattern, std::string_view drawing, std::string_view cel) {
  const std::size_t slash = pattern.rfind('/');
  const std::string_view folder = slash == std::string_view::npos ? "" : pattern.substr(0, slash + 1);
  const std::string_view last = pattern.substr(folder.size());
  const std::size_t hash = last.find('#');
  const std::string_view head = last.substr(0, hash);

  // The name without either prefix: "A1" for cel A, "hana1" for a pattern "hana####".
  const std::string plain = plain_name(plain_name(drawing, head), cel);
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(plain.begin(), plain.end(), is_digit) - plain.begin());
  if (hash == std::string_view::npos || digits == 0) return std::string(folder) + safe_file_name(plain);

  const std::size_t after = std::min(last.find_first_not_of('#', hash), last.size());
  const std::size_t wanted = std::min(after - hash, kMaxDigits);
  std::string name(head);
  name.append(wanted > digits ? wanted - digits : 0, '0');
  name += plain;
  name += last.substr(after);
  return std::string(folder) + safe_file_name(name);
}

}  // namespace nakawari
