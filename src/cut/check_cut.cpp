#include "cut/check_cut.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "check/context.h"
#include "cut/build_state.h"
#include "cut/check_around.h"
#include "cut/check_cel.h"
#include "cut/load_cut.h"
#include "cut/serial.h"
#include "cut/steps.h"
#include "image/picture_file.h"
#include "paint/colour_model_file.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

/// Places nearer than this to an `intended` fix are meant by it, px at 1920; or inside the finding itself.
constexpr double kMeant = 48;

Result<Raster> picture_at(const Disk& disk, const std::string& path) {
  auto file = read_stable(disk, path);
  if (!file) return Failure(std::move(file.error()));
  return decode_picture(file->bytes, path);
}

/// The strokes of a key, when the cache holds them for exactly this file and this program.
std::optional<Drawing> cached_key(Disk& disk, CheckSource& source, const CheckCutOptions& options,
                                  const LoadedCel& cel, const LoadedDrawing& drawing) {
  const auto hash = source.log.input(drawing.source);
  if (!hash) return std::nullopt;
  const CutFile& file = source.cut.file;
  const StepSpec spec =
      trace_spec(cel, drawing,
                 {{"the program", hash_of(std::string_view(options.program_key))},
                  {drawing.source, *hash},
                  value_input("the cut's size", fmt::format("{}x{}", file.width, file.height))});
  if (!source.log.why_dirty(spec).empty()) return std::nullopt;
  const auto bytes = disk.read(join_path(source.cut.folder, spec.outputs.front()));
  if (!bytes) return std::nullopt;
  auto key = traced_key_from(*bytes);
  if (!key) return std::nullopt;
  return std::move(key->drawing);
}

std::optional<Drawing> cached_inbetween(Disk& disk, const CheckSource& source, const LoadedCel& cel,
                                        const LoadedDrawing& drawing) {
  const auto bytes = disk.read(join_path(source.cut.folder, draw_spec(cel, drawing).outputs[2]));
  if (!bytes) return std::nullopt;
  auto made = inbetween_from(*bytes);
  if (!made) return std::nullopt;
  return std::move(made->drawing);
}

bool is_approved(const LoadedCel& cel, const LoadedDrawing& drawing) {
  return std::any_of(cel.fixes.fixes.begin(), cel.fixes.fixes.end(), [&](const Fix& fix) {
    return fix.kind == FixKind::approve &&
           (same_drawing(drawing.plan.name, fix.drawing, cel.file.name) || drawing.stem == fix.drawing);
  });
}

/// The drawings of a cel that have lines, in the order of the sheet, with their neighbours in time.
struct CelList {
  std::vector<const LoadedDrawing*> drawings;
  std::vector<int> before, after;
};

CelList list_of(const Disk& disk, const CheckSource& source, const LoadedCel& cel, Report& notes) {
  CelList list;
  std::vector<int> place(cel.drawings.size(), -1);
  int missing = 0;
  for (std::size_t i = 0; i < cel.drawings.size(); ++i) {
    const LoadedDrawing& drawing = cel.drawings[i];
    if (!has_lines(drawing)) continue;
    if (drawing.frames == 0) continue;
    if (!disk.stamp(join_path(source.cut.folder, line_path(cel, drawing))).exists) {
      ++missing;
      continue;
    }
    place[i] = static_cast<int>(list.drawings.size());
    list.drawings.push_back(&drawing);
  }
  if (missing > 0)
    notes.push_back(
        {"not-built",
         fmt::format("{} in-betweens are not made yet and were not checked: nakawari build", missing),
         {.cel = cel.file.name}});
  list.before.assign(list.drawings.size(), -1);
  list.after.assign(list.drawings.size(), -1);
  std::vector<bool> seen(list.drawings.size(), false);
  int last = -1;
  for (std::size_t f = 0; f < cel.at.size(); ++f) {
    const int here = cel.at[f] < 0 ? -1 : place[static_cast<std::size_t>(cel.at[f])];
    if (here == last && f > 0) continue;
    if (last >= 0 && here >= 0 && list.after[static_cast<std::size_t>(last)] < 0)
      list.after[static_cast<std::size_t>(last)] = here;
    if (here >= 0 && !seen[static_cast<std::size_t>(here)]) {
      list.before[static_cast<std::size_t>(here)] = last;
      seen[static_cast<std::size_t>(here)] = true;
    }
    last = here;
  }
  return list;
}

Result<CheckInput> load_input(Disk& disk, CheckSource& source, const CheckCutOptions& options,
                              const LoadedCel& cel, const CelList& list, std::size_t i) {
  const LoadedDrawing& drawing = *list.drawings[i];
  const std::string path = join_path(source.cut.folder, line_path(cel, drawing));
  CheckInput input;
  input.name = drawing.stem;
  auto lines = picture_at(disk, path);
  if (!lines) return Failure(std::move(lines.error()));
  input.source = std::move(*lines);
  input.by_program = drawing.plan.state == DrawingState::inbetween;
  // Of a face the program's strokes are those of the mixed parts alone: it is traced like a key.
  if (drawing.face < 0)
    input.traced = input.by_program ? cached_inbetween(disk, source, cel, drawing)
                                    : cached_key(disk, source, options, cel, drawing);
  const bool by_hand = !drawing.painted.empty() && !input.by_program;
  const std::string painted =
      join_path(source.cut.folder, by_hand ? drawing.painted : painted_path(cel, drawing));
  if (by_hand || (is_painted(cel) && disk.stamp(painted).exists)) {
    auto picture = picture_at(disk, painted);
    if (!picture) return Failure(std::move(picture.error()));
    if (picture->width != input.source.width || picture->height != input.source.height)
      return fail(ErrorCode::bad_input,
                  fmt::format("is {}x{}, its lines are {}x{}", picture->width, picture->height,
                              input.source.width, input.source.height),
                  "export both at one size", {.file = painted});
    input.painted = std::move(*picture);
  }
  const bool approved = is_approved(cel, drawing);
  input.lines_approved = !input.by_program || approved;
  input.paint_approved = by_hand || approved;
  input.first_frame = drawing.plan.first_frame;
  input.frames = drawing.frames;
  input.before = list.before[i];
  input.after = list.after[i];
  if (input.by_program) {
    const auto index = [&](int d) {
      const LoadedDrawing* wanted = d < 0 ? nullptr : &cel.drawings[static_cast<std::size_t>(d)];
      const auto it = std::find(list.drawings.begin(), list.drawings.end(), wanted);
      return it == list.drawings.end() ? -1 : static_cast<int>(it - list.drawings.begin());
    };
    input.t = drawing.plan.t;
    input.from = index(drawing.from);
    input.to = index(drawing.to);
  }
  return input;
}

Result<StyleProfile> profile_at(const Disk& disk, const std::string& path) {
  const auto text = read_stable_text(disk, path);
  if (!text) return Failure(text.error());
  return read_profile(*text, path);
}

/// The profile that a cel is held against: given by the caller, of the cel, of the cut, or none.
Result<std::optional<StyleProfile>> chosen_profile(const Disk& disk, const CheckSource& source,
                                                   const CheckCutOptions& options, const LoadedCel& cel) {
  std::string path = options.profile;
  if (path.empty() && !cel.file.profile.empty()) path = join_path(source.cut.folder, cel.file.profile);
  if (path.empty()) return std::optional<StyleProfile>();
  auto profile = profile_at(disk, path);
  if (!profile) return Failure(std::move(profile.error()));
  return std::optional<StyleProfile>(std::move(*profile));
}

Result<CheckContext> context_of(Disk& disk, CheckSource& source, const CheckCutOptions& options,
                                const LoadedCel& cel, const CelList& list,
                                std::optional<StyleProfile> profile) {
  FrameAround frame(disk, source.cut);
  CheckJob job;
  job.cel = cel.file.name;
  job.drawings = static_cast<int>(list.drawings.size());
  job.load = [&](int i) {
    auto input = load_input(disk, source, options, cel, list, static_cast<std::size_t>(i));
    if (input && options.frame == CheckCutOptions::Frame::known)
      input->around = [&frame, &cel, at = input->first_frame, w = input->source.width,
                       h = input->source.height] { return frame.around(cel, at, w, h); };
    return input;
  };
  job.profile = std::move(profile);
  job.variant = cel.file.variant.empty() ? source.cut.file.variant : cel.file.variant;
  if (!cel.file.model.empty()) {
    const std::string path = join_path(source.cut.folder, cel.file.model);
    const auto text = read_stable_text(disk, path);
    if (!text) return Failure(text.error());
    Report notes;
    auto model =
        decode_colour_model({reinterpret_cast<const std::uint8_t*>(text->data()), text->size()}, path, notes);
    if (!model) return Failure(std::move(model.error()));
    job.model = std::move(*model);
    if (job.variant.empty() && !job.model.variants.empty()) job.variant = job.model.variants.front();
  }
  return look_at_cel(job, options.threads);
}

/// Netflix's rule in spirit: an issue is wrong beyond doubt and stands in the middle of the frame, or is
/// large, or is said by someone who speaks; all else is for your information.
Severity severity_of(const CutFinding& f, const CutCheck& check, const std::vector<SheetSpan>& speech) {
  if (f.finding.level != Level::fail) return Severity::fyi;
  const double x = f.finding.at.x / std::max(1, check.width), y = f.finding.at.y / std::max(1, check.height);
  const bool middle = std::abs(x - 0.5) < 0.3 && std::abs(y - 0.5) < 0.35;
  const bool large = f.finding.size > 0.15 * check.height || f.finding.size == 0;
  const bool speaks = std::any_of(speech.begin(), speech.end(), [&](const SheetSpan& s) {
    return f.first_frame < s.first_frame + s.frames && s.first_frame < f.first_frame + f.frames;
  });
  return middle || large || speaks ? Severity::issue : Severity::fyi;
}

void set_state(const LoadedCel& cel, const CutCheck& check, CutFinding& f) {
  const double scale = std::max(check.width, check.height) / 1920.0;
  for (const Fix& fix : cel.fixes.fixes) {
    if (fix.kind != FixKind::intended || fix.what != f.finding.check) continue;
    if (fix.drawing != f.drawing && !same_drawing(fix.drawing, f.drawing, cel.file.name)) continue;
    if (!fix.at.empty() &&
        distance(fix.at.front(), f.finding.at) > std::max(kMeant * scale, f.finding.size / 2))
      continue;
    f.state = FindingState::intended;
    f.by = fix.author.empty() ? fix.id : fix.author;
  }
}

/// "line-width: A0003, A0004: fewer than ...": one line a check and reason.
std::vector<std::string> not_judged_lines(const Outcome& outcome, const CheckContext& context) {
  std::map<std::pair<std::string, std::string>, std::string> by_reason;
  std::vector<std::pair<std::string, std::string>> order;
  for (const NotJudged& n : outcome.not_judged) {
    const auto key = std::pair(n.check, n.why);
    std::string& names = by_reason[key];
    if (names.empty()) order.push_back(key);
    const std::string name = n.drawing < 0 ? "all" : context.at(n.drawing).given.name;
    // Several places of a drawing are one line.
    if (!names.ends_with(name)) names += (names.empty() ? "" : ", ") + name;
  }
  std::vector<std::string> lines;
  for (const auto& key : order) lines.push_back(key.first + ": " + by_reason[key] + ": " + key.second);
  return lines;
}

/// A style whose colours the cel hardly has is one of somebody else; what can be judged is judged all the
/// same.
void remark_another_style(const CheckContext& context, Report& notes) {
  constexpr double kOwn = 0.5;  // of the painted area
  const StyleProfile& profile = context.profile;
  double all = 0, known = 0;
  for (const Seen& seen : context.drawings)
    for (const ColourUse& use : seen.colours) {
      if (use.regions == 0 || use.colour == kCheckColour) continue;
      all += use.area;
      if (std::binary_search(profile.colours.begin(), profile.colours.end(), hex(use.colour)))
        known += use.area;
    }
  if (profile.colours.empty() || all == 0 || known >= kOwn * all) return;
  notes.push_back({"another-style",
                   fmt::format("only {:.0f} % of the paint is in colours that the style {} knows: is it that "
                               "of another character?",
                               100 * known / all, profile.name),
                   {.cel = context.cel}});
}

void judge(CheckedDrawing& drawing, const std::vector<CutFinding>& findings) {
  drawing.judgement = {Verdict::pass, 1, {}};
  for (const CutFinding& f : findings) {
    if (f.cel != drawing.cel || f.drawing != drawing.name || f.state != FindingState::open) continue;
    drawing.judgement.verdict = Verdict::look;
    drawing.judgement.confidence = std::min(drawing.judgement.confidence, 1 - f.finding.confidence);
    drawing.judgement.reasons.push_back(
        {f.finding.check, f.finding.at.x, f.finding.at.y, f.finding.size, f.finding.text});
  }
}

}  // namespace

Result<void> check_cel(Disk& disk, CheckSource& source, const CheckCutOptions& options, const LoadedCel& cel,
                       CutCheck& check) {
  CheckedCel checked;
  checked.name = cel.file.name;
  const CelList list = list_of(disk, source, cel, check.notes);
  auto profile = chosen_profile(disk, source, options, cel);
  if (!profile) return Failure(std::move(profile.error()));
  if (*profile) checked.profile = (*profile)->name;
  if (list.drawings.empty()) {
    checked.not_judged.push_back("all: the cel has no drawing yet");
    check.cels.push_back(std::move(checked));
    return {};
  }
  const auto context = context_of(disk, source, options, cel, list, std::move(*profile));
  if (!context) {
    Error error = context.error();
    if (error.where.cel.empty()) error.where.cel = cel.file.name;
    return Failure(std::move(error));
  }
  check.width = context->at(0).width;
  check.height = context->at(0).height;
  const Outcome outcome = run_checks(*context, {options.threads, options.only});
  const int base = static_cast<int>(check.drawings.size());
  for (std::size_t i = 0; i < list.drawings.size(); ++i) {
    const CheckInput& given = context->drawings[i].given;
    const LoadedDrawing& drawing = *list.drawings[i];
    CheckedDrawing d{cel.file.name,
                     given.name,
                     given.by_program,
                     given.lines_approved,
                     given.first_frame,
                     given.frames,
                     -1,
                     -1,
                     line_path(cel, drawing),
                     {},
                     {},
                     {},
                     0};
    if (given.before >= 0) d.before = base + given.before;
    if (given.after >= 0) d.after = base + given.after;
    if (context->drawings[i].has_paint)
      d.painted =
          !drawing.painted.empty() && !given.by_program ? drawing.painted : painted_path(cel, drawing);
    if (const auto& eyes = context->parts[i].eyes; eyes.size() == 2) {
      constexpr double kFace = 3.2;  // times the way from eye to eye
      d.face = (eyes[0].centre + eyes[1].centre) / 2;
      d.face_size = kFace * distance(eyes[0].centre, eyes[1].centre);
    }
    check.drawings.push_back(std::move(d));
  }
  if (!context->own_profile) remark_another_style(*context, check.notes);
  for (const Finding& finding : outcome.findings) {
    const CheckedDrawing& d = check.drawings[static_cast<std::size_t>(base + finding.drawing)];
    CutFinding f{finding, d.cel, d.name, d.first_frame, d.frames, Severity::fyi, FindingState::open, {}};
    f.severity = severity_of(f, check, source.cut.speech);
    set_state(cel, check, f);
    check.findings.push_back(std::move(f));
  }
  for (std::size_t i = 0; i < list.drawings.size(); ++i)
    judge(check.drawings[static_cast<std::size_t>(base) + i], check.findings);
  checked.not_judged = not_judged_lines(outcome, *context);
  checked.style = profile_of(approved_measurements(*context), context->at(0).scale);
  checked.style.name = cel.file.name;
  if (checked.style.drawings == 0)
    checked.not_judged.insert(checked.not_judged.begin(), "style: no drawing of this cel is approved");
  check.cels.push_back(std::move(checked));
  return {};
}

const char* word(Severity severity) {
  return severity == Severity::issue ? "issue" : "fyi";
}

const char* word(FindingState state) {
  return state == FindingState::open ? "open" : state == FindingState::fixed ? "fixed" : "intended";
}

const char* word(Level level) {
  return level == Level::fail ? "fail" : "warn";
}

Result<CutCheck> check_cut(Disk& disk, const std::string& folder, const CheckCutOptions& options,
                           Progress& progress) {
  const auto cut = load_cut(disk, folder);
  if (!cut) return Failure(cut.error());
  StepLog log(disk, folder);
  CheckSource source{*cut, log};
  CutCheck check;
  check.id = cut->file.id;
  check.folder = folder;
  check.only = options.only;
  check.fps = cut->fps;
  check.frames = cut->frames;
  check.width = cut->file.width;
  check.height = cut->file.height;
  check.notes = cut->notes;
  int done = 0;
  const int total = static_cast<int>(
      std::count_if(cut->cels.begin(), cut->cels.end(), [](const LoadedCel& cel) { return !cel.still(); }));
  for (const LoadedCel& cel : cut->cels) {
    if (cel.still()) continue;
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "stopped");
    if (auto checked = check_cel(disk, source, options, cel, check); !checked)
      return Failure(std::move(checked.error()));
    progress.advance("check " + check.id, ++done, total);
  }
  std::stable_sort(check.findings.begin(), check.findings.end(),
                   [](const CutFinding& a, const CutFinding& b) {
                     const auto rank = [](const CutFinding& f) {
                       return std::tuple(f.state != FindingState::open, f.finding.part == kAskedPart,
                                         f.severity != Severity::issue, f.finding.level != Level::fail,
                                         -f.finding.confidence, f.first_frame);
                     };
                     return rank(a) < rank(b);
                   });
  return check;
}

Result<CutStyle> style_of_cut(Disk& disk, const std::string& folder, const CheckCutOptions& options,
                              Progress& progress) {
  const auto cut = load_cut(disk, folder);
  if (!cut) return Failure(cut.error());
  StepLog log(disk, folder);
  CheckSource source{*cut, log};
  CutStyle all;
  for (const LoadedCel& cel : cut->cels) {
    if (cel.still()) continue;
    if (progress.cancelled()) return fail(ErrorCode::cancelled, "stopped");
    Report notes;
    const CelList list = list_of(disk, source, cel, notes);
    if (list.drawings.empty()) continue;
    const auto context = context_of(disk, source, options, cel, list, std::nullopt);
    if (!context) return Failure(context.error());
    all.scale = context->at(0).scale;
    for (Measurements& m : approved_measurements(*context)) all.drawings.push_back(std::move(m));
  }
  return all;
}

}  // namespace nakawari
