// nakawari profile: the measured style of drawings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/files.h"
#include "check/look.h"
#include "cli/shell.h"
#include "cut/check_cut.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

struct ProfileArguments {
  std::vector<std::string> drawings;
  std::string out, name;
  int threads = 0;
};

/// One drawing, LINE or LINE=PAINTED.
Result<Measurements> measured(const std::string& text, double& scale) {
  const auto equal = text.find('=');
  const std::string line = text.substr(0, equal);
  auto source = read_picture(line);
  if (!source) return Failure(std::move(source.error()));
  CheckInput input;
  input.name = line;
  input.source = std::move(*source);
  if (equal != std::string::npos) {
    auto painted = read_picture(text.substr(equal + 1));
    if (!painted) return Failure(std::move(painted.error()));
    input.painted = std::move(*painted);
  }
  auto seen = look_at(std::move(input));
  if (!seen) {
    seen.error().where.file = line;
    return Failure(std::move(seen.error()));
  }
  scale = seen->scale;
  return measurements(*seen, true, seen->has_paint);
}

int run(const ProfileArguments& a) {
  const auto disk = real_disk();
  TerminalProgress progress;
  CheckCutOptions options;
  options.threads.count = a.threads;
  options.program_key = program_key();
  std::vector<Measurements> all;
  double scale = 1;
  int done = 0;
  for (const std::string& each : a.drawings) {
    if (disk->stamp(each).folder) {
      auto cut = style_of_cut(*disk, each, options, progress);
      if (!cut) return complain(cut.error());
      scale = cut->scale;
      for (Measurements& m : cut->drawings) all.push_back(std::move(m));
    } else {
      auto one = measured(each, scale);
      if (!one) return complain(one.error());
      all.push_back(std::move(*one));
    }
    progress.advance("measure", ++done, static_cast<int>(a.drawings.size()));
  }
  progress.finish();
  if (all.empty())
    return complain(
        {ErrorCode::bad_input, "there is no approved drawing to measure", "draw one, or approve one", {}});
  StyleProfile profile = profile_of(all, scale);
  profile.name = a.name.empty() ? file_stem(a.out) : a.name;
  if (auto written = write_text(a.out, write_profile(profile)); !written) return complain(written.error());
  fmt::print("{}: {}, {}\n", a.out, counted(profile.drawings, "drawing"),
             counted(profile.figures.size(), "figure"));
  return kDone;
}

}  // namespace

void add_profile(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<ProfileArguments>();
  CLI::App* command = app.add_subcommand(
      "profile", "Measure the style of approved drawings: line widths, tapers, colours, proportions");
  command
      ->add_option("DRAWINGS", a->drawings,
                   "line drawings, LINE=PAINTED pairs, or cuts (their approved drawings)")
      ->required();
  command->add_option("--out", a->out, "the profile, style/hana.toml")->required();
  command->add_option("--name", a->name, "name of the style; default: that of the file");
  command->add_option("--threads", a->threads, "how many threads; the result is the same on any number")
      ->check(CLI::Range(1, 1024));
  command->footer(
      "Examples:\n  nakawari profile c003 c007 --out style/hana.toml\n"
      "  nakawari profile A0001.png=paint/A0001.png A0005.png --out style/hana.toml\n"
      "A cut is held against it with profile = \"../style/hana.toml\" in its cut.toml.");
  command->callback([a, &shell] { shell.run = [a] { return run(*a); }; });
}

}  // namespace nakawari
