/// \file
/// Reads small TOML files by hand-written rules: every key has its type, the first error names file, line and
/// mend, and keys that nobody asked for are told (a typing mistake must not be lost in silence).
///
/// The reader is sticky: after the first error everything reads as missing, and `finish` gives that error.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/report.h"
#include "base/result.h"
#include "geometry/vec2.h"

namespace nakawari {

class TomlTable {
 public:
  struct State;
  TomlTable() = default;
  TomlTable(std::shared_ptr<State> state, const void* table);

  [[nodiscard]] bool has(const char* key) const;
  [[nodiscard]] bool is_text(const char* key) const;
  /// Line of a key (of the table itself when the key is missing), from 1.
  [[nodiscard]] long line(const char* key = nullptr) const;

  /// The last line that any value of the table stands on.
  [[nodiscard]] long last_line() const;
  /// Takes all keys that were not asked for as known.
  void skip_rest();

  /// Each leaves `value` alone and returns false when the key is missing or of a wrong type.
  bool read(const char* key, std::string& value);  ///< text; a date or time is taken as it is written
  bool read(const char* key, bool& value);
  bool read(const char* key, int& value);
  bool read(const char* key, double& value);
  bool read(const char* key, Vec2& value);               ///< [x, y]
  bool read(const char* key, std::vector<Vec2>& value);  ///< [[x, y], ...] or one [x, y]
  bool read(const char* key, std::vector<std::string>& value);
  bool read(const char* key, std::vector<double>& value);

  /// A table, empty when missing; tables of [[key]], in file order.
  TomlTable table(const char* key);
  std::vector<TomlTable> tables(const char* key);
  /// All keys with a number as value, for tables with free keys.
  std::vector<std::pair<std::string, double>> numbers();

  /// Records an error of the caller's own at a key, unless there is one already.
  void reject(const char* key, std::string message, std::string mend = {});

 private:
  const void* node(const char* key);
  void wrong_type(const char* key, const char* wanted);
  std::shared_ptr<State> state_;
  const void* table_ = nullptr;
};

class TomlReader {
 public:
  /// `file` is used in errors only.
  TomlReader(std::string_view text, const std::string& file);
  [[nodiscard]] TomlTable root() const;
  /// The first error, or a note for every key that was not asked for.
  Result<Report> finish() const;

 private:
  std::shared_ptr<TomlTable::State> state_;
};

}  // namespace nakawari
