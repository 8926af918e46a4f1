#include "cli/cli.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>

#include "cli/shell.h"

namespace nakawari {
namespace {

/// Every command, in the order of `nakawari --help`.
constexpr std::array kCommands{add_new,  add_build, add_desk,  add_check,   add_inbetween, add_paint,
                               add_face, add_mouth, add_sheet, add_palette, add_profile,   add_trace};

/// One line that says what is wrong with the words, and where the right ones stand.
int complain_of_use(const CLI::App& app, const CLI::ParseError& error) {
  const CLI::App* command = &app;
  std::string name = app.get_name();
  while (!command->get_subcommands().empty()) {
    command = command->get_subcommands().front();
    name += " " + command->get_name();
  }
  const std::vector<std::string> unknown = app.remaining(true);
  std::vector<std::string> choice;
  for (const CLI::App* each : command->get_subcommands({})) choice.push_back(each->get_name());
  std::string what = error.what();
  if (!unknown.empty())
    what = fmt::format("there is no {} \"{}\"",
                       !choice.empty() && !unknown[0].starts_with('-') ? "command" : "option", unknown[0]);
  else if (!choice.empty())
    what = fmt::format("say what to do: {}", fmt::join(choice, ", "));
  return complain({ErrorCode::wrong_use, what, "see " + name + " --help", {}});
}

}  // namespace

int run_command_line(int count, const char* const* words) {
  install_signals();
  CLI::App app(
      "Nakawari draws the drawings between an animator's own, paints them and makes the cut.\n"
      "It never draws over a human hand, and says what it is unsure of.",
      "nakawari");
  app.set_version_flag("--version", "nakawari " NAKAWARI_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Examples:\n  nakawari new c001 && nakawari build c001\n  nakawari inbetween A1.png A2.png --count 3 "
      "--out between\n\n"
      "Exit status: 0 done, 1 wrong use, 2 an input is bad, 3 with --strict some drawing is not 'pass'.");
  Shell shell;
  for (const auto add : kCommands) add(app, shell);
  try {
    app.parse(count, words);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return complain_of_use(app, error);
  }
  try {
    return shell.run();
  } catch (const std::bad_alloc&) {
    return complain(
        {ErrorCode::io, "the machine's memory is full", "close other programs, or use --threads 1", {}});
  } catch (const std::exception& error) {
    return complain({ErrorCode::io,
                     std::string("this is a fault of the program: ") + error.what(),
                     "please report it with the inputs",
                     {}});
  }
}

}  // namespace nakawari
