#include "sheet/chart.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <set>
#include <utility>

#include <toml++/toml.h>

#include "base/check.h"
#include "base/toml_text.h"
#include "sheet/names.h"

namespace nakawari {
namespace {

constexpr std::size_t kMaxChartBytes = std::size_t{1} << 20;

constexpr std::array<std::pair<std::string_view, SpacingWord>, 6> kWords{{
    {"even", SpacingWord::even},
    {"ease-in", SpacingWord::ease_in},
    {"ease-out", SpacingWord::ease_out},
    {"ease-in-out", SpacingWord::ease_in_out},
    {"halves", SpacingWord::halves},
    {"thirds", SpacingWord::thirds},
}};

/// Turns a parsed file into Charts; every refusal names the line.
class ChartReader {
 public:
  explicit ChartReader(const std::string& file) : file_(file) {}

  Result<Charts> read(const toml::table& root) {
    if (auto known = only_keys(root, {"chart"}); !known) return Failure(known.error());
    Charts charts{file_, {}};
    const toml::node* list = root.get("chart");
    if (list == nullptr) return charts;
    if (list->as_array() == nullptr) return bad(*list, "`chart` is not a list of tables", "write [[chart]]");
    if (list->as_array()->size() > kMaxCharts) return bad(*list, "more than 1000 charts in one file");
    std::set<std::pair<std::string, std::string>> pairs;
    for (const toml::node& node : *list->as_array()) {
      Result<Chart> chart = read_chart(node);
      if (!chart) return Failure(chart.error());
      if (!pairs.insert({chart->from, chart->to}).second) {
        return bad(node, "a second chart from " + chart->from + " to " + chart->to, "keep one of the two");
      }
      charts.charts.push_back(std::move(*chart));
    }
    return charts;
  }

 private:
  [[nodiscard]] Failure bad(const toml::node& node, std::string message, std::string mend = {}) const {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend),
                {.file = file_, .line = line(node)});
  }
  [[nodiscard]] static long line(const toml::node& node) {
    return static_cast<long>(node.source().begin.line);
  }

  /// A misspelt key would be dropped in silence; it is refused instead.
  [[nodiscard]] Result<void> only_keys(const toml::table& table,
                                       std::initializer_list<std::string_view> known) const {
    for (const auto& [key, value] : table) {
      if (std::find(known.begin(), known.end(), key.str()) == known.end()) {
        std::string names;
        for (const std::string_view name : known) names += (names.empty() ? "" : ", ") + std::string(name);
        return bad(value, "unknown key `" + std::string(key.str()) + "`", "known here: " + names);
      }
    }
    return {};
  }

  Result<Chart> read_chart(const toml::node& node) const {
    const toml::table* table = node.as_table();
    if (table == nullptr) return bad(node, "`chart` is not a table", "write [[chart]]");
    if (auto known = only_keys(*table, {"from", "to", "spacing", "group"}); !known)
      return Failure(known.error());
    Chart chart;
    chart.line = line(node);
    Result<std::string> from = read_drawing(*table, "from");
    if (!from) return Failure(from.error());
    Result<std::string> to = read_drawing(*table, "to");
    if (!to) return Failure(to.error());
    chart.from = std::move(*from);
    chart.to = std::move(*to);
    if (chart.from == chart.to) return bad(node, "a chart from drawing " + chart.from + " to itself");
    Result<Spacing> spacing = read_spacing(*table, true);
    if (!spacing) return Failure(spacing.error());
    chart.spacing = std::move(*spacing);
    if (const toml::node* groups = table->get("group")) {
      if (groups->as_array() == nullptr)
        return bad(*groups, "`group` is not a list of tables", "write [[chart.group]]");
      for (const toml::node& entry : *groups->as_array()) {
        Result<GroupChart> group = read_group(entry);
        if (!group) return Failure(group.error());
        for (const GroupChart& other : chart.groups) {
          if (other.name == group->name)
            return bad(entry, "a second group `" + group->name + "` in one chart");
        }
        chart.groups.push_back(std::move(*group));
      }
    }
    return chart;
  }

  /// A drawing is named by text, or by a bare number for those who forget the quotes.
  Result<std::string> read_drawing(const toml::table& table, std::string_view key) const {
    const toml::node* node = table.get(key);
    if (node == nullptr) return bad(table, "a chart without `" + std::string(key) + "`", "name the drawing");
    if (const auto text = node->value_exact<std::string>(); text && !text->empty()) return *text;
    if (const auto number = node->value_exact<std::int64_t>(); number && *number >= 0)
      return std::to_string(*number);
    return bad(*node, "`" + std::string(key) + "` is not the name of a drawing",
               "write it in quotes, as \"1\"");
  }

  Result<Spacing> read_spacing(const toml::table& table, bool optional) const {
    const toml::node* node = table.get("spacing");
    if (node == nullptr) {
      if (optional) return Spacing{};
      return bad(table, "a group without `spacing`");
    }
    if (const auto word = node->value_exact<std::string>()) {
      for (const auto& [name, value] : kWords) {
        if (name == *word) return Spacing{value, {}};
      }
      return bad(*node, "unknown spacing \"" + *word + "\"",
                 "even, ease-in, ease-out, ease-in-out, halves, thirds or a list of positions");
    }
    const toml::array* list = node->as_array();
    if (list == nullptr)
      return bad(*node, "`spacing` is neither a word nor a list of positions",
                 "as in spacing = [0.2, 0.5, 0.8] or spacing = \"ease-in\"");
    if (list->empty()) return bad(*node, "`spacing` is an empty list", "leave it out for equal steps");
    Spacing spacing;
    double previous = 0;
    for (const toml::node& entry : *list) {
      const auto value = entry.value<double>();
      if (!value || !entry.is_number() || !std::isfinite(*value))
        return bad(entry, "a position is not a number");
      if (*value <= 0 || *value >= 1) {
        return bad(entry, "a position lies outside 0 to 1",
                   "0 is the first key, 1 the second; ticks lie between");
      }
      if (*value < previous + kMinSpacingStep || *value > 1 - kMinSpacingStep) {
        return bad(entry, "positions do not rise by at least 0.0001", "write them in the order of time");
      }
      spacing.positions.push_back(previous = *value);
    }
    return spacing;
  }

  Result<GroupChart> read_group(const toml::node& node) const {
    const toml::table* table = node.as_table();
    if (table == nullptr) return bad(node, "`group` is not a table", "write [[chart.group]]");
    if (auto known = only_keys(*table, {"name", "at", "spacing"}); !known) return Failure(known.error());
    GroupChart group;
    group.line = line(node);
    const toml::node* name = table->get("name");
    const auto text = name == nullptr ? std::optional<std::string>{} : name->value_exact<std::string>();
    if (!text || text->empty()) return bad(name == nullptr ? node : *name, "a group without a name");
    group.name = *text;
    Result<Spacing> spacing = read_spacing(*table, false);
    if (!spacing) return Failure(spacing.error());
    group.spacing = std::move(*spacing);
    if (const toml::node* at = table->get("at")) {
      const toml::array* point = at->as_array();
      const bool two_numbers =
          point != nullptr && point->size() == 2 && (*point)[0].is_number() && (*point)[1].is_number();
      if (!two_numbers) return bad(*at, "`at` is not a point", "write at = [x, y] in pixels");
      group.placed = true;
      group.x = (*point)[0].value_or(0.0);
      group.y = (*point)[1].value_or(0.0);
      if (!std::isfinite(group.x) || !std::isfinite(group.y)) return bad(*at, "`at` is not a point");
    }
    return group;
  }

  const std::string& file_;
};

/// Halves (parts = 2) or thirds (parts = 3) of what remains, each time anew. Where the steps get smaller than
/// a chart may have, the rest is spread evenly.
std::vector<double> by_parts(int parts, int count) {
  std::vector<double> at;
  double rest = 1;
  while (static_cast<int>(at.size()) < count && rest / parts > 2 * kMinSpacingStep) {
    for (int k = 1; k < parts && static_cast<int>(at.size()) < count; ++k)
      at.push_back(1 - rest + rest * k / parts);
    rest /= parts;
  }
  const int left = count - static_cast<int>(at.size());
  for (int k = 1; k <= left; ++k) at.push_back(1 - rest + rest * k / (left + 1));
  return at;
}

/// Reads `count` equal steps off the monotone cubic through (k / (n + 1), position k) and the two keys.
std::vector<double> resampled(const std::vector<double>& ticks, int count) {
  std::vector<double> y{0};
  y.insert(y.end(), ticks.begin(), ticks.end());
  y.push_back(1);
  const std::size_t last = y.size() - 1;

  // Slopes per step: the harmonic mean of the neighbours keeps the curve rising everywhere.
  std::vector<double> slope(y.size());
  for (std::size_t i = 1; i < last; ++i) {
    const double left = y[i] - y[i - 1];
    const double right = y[i + 1] - y[i];
    slope[i] = 2 * left * right / (left + right);
  }
  slope[0] = y[1] - y[0];
  slope[last] = y[last] - y[last - 1];

  std::vector<double> at;
  for (int k = 1; k <= count; ++k) {
    const double u = static_cast<double>(k) / (count + 1) * static_cast<double>(last);
    const std::size_t i = std::min(static_cast<std::size_t>(u), last - 1);
    const double s = u - static_cast<double>(i);
    const double rise = y[i + 1] - y[i];
    // Hermite form, written from the left end so that a node comes out exact.
    at.push_back(y[i] + s * (slope[i] + s * ((3 * rise - 2 * slope[i] - slope[i + 1]) +
                                             s * (slope[i] + slope[i + 1] - 2 * rise))));
  }
  return at;
}

}  // namespace

double eased(SpacingWord word, double u) {
  switch (word) {
    case SpacingWord::ease_in:
      return u * u;
    case SpacingWord::ease_out:
      return 1 - (1 - u) * (1 - u);
    case SpacingWord::ease_in_out:
      return u * u * (3 - 2 * u);
    default:
      return u;
  }
}

Result<Charts> read_charts(std::string_view toml, const std::string& file) {
  if (toml.size() > kMaxChartBytes) {
    return fail(ErrorCode::bad_input, "the chart file is larger than 1 MiB", {}, {.file = file});
  }
  if (const auto trouble = toml_trouble(toml))
    return fail(ErrorCode::bad_input, "not valid TOML: " + std::string(trouble->what),
                std::string(trouble->mend), {.file = file, .line = trouble->line});
  try {
    return ChartReader(file).read(toml::parse(toml, file));
  } catch (const toml::parse_error& error) {
    return fail(ErrorCode::bad_input, "not valid TOML: " + std::string(error.description()), "mend this line",
                {.file = file, .line = static_cast<long>(error.source().begin.line)});
  }
}

const Chart* find_chart(const Charts& charts, std::string_view from, std::string_view to,
                        std::string_view cel) {
  const std::string plain_from = plain_name(from, cel);
  const std::string plain_to = plain_name(to, cel);
  for (const Chart& chart : charts.charts) {
    if (plain_name(chart.from, cel) == plain_from && plain_name(chart.to, cel) == plain_to) return &chart;
  }
  return nullptr;
}

std::vector<double> positions(const Spacing& spacing, int count) {
  NAKAWARI_CHECK(count >= 0);
  if (!spacing.positions.empty()) {
    if (static_cast<int>(spacing.positions.size()) == count) return spacing.positions;
    return resampled(spacing.positions, count);
  }
  if (spacing.word == SpacingWord::halves) return by_parts(2, count);
  if (spacing.word == SpacingWord::thirds) return by_parts(3, count);
  std::vector<double> at;
  for (int k = 1; k <= count; ++k) at.push_back(eased(spacing.word, static_cast<double>(k) / (count + 1)));
  return at;
}

std::vector<double> positions(const Chart* chart, int count, const std::string& file, Report& notes) {
  if (chart == nullptr) return positions(Spacing{}, count);
  const std::size_t ticks = chart->spacing.positions.size();
  if (ticks > 0 && ticks != static_cast<std::size_t>(count)) {
    notes.push_back({"chart-count",
                     "the chart " + chart->from + "-" + chart->to + " has " + std::to_string(ticks) +
                         " ticks, the sheet asks for " + std::to_string(count) +
                         " in-betweens; the sheet's count is used, on the chart's curve",
                     {.file = file, .line = chart->line}});
  }
  return positions(chart->spacing, count);
}

}  // namespace nakawari
