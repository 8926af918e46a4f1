// nakawari sheet convert: exposure sheets between their forms.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/files.h"
#include "cli/shell.h"
#include "sheet/csv.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string in, out;
};

/// A table holds no dialogue, no camera and no number of the cut: where a sheet is written over, those of
/// that sheet stay.
void keep_what_tables_lack(ExposureSheet& sheet, const std::string& path, Report& notes) {
  const auto bytes = read_file(path);
  if (!bytes) return;
  auto old = read_sheet(*bytes, path);
  if (!old) return;
  sheet.cut = std::move(old->sheet.cut);
  sheet.scene = std::move(old->sheet.scene);
  sheet.dialogue = std::move(old->sheet.dialogue);
  sheet.camera = std::move(old->sheet.camera);
  if (!sheet.dialogue.empty() || !sheet.camera.empty())
    notes.push_back(
        {"kept", "dialogue and camera, which no table holds, stay as they were there", {.file = path}});
}

Result<int> run(const Arguments& a) {
  if (auto spared = spare({a.in}, a.out); !spared) return Failure(std::move(spared.error()));
  const auto bytes = read_file(a.in);
  if (!bytes) return Failure(bytes.error());
  auto read = read_sheet(*bytes, a.in);
  if (!read) return Failure(std::move(read.error()));
  Report notes = std::move(read->notes);
  std::string text;
  if (a.out.ends_with(".csv")) {
    text = write_csv(read->sheet, &notes);
  } else if (a.out.ends_with(".xdts")) {
    if (!looks_like_xdts(*bytes)) keep_what_tables_lack(read->sheet, a.out, notes);
    text = write_xdts(read->sheet);
  } else {
    return fail(ErrorCode::wrong_use, "is no form of sheet that can be written", "name it .xdts or .csv",
                {.file = a.out});
  }
  if (auto done = write_text(a.out, text); !done) return Failure(std::move(done.error()));
  for (const Note& note : notes) tell(note);
  fmt::print("{}: {}, {}\n", a.out, counted(read->sheet.cels.size(), "cel"),
             counted(read->sheet.duration, "frame"));
  return kDone;
}

}  // namespace

void add_sheet(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("sheet", "Work with exposure sheets");
  command->require_subcommand(1);
  CLI::App* convert = command->add_subcommand(
      "convert",
      "XDTS to CSV or CSV to XDTS; the form is told by the content and the new name. A table "
      "written over a sheet leaves that sheet's dialogue and camera as they are");
  convert->add_option("IN", a->in, "the sheet to read")->required();
  convert->add_option("OUT", a->out, "the sheet to write: .xdts or .csv")->required();
  convert->footer(
      "Examples:\n  nakawari sheet convert sheet.xdts sheet.csv\n  nakawari sheet convert sheet.csv "
      "sheet.xdts");
  command->footer("Examples:\n  nakawari sheet convert sheet.xdts sheet.csv");
  convert->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
