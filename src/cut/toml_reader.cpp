#include "cut/toml_reader.h"

#include <algorithm>
#include <optional>
#include <set>
#include <sstream>

// With exceptions, as in every module: toml++ built both ways in one program clashes.
#include <toml++/toml.h>

#include "base/toml_text.h"

namespace nakawari {

struct TomlTable::State {
  std::string file;
  toml::table root;
  std::optional<Error> error;
  std::set<const void*> asked;  ///< nodes; looked up, never walked, so their order does not matter
};

namespace {

const toml::table* as_table(const void* node) {
  return static_cast<const toml::table*>(node);
}

const toml::node* as_node(const void* node) {
  return static_cast<const toml::node*>(node);
}

std::optional<Vec2> point_of(const toml::node& node) {
  const toml::array* pair = node.as_array();
  if (!pair || pair->size() != 2) return std::nullopt;
  const auto x = (*pair)[0].value<double>(), y = (*pair)[1].value<double>();
  if (!x || !y || !std::isfinite(*x) || !std::isfinite(*y)) return std::nullopt;
  return Vec2{*x, *y};
}

const char* type_word(const toml::node& node) {
  if (node.is_string()) return "text";
  if (node.is_integer()) return "a whole number";
  if (node.is_floating_point()) return "a number";
  if (node.is_boolean()) return "true or false";
  if (node.is_array()) return "a list";
  if (node.is_table()) return "a table";
  return "a date or time";
}

long last_line_of(const toml::node& node) {
  long last = static_cast<long>(std::max(node.source().begin.line, node.source().end.line));
  if (const toml::table* table = node.as_table())
    for (auto&& [key, value] : *table)
      last = std::max({last, static_cast<long>(key.source().begin.line), last_line_of(value)});
  if (const toml::array* list = node.as_array())
    for (const toml::node& item : *list) last = std::max(last, last_line_of(item));
  return last;
}

void mark_asked(const toml::node& node, std::set<const void*>& asked) {
  asked.insert(&node);
  if (const toml::table* table = node.as_table())
    for (auto&& [key, value] : *table) mark_asked(value, asked);
  if (const toml::array* list = node.as_array())
    for (const toml::node& item : *list) mark_asked(item, asked);
}

void collect_unknown(const toml::table& table, const TomlTable::State& state, Report& notes) {
  std::vector<std::pair<long, std::string>> found;
  for (auto&& [key, node] : table) {
    if (!state.asked.contains(&node)) {
      found.emplace_back(static_cast<long>(key.source().begin.line), std::string(key.str()));
    } else if (const toml::table* inner = node.as_table()) {
      collect_unknown(*inner, state, notes);
    } else if (const toml::array* list = node.as_array()) {
      for (const toml::node& item : *list)
        if (item.is_table()) collect_unknown(*item.as_table(), state, notes);
    }
  }
  for (auto& [line, key] : found)
    notes.push_back({"unknown-key",
                     "the key \"" + key + "\" is not known and has no effect",
                     {.file = state.file, .line = line}});
}

}  // namespace

TomlTable::TomlTable(std::shared_ptr<State> state, const void* table)
    : state_(std::move(state)), table_(table) {}

bool TomlTable::has(const char* key) const {
  return table_ && as_table(table_)->contains(key);
}

long TomlTable::line(const char* key) const {
  if (!table_) return -1;
  const toml::node* found = key ? as_table(table_)->get(key) : nullptr;
  if (!found) found = as_table(table_);
  const long line = static_cast<long>(found->source().begin.line);
  return line > 0 ? line : -1;
}

bool TomlTable::is_text(const char* key) const {
  const toml::node* found = table_ ? as_table(table_)->get(key) : nullptr;
  return found && found->is_string();
}

long TomlTable::last_line() const {
  return table_ ? last_line_of(*as_table(table_)) : -1;
}

void TomlTable::skip_rest() {
  if (table_) mark_asked(*as_table(table_), state_->asked);
}

const void* TomlTable::node(const char* key) {
  if (!table_ || state_->error) return nullptr;
  const toml::node* found = as_table(table_)->get(key);
  if (found) state_->asked.insert(found);
  return found;
}

void TomlTable::reject(const char* key, std::string message, std::string mend) {
  if (!state_ || state_->error) return;
  state_->error = Error{
      ErrorCode::bad_input, std::move(message), std::move(mend), {.file = state_->file, .line = line(key)}};
}

void TomlTable::wrong_type(const char* key, const char* wanted) {
  const toml::node* found = as_table(table_)->get(key);
  reject(key, std::string("\"") + key + "\" is " + type_word(*found), std::string("give ") + wanted);
}

bool TomlTable::read(const char* key, std::string& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  if (const auto text = found->value<std::string>()) {
    value = *text;
    return true;
  }
  if (found->is_date() || found->is_time() || found->is_date_time()) {
    std::ostringstream written;
    if (const auto* date = found->as_date()) written << date->get();
    if (const auto* time = found->as_time()) written << time->get();
    if (const auto* both = found->as_date_time()) written << both->get();
    value = written.str();
    return true;
  }
  wrong_type(key, "text in quotes");
  return false;
}

bool TomlTable::read(const char* key, bool& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  if (const auto* flag = found->as_boolean()) {
    value = flag->get();
    return true;
  }
  wrong_type(key, "true or false");
  return false;
}

bool TomlTable::read(const char* key, int& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  const auto* number = found->as_integer();
  if (!number) {
    wrong_type(key, "a whole number");
    return false;
  }
  if (number->get() < -1'000'000'000 || number->get() > 1'000'000'000) {
    reject(key, std::string("\"") + key + "\" is too large");
    return false;
  }
  value = static_cast<int>(number->get());
  return true;
}

bool TomlTable::read(const char* key, double& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  const auto number = found->is_number() ? found->value<double>() : std::nullopt;
  if (!number || !std::isfinite(*number)) {
    wrong_type(key, "a number");
    return false;
  }
  value = *number;
  return true;
}

bool TomlTable::read(const char* key, Vec2& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  if (const auto point = point_of(*found)) {
    value = *point;
    return true;
  }
  reject(key, std::string("\"") + key + "\" is not a pair of numbers", "give two, such as [1920, 1080]");
  return false;
}

bool TomlTable::read(const char* key, std::vector<Vec2>& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  std::vector<Vec2> points;
  if (const auto point = point_of(*found)) {
    points.push_back(*point);
  } else if (const toml::array* list = found->as_array()) {
    for (const toml::node& item : *list)
      if (const auto each = point_of(item)) points.push_back(*each);
    if (points.size() != list->size()) points.clear();
  }
  if (points.empty()) {
    reject(key, std::string("\"") + key + "\" is not a list of points", "give [[x, y], [x, y]]");
    return false;
  }
  value = std::move(points);
  return true;
}

bool TomlTable::read(const char* key, std::vector<double>& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  std::vector<double> numbers;
  const toml::array* list = found->as_array();
  if (list)
    for (const toml::node& item : *list)
      if (const auto number = item.is_number() ? item.value<double>() : std::nullopt;
          number && std::isfinite(*number))
        numbers.push_back(*number);
  if (!list || numbers.size() != list->size()) {
    reject(key, std::string("\"") + key + "\" is not a list of numbers", "give [0.5, 1]");
    return false;
  }
  value = std::move(numbers);
  return true;
}

bool TomlTable::read(const char* key, std::vector<std::string>& value) {
  const toml::node* found = as_node(node(key));
  if (!found) return false;
  std::vector<std::string> texts;
  const toml::array* list = found->as_array();
  if (list)
    for (const toml::node& item : *list)
      if (const auto text = item.value<std::string>()) texts.push_back(*text);
  if (!list || texts.size() != list->size()) {
    reject(key, std::string("\"") + key + "\" is not a list of texts", "give [\"one\", \"two\"]");
    return false;
  }
  value = std::move(texts);
  return true;
}

TomlTable TomlTable::table(const char* key) {
  const toml::node* found = as_node(node(key));
  if (!found) return {state_, nullptr};
  if (!found->is_table()) {
    reject(key, std::string("\"") + key + "\" is not a table", std::string("write ") + key + " = { ... }");
    return {state_, nullptr};
  }
  return {state_, found->as_table()};
}

std::vector<TomlTable> TomlTable::tables(const char* key) {
  std::vector<TomlTable> all;
  const toml::node* found = as_node(node(key));
  if (!found) return all;
  const toml::array* list = found->as_array();
  bool good = list != nullptr;
  if (list)
    for (const toml::node& item : *list) {
      good = good && item.is_table();
      if (item.is_table()) all.emplace_back(state_, item.as_table());
    }
  if (!good) {
    reject(key, std::string("\"") + key + "\" is not a list of tables", std::string("write [[") + key + "]]");
    return {};
  }
  return all;
}

std::vector<std::pair<std::string, double>> TomlTable::numbers() {
  std::vector<std::pair<std::string, double>> all;
  if (!table_) return all;
  for (auto&& [key, value] : *as_table(table_)) {
    double number = 0;
    const std::string name(key.str());
    if (read(name.c_str(), number)) all.emplace_back(name, number);
  }
  return all;
}

TomlReader::TomlReader(std::string_view text, const std::string& file)
    : state_(std::make_shared<TomlTable::State>()) {
  state_->file = file;
  if (const auto trouble = toml_trouble(text)) {
    state_->error = Error{ErrorCode::bad_input,
                          "is not TOML: " + std::string(trouble->what),
                          std::string(trouble->mend),
                          {.file = file, .line = trouble->line}};
    return;
  }
  try {
    state_->root = toml::parse(text);
  } catch (const toml::parse_error& error) {
    state_->error = Error{ErrorCode::bad_input,
                          "is not TOML: " + std::string(error.description()),
                          "mend this line",
                          {.file = file, .line = static_cast<long>(error.source().begin.line)}};
  }
}

TomlTable TomlReader::root() const {
  return {state_, &state_->root};
}

Result<Report> TomlReader::finish() const {
  if (state_->error) return Failure(*state_->error);
  Report notes;
  collect_unknown(state_->root, *state_, notes);
  return notes;
}

}  // namespace nakawari
