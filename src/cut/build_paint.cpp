// From lines to painted cels: one job a cel, all its drawings at once.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/check.h"
#include "cut/build_state.h"
#include "cut/serial.h"
#include "image/line_image.h"
#include "image/picture_file.h"
#include "match/match.h"
#include "paint/colour_model_file.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

/// Index of each drawing with lines in the paint job, by index in the cel; -1 without.
std::vector<int> job_indices(const LoadedCel& cel) {
  std::vector<int> indices;
  int next = 0;
  for (const LoadedDrawing& drawing : cel.drawings) indices.push_back(has_lines(drawing) ? next++ : -1);
  return indices;
}

Result<Raster> read_raster(BuildState& state, const std::string& path, Hash expected) {
  const auto bytes = read_input(state, path, expected);
  if (!bytes) return Failure(bytes.error());
  auto picture = decode_picture(*bytes, state.at(path));
  if (!picture) return picture;
  if (auto fits = check_size(state, path, picture->width, picture->height); !fits)
    return Failure(std::move(fits.error()));
  return picture;
}

bool speaks_of(const Fix& fix, const LoadedCel& cel, const LoadedDrawing& drawing) {
  return same_drawing(drawing.plan.name, fix.drawing, cel.file.name) || drawing.stem == fix.drawing;
}

/// Kinds that change what is painted.
bool of_paint(FixKind kind) {
  return kind == FixKind::paint_style || kind == FixKind::close_gap || kind == FixKind::open_gap ||
         kind == FixKind::trace_role;
}

/// The fix that approved the painted picture of a drawing; the last one counts.
const Fix* approval(const LoadedCel& cel, const LoadedDrawing& drawing) {
  const Fix* found = nullptr;
  for (const Fix& fix : cel.fixes.fixes)
    if (fix.kind == FixKind::approve && !fix.painted.empty() && speaks_of(fix, cel, drawing)) found = &fix;
  return found;
}

/// The picture that stands for the drawing's paint whatever is computed: approved, or painted by hand.
std::string given_paint(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  if (std::string path = approved_paint(state, cel, drawing); !path.empty()) return path;
  return drawing.plan.state == DrawingState::key ? drawing.painted : std::string();
}

/// An approved picture belongs to the lines that were approved; on others it would be a wrong reference.
bool has_lines_of(const Raster& painted, const Raster& source) {
  constexpr double kSame = 0.98;
  double black = 0, kept = 0;
  for (std::size_t i = 0; i < source.data.size(); ++i) {
    if (source.data[i] != Rgba8{0, 0, 0, 255}) continue;
    ++black;
    kept += painted.data[i] == source.data[i];
  }
  return kept >= kSame * black;
}

Result<PaintDrawing> paint_drawing(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                                   std::vector<std::string>& lost) {
  PaintDrawing result;
  result.name = drawing.stem;
  result.time = drawing.plan.first_frame;
  const auto lines = line_hash(state, cel, drawing);
  if (!lines) return Failure(lines.error());
  auto source = read_raster(state, line_path(cel, drawing), *lines);
  if (!source) return Failure(std::move(source.error()));
  result.source = std::move(*source);
  result.lines = classify_lines(result.source);
  const std::string path = given_paint(state, cel, drawing);
  if (path.empty()) return result;
  const auto hash = state.log.input(path);
  if (!hash) return Failure(hash.error());
  auto painted = read_raster(state, path, *hash);
  if (!painted) return Failure(std::move(painted.error()));
  const Fix* approved = approval(cel, drawing);
  if (approved != nullptr && !has_lines_of(*painted, result.source)) {
    lost.push_back(approved->id);
    return result;
  }
  result.painted = std::move(*painted);
  return result;
}

/// What the in-betweener knows about where lines lie: every in-between in both its keys, every pair of keys
/// in each other.
Result<void> add_registrations(BuildState& state, const LoadedCel& cel, const std::vector<int>& indices,
                               PaintJob& job) {
  const auto index = [&](int drawing) { return indices[static_cast<std::size_t>(drawing)]; };
  std::set<std::pair<int, int>> pairs;
  for (std::size_t i = 0; i < cel.drawings.size(); ++i) {
    const LoadedDrawing& drawing = cel.drawings[i];
    if (drawing.from < 0 && drawing.face < 0) continue;
    const auto bytes = read_output(state, draw_spec(cel, drawing).outputs[2]);
    if (!bytes) return Failure(bytes.error());
    auto made = inbetween_from(*bytes);
    if (!made) return Failure(std::move(made.error()));
    if (drawing.face >= 0) {
      const int nearest = cel.face->nearest[static_cast<std::size_t>(drawing.face)];
      job.drawings[static_cast<std::size_t>(indices[i])].made_from = {index(nearest)};
      job.registrations.push_back({indices[i], index(nearest), std::move(made->to_a)});
      continue;
    }
    job.drawings[static_cast<std::size_t>(indices[i])].made_from = {index(drawing.from), index(drawing.to)};
    job.registrations.push_back({indices[i], index(drawing.from), std::move(made->to_a)});
    job.registrations.push_back({indices[i], index(drawing.to), std::move(made->to_b)});
    pairs.insert({drawing.from, drawing.to});
  }
  for (const auto& [from, to] : pairs) {
    const auto& a = cel.drawings[static_cast<std::size_t>(from)];
    const auto& b = cel.drawings[static_cast<std::size_t>(to)];
    const auto bytes = read_output(state, match_spec(cel, a, b).outputs.front());
    if (!bytes) return Failure(bytes.error());
    const auto matched = matched_pair_from(*bytes);
    if (!matched) return Failure(matched.error());
    job.registrations.push_back({index(from), index(to), registration(matched->correspondence.a_to_b)});
    job.registrations.push_back({index(to), index(from), registration(matched->correspondence.b_to_a)});
  }
  return {};
}

Result<ColourModel> load_model(BuildState& state, const LoadedCel& cel, Hash expected) {
  const auto bytes = read_input(state, cel.file.model, expected);
  if (!bytes) return Failure(bytes.error());
  Report notes;
  return decode_colour_model(*bytes, state.at(cel.file.model), notes);
}

std::string variant_of(const BuildState& state, const LoadedCel& cel) {
  return cel.file.variant.empty() ? state.cut.file.variant : cel.file.variant;
}

const Style* style_named(const ColourModel& model, const std::string& name) {
  const auto it = std::find_if(model.styles.begin(), model.styles.end(),
                               [&](const Style& style) { return style.name == name; });
  return it == model.styles.end() ? nullptr : &*it;
}

StyleRole role_of(const std::string& word) {
  return word == "highlight" ? StyleRole::highlight
         : word == "shadow2" ? StyleRole::shadow2
         : word == "normal"  ? StyleRole::normal
                             : StyleRole::shadow;
}

/// The paint fixes of the cel; those whose style or drawing is not there go to `lost`.
void add_fixes(const LoadedCel& cel, const std::vector<int>& indices, PaintJob& job,
               std::vector<std::string>& lost) {
  for (const Fix& fix : cel.fixes.fixes) {
    if (!of_paint(fix.kind)) continue;
    int drawing = -1;
    for (std::size_t i = 0; i < cel.drawings.size(); ++i)
      if (speaks_of(fix, cel, cel.drawings[i])) drawing = indices[i];
    const Style* style = style_named(job.model, fix.style);
    const bool background = fix.style == "background";
    if (drawing < 0 || (fix.kind == FixKind::paint_style && !style && !background)) {
      lost.push_back(fix.id);
      continue;
    }
    if (fix.kind == FixKind::paint_style)
      job.fixes.push_back({fix.id, drawing, fix.at.front(), background ? kBackgroundStyle : style->id});
    else if (fix.kind == FixKind::trace_role)
      job.trace_fixes.push_back({fix.id, drawing, fix.at.front(), role_of(fix.role)});
    else
      job.gap_fixes.push_back(
          {fix.id, drawing, fix.path, fix.kind == FixKind::close_gap ? GapChoice::close : GapChoice::open});
  }
}

Bytes bytes_of(const std::string& text) {
  return {text.begin(), text.end()};
}

/// A reference is a person's own picture: what the painter gives back for it is not used in its place. Only
/// its paper becomes clear; a colour that the model lacks stays.
Raster reference_cel(const Raster& painted, const Raster& ours) {
  Raster cel = painted;
  for (std::size_t i = 0; i < cel.data.size(); ++i)
    if (ours.data[i].a == 0 && painted.data[i] == kPaper) cel.data[i] = kClear;
  return cel;
}

Result<Produced> paint_cel(BuildState& state, const LoadedCel& cel, const StepSpec& spec, Hash model_hash) {
  const std::vector<int> indices = job_indices(cel);
  PaintJob job;
  std::vector<std::string> lost;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    auto each = paint_drawing(state, cel, drawing, lost);
    if (!each) return Failure(std::move(each.error()));
    job.drawings.push_back(std::move(*each));
  }
  if (!cel.file.model.empty()) {
    auto model = load_model(state, cel, model_hash);
    if (!model) return Failure(std::move(model.error()));
    job.model = std::move(*model);
  }
  job.variant = variant_of(state, cel);
  if (!job.variant.empty() && !job.model.variants.empty() &&
      std::find(job.model.variants.begin(), job.model.variants.end(), job.variant) ==
          job.model.variants.end())
    return fail(ErrorCode::bad_input, "the colour model has no variant \"" + job.variant + "\"",
                "add it, or mend variant = \"...\" in cut.toml", {.file = state.at(cel.file.model)});
  add_fixes(cel, indices, job, lost);
  if (auto added = add_registrations(state, cel, indices, job); !added)
    return Failure(std::move(added.error()));

  PaintOptions options;
  options.threads = state.options.threads;
  auto result = paint(job, options);
  if (!result) {
    if (result.error().where.file.empty()) result.error().where.file = state.at(folder_of(cel.file.drawings));
    result.error().where.cel = cel.file.name;
    return Failure(std::move(result.error()));
  }
  lost.insert(lost.end(), result->lost_fixes.begin(), result->lost_fixes.end());

  Produced produced(spec.outputs.size());
  std::vector<std::optional<Error>> errors(result->drawings.size());
  parallel_for(state.options.threads, result->drawings.size(), [&](std::size_t i) {
    PaintedDrawing& drawing = result->drawings[i];
    if (job.drawings[i].painted) drawing.painted = reference_cel(*job.drawings[i].painted, drawing.painted);
    auto png = encode_picture(drawing.painted, PictureFormat::png);
    auto tga = encode_picture(drawing.painted, PictureFormat::tga);
    if (!png || !tga) {
      errors[i] = png ? tga.error() : png.error();
      return;
    }
    produced[3 * i] = std::make_shared<const Bytes>(std::move(*png));
    produced[3 * i + 1] = std::make_shared<const Bytes>(std::move(*tga));
    produced[3 * i + 2] = std::make_shared<const Bytes>(to_bytes(drawing.judgement));
  });
  for (const auto& error : errors)
    if (error) return Failure(*error);
  produced.back() = std::make_shared<const Bytes>(bytes_of(nlohmann::json(lost).dump()));
  return produced;
}

Result<void> report_lost(BuildState& state, LoadedCel& cel, const StepSpec& spec) {
  const auto bytes = read_output(state, spec.outputs.back());
  if (!bytes) return Failure(bytes.error());
  const auto lost = nlohmann::json::parse(bytes->begin(), bytes->end(), nullptr, false);
  for (const Fix& fix : cel.fixes.fixes) {
    const bool gone = lost.is_array() && std::find(lost.begin(), lost.end(), fix.id) != lost.end();
    const bool known =
        std::find(cel.lost_fixes.begin(), cel.lost_fixes.end(), fix.id) != cel.lost_fixes.end();
    if (gone && !known) {
      Note note = lost_note(fix, cel.fixes.file,
                            "there is no such style, or nothing that it speaks of at its place any more");
      note.where.cel = cel.file.name;
      state.notes.push_back(std::move(note));
      cel.lost_fixes.push_back(fix.id);
    } else if (!gone && !known && of_paint(fix.kind)) {
      for (LoadedDrawing& drawing : cel.drawings)
        if (speaks_of(fix, cel, drawing)) drawing.fixes.push_back(fix.id);
    }
  }
  return {};
}

std::string paint_fixes_text(const LoadedCel& cel) {
  std::string text;
  for (const Fix& fix : cel.fixes.fixes) {
    if (!of_paint(fix.kind)) continue;
    text += fmt::format("{} {} {} {}{}", fix.id, fix.word, fix.drawing, fix.style, fix.role);
    for (const auto* points : {&fix.at, &fix.path})
      for (const Vec2 p : *points) text += fmt::format(" {:.17g},{:.17g}", p.x, p.y);
    text += '\n';
  }
  return text;
}

Result<Job> paint_job(BuildState& state, const LoadedCel& cel) {
  std::vector<StepInput> inputs{program_input(state), value_input("the variant", variant_of(state, cel)),
                                value_input("a paint fix", paint_fixes_text(cel))};
  Hash model{};
  if (!cel.file.model.empty()) {
    const auto hash = state.log.input(cel.file.model);
    if (!hash) {
      Error error = hash.error();
      error.mend = "save the colour model there, or mend model = \"...\" in cut.toml";
      return Failure(std::move(error));
    }
    model = *hash;
    inputs.push_back({cel.file.model, model});
  }
  std::set<std::pair<int, int>> pairs;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    const auto lines = line_hash(state, cel, drawing);
    if (!lines) return Failure(lines.error());
    inputs.push_back({"the lines of " + drawing.stem, *lines});
    inputs.push_back(value_input("the place of " + drawing.stem, drawing.plan.first_frame));
    if (const std::string given = given_paint(state, cel, drawing); !given.empty()) {
      const auto hash = state.log.input(given);
      if (!hash) return Failure(hash.error());
      inputs.push_back({given, *hash});
    }
    if (drawing.from < 0 && drawing.face < 0) continue;
    inputs.push_back({"the strokes of " + drawing.stem, state.log.outputs(draw_spec(cel, drawing))[2]});
    if (drawing.from >= 0 && pairs.insert({drawing.from, drawing.to}).second) {
      const auto& a = cel.drawings[static_cast<std::size_t>(drawing.from)];
      const auto& b = cel.drawings[static_cast<std::size_t>(drawing.to)];
      inputs.push_back(
          {"the match of " + a.stem + " and " + b.stem, state.log.outputs(match_spec(cel, a, b))[0]});
    }
  }
  StepSpec spec = paint_spec(cel, std::move(inputs));
  return Job{spec, [&state, &cel, spec, model] { return paint_cel(state, cel, spec, model); }};
}

}  // namespace

Result<void> build_paint(BuildState& state) {
  for (LoadedCel& cel : state.cut.cels) {
    if (cel.still() || !state.wanted(cel)) continue;
    if (!is_painted(cel)) {
      state.notes.push_back({"no-reference",
                             "no drawing is painted by hand; the cel stays lines",
                             {.file = state.at(cel.file.painted), .cel = cel.file.name}});
      continue;
    }
    // One cel after the other: each uses all threads, and memory holds one cel's pictures.
    auto job = paint_job(state, cel);
    if (!job) return Failure(std::move(job.error()));
    if (auto done = state.stages.run("paint", {*job}, {Threads{1}, {}}); !done) return done;
    if (auto told = report_lost(state, cel, job->spec); !told) return told;
  }
  return {};
}

}  // namespace nakawari
