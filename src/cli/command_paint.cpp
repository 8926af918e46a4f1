// nakawari paint: line drawings from painted ones.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <set>

#include "base/files.h"
#include "cli/kept_paint.h"
#include "cli/shell.h"
#include "cut/disk.h"
#include "cut/scan.h"
#include "image/line_image.h"
#include "image/picture_file.h"
#include "paint/colour_model_file.h"
#include "paint/model_sheet.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

struct Arguments {
  std::vector<std::string> refs, lines;
  std::string out, model, model_picture, variant, report, keep;
  bool fill = false, strict = false;
  int threads = 0;
};

struct Item {
  std::string line, painted;
  bool output = false;
};

/// The last number in a file's name, for the place of references in time; -1 without one.
long name_number(const std::string& path) {
  const std::string stem = tidy_name(file_stem(path));
  const auto last = stem.find_last_of("0123456789");
  if (last == std::string::npos) return -1;
  auto first = last;
  while (first > 0 && stem[first - 1] >= '0' && stem[first - 1] <= '9') --first;
  return drawing_number(stem.substr(first, last - first + 1));
}

/// All drawings in order of time: the LINEs as given, references that are not among them by name and number.
Result<std::vector<Item>> order(const Arguments& a, const Disk& disk) {
  std::vector<Item> items;
  std::set<std::string> names;
  for (const std::string& line : a.lines) {
    if (!names.insert(file_stem(line)).second)
      return fail(ErrorCode::wrong_use, "two drawings have the name " + file_stem(line),
                  "paint them one after the other");
    items.push_back({line, {}, true});
  }
  for (const std::string& ref : a.refs) {
    // A file name may hold '=' itself: take the first split whose left side is a file.
    auto split = ref.find('=');
    while (split != std::string::npos && !disk.stamp(ref.substr(0, split)).exists &&
           ref.find('=', split + 1) != std::string::npos)
      split = ref.find('=', split + 1);
    if (split == std::string::npos || split == 0 || split + 1 == ref.size())
      return fail(ErrorCode::wrong_use, "--ref " + ref + " is not LINE=PAINTED",
                  "give --ref A0001.png=painted/A0001.png");
    const std::string line = ref.substr(0, split), painted = ref.substr(split + 1);
    const auto same =
        std::find_if(items.begin(), items.end(), [&](const Item& item) { return item.line == line; });
    if (same != items.end()) {
      same->painted = painted;
      continue;
    }
    const long number = name_number(line);
    const auto later = std::find_if(items.begin(), items.end(), [&](const Item& item) {
      const long other = name_number(item.line);
      return number >= 0 && other >= 0 ? other > number : file_stem(item.line) > file_stem(line);
    });
    items.insert(later, {line, painted, false});
  }
  return items;
}

/// Numbers of the file names as times where they rise, else the place in the list.
void set_times(const std::vector<Item>& items, PaintJob& job) {
  bool rising = true;
  for (std::size_t i = 0; i < items.size(); ++i)
    rising = rising && name_number(items[i].line) >= 0 &&
             (i == 0 || name_number(items[i].line) > name_number(items[i - 1].line));
  for (std::size_t i = 0; i < items.size(); ++i)
    job.drawings[i].time = rising ? static_cast<double>(name_number(items[i].line)) : static_cast<double>(i);
}

Result<PaintJob> load(const std::vector<Item>& items, const Arguments& a) {
  PaintJob job;
  for (const Item& item : items) {
    PaintDrawing drawing;
    drawing.name = file_stem(item.line);
    auto source = read_picture(item.line);
    if (!source) return Failure(std::move(source.error()));
    drawing.source = std::move(*source);
    drawing.lines = classify_lines(drawing.source);
    const auto fits = [&](const Raster& picture, const std::string& path) -> Result<void> {
      const Raster& first = job.drawings.empty() ? drawing.source : job.drawings.front().source;
      if (picture.width == first.width && picture.height == first.height) return {};
      return fail(ErrorCode::bad_input,
                  fmt::format("is {}x{}, but {} is {}x{}", picture.width, picture.height, items.front().line,
                              first.width, first.height),
                  "export all drawings of the cel at one size", {.file = path});
    };
    if (auto good = fits(drawing.source, item.line); !good) return Failure(std::move(good.error()));
    if (!item.painted.empty()) {
      auto painted = read_picture(item.painted);
      if (!painted) return Failure(std::move(painted.error()));
      if (auto good = fits(*painted, item.painted); !good) return Failure(std::move(good.error()));
      drawing.painted = std::move(*painted);
    }
    job.drawings.push_back(std::move(drawing));
  }
  set_times(items, job);
  job.variant = a.variant;
  if (a.model.empty()) return job;
  const auto bytes = read_file(a.model);
  if (!bytes) return Failure(bytes.error());
  Report notes;
  auto model = decode_colour_model(*bytes, a.model, notes);
  if (!model) return Failure(std::move(model.error()));
  for (const Note& note : notes) tell(note);
  job.model = std::move(*model);
  if (a.model_picture.empty() || job.drawings.empty()) return job;
  const auto picture = read_picture(a.model_picture);
  if (!picture) return Failure(picture.error());
  const Raster& page = job.drawings.front().source;
  job.drawings.push_back(model_sheet(*picture, page.width, page.height));
  return job;
}

/// The ground that the references have: white, unless one is transparent somewhere.
bool white_ground(const PaintJob& job) {
  bool any = false;
  for (const PaintDrawing& drawing : job.drawings) {
    if (!drawing.painted || drawing.sheet) continue;
    any = true;
    for (const Rgba8& pixel : drawing.painted->data)
      if (pixel.a == 0) return false;
  }
  return any;
}

ReportedDrawing line_of(const PaintDrawing& drawing, const PaintedDrawing& painted) {
  double asked = 0, closed = 0;
  for (const PaintedRegion& region : painted.regions) asked += region.asked ? 1 : 0;
  for (const PaintedClosure& closure : painted.closures) closed += closure.used ? 1 : 0;
  ReportedDrawing line{drawing.name, -1, painted.judgement, {}};
  line.figures = {{"regions", static_cast<double>(painted.regions.size())},
                  {"regions_asked", asked},
                  {"gaps", static_cast<double>(painted.closures.size())},
                  {"gaps_closed", closed},
                  {"black_specks", static_cast<double>(painted.specks.size())}};
  return line;
}

std::string output_of(const Arguments& a, const Item& item) {
  return join_path(a.out, file_stem(item.line) + ".png");
}

Result<PaintResult> painted(const PaintJob& job, const PaintOptions& options, const std::string& keep) {
  if (keep.empty()) return paint(job, options);
  auto result = paint_and_keep(job, options, keep, program_key());
  if (!result) return Failure(std::move(result.error()));
  fmt::print(stderr, "{}\n",
             result->matched ? "matched and painted; the styles are kept in " + keep
                             : "coloured from the styles in " + keep + "; nothing was matched");
  return std::move(result->result);
}

Result<int> run(const Arguments& a) {
  if (!a.keep.empty() && a.model.empty())
    return fail(ErrorCode::wrong_use, "--keep needs --model",
                "a palette can only be changed where there is one");
  if (!a.model_picture.empty() && a.model.empty())
    return fail(ErrorCode::wrong_use, "--model-picture needs --model",
                "give the colour model too; `nakawari palette` takes one from the picture");
  const auto disk = real_disk();
  const auto items = order(a, *disk);
  if (!items) return Failure(items.error());
  std::vector<std::string> read{a.model, a.model_picture};
  for (const Item& item : *items) read.insert(read.end(), {item.line, item.painted});
  for (const Item& item : *items)
    if (auto spared = spare(read, output_of(a, item)); item.output && !spared)
      return Failure(std::move(spared.error()));
  const auto job = load(*items, a);
  if (!job) return Failure(job.error());
  PaintOptions options;
  options.threads.count = a.threads;
  if (a.fill) options.margin = 0;
  auto result = painted(*job, options, a.keep);
  if (!result) return Failure(std::move(result.error()));

  const bool white = white_ground(*job);
  std::vector<ReportedDrawing> lines;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (!(*items)[i].output) continue;
    Raster& picture = result->drawings[i].painted;
    if (white)
      for (Rgba8& pixel : picture.data)
        if (pixel.a == 0) pixel = kPaper;
    if (auto done = write_picture(output_of(a, (*items)[i]), picture); !done)
      return Failure(std::move(done.error()));
    lines.push_back(line_of(job->drawings[i], result->drawings[i]));
  }
  if (!a.report.empty())
    if (auto done = write_text(a.report, report_text("paint", lines, {})); !done)
      return Failure(std::move(done.error()));
  print_verdicts(a.out, lines, a.report);
  return status_of(lines, a.strict);
}

}  // namespace

void add_paint(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("paint", "Paint line drawings as painted ones show: DIR/NAME.png");
  command
      ->add_option("--ref", a->refs,
                   "LINE=PAINTED: a line drawing and the same painted by hand; may be given again")
      ->take_all();
  command->add_option("--out", a->out, "folder to write into")->required();
  command->add_option("--model", a->model, "colour model: .toml, .tpl, .gpl, .aco, .ase or .ccf");
  command->add_option("--model-picture", a->model_picture,
                      "the figure painted in the model's colours, in any pose, to compare with (with less "
                      "trust than a --ref)");
  command->add_option("--variant", a->variant, "variant of the colour model, such as night");
  command->add_option(
      "--keep", a->keep,
      "folder for the styles of the drawings: a later run with the same lines and references, and "
      "another palette, only colours them");
  command->add_option("--report", a->report,
                      "write a verdict with reasons and places for each drawing (JSON)");
  command->add_flag("--fill", a->fill,
                    "paint every region with the best guess; else what is not sure shows in pink");
  command->add_flag("--strict", a->strict, "exit with 3 when some drawing is not 'pass'");
  command->add_option("--threads", a->threads, "how many threads")->check(CLI::Range(1, 1024));
  command->add_option("LINE", a->lines, "line drawings of one cel, in order of time")->required();
  command->footer(
      "Examples:\n  nakawari paint --ref A0001.png=paint/A0001.png --out painted A0002.png A0003.png\n"
      "  nakawari paint --ref A1.png=p1.png --ref A9.png=p9.png --model hana.toml --out painted A*.png\n"
      "  nakawari paint --ref A1.png=p1.png --model hana.toml --keep styles --variant night --out night "
      "A*.png\n  nakawari paint --model hana.toml --model-picture hana_sheet.png --out painted A*.png");
  command->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
