// nakawari inbetween: the drawings between two keys.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>

#include "base/files.h"
#include "cli/shell.h"
#include "cut/disk.h"
#include "cut/face_file.h"
#include "cut/fixes_file.h"
#include "cut/load_face.h"
#include "cut/pairs.h"
#include "drawing/render.h"
#include "drawing/svg.h"
#include "face/eye_names.h"
#include "image/picture_file.h"
#include "inbetween/inbetween.h"
#include "inbetween/judge.h"
#include "match/match.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string a, b, before, after, out, fixes, face, face_cel, report;
  int count = 0;
  std::vector<double> at;
  bool svg = false;
};

constexpr int kMostInbetweens = 9999;  ///< the names have four digits

Result<std::vector<double>> times(const Arguments& a) {
  if ((a.count > 0) == !a.at.empty())
    return fail(ErrorCode::wrong_use, "say how many (--count) or where (--at), one of the two");
  std::vector<double> list = a.at;
  for (int k = 1; k <= a.count; ++k) list.push_back(static_cast<double>(k) / (a.count + 1));
  std::sort(list.begin(), list.end());
  for (const double t : list)
    if (!(t > 0 && t < 1))
      return fail(ErrorCode::wrong_use, fmt::format("t = {} is no in-between", t),
                  "the keys stand at 0 and 1; give places between them");
  if (std::adjacent_find(list.begin(), list.end()) != list.end())
    return fail(ErrorCode::wrong_use, "the same t stands twice in --at");
  return list;
}

Result<Drawing> traced(const Raster& picture, const std::string& path) {
  auto drawing = trace(classify_lines(picture));
  if (!drawing) drawing.error().where.file = path;
  return drawing;
}

/// The fixes of a file that speak of these two drawings, and spacing of parts; the others are noted.
Result<MatchFixes> load_fixes(const Arguments& a, const Drawing& first, const Drawing& second,
                              Report& notes) {
  if (a.fixes.empty()) return MatchFixes{};
  const auto text = read_text(a.fixes);
  if (!text) return Failure(text.error());
  auto fixes = read_fixes(*text, a.fixes);
  if (!fixes) return Failure(std::move(fixes.error()));
  std::vector<const Fix*> ours, lost;
  std::vector<std::string> used;
  for (const Fix& fix : fixes->fixes) {
    const bool here = fix.from == file_stem(a.a) && fix.to == file_stem(a.b);
    if (here)
      ours.push_back(&fix);
    else
      notes.push_back(lost_note(fix, a.fixes, "it does not speak of these two drawings"));
  }
  MatchFixes result = match_fixes(ours, first, second, lost, used);
  for (const Fix* fix : lost) notes.push_back(lost_note(*fix, a.fixes, "no line is near its point"));
  return result;
}

/// The eyes of both keys as an expression sheet of the head names their parts; those that it does not find
/// are noted.
Result<PairEyes> named_eyes(const Arguments& a, const Drawing& first, const Drawing& second, Report& notes) {
  if (a.face.empty()) return PairEyes{};
  const auto file = read_face_file(*real_disk(), a.face);
  if (!file) return Failure(file.error());
  notes.insert(notes.end(), file->notes.begin(), file->notes.end());
  const ExpressionSheet sheet = of_cel(file->sheet, a.face_cel);
  if (sheet.samples.empty() || !sheet.samples.front().at.empty())
    return fail(ErrorCode::bad_input,
                fmt::format("the sheet has no neutral drawing on a cel \"{}\"", a.face_cel),
                "give --face-cel a cel of the sheet", {.file = a.face});
  auto namer = EyeNamer::make(sheet, {});
  if (!namer) return Failure(std::move(namer.error()));
  PairEyes eyes{namer->name(first), namer->name(second)};
  for (const auto& [path, list] : {std::pair{&a.a, &eyes.a}, std::pair{&a.b, &eyes.b}})
    for (const NamedEye& eye : *list)
      if (eye.like.empty())
        notes.push_back({"eye-not-found",
                         fmt::format("\"{}\" of the expression sheet is not found here", eye.eye),
                         {.file = *path}});
  return eyes;
}

/// How the motion comes into the pair, or goes on from it: the match of `drawing` with the key at `path`.
/// Null without a path.
Result<std::shared_ptr<const Correspondence>> neighbour(const std::string& path, const Drawing& drawing,
                                                        bool before) {
  if (path.empty()) return nullptr;
  const auto picture = read_picture(path);
  if (!picture) return Failure(picture.error());
  const auto key = traced(*picture, path);
  if (!key) return Failure(key.error());
  auto found = before ? match(*key, drawing) : match(drawing, *key);
  if (!found) {
    found.error().where.file = path;
    return Failure(std::move(found.error()));
  }
  return std::make_shared<const Correspondence>(std::move(*found));
}

/// An in-between as files and a line of the report.
struct Made {
  Raster picture;
  std::string svg;
  Judgement judgement;
};

Result<std::vector<Made>> draw(const Arguments& a, const std::vector<double>& at, const Raster& first,
                               const Raster& second, Report& notes, const TerminalProgress& progress) {
  std::vector<Made> list;
  auto da = traced(first, a.a);
  if (!da) return Failure(std::move(da.error()));
  // Between a drawing and itself stands that drawing; or, if nothing around tells, what it does not show.
  if (first == second && a.before.empty() && a.after.empty()) {
    Evidence evidence;
    evidence.alone = 1;
    Judgement judgement = judged({evidence, {}});
    const double width = first.width, height = first.height;
    judgement.reasons.push_back(
        {"unsure", width / 2, height / 2, std::max(width, height), strongest_doubt(evidence)});
    for (std::size_t i = 0; i < at.size(); ++i) list.push_back({first, to_svg(*da), judgement});
    return list;
  }
  auto db = traced(second, a.b);
  if (!db) return Failure(std::move(db.error()));
  const auto fixes = load_fixes(a, *da, *db, notes);
  if (!fixes) return Failure(fixes.error());
  auto matched = match(*da, *db, *fixes);
  if (!matched) return Failure(std::move(matched.error()));
  InbetweenOptions options;
  for (const ArcFix& arc : fixes->arcs) options.arcs.push_back({arc.path, {}});
  options.depths = fixes->depths;
  const auto eyes = named_eyes(a, *da, *db, notes);
  if (!eyes) return Failure(eyes.error());
  EyeNames named = eyes_of_pair(fixes->groups, *eyes, *da, *db);
  for (const UnclearEye& eye : named.unclear)
    notes.push_back({"unclear-eye", fmt::format("fix \"{}\": {}", eye.fix, eye.why), {.file = a.fixes}});
  options.eyes = std::move(named.lines);
  options.drawings = static_cast<int>(at.size());
  auto before = neighbour(a.before, *da, true), after = neighbour(a.after, *db, false);
  if (!before) return Failure(std::move(before.error()));
  if (!after) return Failure(std::move(after.error()));
  // Places that a person gives (--at) are their timing: only the shape of the paths runs on.
  const auto use = !a.at.empty()  ? Around::Use::shape
                   : a.count == 1 ? Around::Use::plain_time
                                  : Around::Use::shape_and_speed;
  options.around = {std::move(*before), std::move(*after), 1, 1, use};
  const Inbetweener between(std::move(*da), std::move(*db), std::move(*matched), std::move(options));
  for (const double t : at) {
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "stopped");
    auto made = between.at(t);
    if (!made) return Failure(std::move(made.error()));
    list.push_back(
        {to_raster(render_lines(made->drawing)), a.svg ? to_svg(made->drawing) : "", made->judgement});
  }
  return list;
}

Result<int> run(const Arguments& a) {
  const auto at = times(a);
  if (!at) return Failure(at.error());
  const auto first = read_picture(a.a);
  if (!first) return Failure(first.error());
  const auto second = read_picture(a.b);
  if (!second) return Failure(second.error());
  if (first->width != second->width || first->height != second->height)
    return fail(ErrorCode::bad_input,
                fmt::format("is {}x{}, but {} is {}x{}", second->width, second->height, a.a, first->width,
                            first->height),
                "export both keys at one size", {.file = a.b});
  for (std::size_t i = 0; i < at->size(); ++i)
    if (auto spared = spare({a.a, a.b, a.before, a.after}, join_path(a.out, drawing_name(i) + ".png"));
        !spared)
      return Failure(std::move(spared.error()));
  Report notes;
  const TerminalProgress progress;
  const auto made = draw(a, *at, *first, *second, notes, progress);
  if (!made) return Failure(made.error());

  std::vector<ReportedDrawing> lines;
  for (std::size_t i = 0; i < made->size(); ++i) {
    const Made& each = (*made)[i];
    const std::string name = drawing_name(i);
    if (auto done = write_picture(join_path(a.out, name + ".png"), each.picture); !done)
      return Failure(std::move(done.error()));
    if (a.svg)
      if (auto done = write_text(join_path(a.out, name + ".svg"), each.svg); !done)
        return Failure(std::move(done.error()));
    lines.push_back({name, (*at)[i], each.judgement, {}});
  }
  for (const Note& note : notes) tell(note);
  if (!a.report.empty())
    if (auto done = write_text(a.report, report_text("inbetween", lines, notes)); !done)
      return Failure(std::move(done.error()));
  print_verdicts(a.out, lines, a.report);
  return kDone;
}

}  // namespace

void add_inbetween(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("inbetween", "Draw the drawings between two keys: DIR/0001.png ... in order of t");
  command->add_option("A", a->a, "the first key, at t = 0: PNG, TGA or TIFF")->required();
  command->add_option("B", a->b, "the second key, at t = 1")->required();
  command->add_option("--count", a->count, "how many, in even steps")->check(CLI::Range(1, kMostInbetweens));
  command->add_option("--at", a->at, "where, between 0 and 1: 0.25,0.5")->delimiter(',');
  command->add_option("--before", a->before,
                      "the key before A: motion runs on through A; as far from A in time as B is");
  command->add_option("--after", a->after, "the key after B: motion runs on through B");
  command->add_option("--out", a->out, "folder to write into")->required();
  command->add_flag("--svg", a->svg, "also write the strokes: DIR/0001.svg ...");
  command->add_option("--fixes", a->fixes,
                      "corrections (see fixes in the README); drawings by the names of the files");
  command->add_option("--face", a->face,
                      "expression sheet of the head: names lids and irises, so that eyes blink as drawn");
  command->add_option("--face-cel", a->face_cel,
                      "the cel of the sheet that the keys show, when it has several");
  command->add_option("--report", a->report,
                      "write a verdict with reasons and places for each drawing (JSON)");
  command->footer(
      "Examples:\n  nakawari inbetween A0001.png A0005.png --count 3 --out between\n"
      "  nakawari inbetween a.tga b.tga --at 0.2,0.5,0.8 --out between --svg --report verdicts.json\n"
      "  nakawari inbetween A0003.png A0005.png --before A0001.png --after A0007.png --count 1 --out "
      "between");
  command->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
