#include "cli/shell.h"

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/files.h"
#include "base/hash.h"

namespace nakawari {
namespace {

/// The one thing that a signal handler may touch.
std::atomic<bool> stop_wanted{false};

extern "C" void on_interrupt(int) {
  // A second Ctrl-C ends at once: files are written whole or not at all anyway.
  if (stop_wanted.exchange(true)) ::_exit(kStopped);
}

}  // namespace

int complain(const Error& error) {
  fmt::print(stderr, "nakawari: {}\n", error.one_line());
  if (error.code == ErrorCode::wrong_use) return kWrongUse;
  if (error.code == ErrorCode::cancelled) return kStopped;
  return kBadInput;
}

void tell(const Note& note) {
  const Error line{ErrorCode::bad_input, note.text, {}, note.where};
  fmt::print(stderr, "note: {}\n", line.one_line());
}

int ended(const Result<int>& result) {
  return result ? *result : complain(result.error());
}

TerminalProgress::TerminalProgress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

TerminalProgress::~TerminalProgress() {
  finish();
}

void TerminalProgress::advance(std::string_view step, int done, int total) {
  if (terminal_) {
    fmt::print(stderr, "\r\033[K{} {}/{}", step, done, total);
    std::fflush(stderr);
    open_ = true;
  } else if (done == total) {
    fmt::print(stderr, "{} {}/{}\n", step, done, total);
  }
}

void TerminalProgress::finish() {
  if (open_) fmt::print(stderr, "\r\033[K");
  open_ = false;
}

bool TerminalProgress::cancelled() const {
  return stop_wanted.load();
}

void install_signals() {
  struct sigaction action{};
  action.sa_handler = on_interrupt;
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
  ::sigaction(SIGXFSZ, &action, nullptr);
}

std::string report_text(const std::string& command, const std::vector<ReportedDrawing>& drawings,
                        const Report& notes) {
  using nlohmann::ordered_json;
  const auto rounded = [](double value) { return std::round(value * 1e4) / 1e4; };
  ordered_json page{{"version", 1}, {"program", "nakawari " NAKAWARI_VERSION}, {"command", command}};
  page["drawings"] = ordered_json::array();
  for (const ReportedDrawing& drawing : drawings) {
    ordered_json entry{{"name", drawing.name}, {"t", nullptr}};
    if (drawing.t >= 0) entry["t"] = drawing.t;
    entry["verdict"] = word(drawing.judgement.verdict);
    entry["confidence"] = rounded(drawing.judgement.confidence);
    entry["reasons"] = ordered_json::array();
    for (const Reason& reason : drawing.judgement.reasons) {
      ordered_json one{{"what", reason.what}};
      one["at"] = ordered_json::array({rounded(reason.x), rounded(reason.y)});
      one["size"] = rounded(reason.size);
      one["text"] = reason.text;
      entry["reasons"].push_back(std::move(one));
    }
    for (const auto& [name, value] : drawing.figures) entry[name] = rounded(value);
    page["drawings"].push_back(std::move(entry));
  }
  if (!notes.empty()) page["notes"] = ordered_json::array();
  for (const Note& note : notes)
    page["notes"].push_back({{"what", note.what}, {"text", note.text}, {"file", note.where.file}});
  return page.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void print_verdicts(const std::string& folder, const std::vector<ReportedDrawing>& drawings,
                    const std::string& report) {
  std::array<int, 3> count{};
  for (const ReportedDrawing& drawing : drawings)
    ++count[static_cast<std::size_t>(drawing.judgement.verdict)];
  const int pass = count[static_cast<std::size_t>(Verdict::pass)];
  fmt::print("{}: {}, {} pass", folder, counted(drawings.size(), "drawing"), pass);
  if (std::cmp_less(pass, drawings.size()))
    fmt::print(", look at {}, draw {} by hand: {}", count[static_cast<std::size_t>(Verdict::look)],
               count[static_cast<std::size_t>(Verdict::draw)],
               report.empty() ? "--report FILE tells why and where" : "see " + report);
  fmt::print("\n");
}

int status_of(const std::vector<ReportedDrawing>& drawings, bool strict) {
  if (strict)
    for (const ReportedDrawing& drawing : drawings)
      if (drawing.judgement.verdict != Verdict::pass) return kNotAllPass;
  return kDone;
}

std::string drawing_name(std::size_t i) {
  return fmt::format("{:04}", i + 1);
}

std::string as_word(const std::string& path) {
  const bool plain = std::all_of(path.begin(), path.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("/._-+=:,@").find(c) != std::string_view::npos;
  });
  if (plain && !path.empty()) return path;
  std::string word = "'";
  for (const char c : path) word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return word + "'";
}

Result<void> spare(const std::vector<std::string>& inputs, const std::string& output) {
  for (const std::string& input : inputs) {
    std::error_code ignored;
    if (std::filesystem::equivalent(input, output, ignored))
      return fail(ErrorCode::wrong_use, "would be written over, and it is what is read",
                  "choose another place to write to", {.file = output});
  }
  return {};
}

std::string program_key() {
  const auto bytes = read_file("/proc/self/exe");
  return std::string("nakawari " NAKAWARI_VERSION " ") + (bytes ? hash_of(*bytes).hex() : "");
}

}  // namespace nakawari
