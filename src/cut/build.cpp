#include "cut/build.h"

#include <fmt/format.h>

#include <algorithm>

#include "cut/build_check.h"
#include "cut/build_state.h"
#include "cut/report_step.h"
#include "cut/serial.h"

namespace nakawari {
namespace {

/// A person may save a drawing while the build runs; the build starts over with it. More often than this in
/// one build means that a program writes without end.
constexpr int kStarts = 5;

const char* const kCacheFolder = "out/.cache";

/// Temporary files of killed builds (base/files.h names them so).
void sweep(Disk& disk, const std::string& folder, int depth = 0) {
  constexpr int kDeepest = 6;
  const auto names = disk.list(folder);
  if (!names || depth > kDeepest) return;
  for (const std::string& name : *names) {
    const std::string path = join_path(folder, name);
    const bool temporary =
        (name.starts_with(".nakawari-") && name.ends_with(".tmp")) || name.ends_with(".part");
    // What cannot be removed now is removed by a later build.
    if (temporary)
      static_cast<void>(disk.remove(path));
    else if (disk.stamp(path).folder)
      sweep(disk, path, depth + 1);
  }
}

Result<void> check_only(const LoadedCut& cut, const std::vector<std::string>& only) {
  for (const std::string& name : only) {
    const bool known = std::any_of(cut.cels.begin(), cut.cels.end(),
                                   [&](const LoadedCel& cel) { return cel.file.name == name; });
    if (!known)
      return fail(ErrorCode::wrong_use, "there is no cel \"" + name + "\" in the cut", {},
                  {.file = cut.file.file});
  }
  return {};
}

Judgement together_of(const std::vector<std::optional<Judgement>>& all) {
  Judgement together{Verdict::pass, 1, {}};
  for (const auto& each : all) {
    if (!each) continue;
    together.verdict = worse(together.verdict, each->verdict);
    together.confidence = std::min(together.confidence, each->confidence);
    together.reasons.insert(together.reasons.end(), each->reasons.begin(), each->reasons.end());
  }
  return together;
}

Result<std::optional<Judgement>> judged(BuildState& state, const std::string& path) {
  const auto bytes = read_output(state, path);
  if (!bytes) return Failure(bytes.error());
  auto judgement = judgement_from(*bytes);
  if (!judgement) return Failure(std::move(judgement.error()));
  return std::optional<Judgement>(std::move(*judgement));
}

Result<DrawingSummary> summarise(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  DrawingSummary s;
  s.name = drawing.stem;
  s.sheet_name = drawing.plan.name;
  s.state = drawing.plan.state;
  s.why = drawing.plan.why;
  s.first_frame = drawing.plan.first_frame;
  s.frames = drawing.frames;
  s.fixes = drawing.fixes;
  s.source = drawing.source;
  s.reference = !drawing.painted.empty() && drawing.plan.state == DrawingState::key;
  if (!has_lines(drawing)) {
    s.judgement = {Verdict::draw, 0, {{"needs-key", 0, 0, 0, drawing.plan.why}}};
    return s;
  }
  s.line_picture = line_path(cel, drawing);
  if (drawing.plan.state == DrawingState::inbetween) {
    const StepSpec spec = draw_spec(cel, drawing);
    if (drawing.from >= 0) {
      s.from = cel.drawings[static_cast<std::size_t>(drawing.from)].stem;
      s.to = cel.drawings[static_cast<std::size_t>(drawing.to)].stem;
    }
    s.t = drawing.plan.t;
    s.svg = spec.outputs[1];
    s.provenance = spec.outputs[4];
    auto line = judged(state, spec.outputs[3]);
    if (!line) return Failure(std::move(line.error()));
    s.line = std::move(*line);
  }
  if (is_painted(cel)) {
    s.painted = painted_path(cel, drawing);
    auto paint = judged(state, fmt::format("out/.cache/{}/{}.painted", cel.file.name, drawing.stem));
    if (!paint) return Failure(std::move(paint.error()));
    if (!s.reference) s.paint = std::move(*paint);
  }
  s.judgement = together_of({s.line, s.paint});
  return s;
}

Result<CelSummary> summarise(BuildState& state, const LoadedCel& cel) {
  CelSummary s;
  s.name = cel.file.name;
  s.still = cel.still();
  s.image = cel.image;
  s.width = state.width;
  s.height = state.height;
  s.at = cel.at;
  s.model = cel.file.model;
  s.variant = cel.file.variant.empty() ? state.cut.file.variant : cel.file.variant;
  s.lost_fixes = cel.lost_fixes;
  const auto found = found_by_checks(state, cel);
  if (!found) return Failure(found.error());
  for (const LoadedDrawing& drawing : cel.drawings) {
    auto each = summarise(state, cel, drawing);
    if (!each) return Failure(std::move(each.error()));
    if (const auto it = found->find(each->name); it != found->end())
      each->judgement = together_of({each->line, each->paint, it->second});
    s.drawings.push_back(std::move(*each));
  }
  return s;
}

Result<CutSummary> summarise(BuildState& state) {
  CutSummary s;
  s.id = state.cut.file.id;
  s.title = state.cut.file.title;
  s.fps = state.cut.fps;
  s.frames = state.cut.frames;
  s.width = state.width;
  s.height = state.height;
  for (const LoadedCel& cel : state.cut.cels) {
    if (!state.wanted(cel)) continue;
    auto each = summarise(state, cel);
    if (!each) return Failure(std::move(each.error()));
    s.cels.push_back(std::move(*each));
  }
  s.notes = state.cut.notes;
  s.notes.insert(s.notes.end(), state.notes.begin(), state.notes.end());
  // Notes name files as the caller gave them; a summary must not depend on where the cut lies.
  for (Note& note : s.notes)
    if (const std::string head = join_path(state.cut.folder, ""); note.where.file.starts_with(head))
      note.where.file.erase(0, head.size());
  const bool video = state.options.only.empty() && state.cut.file.output.video && state.trouble.empty();
  if (video) s.video = "out/" + s.id + ".mp4";
  s.program = state.options.program;
  s.cost = state.cut.file.cost;
  return s;
}

Result<void> write_verdicts(BuildState& state, const CutSummary& summary) {
  std::vector<Job> jobs;
  for (const CelSummary& cel : summary.cels) {
    if (cel.still) continue;
    const std::string text = verdicts_json(cel);
    jobs.push_back(
        {{"verdicts " + cel.name, {value_input("a verdict", text)}, {"out/" + cel.name + "/verdicts.json"}},
         [text]() -> Result<Produced> { return Produced{shared_text(text)}; }});
  }
  return state.stages.run("verdicts", jobs, {Threads{1}, {}});
}

Result<BuildResult> build_once(Disk& disk, const std::string& folder, const BuildOptions& options,
                               VideoEncoder& encoder, Progress& progress) {
  const std::int64_t started = disk.now_ns();
  const double cpu_before = options.spent().cpu_seconds;
  auto cut = load_cut(disk, folder);
  if (!cut) return Failure(std::move(cut.error()));
  if (auto known = check_only(*cut, options.only); !known) return Failure(std::move(known.error()));

  StepLog log(disk, folder);
  BuildState state{.disk = disk,
                   .options = options,
                   .encoder = encoder,
                   .progress = progress,
                   .cut = std::move(*cut),
                   .log = log,
                   .stages = {disk, log, progress, options.spent},
                   .notes = {},
                   .trouble = {},
                   .paint_changes = {},
                   .film = {}};
  state.width = state.cut.file.width;
  state.height = state.cut.file.height;
  for (auto* stage : {build_lines, build_paint, build_check, build_frames})
    if (auto done = stage(state); !done) return Failure(std::move(done.error()));

  BuildResult result;
  auto summary = summarise(state);
  if (!summary) return Failure(std::move(summary.error()));
  result.summary = std::move(*summary);
  if (auto written = write_verdicts(state, result.summary); !written)
    return Failure(std::move(written.error()));
  const bool all = options.extent == Extent::everything;
  // A report that tells of other drawings is worse than none.
  auto reported = all                      ? build_report(state, result.summary)
                  : state.stages.ran() > 0 ? disk.remove(join_path(folder, kReportPage))
                                           : Result<void>();
  if (!reported) return Failure(std::move(reported.error()));
  if (auto closed = log.close(!all || !options.only.empty()); !closed)
    return Failure(std::move(closed.error()));

  for (const Note& note : log.notes()) result.summary.notes.push_back(note);
  result.ran = state.stages.ran();
  result.kept = state.stages.kept();
  result.cost.steps = state.stages.costs();
  constexpr double kNanoseconds = 1e9;
  result.cost.seconds = static_cast<double>(disk.now_ns() - started) / kNanoseconds;
  const Spent spent = options.spent();
  result.cost.cpu_seconds = spent.cpu_seconds - cpu_before;
  result.cost.peak_memory_mib = spent.peak_memory_mib;
  // A build with nothing to do leaves the figures of the one that did the work.
  if (all && result.ran > 0)
    if (auto written = write_cost(state, result.cost); !written) return Failure(std::move(written.error()));
  result.explained = state.stages.explained();
  result.paint_changes = std::move(state.paint_changes);
  result.trouble = std::move(state.trouble);
  return result;
}

}  // namespace

Result<BuildResult> build_cut(Disk& disk, const std::string& folder, const BuildOptions& options,
                              VideoEncoder& encoder, Progress& progress) {
  // Nothing is written for a folder that holds no cut.
  if (auto cut = load_cut(disk, folder); !cut) return Failure(std::move(cut.error()));
  const auto lock = disk.lock(join_path(folder, std::string(kCacheFolder) + "/lock"));
  if (!lock) return Failure(lock.error());
  sweep(disk, join_path(folder, "out"));
  for (int start = 1;; ++start) {
    auto result = build_once(disk, folder, options, encoder, progress);
    if (result || result.error().message != kChangedWhileBuilding || start == kStarts) return result;
  }
}

}  // namespace nakawari
