// nakawari check: what a checker would send back, of a cut, of cuts beside each other, of an episode.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "check/checks.h"
#include "cli/shell.h"
#include "cut/check_report.h"

namespace nakawari {
namespace {

struct CheckArguments {
  std::vector<std::string> cuts, only;
  std::string report, profile;
  int threads = 0;
  bool json = false, strict = false;
};

/// Page, JSON and retake list of one cut.
Result<void> write_report(Disk& disk, CutCheck& check, const std::string& folder) {
  if (const auto earlier = disk.read(join_path(folder, "check.json")))
    compare_with_earlier(check, std::string(earlier->begin(), earlier->end()));
  if (auto done = disk.write_text(join_path(folder, "check.json"), check_json(check)); !done) return done;
  if (auto done = disk.write_text(join_path(folder, "retakes.csv"), retake_csv({&check})); !done) return done;
  return disk.write_text(join_path(folder, "index.html"), check_html(disk, check));
}

bool is_cut(const Disk& disk, const std::string& folder) {
  return disk.stamp(join_path(folder, "cut.toml")).exists;
}

/// The cuts below a folder that is none itself, in the order of their names.
std::vector<std::string> cuts_of(const Disk& disk, const std::string& folder) {
  std::vector<std::string> cuts;
  if (const auto names = disk.list(folder))
    for (const std::string& name : *names)
      if (!name.starts_with('.') && is_cut(disk, join_path(folder, name)))
        cuts.push_back(join_path(folder, name));
  return cuts;
}

void print_findings(const CutCheck& check) {
  constexpr std::size_t kShown = 20;
  std::size_t open = 0, intended = 0, issues = 0;
  for (const CutFinding& f : check.findings) {
    open += f.state == FindingState::open;
    intended += f.state == FindingState::intended;
    issues += f.state == FindingState::open && f.severity == Severity::issue;
  }
  fmt::print("{}: {}, {} ({}), {} intended, {} fixed since the last check\n", check.id,
             counted(check.drawings.size(), "drawing"), counted(open, "finding"), counted(issues, "issue"),
             intended, check.fixed.size());
  std::size_t shown = 0;
  for (const CutFinding& f : check.findings) {
    if (f.state != FindingState::open) continue;
    if (++shown > kShown) break;
    fmt::print("  {:<5} {}/{} {} at {:.0f},{:.0f}: {}\n", word(f.severity), f.cel, f.drawing, f.finding.check,
               f.finding.at.x, f.finding.at.y, f.finding.text);
  }
  if (open > kShown) fmt::print("  ... {} more in the report\n", open - kShown);
}

bool all_pass(const CutCheck& check) {
  for (const CheckedDrawing& d : check.drawings)
    if (d.judgement.verdict != Verdict::pass) return false;
  return true;
}

Result<void> check_only_words(const std::vector<std::string>& only) {
  for (const std::string& name : only) {
    bool known = false;
    std::string all;
    for (const Check& check : all_checks()) {
      known = known || check.name == name;
      all += (all.empty() ? "" : ", ") + std::string(check.name);
    }
    if (!known) return fail(ErrorCode::wrong_use, "there is no check \"" + name + "\"", "one of " + all);
  }
  return {};
}

int run_one(Disk& disk, const CheckArguments& a, const CheckCutOptions& options, TerminalProgress& progress) {
  auto check = check_cut(disk, a.cuts[0], options, progress);
  progress.finish();
  if (!check) return complain(check.error());
  const std::string folder = a.report.empty() ? join_path(a.cuts[0], "out/check") : a.report;
  if (auto written = write_report(disk, *check, folder); !written) return complain(written.error());
  if (a.json) {
    fmt::print("{}", check_json(*check));
  } else {
    for (const Note& note : check->notes) tell(note);
    print_findings(*check);
    fmt::print("{}/index.html\n", folder);
  }
  return a.strict && !all_pass(*check) ? kNotAllPass : kDone;
}

/// Several cuts: each has its own report; one page over all.
int run_many(Disk& disk, const CheckArguments& a, const std::string& name,
             const std::vector<std::string>& cuts, const std::string& folder, const CheckCutOptions& options,
             TerminalProgress& progress) {
  std::vector<EpisodeCut> rows;
  std::string retakes;
  bool pass = true, bad = false;
  for (const std::string& cut : cuts) {
    auto check = check_cut(disk, cut, options, progress);
    if (!check && check.error().code == ErrorCode::cancelled) return complain(check.error());
    // Cuts of two episodes may have one name.
    std::string id = file_name(cut);
    while (std::any_of(rows.begin(), rows.end(), [&](const EpisodeCut& row) { return row.id == id; }))
      id += "_";
    if (!check) {
      // One bad cut does not keep the others from being checked.
      rows.push_back({id, {}, 0, 0, 0, 0, {}, {}, check.error().one_line(), {}});
      bad = true;
      continue;
    }
    if (auto written = write_report(disk, *check, join_path(folder, id)); !written)
      return complain(written.error());
    rows.push_back(episode_cut(*check, id + "/index.html"));
    rows.back().id = id;
    if (cuts.size() == 2) rows.back().pictures = cut_pictures(disk, *check);
    const std::string list = retake_csv({&*check});
    retakes += retakes.empty() ? list : list.substr(list.find('\n') + 1);
    pass = pass && all_pass(*check);
  }
  progress.finish();
  for (const auto& [path, text] :
       {std::pair{"index.html", episode_html(name, rows)}, std::pair{"retakes.csv", retakes},
        std::pair{"episode.json", episode_json(name, rows)}})
    if (auto written = disk.write_text(join_path(folder, path), text); !written)
      return complain(written.error());
  if (a.json) {
    fmt::print("{}", episode_json(name, rows));
  } else {
    int drawings = 0, issues = 0, fyi = 0;
    for (const EpisodeCut& row : rows) {
      if (!row.error.empty()) fmt::print(stderr, "nakawari: {}\n", row.error);
      drawings += row.drawings;
      issues += row.issues;
      fyi += row.fyi;
    }
    fmt::print("{}: {}, {}, {}, {} for information\n{}/index.html\n", name, counted(rows.size(), "cut"),
               counted(drawings, "drawing"), counted(issues, "issue"), fyi, folder);
  }
  if (bad) return kBadInput;
  return a.strict && !pass ? kNotAllPass : kDone;
}

int run(const CheckArguments& a) {
  if (auto known = check_only_words(a.only); !known) return complain(known.error());
  const auto disk = real_disk();
  TerminalProgress progress;
  CheckCutOptions options;
  options.threads.count = a.threads;
  options.only = a.only;
  options.profile = a.profile;
  options.program_key = program_key();
  if (a.cuts.size() > 1) {
    const std::string folder = a.report.empty() ? join_path(folder_of(a.cuts[0]), "check") : a.report;
    return run_many(*disk, a, "cuts", a.cuts, folder, options, progress);
  }
  if (const auto cuts = cuts_of(*disk, a.cuts[0]); !is_cut(*disk, a.cuts[0]) && !cuts.empty())
    return run_many(*disk, a, file_name(a.cuts[0]), cuts,
                    a.report.empty() ? join_path(a.cuts[0], "check") : a.report, options, progress);
  return run_one(*disk, a, options, progress);
}

}  // namespace

void add_check(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<CheckArguments>();
  CLI::App* command = app.add_subcommand(
      "check", "Look at every drawing of a cut, or of all cuts of an episode, as a checker would");
  command->add_option("CUT", a->cuts, "a cut, several cuts to hold side by side, or a folder of cuts")
      ->required();
  command->add_option("--report", a->report, "folder of the report (CUT/out/check, EPISODE/check)");
  command->add_option("--profile", a->profile, "style profile to hold against, instead of cut.toml's");
  command->add_option("--only", a->only, "this check only; may be given again");
  command->add_option("--threads", a->threads, "how many threads; the result is the same on any number")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--strict", a->strict, "exit with 3 when something is to be sent back");
  command->add_flag("--json", a->json, "print the report as JSON");
  std::string words;
  for (const Check& check : all_checks()) words += fmt::format("  {:<16} {}\n", check.name, check.about);
  command->footer("Checks:\n" + words +
                  "\nExamples:\n  nakawari check c012\n  nakawari check ep01 --report out/check\n"
                  "  nakawari check c003 c210   the same character in two cuts\n"
                  "It never changes a drawing. What is meant so: kind = \"intended\" in fixes/A.toml.");
  command->callback([a, &shell] { shell.run = [a] { return run(*a); }; });
}

}  // namespace nakawari
