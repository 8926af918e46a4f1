// nakawari face: the faces between an artist's expression drawings.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <functional>
#include <memory>

#include "base/files.h"
#include "cli/shell.h"
#include "cut/disk.h"
#include "cut/face_file.h"
#include "cut/face_track_file.h"
#include "drawing/svg.h"
#include "face/face.h"
#include "image/picture_file.h"
#include "paint/made_paint.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string sheet, track, out, column, report;
  double fps = 24;
  std::vector<std::string> sets;
  bool svg = false, contact = false, paint = false;
};

constexpr int kContactWidth = 240;

/// "joy=0.6,blink=1" as a mixture.
Result<Mixture> parse_mixture(const std::string& text) {
  Mixture mixture;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    const std::string item = text.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t equals = item.find('=');
    double value = 0;
    const char* last = item.data() + item.size();
    if (equals == std::string::npos || equals == 0 ||
        std::from_chars(item.data() + equals + 1, last, value).ptr != last || equals + 1 == item.size())
      return fail(ErrorCode::wrong_use, fmt::format("\"{}\" is no part of a mixture", item),
                  "write name=value, as in joy=0.6,blink=1");
    mixture[item.substr(0, equals)] = value;
  }
  return mixture;
}

/// The mixtures of --set, or the different faces of the track.
Result<std::vector<FaceMoment>> moments(const Arguments& a, const Disk& disk, const ExpressionSheet& sheet,
                                        FaceTimeline& timeline, Report& notes) {
  std::vector<FaceMoment> list;
  for (const std::string& set : a.sets) {
    auto mixture = parse_mixture(set);
    if (!mixture) return Failure(std::move(mixture.error()));
    list.push_back({std::move(*mixture), {}});
  }
  if (a.track.empty()) return list;
  auto file = read_track_file(disk, a.track, a.fps, 0);
  if (!file) return Failure(std::move(file.error()));
  notes.insert(notes.end(), file->notes.begin(), file->notes.end());
  auto laid = lay_out(file->track, sheet);
  if (!laid) return Failure(std::move(laid.error()));
  timeline = std::move(*laid);
  return timeline.faces;
}

Result<void> write_column(const Arguments& a, const FaceTimeline& timeline, const std::string& name) {
  if (a.column.empty()) return {};
  ExposureSheet sheet;
  sheet.fps = a.fps;
  sheet.duration = static_cast<int>(timeline.at.size());
  sheet.cels.push_back(column_of(timeline, name.empty() ? "face" : name));
  return write_text(a.column, write_xdts(sheet));
}

/// Paints the faces of a sheet from those of its drawings that are painted.
struct FacePaint {
  MadePainter painter;
  std::vector<int> key_of;         ///< per sample of the sheet, -1: not painted
  std::vector<std::string> files;  ///< read

  [[nodiscard]] Result<MadePaint> paint(const FaceDrawing& drawing) const {
    std::vector<std::pair<int, Registration>> from;
    for (const auto& [sample, anchors] : drawing.anchors)
      if (const int key = key_of[static_cast<std::size_t>(sample)]; key >= 0) from.emplace_back(key, anchors);
    return painter.paint(drawing.lines, from, std::max(0, key_of[static_cast<std::size_t>(drawing.base)]));
  }
};

/// The painted pictures are sample.paint, or paint/NAME.png beside each picture of lines, as in a cut.
Result<FacePaint> read_paint(const Disk& disk, const Face& face) {
  FacePaint paint;
  int count = 0;
  for (std::size_t k = 0; k < face.sheet().samples.size(); ++k) {
    const FaceSample& sample = face.sheet().samples[k];
    std::vector<std::string> files;
    if (!sample.paint.empty())
      files.push_back(sample.paint);
    else
      for (const SamplePicture& picture : sample.pictures)
        files.push_back(
            join_path(join_path(folder_of(picture.file), "paint"), file_stem(picture.file) + ".png"));
    const bool painted = std::all_of(files.begin(), files.end(),
                                     [&](const std::string& file) { return disk.stamp(file).exists; });
    paint.key_of.push_back(painted ? count++ : -1);
    if (!painted) continue;
    Raster whole;
    for (const std::string& file : files) {
      auto picture = read_picture(file);
      if (!picture) return Failure(std::move(picture.error()));
      if (whole.empty()) {
        whole = std::move(*picture);
        continue;
      }
      for (std::size_t i = 0; i < std::min(whole.data.size(), picture->data.size()); ++i)
        if (picture->data[i].a != 0) whole.data[i] = picture->data[i];
    }
    paint.files.insert(paint.files.end(), files.begin(), files.end());
    if (auto added = paint.painter.add(face.picture(static_cast<int>(k)), whole); !added) {
      added.error().where.file = files.front();
      return Failure(std::move(added.error()));
    }
  }
  if (count == 0)
    return fail(
        ErrorCode::not_found, "no drawing of the sheet is painted",
        "save painted drawings as paint/NAME.png beside the lines, or as paint = \"...\" in the sheet",
        {.file = face.sheet().file});
  return paint;
}

Result<int> run(const Arguments& a) {
  if (a.sets.empty() == a.track.empty() && !a.contact)
    return fail(ErrorCode::wrong_use, "say what to draw",
                "a mixture with --set, a track with --track, or --contact");
  const auto disk = real_disk();
  auto file = read_face_file(*disk, a.sheet);
  if (!file) return Failure(std::move(file.error()));
  Report notes = std::move(file->notes);
  auto face = Face::make(std::move(file->sheet));
  if (!face) return Failure(std::move(face.error()));
  FaceTimeline timeline;
  const auto wanted = moments(a, *disk, face->sheet(), timeline, notes);
  if (!wanted) return Failure(wanted.error());

  FacePaint paint;
  if (a.paint) {
    auto painted = read_paint(*disk, *face);
    if (!painted) return Failure(std::move(painted.error()));
    paint = std::move(*painted);
  }

  std::vector<std::string> read{a.sheet, a.track};
  read.insert(read.end(), paint.files.begin(), paint.files.end());
  for (const FaceSample& sample : face->sheet().samples)
    for (const SamplePicture& picture : sample.pictures) read.push_back(picture.file);
  std::vector<ReportedDrawing> lines;
  for (std::size_t i = 0; i < wanted->size(); ++i) {
    const auto drawing = face->at((*wanted)[i]);
    if (!drawing) return Failure(drawing.error());
    const std::string name = drawing_name(i);
    if (auto spared = spare(read, join_path(a.out, name + ".png")); !spared)
      return Failure(std::move(spared.error()));
    if (auto done = write_picture(join_path(a.out, name + ".png"), drawing->lines); !done)
      return Failure(std::move(done.error()));
    if (a.svg)
      if (auto done = write_text(join_path(a.out, name + ".svg"), to_svg(drawing->blended)); !done)
        return Failure(std::move(done.error()));
    lines.push_back({name, -1, drawing->judgement, {{"exact", drawing->exact ? 1.0 : 0.0}}});
    if (a.paint) {
      const auto painted = paint.paint(*drawing);
      if (!painted) return Failure(painted.error());
      const std::string beside = join_path(a.out, name + "-paint.png");
      if (auto spared = spare(read, beside); !spared) return Failure(std::move(spared.error()));
      if (auto done = write_picture(beside, painted->painted); !done) return Failure(std::move(done.error()));
      lines.back().figures.emplace_back("regions asked", painted->asked);
    }
    for (const auto& [parameter, value] : (*wanted)[i].mixture)
      lines.back().figures.emplace_back("set " + parameter, value);
  }
  if (!a.track.empty())
    if (auto done = write_column(a, timeline, face->sheet().name); !done)
      return Failure(std::move(done.error()));
  if (a.contact) {
    std::function<Result<Raster>(const FaceDrawing&)> seen;
    if (a.paint)
      seen = [&](const FaceDrawing& drawing) -> Result<Raster> {
        auto painted = paint.paint(drawing);
        if (!painted) return Failure(std::move(painted.error()));
        return std::move(painted->painted);
      };
    const auto picture = contact_sheet(*face, kContactWidth, seen);
    if (!picture) return Failure(picture.error());
    if (auto done = write_picture(join_path(a.out, "contact.png"), *picture); !done)
      return Failure(std::move(done.error()));
  }
  for (const Note& note : notes) tell(note);
  if (!a.report.empty())
    if (auto done = write_text(a.report, report_text("face", lines, notes)); !done)
      return Failure(std::move(done.error()));
  if (!lines.empty()) print_verdicts(a.out, lines, a.report);
  return kDone;
}

}  // namespace

void add_face(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "face", "Draw the faces between the drawings of an expression sheet: DIR/0001.png ...");
  command->add_option("SHEET", a->sheet, "the expression sheet (TOML), see docs/face.md")->required();
  command->add_option("--set", a->sets, "a mixture: joy=0.6,blink=1; give it again for more pictures")
      ->allow_extra_args(false);
  command->add_option("--track", a->track,
                      "a track (TOML): every different face of it, in the order of the cut");
  command->add_option("--column", a->column, "with --track: write the exposure sheet's column here (XDTS)");
  command->add_option("--fps", a->fps, "frames a second where the track does not say")
      ->check(CLI::Range(1.0, 240.0));
  command->add_flag("--contact", a->contact, "also draw the whole space of expressions: DIR/contact.png");
  command->add_option("--out", a->out, "folder to write into")->required();
  command->add_flag("--paint", a->paint,
                    "also paint them from the sheet's painted drawings, as a first look: DIR/0001-paint.png");
  command->add_flag("--svg", a->svg, "also write the strokes of blended parts: DIR/0001.svg ...");
  command->add_option("--report", a->report,
                      "write a verdict with reasons and places for each drawing (JSON)");
  command->footer(
      "Examples:\n  nakawari face face/aoi.toml --set \"joy=0.6,blink=1\" --out faces\n"
      "  nakawari face face/aoi.toml --track face/track.toml --out faces --column face.xdts\n"
      "  nakawari face face/aoi.toml --contact --paint --out faces");
  command->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
