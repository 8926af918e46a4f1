// nakawari build: a whole cut.
#include <fmt/format.h>
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <set>

#include "cli/shell.h"
#include "cut/build.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string cut, quality = "final";
  std::vector<std::string> only;
  int threads = 0;
  bool strict = false, json = false, explain = false;
};

Spent spent() {
  constexpr double kMicroseconds = 1e6, kKibibytes = 1024;
  Spent result;
  for (const int who : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
    struct rusage usage{};
    ::getrusage(who, &usage);
    for (const timeval& time : {usage.ru_utime, usage.ru_stime})
      result.cpu_seconds +=
          static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / kMicroseconds;
    result.peak_memory_mib =
        std::max(result.peak_memory_mib, static_cast<double>(usage.ru_maxrss) / kKibibytes);
  }
  return result;
}

bool all_pass(const CutSummary& summary) {
  for (const CelSummary& cel : summary.cels)
    for (const DrawingSummary& drawing : cel.drawings)
      if (drawing.judgement.verdict != Verdict::pass) return false;
  return true;
}

/// What a fix changed beside the region that it speaks of: a person must see that before it stays.
void print_paint_changes(const std::vector<PaintChange>& changes) {
  constexpr std::size_t kMost = 10;
  std::set<std::pair<std::string, std::string>> drawings;
  std::vector<const PaintChange*> others;
  for (const PaintChange& change : changes) {
    if (!change.fix.empty()) continue;
    drawings.insert({change.cel, change.drawing});
    others.push_back(&change);
  }
  if (others.empty()) return;
  fmt::print("{} of {} that no fix speaks of changed their style since the last build:\n",
             counted(others.size(), "region"), counted(drawings.size(), "drawing"));
  const auto style = [](const std::string& name) { return name.empty() ? "not sure" : name; };
  for (std::size_t i = 0; i < others.size() && i < kMost; ++i)
    fmt::print("  {}/{} at {:.0f},{:.0f}: {} -> {}\n", others[i]->cel, others[i]->drawing, others[i]->x,
               others[i]->y, style(others[i]->before), style(others[i]->after));
  if (others.size() > kMost) fmt::print("  and {} more: see --json\n", others.size() - kMost);
}

void print_summary(const Arguments& a, const BuildResult& result) {
  std::size_t keys = 0, made = 0, missing = 0, look = 0, draw = 0;
  for (const CelSummary& cel : result.summary.cels)
    for (const DrawingSummary& drawing : cel.drawings) {
      ++(drawing.state == DrawingState::key         ? keys
         : drawing.state == DrawingState::inbetween ? made
                                                    : missing);
      look += drawing.judgement.verdict == Verdict::look ? 1 : 0;
      draw += drawing.judgement.verdict == Verdict::draw ? 1 : 0;
    }
  if (result.ran == 0) {
    fmt::print("{}: nothing to do\n", result.summary.id);
  } else {
    fmt::print("{}: {} by hand, {} made between them{}, {}, {:.1f} s ({} done, {} kept)\n", result.summary.id,
               counted(keys, "drawing"), made, missing > 0 ? fmt::format(", {} missing", missing) : "",
               counted(result.summary.frames, "frame"), result.cost.seconds, counted(result.ran, "step"),
               result.kept);
  }
  print_paint_changes(result.paint_changes);
  if (look + draw > 0)
    fmt::print("look at {}, draw {} by hand: see {}/out/{}\n", counted(look, "drawing"), draw, a.cut,
               a.only.empty() ? "report/index.html" : "*/verdicts.json");
  if (!result.summary.video.empty()) fmt::print("{}/{}\n", a.cut, result.summary.video);
}

int run(const Arguments& a) {
  const auto disk = real_disk();
  const auto encoder = ffmpeg_encoder();
  TerminalProgress progress;
  BuildOptions options;
  options.quality = a.quality == "preview" ? Quality::preview : Quality::final;
  options.threads.count = a.threads;
  options.only = a.only;
  options.program_key = program_key();
  options.spent = spent;
  auto result = build_cut(*disk, a.cut, options, *encoder, progress);
  progress.finish();
  if (!result) return complain(result.error());

  if (a.explain)
    for (const std::string& line : result->explained) fmt::print(stderr, "{}\n", line);
  if (!a.json)
    for (const Note& note : result->summary.notes) tell(note);
  if (a.json)
    fmt::print("{}", summary_json(*result));
  else
    print_summary(a, *result);
  if (!result->trouble.empty()) {
    fmt::print(stderr, "nakawari: {}\n", result->trouble.front().text);
    return kBadInput;
  }
  return a.strict && !all_pass(result->summary) ? kNotAllPass : kDone;
}

}  // namespace

void add_build(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("build", "Make everything of a cut that is not drawn by hand: out/ of its folder");
  command->add_option("CUT", a->cut, "folder of the cut, with its cut.toml")->required();
  command
      ->add_option("--quality", a->quality,
                   "final (default), or preview: half the matching work and a coarse video")
      ->check(CLI::IsMember({"preview", "final"}));
  command->add_option("--only", a->only, "make this cel only, without frames and video; may be given again");
  command->add_option("--threads", a->threads, "how many threads; the result is the same on any number")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--strict", a->strict, "exit with 3 when some drawing is not 'pass'");
  command->add_flag("--json", a->json, "print a machine-readable summary");
  command->add_flag("--explain", a->explain, "say on stderr why each step ran");
  command->footer(
      "Examples:\n  nakawari build c012\n  nakawari build c012 --quality preview --only A\n"
      "  nakawari build c012 --strict --json > c012.json");
  command->callback([a, &shell] { shell.run = [a] { return run(*a); }; });
}

}  // namespace nakawari
