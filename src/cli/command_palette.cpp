// nakawari palette: colour models between their forms.
#include <CLI/CLI.hpp>
#include <memory>

#include "base/files.h"
#include "cli/shell.h"
#include "paint/colour_model_file.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string in, out, variant;
};

Result<int> run(const Arguments& a) {
  const auto format = model_format_of(a.out);
  if (!format) return Failure(format.error());
  const auto bytes = read_file(a.in);
  if (!bytes) return Failure(bytes.error());
  Report notes;
  const auto model = decode_colour_model(*bytes, a.in, notes);
  if (!model) return Failure(model.error());
  const auto written = encode_colour_model(*model, *format, a.variant, notes);
  if (!written) return Failure(written.error());
  if (auto done = write_file(a.out, *written); !done) return Failure(std::move(done.error()));
  for (const Note& note : notes) tell(note);
  return kDone;
}

}  // namespace

void add_palette(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "palette", "Turn a colour model into another form: TOML, OpenToonz, GIMP, Photoshop, Adobe, PaintMan");
  command->add_option("IN", a->in, "the colour model: .toml, .tpl, .gpl, .aco, .ase or .ccf")->required();
  command->add_option("OUT", a->out, "the colour model to write; its ending names the form")->required();
  command->add_option("--variant", a->variant, "the variant to write where the form holds one (first)");
  command->footer(
      "Examples:\n  nakawari palette chart.ccf model/hana.toml\n"
      "  nakawari palette model/hana.toml hana_night.tpl --variant night");
  command->callback([a, &shell] {
    shell.run = [a] {
      const auto status = run(*a);
      return status ? *status : complain(status.error());
    };
  });
}

}  // namespace nakawari
