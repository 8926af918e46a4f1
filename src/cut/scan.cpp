#include "cut/scan.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <tuple>

#include "sheet/names.h"

namespace nakawari {
namespace {

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

bool ends_as(const std::string& name, std::initializer_list<const char*> endings) {
  const std::string small = lower(name);
  return std::any_of(endings.begin(), endings.end(), [&](const char* e) { return small.ends_with(e); });
}

/// The literal text of the last part of a pattern, in front of the number.
std::string pattern_prefix(const std::string& pattern) {
  const std::string last = file_name(pattern);
  return last.substr(0, last.find('#'));
}

/// One code point of three bytes, the form of all kana and full-width digits.
unsigned wide_at(const std::string& s, std::size_t i) {
  if (i + 2 >= s.size() || (static_cast<unsigned char>(s[i]) & 0xF0) != 0xE0) return 0;
  return (static_cast<unsigned>(s[i] & 0x0F) << 12) | (static_cast<unsigned>(s[i + 1] & 0x3F) << 6) |
         static_cast<unsigned>(s[i + 2] & 0x3F);
}

void put_wide(std::string& out, unsigned c) {
  out += static_cast<char>(0xE0 | (c >> 12));
  out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
  out += static_cast<char>(0x80 | (c & 0x3F));
}

/// The composed kana of a base and a combining voiced (U+3099) or half-voiced (U+309A) mark, or 0. In both
/// kana blocks the voiced letter follows its base, the half-voiced one follows that; u and the wa row stand
/// apart.
unsigned composed(unsigned base, unsigned mark) {
  if (mark != 0x3099 && mark != 0x309A) return 0;
  const unsigned block = base >= 0x30A0 ? 0x60 : 0;
  const unsigned hira = base - block;
  if (hira < 0x3041 || hira > 0x3096) return 0;
  const bool ha_row = hira >= 0x306F && hira <= 0x307B;
  if (mark == 0x309A) return ha_row ? base + 2 : 0;
  if (hira == 0x3046) return 0x3094 + block;
  const bool k_to_t = hira >= 0x304B && hira <= 0x3068;
  return ha_row || k_to_t ? base + 1 : 0;
}

}  // namespace

std::string tidy_name(const std::string& name) {
  std::string out;
  for (std::size_t i = 0; i < name.size();) {
    const unsigned c = wide_at(name, i);
    if (c == 0) {
      out += name[i++];
      continue;
    }
    i += 3;
    const unsigned joined = composed(c, wide_at(name, i));
    if (c >= 0xFF10 && c <= 0xFF19) {
      out += static_cast<char>('0' + (c - 0xFF10));
    } else if (joined != 0) {
      put_wide(out, joined);
      i += 3;
    } else {
      put_wide(out, c);
    }
  }
  return out;
}

long drawing_number(const std::string& plain) {
  constexpr std::size_t kMaxDigits = 9;
  std::size_t digits = 0;
  while (digits < plain.size() && std::isdigit(static_cast<unsigned char>(plain[digits]))) ++digits;
  if (digits == 0 || digits > kMaxDigits) return -1;
  return std::stol(plain.substr(0, digits));
}

const FoundDrawing* FoundDrawings::find(const std::string& plain) const {
  for (const FoundDrawing& drawing : drawings)
    if (drawing.plain == plain) return &drawing;
  return nullptr;
}

Result<FoundDrawings> scan_drawings(const Disk& disk, const std::string& cut, const std::string& pattern,
                                    const std::string& cel) {
  FoundDrawings found;
  const std::string folder = folder_of(pattern);
  auto names = disk.list(join_path(cut, folder));
  if (!names) return Failure(std::move(names.error()));

  const std::string prefix = tidy_name(pattern_prefix(pattern));
  std::map<std::string, std::string> seen;  // plain name to path
  for (const std::string& name : *names) {
    if (name.starts_with('.')) continue;
    const std::string path = join_path(folder, name);
    if (ends_as(name, {".psd", ".svg", ".clip", ".ora"})) {
      found.notes.push_back({"not-read-yet",
                             "drawings of this kind are not read; export it as PNG, TGA or TIFF",
                             {.file = path, .cel = cel}});
      continue;
    }
    if (!ends_as(name, {".png", ".tga", ".tif", ".tiff"})) continue;
    const std::string stem = tidy_name(file_stem(name));
    std::string plain = plain_name(stem, tidy_name(cel));
    if (drawing_number(plain) < 0) plain = plain_name(stem, prefix);
    if (const auto [other, fresh] = seen.emplace(plain, path); !fresh)
      return fail(ErrorCode::bad_input, other->second + " and this file are both drawing " + plain,
                  "keep one of the two", {.file = join_path(cut, path), .cel = cel});
    found.drawings.push_back({plain, file_stem(name), path});
  }
  std::sort(found.drawings.begin(), found.drawings.end(), [](const FoundDrawing& a, const FoundDrawing& b) {
    return std::tuple(drawing_number(a.plain), a.plain) < std::tuple(drawing_number(b.plain), b.plain);
  });
  return found;
}

}  // namespace nakawari
