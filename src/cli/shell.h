/// \file
/// What the commands share: where to print, how to end, progress, reports. One file per command; a new one
/// adds its function to the list in cli.cpp.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/counted.h"
#include "base/progress.h"
#include "base/report.h"
#include "base/result.h"
#include "base/verdict.h"
#include "image/grid.h"

namespace CLI {
class App;
}

namespace nakawari {

inline constexpr int kDone = 0, kWrongUse = 1, kBadInput = 2, kNotAllPass = 3, kStopped = 130;

/// Set by the chosen command: what to do once all arguments are read.
struct Shell {
  std::function<int()> run;
};

/// Prints "nakawari: ..." on stderr, one line, and gives the exit status of this kind of error.
int complain(const Error& error);
/// Prints a note on stderr.
void tell(const Note& note);
/// The status that a command ended with, or that of the error, once it is complained of.
int ended(const Result<int>& result);

/// One line that redraws on a terminal, a line a step elsewhere. Says that it is cancelled after Ctrl-C.
class TerminalProgress : public Progress {
 public:
  TerminalProgress();
  ~TerminalProgress() override;
  void advance(std::string_view step, int done, int total) override;
  [[nodiscard]] bool cancelled() const override;
  /// Ends the redrawing line, before something else is printed.
  void finish();

 private:
  bool terminal_ = false, open_ = false;
};

/// Ctrl-C sets a flag that TerminalProgress reads; writes to a closed pipe or above a size limit become
/// errors.
void install_signals();

/// One drawing of a report.
struct ReportedDrawing {
  std::string name;
  double t = -1;  ///< -1: has none
  Judgement judgement;
  std::vector<std::pair<std::string, double>> figures;  ///< what the command adds
};

/// {"version": 1, "command": ..., "drawings": [...], "notes": [...]}; `notes` may be empty.
std::string report_text(const std::string& command, const std::vector<ReportedDrawing>& drawings,
                        const Report& notes);

/// Prints one line on stdout: how many drawings lie in `folder`, and how many pass. `report`: as asked for.
void print_verdicts(const std::string& folder, const std::vector<ReportedDrawing>& drawings,
                    const std::string& report);

/// 3 when `strict` and some drawing is not `pass`, else 0.
int status_of(const std::vector<ReportedDrawing>& drawings, bool strict);

/// The name of the i-th drawing made, from 0: "0001".
std::string drawing_name(std::size_t i);
/// A path as a word of a shell's command line: in quotes where it needs them.
std::string as_word(const std::string& path);

/// Wrong use where `output` is one of the files that are read: what a person drew or wrote is not written
/// over. Links and other spellings of a path are seen through.
Result<void> spare(const std::vector<std::string>& inputs, const std::string& output);

/// Where the bytes of the running program can be told apart from those of another build of the same version.
std::string program_key();

void add_build(CLI::App& app, Shell& shell);
void add_check(CLI::App& app, Shell& shell);
void add_inbetween(CLI::App& app, Shell& shell);
void add_paint(CLI::App& app, Shell& shell);
void add_profile(CLI::App& app, Shell& shell);
void add_trace(CLI::App& app, Shell& shell);
void add_face(CLI::App& app, Shell& shell);
void add_mouth(CLI::App& app, Shell& shell);
void add_new(CLI::App& app, Shell& shell);
void add_sheet(CLI::App& app, Shell& shell);
void add_palette(CLI::App& app, Shell& shell);
void add_desk(CLI::App& app, Shell& shell);

}  // namespace nakawari
