// nakawari sheet convert: exposure sheets between their forms.
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

Result<int> run(const Arguments& a) {
  const auto bytes = read_file(a.in);
  if (!bytes) return Failure(bytes.error());
  const auto read = read_sheet(*bytes, a.in);
  if (!read) return Failure(read.error());
  Report notes = read->notes;
  std::string text;
  if (a.out.ends_with(".csv"))
    text = write_csv(read->sheet, &notes);
  else if (a.out.ends_with(".xdts"))
    text = write_xdts(read->sheet);
  else
    return fail(ErrorCode::wrong_use, "is no form of sheet that can be written", "name it .xdts or .csv",
                {.file = a.out});
  if (auto done = write_text(a.out, text); !done) return Failure(std::move(done.error()));
  for (const Note& note : notes) tell(note);
  return kDone;
}

}  // namespace

void add_sheet(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("sheet", "Work with exposure sheets");
  command->require_subcommand(1);
  CLI::App* convert = command->add_subcommand(
      "convert", "XDTS to CSV or CSV to XDTS; the form is told by the content and the new name");
  convert->add_option("IN", a->in, "the sheet to read")->required();
  convert->add_option("OUT", a->out, "the sheet to write: .xdts or .csv")->required();
  convert->footer(
      "Examples:\n  nakawari sheet convert sheet.xdts sheet.csv\n  nakawari sheet convert sheet.csv "
      "sheet.xdts");
  command->footer("Examples:\n  nakawari sheet convert sheet.xdts sheet.csv");
  convert->callback([a, &shell] {
    shell.run = [a] {
      const auto status = run(*a);
      return status ? *status : complain(status.error());
    };
  });
}

}  // namespace nakawari
