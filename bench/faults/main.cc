// nakawari_faults: plants faults of graded size into clean drawings and asks the checks.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <set>

#include "between.h"
#include "pictures.h"
#include "plant.h"
#include "series.h"

namespace nakawari::bench {
namespace {

struct Arguments {
  std::string data, examples, set = "tune", pictures;
  std::vector<std::string> named;
  std::vector<std::string> only;
  std::vector<double> sizes = {0.5, 1, 2, 4};
  int windows = 2, threads = 2, every = 1;
  bool list = false, inbetweens = false;
};

/// Faults of this check are asked for.
bool wants(const Arguments& a, const std::string& check) {
  return a.only.empty() || std::find(a.only.begin(), a.only.end(), check) != a.only.end();
}

struct Cell {
  int planted = 0, found = 0, unjudged = 0;
};

/// Rows by check and kind of fault, cells by size.
struct Table {
  std::map<std::pair<std::string, std::string>, std::map<double, Cell>> rows;
  std::map<std::string, std::pair<int, int>> alarms;  ///< by check: warn, fail
  int clean = 0, alarmed = 0;
  /// Findings on in-betweens of the program by verdict (pass, look), and on the drawings whose place they
  /// take.
  struct Beside {
    int drawings = 0, ours = 0, artists = 0;
    std::map<std::string, int> by_check;
  };
  std::map<std::string, Beside> made;
};

void add(const Table& from, Table& to) {
  for (const auto& [row, cells] : from.rows)
    for (const auto& [size, cell] : cells) {
      Cell& sum = to.rows[row][size];
      sum.planted += cell.planted;
      sum.found += cell.found;
      sum.unjudged += cell.unjudged;
    }
  for (const auto& [check, count] : from.alarms) {
    to.alarms[check].first += count.first;
    to.alarms[check].second += count.second;
  }
  for (const auto& [verdict, beside] : from.made) {
    Table::Beside& sum = to.made[verdict];
    sum.drawings += beside.drawings;
    sum.ours += beside.ours;
    sum.artists += beside.artists;
    for (const auto& [check, count] : beside.by_check) sum.by_check[check] += count;
  }
  to.clean += from.clean;
  to.alarmed += from.alarmed;
}

Result<CheckContext> context_of(const Window& window, int threads) {
  CheckJob job;
  job.cel = window.name;
  job.drawings = static_cast<int>(window.drawings.size());
  job.load = [&](int i) -> Result<CheckInput> { return window.drawings[static_cast<std::size_t>(i)]; };
  job.model = window.model;
  return look_at_cel(job, Threads{threads});
}

/// Every drawing with two neighbours is a clean drawing: what is listed there is a false alarm.
void count_alarms(const Arguments& a, const Window& window, const CheckContext& context, Table& table) {
  const Outcome outcome = run_checks(context, {Threads{1}, {}});
  std::set<int> alarmed;
  const int n = static_cast<int>(window.drawings.size());
  for (const Finding& f : outcome.findings) {
    if (f.drawing == 0 || f.drawing == n - 1) continue;
    (f.level == Level::fail ? table.alarms[f.check].second : table.alarms[f.check].first)++;
    alarmed.insert(f.drawing);
    if (!a.pictures.empty())
      if (auto written = write_finding(a.pictures, window, f); !written)
        fmt::print(stderr, "{}\n", written.error().one_line());
    if (a.list)
      fmt::print("alarm {} {} {} {} at {:.0f},{:.0f}: {} [{:.3g} of {:.3g}]\n", window.name,
                 window.drawings[static_cast<std::size_t>(f.drawing)].name, f.check,
                 f.level == Level::fail ? "fail" : "warn", f.at.x, f.at.y, f.text,
                 std::abs(f.value - f.reference), f.threshold);
  }
  table.clean += std::max(0, n - 2);
  table.alarmed += static_cast<int>(alarmed.size());
}

/// Faults that the check finds, of those planted; a fault that was there before planting does not count.
void try_fault(const Arguments& a, const Fault& fault, const Window& window, CheckContext& context,
               int drawing, int which, Table& table) {
  const CheckOptions options{Threads{1}, {fault.check}};
  const CheckInput& clean = window.drawings[static_cast<std::size_t>(drawing)];
  std::vector<Planted> planted;
  std::vector<double> sizes;
  for (const double size : a.sizes) {
    auto one = fault.plant({.context = context, .drawing = drawing, .clean = clean, .which = which}, size);
    if (!one) continue;
    planted.push_back(std::move(*one));
    sizes.push_back(size);
  }
  for (std::size_t k = 0; k < planted.size(); ++k) {
    Cell& cell = table.rows[{fault.check, fault.unit}][sizes[k]];
    const auto places = planted[k].at;
    Window shown;
    if (!a.pictures.empty()) {
      shown = window;
      shown.drawings[static_cast<std::size_t>(drawing)] = planted[k].input;
    }
    const Planted plan{{}, places, planted[k].reach, planted[k].reaches};
    if (!replace_drawing(context, drawing, std::move(planted[k].input))) continue;
    const Outcome outcome = run_checks(context, options);
    for (std::size_t p = 0; p < places.size(); ++p) {
      const Vec2 at = places[p];
      const double reach = plan.reach_of(p);
      bool judged = true;
      std::string why;
      for (const NotJudged& n : outcome.not_judged) {
        if (n.drawing != drawing || (n.size > 0 && distance(n.at, at) > reach)) continue;
        judged = false;
        why = n.why;
      }
      const auto hit = std::find_if(outcome.findings.begin(), outcome.findings.end(), [&](const Finding& f) {
        return f.drawing == drawing && (reach > 1e8 || distance(f.at, at) <= reach);
      });
      const bool found = hit != outcome.findings.end();
      if (a.list && found)
        fmt::print("found {} {} {} x{} at {:.0f},{:.0f}: {:.2f} thresholds\n", window.name, clean.name,
                   fault.check, sizes[k], at.x, at.y, std::abs(hit->value - hit->reference) / hit->threshold);
      if (a.list && !judged && !found)
        fmt::print("unjudged {} {} {} x{} at {:.0f},{:.0f}: {}\n", window.name, clean.name, fault.check,
                   sizes[k], at.x, at.y, why);
      if (!judged && !found) {
        ++cell.unjudged;
        continue;
      }
      ++cell.planted;
      cell.found += found;
      if (!found && !a.pictures.empty()) {
        Finding missed;
        missed.check = fmt::format("missed-{}-x{}", fault.check, sizes[k]);
        missed.drawing = drawing;
        missed.at = at;
        if (auto written = write_finding(a.pictures, shown, missed); !written)
          fmt::print(stderr, "{}\n", written.error().one_line());
      }
      if (a.list && !found)
        fmt::print("missed {} {} {} x{} at {:.0f},{:.0f}\n", window.name, clean.name, fault.check, sizes[k],
                   at.x, at.y);
    }
  }
  static_cast<void>(replace_drawing(context, drawing, clean));
}

/// An in-between of the program takes the place of each drawing between two others. Checks of lines only: its
/// paint is the truth's at the same pixels, and wrong wherever the two lie apart.
void try_inbetweens(const Arguments& a, const Window& window, CheckContext& context, Table& table) {
  static const std::vector<std::string> kLineChecks{"line-width",     "taper",        "line-colour",
                                                    "broken-line",    "registration", "boil",
                                                    "missing-stroke", "area-jitter",  "detail-count"};
  for (int i = 1; i + 1 < static_cast<int>(window.drawings.size()); ++i) {
    const auto place = static_cast<std::size_t>(i);
    auto made = made_between(window, i);
    if (!made) continue;
    Table::Beside& beside = table.made[std::string(word(made->verdict))];
    const auto count = [&](auto&& each) {
      for (const Finding& f : run_checks(context, {Threads{1}, kLineChecks}).findings)
        if (f.drawing == i) each(f);
    };
    // What was approved stays so: the two are held against the same style.
    count([&](const Finding&) { ++beside.artists; });
    Window shown;
    if (!a.pictures.empty()) {
      shown = window;
      shown.drawings[place] = made->input;
    }
    if (!replace_drawing(context, i, std::move(made->input))) continue;
    ++beside.drawings;
    count([&](const Finding& f) {
      ++beside.ours;
      ++beside.by_check[f.check];
      if (a.list)
        fmt::print("made {} {} {} {} at {:.0f},{:.0f}: {}\n", window.name, window.drawings[place].name,
                   word(made->verdict), f.check, f.at.x, f.at.y, f.text);
      if (a.pictures.empty()) return;
      Finding named = f;
      named.check = fmt::format("made-{}-{}", word(made->verdict), f.check);
      if (auto written = write_finding(a.pictures, shown, named); !written)
        fmt::print(stderr, "{}\n", written.error().one_line());
    });
    static_cast<void>(replace_drawing(context, i, window.drawings[place]));
  }
}

/// Another drawing of the passage stands where the middle one should.
Result<void> try_spacing(const Arguments& a, Table& table) {
  constexpr int kLength = 9, kMiddle = 4;
  auto windows = sequence_windows(a.data, a.set, kLength, 1, a.windows, Ground::two_value, {});
  if (!windows) return Failure(windows.error());
  for (const Window& window : *windows) {
    for (int k = kMiddle; k < kLength - 1; ++k) {
      Window three;
      three.name = window.name;
      three.model = window.model;
      for (const int i : {0, k, kLength - 1})
        three.drawings.push_back(window.drawings[static_cast<std::size_t>(i)]);
      for (int i = 0; i < 3; ++i) {
        three.drawings[static_cast<std::size_t>(i)].before = i - 1;
        three.drawings[static_cast<std::size_t>(i)].after = i < 2 ? i + 1 : -1;
      }
      three.drawings[1].t = 0.5;
      three.drawings[1].from = 0;
      three.drawings[1].to = 2;
      auto context = context_of(three, a.threads);
      if (!context) return Failure(context.error());
      const Outcome outcome = run_checks(*context, {Threads{a.threads}, {"spacing"}});
      bool judged = true, found = false;
      for (const NotJudged& n : outcome.not_judged) judged = judged && n.drawing != 1;
      for (const Finding& f : outcome.findings) found = found || f.drawing == 1;
      // Unplanted, real motion need not be in the middle at half time: then nothing is known of the rest.
      if (k == kMiddle && (found || !judged)) break;
      if (k == kMiddle) continue;
      Cell& cell = table.rows[{"spacing", "0.10 of the way (1.25, 2.5, 3.75)"}][k == kMiddle + 1   ? 1
                                                                                : k == kMiddle + 2 ? 2
                                                                                                   : 4];
      if (!judged) {
        ++cell.unjudged;
        continue;
      }
      ++cell.planted;
      cell.found += found;
    }
  }
  return {};
}

void print(const Arguments& a, const Table& table) {
  fmt::print("\n{:<16} {:<36}", "check", "size 1 is");
  for (const double size : a.sizes) fmt::print("{:>16}", fmt::format("x{}", size));
  fmt::print("{:>12}\n", "not judged");
  for (const auto& [row, cells] : table.rows) {
    fmt::print("{:<16} {:<36}", row.first, row.second);
    int unjudged = 0;
    for (const double size : a.sizes) {
      const auto it = cells.find(size);
      if (it != cells.end()) unjudged += it->second.unjudged;
      if (it == cells.end() || it->second.planted == 0)
        fmt::print("{:>16}", "-");
      else
        fmt::print("{:>16}", fmt::format("{:.1f} % ({}+{})", 100.0 * it->second.found / it->second.planted,
                                         it->second.planted, it->second.unjudged));
    }
    fmt::print("{:>12}\n", unjudged);
  }
  int warn = 0, fail = 0;
  for (const auto& [check, count] : table.alarms) {
    fmt::print("false alarms of {:<16} {:>4} warn {:>4} fail\n", check, count.first, count.second);
    warn += count.first;
    fail += count.second;
  }
  for (const auto& [verdict, beside] : table.made) {
    const double each = std::max(1, beside.drawings);
    std::string checks;
    for (const auto& [check, count] : beside.by_check) checks += fmt::format(" {} {}", check, count);
    fmt::print(
        "in-betweens with verdict {}: {}, {:.3f} findings a drawing; the artist's in their places {:.3f}{}\n",
        verdict, beside.drawings, beside.ours / each, beside.artists / each,
        checks.empty() ? "" : ";" + checks);
  }
  const double n = std::max(1, table.clean);
  fmt::print(
      "{} clean drawings: {:.2f} false alarms per 100 ({:.2f} of them fail); {:.2f} % of the drawings carry "
      "one\n",
      table.clean, 100 * (warn + fail) / n, 100 * fail / n, 100 * table.alarmed / n);
}

/// A fault for which every drawing of the window is made ready first. What its check says before anything is
/// planted counts as false alarms.
Result<void> try_prepared(const Arguments& a, const Fault& fault, Window window, int middle, Table& table) {
  for (CheckInput& input : window.drawings) fault.prepare(input);
  auto context = context_of(window, 1);
  if (!context) return Failure(context.error());
  for (const Finding& f : run_checks(*context, {Threads{1}, {fault.check}}).findings)
    if (f.drawing > 0 && f.drawing + 1 < static_cast<int>(window.drawings.size()))
      (f.level == Level::fail ? table.alarms[f.check].second : table.alarms[f.check].first)++;
  try_fault(a, fault, window, *context, middle, 0, table);
  return {};
}

/// False alarms of a window, then every fault in its middle drawing.
Result<void> try_window(const Arguments& a, const Window& window, Ground ground, Table& table) {
  auto context = context_of(window, 1);
  if (!context) return Failure(context.error());
  if (!wants(a, "none") || a.only.empty() || ground == Ground::two_value)
    count_alarms(a, window, *context, table);
  if (a.inbetweens && ground == Ground::two_value) try_inbetweens(a, window, *context, table);
  if (a.only == std::vector<std::string>{"none"}) return {};
  const int middle = static_cast<int>(window.drawings.size()) / 2;
  const bool painted = window.drawings[static_cast<std::size_t>(middle)].painted.has_value();
  for (const auto* list : {&line_faults(), &paint_faults(), &figure_faults()})
    for (const Fault& fault : *list) {
      if (!wants(a, fault.check) || fault.smooth != (ground == Ground::smooth) ||
          (!painted && list != &line_faults()))
        continue;
      if (fault.prepare) {
        if (auto done = try_prepared(a, fault, window, middle, table); !done) return done;
        continue;
      }
      for (int which = 0; which < (fault.alone ? 3 : 1); ++which)
        try_fault(a, fault, window, *context, middle, which, table);
    }
  fmt::print(stderr, "{}\n", window.name);
  return {};
}

int run(const Arguments& a) {
  Table table;
  for (const Ground ground : {Ground::two_value, Ground::smooth}) {
    // False alarms alone are those of 2-value drawings.
    if (ground == Ground::smooth && a.only == std::vector<std::string>{"none"}) continue;
    std::vector<Window> windows;
    if (!a.data.empty()) {
      auto more = sequence_windows(a.data, a.set, 5, 1, a.windows, ground, a.named);
      if (!more) {
        fmt::print(stderr, "{}\n", more.error().one_line());
        return 2;
      }
      windows = std::move(*more);
    }
    if (!a.examples.empty() && ground == Ground::two_value) {
      auto more = example_windows(a.examples);
      if (!more) {
        fmt::print(stderr, "{}\n", more.error().one_line());
        return 2;
      }
      for (Window& w : *more) windows.push_back(std::move(w));
    }
    // Windows know nothing of each other; their tables are added in their order.
    std::vector<Window> chosen;
    for (std::size_t k = 0; k < windows.size(); k += static_cast<std::size_t>(a.every))
      chosen.push_back(std::move(windows[k]));
    std::vector<Table> tables(chosen.size());
    std::vector<std::optional<Error>> errors(chosen.size());
    parallel_for(Threads{a.threads}, chosen.size(), [&](std::size_t k) {
      if (auto done = try_window(a, chosen[k], ground, tables[k]); !done) errors[k] = done.error();
    });
    for (std::size_t k = 0; k < chosen.size(); ++k) {
      if (errors[k]) {
        fmt::print(stderr, "{}\n", errors[k]->one_line());
        return 2;
      }
      add(tables[k], table);
    }
  }
  if (!a.data.empty() && wants(a, "spacing"))
    if (auto done = try_spacing(a, table); !done) {
      fmt::print(stderr, "{}\n", done.error().one_line());
      return 2;
    }
  print(a, table);
  return 0;
}

}  // namespace
}  // namespace nakawari::bench

int main(int count, char** words) {
  nakawari::bench::Arguments a;
  CLI::App app("Plants faults of graded size into clean drawings and prints what the checks find",
               "nakawari_faults");
  app.add_option("--data", a.data, "folder of sequences");
  app.add_option("--examples", a.examples, "folder of example cuts with their truth");
  app.add_option("--set", a.set, "tune, held or all");
  app.add_option("--windows", a.windows, "windows of five drawings per sequence");
  app.add_option("--only", a.only, "these checks only; none: false alarms only")->delimiter(',');
  app.add_option("--every", a.every, "every n-th window only")->check(CLI::Range(1, 1000));
  app.add_option("--named", a.named, "only these windows, as --list names them")->delimiter(',');
  app.add_option("--pictures", a.pictures, "folder for a picture of every false alarm");
  app.add_option("--sizes", a.sizes, "sizes of the faults, in thresholds")->delimiter(',');
  app.add_option("--threads", a.threads);
  app.add_flag("--inbetweens", a.inbetweens, "also what is found on the program's own in-betweens");
  app.add_flag("--list", a.list, "print every false alarm and every miss");
  CLI11_PARSE(app, count, words);
  return nakawari::bench::run(a);
}
