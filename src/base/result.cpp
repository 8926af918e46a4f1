#include "base/result.h"

#include <fmt/format.h>

namespace nakawari {

std::string Error::one_line() const {
  std::string place = where.file;
  const auto add = [&place](const std::string& part) {
    if (!place.empty()) place += ", ";
    place += part;
  };
  if (!where.cel.empty()) add(fmt::format("cel {}", where.cel));
  if (!where.drawing.empty()) add(fmt::format("drawing {}", where.drawing));
  if (where.line >= 0) add(fmt::format("line {}", where.line));
  if (where.byte >= 0) add(fmt::format("byte {}", where.byte));
  if (where.frame >= 0) add(fmt::format("frame {}", where.frame));

  std::string text = place.empty() ? message : fmt::format("{}: {}", place, message);
  if (!mend.empty()) text += fmt::format(" ({})", mend);
  for (char& c : text)
    if (c == '\n' || c == '\r') c = ' ';
  return text;
}

}  // namespace nakawari
