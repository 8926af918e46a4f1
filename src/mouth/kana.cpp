// Kana to morae.
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <map>

#include "mouth/voice.h"

namespace nakawari {
namespace {

/// Code points of a UTF-8 text; false at a byte that is none.
bool decode(std::string_view text, std::vector<char32_t>& out) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const int more = lead < 0x80 ? 0 : lead >> 5 == 6 ? 1 : lead >> 4 == 14 ? 2 : lead >> 3 == 30 ? 3 : -1;
    if (more < 0 || i + static_cast<std::size_t>(more) >= text.size()) return false;
    char32_t point = more == 0 ? lead : lead & (0x3F >> more);
    for (int k = 1; k <= more; ++k) {
      const auto next = static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]);
      if (next >> 6 != 2) return false;
      point = point << 6 | (next & 0x3F);
    }
    out.push_back(point);
    i += static_cast<std::size_t>(more) + 1;
  }
  return true;
}

struct Sound {
  char vowel = 'a';
  bool lips = false;
};

/// Hiragana U+3041.. by its place in the code table.
const std::map<char32_t, Sound>& table() {
  static const std::map<char32_t, Sound> known = [] {
    std::map<char32_t, Sound> map;
    const auto row = [&](std::u32string_view letters, std::string_view vowels, bool lips) {
      for (std::size_t k = 0; k < letters.size(); ++k) map[letters[k]] = {vowels[k % vowels.size()], lips};
    };
    row(U"あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほらりるれろがぎぐげござじずぜぞだぢづで"
        U"ど",
        "aiueo", false);
    row(U"ばびぶべぼぱぴぷぺぽまみむめも", "aiueo", true);
    row(U"やゆよ", "auo", false);
    map[U'わ'] = {'a', false};
    map[U'ゐ'] = {'i', false};
    map[U'ゑ'] = {'e', false};
    map[U'を'] = {'o', false};
    map[U'ゔ'] = {'u', false};
    map[U'ん'] = {'n', false};
    return map;
  }();
  return known;
}

bool is_pause(char32_t c) {
  return c == U' ' || c == U'　' ||
         std::u32string_view(U"、。，．・…！？!?,.「」―~〜\n\t").find(c) != std::u32string_view::npos;
}

std::string utf8(char32_t c) {
  std::string text;
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0 | c >> 6);
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 0x3F));
    text += static_cast<char>(0x80 | (c & 0x3F));
  } else {
    text = "?";
  }
  return text;
}

}  // namespace

Result<std::vector<Mora>> read_kana(std::string_view text) {
  std::vector<char32_t> points;
  if (!decode(text, points)) return fail(ErrorCode::bad_input, "the text is not UTF-8", "save it as UTF-8");
  std::vector<Mora> morae;
  for (char32_t c : points) {
    if (c >= 0x30A1 && c <= 0x30F4) c -= 0x60;  // katakana
    if (is_pause(c) || c == U'っ') {
      morae.push_back({kClosedMouth, false});
      continue;
    }
    if (c == U'ー') {
      if (!morae.empty()) morae.push_back({morae.back().shape, false});
      continue;
    }
    // A small letter gives its vowel to the one before.
    static constexpr std::u32string_view kSmall = U"ぁぃぅぇぉゃゅょゎ";
    static constexpr std::string_view kSmallVowels = "aiueoauoa";
    if (const auto k = kSmall.find(c); k != std::u32string_view::npos) {
      const std::string vowel(1, kSmallVowels[k]);
      if (morae.empty() || morae.back().shape == kClosedMouth)
        morae.push_back({vowel, false});
      else
        morae.back().shape = vowel;
      continue;
    }
    const auto found = table().find(c);
    if (found == table().end())
      return fail(ErrorCode::bad_input, fmt::format("\"{}\" is no kana", utf8(c)),
                  "write the line in hiragana or katakana, as it is spoken");
    morae.push_back({std::string(1, found->second.vowel), found->second.lips});
  }
  if (morae.empty()) return fail(ErrorCode::bad_input, "the text is empty", "write the line in kana");
  return morae;
}

}  // namespace nakawari
