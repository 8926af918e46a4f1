// The palette of OpenToonz, a text with tags:
//
//   <palette name="hana">
//     <version> 71 0 </version>
//     <styles>
//       <style> color_0 3 255 255 255 0 </style>
//       <style> _1 "blue line" 3 0 0 255 255 </style>
//     </styles>
//     <stylepages> <page> <name> body </name> <indices> 0 1 </indices> </page> </stylepages>
//   </palette>
//
// A style is its flags (1: painted over by itself), its links to other palettes, its name, its kind (3: a
// flat colour) and red, green, blue, alpha. Its number is its place; number 0 is the background.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "paint/colour_model_formats.h"

namespace nakawari::palettes {
namespace {

constexpr int kFlatColour = 3;
/// OpenToonz's own first page: styles there have no part.
constexpr const char* kPlainPage = "colors";
/// Toonz levels number their styles with 12 bits.
constexpr StyleId kMostNumber = 4095;

struct Token {
  enum class Kind { open, close, word, end } kind = Kind::end;
  std::string text;
};

std::string unescaped(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, char>, 5> kNames{
      {{"&amp;", '&'}, {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&apos;", '\''}}};
  std::string out;
  while (!text.empty()) {
    const auto* name =
        std::find_if(kNames.begin(), kNames.end(), [&](const auto& n) { return text.starts_with(n.first); });
    if (name != kNames.end()) {
      out += name->second;
      text.remove_prefix(name->first.size());
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Token next() {
    while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) <= ' ') step();
    if (at_ >= text_.size()) return {};
    if (text_[at_] == '<') return tag();
    if (text_[at_] == '"') return quoted();
    const std::size_t from = at_;
    while (at_ < text_.size() && static_cast<unsigned char>(text_[at_]) > ' ' && text_[at_] != '<') step();
    return {Token::Kind::word, unescaped(text_.substr(from, at_ - from))};
  }
  [[nodiscard]] long line() const { return line_; }

 private:
  void step() { line_ += text_[at_++] == '\n'; }

  Token tag() {
    step();
    const bool close = at_ < text_.size() && text_[at_] == '/';
    if (close) step();
    const std::size_t from = at_;
    bool in_quotes = false;
    while (at_ < text_.size() && (in_quotes || text_[at_] != '>')) {
      in_quotes ^= text_[at_] == '"';
      step();
    }
    std::string body(text_.substr(from, at_ - from));
    if (at_ >= text_.size()) return {};
    step();
    return {close ? Token::Kind::close : Token::Kind::open, std::move(body)};
  }

  Token quoted() {
    step();
    const std::size_t from = at_;
    while (at_ < text_.size() && text_[at_] != '"') step();
    Token token{Token::Kind::word, unescaped(text_.substr(from, at_ - from))};
    if (at_ < text_.size()) step();
    return token;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  long line_ = 1;
};

std::optional<int> number(const std::string& word) {
  int value = 0;
  const char* end = word.data() + word.size();
  const auto [at, error] = std::from_chars(word.data(), end, value);
  if (error != std::errc{} || at != end) return std::nullopt;
  return value;
}

struct FlatStyle {
  std::string name;
  int flags = 0;
  Rgba8 colour;
};

/// Flags and links come before the name; nothing where it is no flat colour.
std::optional<FlatStyle> flat_style(const std::vector<std::string>& words) {
  FlatStyle style;
  std::size_t i = 0;
  if (i < words.size() && words[i].size() > 1 && words[i][0] == '_')
    if (const auto flags = number(words[i].substr(1))) {
      style.flags = *flags;
      ++i;
    }
  while (i < words.size() && !words[i].empty() &&
         std::string_view("|@*").find(words[i][0]) != std::string_view::npos)
    ++i;
  if (words.size() < i + 6) return std::nullopt;
  style.name = words[i];
  if (number(words[i + 1]) != kFlatColour) return std::nullopt;
  std::array<int, 4> c{};
  for (std::size_t k = 0; k < 4; ++k) {
    const auto value = number(words[i + 2 + k]);
    if (!value || *value < 0 || *value > 255) return std::nullopt;
    c[k] = *value;
  }
  style.colour = {static_cast<std::uint8_t>(c[0]), static_cast<std::uint8_t>(c[1]),
                  static_cast<std::uint8_t>(c[2]), static_cast<std::uint8_t>(c[3])};
  return style;
}

/// The value of name="..." in a tag.
std::string attribute(const std::string& tag, const std::string& key) {
  const auto from = tag.find(" " + key + "=\"");
  if (from == std::string::npos) return {};
  const std::size_t start = from + key.size() + 3, end = tag.find('"', start);
  return end == std::string::npos ? std::string() : unescaped(tag.substr(start, end - start));
}

/// What the text holds before anything is judged.
struct Contents {
  std::string name;
  std::vector<std::vector<std::string>> styles;  ///< words of each
  std::map<StyleId, std::string> pages;          ///< of a style
  bool closed = false;                           ///< the palette's own tag
};

Contents contents(Reader& in) {
  Contents found;
  std::vector<std::string> open;  // names of the tags around
  std::string page;
  for (Token token = in.next(); token.kind != Token::Kind::end; token = in.next()) {
    if (token.kind == Token::Kind::open) {
      const std::string tag = token.text.substr(0, token.text.find_first_of(" \t\r\n"));
      if (tag == "palette") found.name = attribute(token.text, "name");
      if (tag == "style" && found.styles.size() <= static_cast<std::size_t>(kMostNumber))
        found.styles.emplace_back();
      if (tag == "page") page.clear();
      if (!token.text.ends_with('/') && open.size() < 100) open.push_back(tag);
    } else if (token.kind == Token::Kind::close) {
      if (!open.empty()) open.pop_back();
      found.closed = found.closed || token.text.starts_with("palette");
    } else if (!open.empty()) {
      if (open.back() == "style" && !found.styles.empty() && found.styles.back().size() < 16)
        found.styles.back().push_back(std::move(token.text));
      else if (open.back() == "name" && open.size() > 1 && open[open.size() - 2] == "page")
        page += (page.empty() ? "" : " ") + tidy(token.text);
      else if (open.back() == "indices")
        if (const auto id = number(token.text)) found.pages[*id] = page;
    }
  }
  return found;
}

/// A word as it can stand in the file: bare, or in quotes.
std::string word(const std::string& text) {
  const bool bare = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  });
  return bare ? text : "\"" + escaped(text) + "\"";
}

/// A line of another colour than black is a trace line: painted over, the program's "auto-paint".
bool auto_paint(const Style& style, Rgba8 colour) {
  return style.role == StyleRole::line && colour != Rgba8{0, 0, 0, 255};
}

std::string style_text(const Style& style, Rgba8 colour) {
  const bool painted_over = auto_paint(style, colour);
  Style named = style;
  if (painted_over) named.role = StyleRole::normal;
  std::string label = tidy(label_of(named, Parts::elsewhere));
  if (!label.empty() && std::string_view("|@*").find(label[0]) != std::string_view::npos) label[0] = '-';
  const bool needs_flags = painted_over || label[0] == '_' || (label[0] >= '0' && label[0] <= '9');
  return fmt::format("{}{} {} {} {} {} 255", needs_flags ? painted_over ? "_1 " : "_0 " : "", word(label),
                     kFlatColour, colour.r, colour.g, colour.b);
}

}  // namespace

Result<ColourModel> decode_tpl(Bytes bytes, const std::string& name, Report& notes) {
  Reader in({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const Contents found = contents(in);
  if (!found.closed)
    return fail(ErrorCode::bad_input, "is no whole OpenToonz palette: </palette> is missing", "save it again",
                {.file = name, .line = in.line()});
  Builder builder(name, Parts::elsewhere, notes);
  builder.name(found.name);
  for (std::size_t i = 1; i < found.styles.size(); ++i) {
    const auto id = static_cast<StyleId>(i);
    const auto style = flat_style(found.styles[i]);
    if (!style) {
      builder.note("no-flat-colour", "style " + std::to_string(id) + " is no flat colour; it was left out");
      continue;
    }
    if (style->colour.a == 0) continue;  // an empty place
    const auto page = found.pages.find(id);
    const std::size_t before = builder.count();
    const bool has_part = page != found.pages.end() && page->second != kPlainPage;
    builder.add(id, style->name, has_part ? page->second : std::string(), style->colour);
    if (builder.count() > before && (style->flags & 1) != 0) builder.last().role = StyleRole::line;
  }
  return builder.take();
}

Result<std::vector<std::uint8_t>> encode_tpl(const ColourModel& model, Report& notes) {
  if (model.styles.size() > static_cast<std::size_t>(kMostNumber))
    return fail(ErrorCode::bad_input, "an OpenToonz palette holds 4095 styles, the model has more",
                "leave some styles out");
  std::map<StyleId, const Style*> places;
  for (const Style& style : model.styles)
    if (style.id > 0 && style.id <= kMostNumber) places[style.id] = &style;
  if (places.size() != model.styles.size()) {
    notes.push_back(
        {"places", "some ids are above 4095, so the styles are numbered in the model's order", {}});
    places.clear();
    for (std::size_t i = 0; i < model.styles.size(); ++i)
      places[static_cast<StyleId>(i) + 1] = &model.styles[i];
  }
  std::string text = "<palette name=\"" + escaped(tidy(model.name)) +
                     "\">\n  <version>\n    71 0\n  </version>\n  <styles>\n";
  const StyleId last = places.empty() ? 0 : places.rbegin()->first;
  std::vector<std::pair<std::string, std::string>> pages;  // part, indices
  for (StyleId id = 0; id <= last; ++id) {
    const auto place = places.find(id);
    const Style* style = place == places.end() ? nullptr : place->second;
    text += "    <style>\n      " +
            (style ? style_text(*style, model.colour(style->id, model.variants.front()))
                   : fmt::format("color_{} {} 255 255 255 0", id, kFlatColour)) +
            "\n    </style>\n";
    if (!style && id > 0) continue;
    const std::string part = style && !style->part.empty() ? tidy(style->part) : kPlainPage;
    auto page = std::find_if(pages.begin(), pages.end(), [&](const auto& p) { return p.first == part; });
    if (page == pages.end()) page = pages.insert(page, {part, ""});
    page->second += (page->second.empty() ? "" : " ") + std::to_string(id);
  }
  text += "  </styles>\n  <stylepages>\n";
  for (const auto& [part, indices] : pages)
    text += "    <page>\n      <name>\n        " + word(part) + "\n      </name>\n      <indices>\n        " +
            indices + "\n      </indices>\n    </page>\n";
  text += "  </stylepages>\n</palette>\n";
  return std::vector<std::uint8_t>(text.begin(), text.end());
}

}  // namespace nakawari::palettes
