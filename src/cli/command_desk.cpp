// nakawari desk: see a cut, correct it, approve it, in a browser on this machine.
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "base/files.h"
#include "cli/shell.h"
#include "cut/build.h"
#include "desk/desk.h"
#include "desk/known_cuts.h"
#include "desk/server.h"
#include "desk/watch.h"

#ifdef __linux__
#include <malloc.h>
#endif

namespace nakawari {
namespace {

struct Arguments {
  std::string cut, author;
  int port = 0, threads = 0;
  bool no_open = false;
};

/// The secret of this cut's desk. It outlives the program, so that a page that was open finds a desk that was
/// killed and started again; it lies among the derived files, for this user's eyes.
Result<std::string> token_of(const std::string& cut) {
  const std::string path = join_path(cut, "out/.cache/desk-token");
  constexpr std::size_t kDigits = 64;
  if (const auto kept = read_text(path); kept && kept->size() == kDigits) return *kept;
  const std::string token = random_token();
  if (token.empty()) return fail(ErrorCode::io, "the system has no random numbers to give");
  if (auto written = write_text(path, token); !written) return Failure(std::move(written.error()));
  std::error_code ignored;
  std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               ignored);
  return token;
}

/// Where the cuts that were opened on this machine are listed.
std::string list_of_cuts() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if (state && *state) return join_path(state, "nakawari/cuts");
  return home && *home ? join_path(home, ".local/state/nakawari/cuts") : "";
}

/// The folder itself, or the cut that a sheet belongs to.
Result<std::string> cut_of(const Disk& disk, const std::string& given) {
  const Stamp stamp = disk.stamp(given);
  if (!stamp.exists || stamp.folder) return given;
  return cut_of_sheet(disk, given, known_cuts(disk, list_of_cuts()));
}

/// The cuts in a folder that is none itself, as words; empty when it holds none.
std::string cuts_in(const Disk& disk, const std::string& folder) {
  std::string cuts;
  if (const auto names = disk.list(folder))
    for (const std::string& name : *names)
      if (disk.stamp(join_path(folder, name + "/cut.toml")).exists) cuts += (cuts.empty() ? "" : ", ") + name;
  return cuts;
}

void open_browser(const std::string& link) {
  if (std::getenv("DISPLAY") == nullptr && std::getenv("WAYLAND_DISPLAY") == nullptr) return;
  const pid_t child = ::fork();
  if (child == 0) {
    ::execlp("xdg-open", "xdg-open", link.c_str(), static_cast<char*>(nullptr));
    ::_exit(127);
  }
}

int run(const Arguments& a) {
#ifdef M_ARENA_MAX
  // Each request may come to another thread. Were each to keep its memory to itself, every answer would clear
  // whole pages of pixels anew: half of its processor time.
  mallopt(M_ARENA_MAX, 1);
#endif
  const auto disk = real_disk();
  const auto found = cut_of(*disk, a.cut);
  if (!found) return complain(found.error());
  const std::string& cut = *found;
  const auto encoder = ffmpeg_encoder();
  if (auto there = load_cut(*disk, cut); !there) {
    if (const std::string cuts = cuts_in(*disk, cut); !cuts.empty())
      return complain(
          {ErrorCode::bad_input, "is no cut but holds some: " + cuts, "open one of them", {.file = cut}});
    return complain(there.error());
  }
  if (const std::string list = list_of_cuts(); !list.empty()) remember_cut(*disk, list, cut);
  const auto token = token_of(cut);
  if (!token) return complain(token.error());
  Desk desk(*disk, *encoder, {cut, a.author, program_key(), {a.threads}});
  auto server = DeskServer::bind(desk, a.port, *token);
  if (!server) return complain(server.error());
  if (auto opened = desk.open(); !opened) return complain(opened.error());
  const Watch watch(cut, [&desk] { desk.look_at_files(); });

  // Ctrl-C ends the desk; nothing needs saving.
  TerminalProgress progress;
  std::atomic<bool> done{false};
  std::thread stopper([&] {
    while (!done && !progress.cancelled()) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    (*server)->stop();
  });
  fmt::print("{}\n", (*server)->gate().start_link());
  std::fflush(stdout);
  if (!a.no_open) open_browser((*server)->gate().start_link());
  (*server)->serve();
  done = true;
  stopper.join();
  return kDone;
}

}  // namespace

void add_desk(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  if (const char* user = std::getenv("USER")) a->author = user;
  CLI::App* command =
      app.add_subcommand("desk", "See a cut, correct it and approve it, in a browser on this machine");
  command->add_option("CUT", a->cut, "folder of the cut; or a sheet (.xdts): then the cut that it belongs to")
      ->required();
  command
      ->add_option("--port", a->port,
                   fmt::format("port on this machine; default {} or the next free", kDeskPort))
      ->check(CLI::Range(1, 65535));
  command->add_option("--author", a->author, "who corrects; default: the user's name");
  command->add_option("--threads", a->threads, "how many threads build")->check(CLI::Range(1, 1024));
  command->add_flag("--no-open", a->no_open, "only print the link, open no browser");
  command->footer(
      "Prints a link that opens the desk; it serves this machine only, and only browsers that came by the "
      "link.\nExamples:\n  nakawari desk c012\n  nakawari desk c012 --author Kim --port 4700");
  command->callback([a, &shell] { shell.run = [a] { return run(*a); }; });
}

}  // namespace nakawari
