#include "sheet/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "sheet/xdts.h"

namespace nakawari {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// Glyphs people and programs use; the first of each mark is what is written.
constexpr std::array<std::pair<std::string_view, Mark>, 9> kGlyphs{{
    {"○", Mark::tick},
    {"◯", Mark::tick},
    {"〇", Mark::tick},
    {"・", Mark::tick},
    {"●", Mark::reverse_tick},
    {"×", Mark::empty},
    {"✕", Mark::empty},
    {"–", Mark::hold},
    {"—", Mark::hold},
}};

std::string_view glyph(Mark mark) {
  for (const auto& [text, meaning] : kGlyphs) {
    if (meaning == mark) return text;
  }
  return {};
}

std::optional<Mark> mark_of(std::string_view text) {
  for (const auto& [known, meaning] : kGlyphs) {
    if (known == text) return meaning;
  }
  return std::nullopt;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Byte of the first fault, or the length of the text. Overlong forms and surrogates count as faults.
std::size_t first_bad_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || i + length > text.size()) return i;
    unsigned code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      const auto byte = static_cast<unsigned char>(text[i + k]);
      if ((byte & 0xC0) != 0x80) return i;
      code = code << 6 | (byte & 0x3F);
    }
    const bool overlong = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
    if (overlong || (code >= 0xD800 && code < 0xE000) || code > 0x10FFFF) return i;
    i += length;
  }
  return text.size();
}

/// Takes a text apart row by row.
class Rows {
 public:
  explicit Rows(std::string_view text) : text_(text) { separator_ = find_separator(); }

  [[nodiscard]] bool at_end() const { return next_ >= text_.size(); }
  [[nodiscard]] long line() const { return line_; }  ///< of the row read last

  /// The cells of the next row; empty when the row has more than `most` of them.
  std::optional<std::vector<std::string>> row(std::size_t most) {
    line_ = next_line_;
    std::vector<std::string> cells(1);
    bool in_quotes = false;
    while (next_ < text_.size()) {
      const char c = text_[next_++];
      if (c == '\n') ++next_line_;
      if (in_quotes) {
        if (c != '"') {
          cells.back() += c;
        } else if (next_ < text_.size() && text_[next_] == '"') {
          cells.back() += text_[next_++];
        } else {
          in_quotes = false;
        }
      } else if (c == '"' && cells.back().empty()) {
        in_quotes = true;
      } else if (c == separator_) {
        if (cells.size() >= most) return std::nullopt;
        cells.emplace_back();
      } else if (c == '\n') {
        return cells;
      } else if (c == '\r') {
        if (next_ >= text_.size() || text_[next_] != '\n') {
          ++next_line_;
          return cells;
        }
      } else {
        cells.back() += c;
      }
    }
    return cells;
  }

 private:
  /// The one of the three that stands most often outside quotes in the first line.
  [[nodiscard]] char find_separator() const {
    std::array<std::pair<char, int>, 3> counts{{{',', 0}, {';', 0}, {'\t', 0}}};
    bool in_quotes = false;
    for (const char c : text_) {
      if (c == '"') in_quotes = !in_quotes;
      if (!in_quotes && (c == '\n' || c == '\r')) break;
      for (auto& [separator, count] : counts) count += !in_quotes && c == separator;
    }
    return std::max_element(counts.begin(), counts.end(),
                            [](auto& a, auto& b) { return a.second < b.second; })
        ->first;
  }

  std::string_view text_;
  std::size_t next_ = 0;
  long line_ = 0, next_line_ = 1;
  char separator_ = ',';
};

bool is_word(std::string_view cell, std::string_view word) {
  cell = trimmed(cell);
  return cell.size() == word.size() && std::equal(cell.begin(), cell.end(), word.begin(), [](char a, char b) {
           return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b;
         });
}

std::optional<double> number(std::string_view cell) {
  cell = trimmed(cell);
  double value = 0;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (error != std::errc() || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

class CsvReader {
 public:
  CsvReader(std::string_view text, const std::string& file) : rows_(text), file_(file) {}

  Result<ReadSheet> read() {
    auto first = next_row();
    if (!first) return Failure(first.error());
    const bool own = is_word((*first)[0], "fps");
    if (auto done = own ? read_title(*first) : read_paths(*first); !done) return Failure(done.error());
    auto names = next_row();
    if (!names) return Failure(names.error());
    if (names->size() < 2) return bad("the table has no cels", "row 2 holds the names of the cels");
    for (std::size_t i = 1; i < names->size(); ++i) {
      read_.sheet.cels.push_back({static_cast<int>(i) - 1, (*names)[i], {}, {}});
    }
    if (auto done = read_frames(); !done) return Failure(done.error());
    return std::move(read_);
  }

 private:
  [[nodiscard]] Failure bad(std::string message, std::string mend = {}) const {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend),
                {.file = file_, .line = rows_.line()});
  }
  void note(std::string what, std::string text) {
    for (const Note& other : read_.notes) {
      if (other.what == what) return;
    }
    read_.notes.push_back({std::move(what), std::move(text), {.file = file_, .line = rows_.line()}});
  }

  Result<std::vector<std::string>> next_row() {
    if (rows_.at_end()) return bad("the table ends too early", "row 1 title, row 2 cels, then a row a frame");
    auto cells = rows_.row(static_cast<std::size_t>(kMaxSheetTracks) + 1);
    if (!cells) return bad("more than 1000 columns", "export only the cels of this cut");
    return std::move(*cells);
  }

  /// fps,24,title,c012
  Result<void> read_title(const std::vector<std::string>& cells) {
    const auto fps = cells.size() > 1 ? number(cells[1]) : std::nullopt;
    if (!fps || !(*fps >= 1 && *fps <= 240)) return bad("the frame rate is not a number from 1 to 240");
    read_.sheet.fps = *fps;
    if (cells.size() > 3 && is_word(cells[2], "title")) read_.sheet.name = cells[3];
    return {};
  }

  /// Clip Studio Paint: the folders in which the cels lie.
  Result<void> read_paths(const std::vector<std::string>& cells) {
    if (cells.size() < 2)
      return bad("not a table of a time sheet", "row 1 starts with fps, as in: fps,24,title,c012");
    note("paths-row",
         "the first row names folders, as Clip Studio Paint writes it; 24 frames a second are assumed");
    return {};
  }

  Result<void> read_frames() {
    int frame = 0;
    while (!rows_.at_end()) {
      auto cells = next_row();
      if (!cells) return Failure(cells.error());
      const bool blank =
          std::all_of(cells->begin(), cells->end(), [](auto& cell) { return trimmed(cell).empty(); });
      if (blank) continue;
      if (frame >= kMaxSheetFrames) return bad("more than 100000 frames");
      if (trimmed((*cells)[0]).empty()) {
        note("frame-missing", "a row without a frame number is read as the next frame");
      } else if (number((*cells)[0]) != frame + 1) {
        return bad("the row of frame " + std::to_string(frame + 1) + " says \"" + (*cells)[0] + "\"",
                   "number the frames 1, 2, 3, ... without gaps");
      }
      if (auto done = read_cells(*cells, frame); !done) return done;
      ++frame;
    }
    if (frame == 0) return bad("the table has no frames", "add a row a frame, numbered from 1");
    read_.sheet.duration = frame;
    return {};
  }

  Result<void> read_cells(const std::vector<std::string>& cells, int frame) {
    std::vector<SheetTrack>& cels = read_.sheet.cels;
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const std::string_view cell = trimmed(cells[i]);
      if (cell.empty()) continue;
      if (i > cels.size()) return bad("column " + std::to_string(i + 1) + " has no cel in row 2");
      SheetEntry entry;
      entry.frame = frame;
      if (const auto mark = mark_of(cell)) {
        entry.mark = *mark;
      } else {
        entry.name = cells[i];
      }
      cels[i - 1].entries.push_back(std::move(entry));
    }
    return {};
  }

  Rows rows_;
  const std::string& file_;
  ReadSheet read_;
};

std::string quoted_cell(const std::string& cell) {
  const bool plain = cell.find_first_of(",;\t\"\r\n") == std::string::npos;
  if (plain) return cell;
  std::string text = "\"";
  for (const char c : cell) {
    text += c;
    if (c == '"') text += c;
  }
  return text + "\"";
}

std::string number_text(double value) {
  std::array<char, 32> buffer{};
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

/// What the table says for an entry; remarks what it loses.
std::string cell_text(const SheetEntry& entry, const std::string& cel, Report& notes) {
  if (entry.mark == Mark::other) return {};
  if (entry.mark != Mark::text) return std::string(glyph(entry.mark));
  if (trimmed(entry.name).empty() || mark_of(trimmed(entry.name))) {
    notes.push_back({"name-like-mark",
                     "a drawing named \"" + entry.name + "\" reads as a mark in the table",
                     {.cel = cel, .frame = entry.frame + 1L}});
  }
  return entry.name;
}

}  // namespace

Result<ReadSheet> read_csv(std::span<const std::uint8_t> bytes, const std::string& file) {
  std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (text.size() > kMaxSheetBytes) {
    return fail(ErrorCode::bad_input, "the sheet is larger than 16 MiB", "export only this cut",
                {.file = file});
  }
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  if (text.empty())
    return fail(ErrorCode::bad_input, "the sheet is empty", "export it again", {.file = file});
  if (const std::size_t bad = first_bad_utf8(text); bad < text.size()) {
    const long line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n');
    return fail(ErrorCode::bad_input, "the table is not UTF-8 text", "save it as CSV UTF-8",
                {.file = file, .line = line});
  }
  return CsvReader(text, file).read();
}

std::string write_csv(const ExposureSheet& sheet, Report* notes) {
  Report lost;
  if (!sheet.dialogue.empty()) lost.push_back({"dialogue-lost", "the table does not hold the dialogue", {}});
  if (!sheet.camera.empty()) lost.push_back({"camera-lost", "the table does not hold the camera", {}});

  // Cells by cel, ordered by frame; of two entries at one frame the later stands.
  std::vector<std::vector<std::pair<int, std::string>>> columns;
  for (const SheetTrack& cel : sheet.cels) {
    std::vector<std::pair<int, std::string>>& column = columns.emplace_back();
    for (const SheetEntry& entry : cel.entries) {
      if (entry.frame >= sheet.duration) {
        if (entry.mark != Mark::empty)
          lost.push_back({"frame-past-end", "an entry past the end is left out", {.cel = cel.name}});
        continue;
      }
      const int frame = std::max(0, entry.frame);
      if (!column.empty() && column.back().first == frame) column.pop_back();
      column.emplace_back(frame, cell_text(entry, cel.name, lost));
    }
  }

  std::string text = "fps," + number_text(sheet.fps) + ",title," + quoted_cell(sheet.name) + "\nframe";
  for (const SheetTrack& cel : sheet.cels) text += "," + quoted_cell(cel.name);
  std::vector<std::size_t> next(columns.size());
  for (int frame = 0; frame < sheet.duration; ++frame) {
    text += "\n" + std::to_string(frame + 1);
    for (std::size_t c = 0; c < columns.size(); ++c) {
      text += ',';
      if (next[c] < columns[c].size() && columns[c][next[c]].first == frame)
        text += quoted_cell(columns[c][next[c]++].second);
    }
  }
  text += "\n";
  if (notes != nullptr) notes->insert(notes->end(), lost.begin(), lost.end());
  return text;
}

}  // namespace nakawari
