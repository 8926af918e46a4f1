// nakawari palette: colour models between their forms, and from pictures.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <memory>

#include "base/files.h"
#include "cli/shell.h"
#include "image/picture_file.h"
#include "paint/colour_model_file.h"
#include "paint/model_from_picture.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string in, out, variant, like;
};

Result<ColourModel> read_model(const std::string& path, Report& notes) {
  const auto bytes = read_file(path);
  if (!bytes) return Failure(bytes.error());
  return decode_colour_model(*bytes, path, notes);
}

bool is_picture(const std::string& path) {
  std::string ending = path.substr(std::min(path.rfind('.'), path.size()));
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  // The layered forms cannot be read; as pictures, they are told so in the right words.
  return ending == ".psd" || ending == ".ora" || format_of(path).has_value();
}

/// The model that IN shows: a palette file, or the colours of a painted picture.
Result<ColourModel> model_of(const Arguments& a, Report& notes) {
  if (!is_picture(a.in)) {
    if (!a.like.empty()) return fail(ErrorCode::wrong_use, "--like goes with a picture", "leave it out");
    return read_model(a.in, notes);
  }
  ColourModel known;
  if (!a.like.empty()) {
    auto read = read_model(a.like, notes);
    if (!read) return read;
    known = std::move(*read);
  }
  const auto picture = read_picture(a.in);
  if (!picture) return Failure(picture.error());
  return model_from_picture(*picture, known, a.in, notes);
}

Result<int> run(const Arguments& a) {
  const auto format = model_format_of(a.out);
  if (!format) return Failure(format.error());
  if (auto spared = spare({a.in}, a.out); !spared) return Failure(std::move(spared.error()));
  Report notes;
  const auto model = model_of(a, notes);
  if (!model) return Failure(model.error());
  const auto written = encode_colour_model(*model, *format, a.variant, notes);
  if (!written) return Failure(written.error());
  if (auto done = write_file(a.out, *written); !done) return Failure(std::move(done.error()));
  for (const Note& note : notes) tell(note);
  fmt::print("{}: {}\n", a.out, counted(model->styles.size(), "colour"));
  return kDone;
}

}  // namespace

void add_palette(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("palette",
                                         "Turn a colour model into another form (TOML, OpenToonz, GIMP, "
                                         "Photoshop, Adobe, PaintMan), or take one from "
                                         "a painted picture");
  command
      ->add_option(
          "IN", a->in,
          "the colour model: .toml, .tpl, .gpl, .aco, .ase or .ccf; or a painted sheet or cel: .png, .tga "
          "or .tif")
      ->required();
  command->add_option("OUT", a->out, "the colour model to write; its ending names the form")->required();
  command->add_option("--variant", a->variant, "the variant to write where the form holds one (first)");
  command->add_option("--like", a->like,
                      "with a picture: a colour model whose colours keep their ids, names and roles");
  command->footer(
      "Examples:\n  nakawari palette hana_sheet.png model/hana.toml\n"
      "  nakawari palette hana_sheet2.png model/hana2.toml --like model/hana.toml\n"
      "  nakawari palette chart.ccf model/hana.toml\n"
      "  nakawari palette model/hana.toml hana_night.tpl --variant night");
  command->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
