// From lines to painted cels. Three stages a cel: the pictures that persons painted are read as styles, all
// drawings are solved at once into styles, and each drawing is coloured. Another palette runs the last one
// alone.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "cut/build_paint_job.h"
#include "cut/paint_memory.h"
#include "image/picture_file.h"
#include "paint/colour_model_file.h"
#include "paint/style_map.h"

namespace nakawari {
namespace {

/// Finds out which regions show another style than the build before left. Where the styles are taken from the
/// references their numbers may have moved; their colours tell.
class Changes {
 public:
  Changes(BuildState& state, const LoadedCel& cel, const ColourModel& model) : state_(state), cel_(cel) {
    names_ = model;
    if (!cel.file.model.empty()) return;
    const auto bytes = state.disk.read(state.at(paint_spec(cel).outputs.back()));
    const auto before =
        !bytes ? ColourModel()
               : read_colour_model(std::string(bytes->begin(), bytes->end()), {}).value_or(ColourModel());
    for (const Style& style : before.styles) {
      const Style* same = model.find(before.colour(style.id, {}), {});
      number_[style.id] = same != nullptr ? same->id : kUnknownStyle;
    }
  }

  void add(const LoadedDrawing& drawing, const std::string& file, const PaintedStyles& now,
           const Grid<std::int32_t>& region) {
    const auto bytes = state_.disk.read(state_.at(file));
    if (!bytes) return;
    auto before = painted_styles_from(*bytes);
    if (!before || before->lines != now.lines) return;
    if (!number_.empty()) renumber(before->drawing.styles);
    for (const Repainted& each : repainted(before->drawing.styles, now.drawing))
      state_.paint_changes.push_back({cel_.file.name, drawing.stem, each.x, each.y, each.area,
                                      name(each.before), name(each.after),
                                      fix_at(drawing, region, each.region)});
  }

 private:
  void renumber(StyleMap& styles) const {
    for (StyleId& style : styles.data)
      if (const auto found = number_.find(style); found != number_.end()) style = found->second;
  }
  [[nodiscard]] std::string name(StyleId id) const {
    const Style* style = names_.find(id);
    return style != nullptr ? style->name : id == kBackgroundStyle ? "background" : "";
  }
  [[nodiscard]] std::string fix_at(const LoadedDrawing& drawing, const Grid<std::int32_t>& region,
                                   int wanted) const {
    for (const Fix& fix : cel_.fixes.fixes) {
      if (fix.kind != FixKind::paint_style || !speaks_of(fix, cel_, drawing)) continue;
      const int x = static_cast<int>(fix.at.front().x), y = static_cast<int>(fix.at.front().y);
      if (region.contains(x, y) && region(x, y) == wanted + 1) return fix.id;
    }
    return {};
  }

  BuildState& state_;
  const LoadedCel& cel_;
  ColourModel names_;
  std::map<StyleId, StyleId> number_;
};

/// The painter of a cel: the one that an earlier build of this process kept, where only fixes changed since.
Result<KeptPainter*> painter_of(BuildState& state, const LoadedCel& cel, const CelModel& model, Hash compared,
                                PaintMemory& memory) {
  if (KeptPainter* kept = memory.find(cel.file.name, compared)) return kept;
  memory.forget();
  KeptPainter made;
  auto job = load_paint_job(state, cel, model, made.lost);
  if (!job) return Failure(job.error());
  for (const PaintDrawing& drawing : job->drawings) made.given.push_back(drawing.painted.has_value());
  PaintOptions options;
  options.threads = state.options.threads;
  const LineMatchNames names(state, cel, *job);
  remember_lines(state, cel, names, *job);
  auto painter = Painter::of(std::move(*job), options);
  if (!painter) return Failure(std::move(painter.error()));
  made.line_matches = to_bytes(to_remember(names, painter->matched()));
  made.painter = std::move(*painter);
  return memory.keep(cel.file.name, compared, std::move(made));
}

Result<Produced> paint_cel(BuildState& state, const LoadedCel& cel, const StepSpec& spec,
                           const CelModel& model, Hash compared) {
  const auto complain = [&](Error error) {
    if (error.where.file.empty()) error.where.file = state.at(folder_of(cel.file.drawings));
    error.where.cel = cel.file.name;
    return Failure(std::move(error));
  };
  PaintMemory own;
  const auto kept =
      painter_of(state, cel, model, compared, state.options.paint_memory ? *state.options.paint_memory : own);
  if (!kept) return complain(kept.error());
  Painter& painter = *(*kept)->painter;
  std::vector<std::string> lost = (*kept)->lost;
  if (auto solved = painter.solve(paint_fixes(cel, model, lost)); !solved) return complain(solved.error());
  lost.insert(lost.end(), painter.lost_fixes().begin(), painter.lost_fixes().end());
  const ColourModel& named = cel.file.model.empty() ? painter.model() : model.model;
  const std::string variant =
      painter.model().variants.empty() ? std::string() : painter.model().variants.front();
  Changes changes(state, cel, painter.model());

  Produced produced;
  std::size_t i = 0;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    const PaintedDrawing painted = painter.drawing(i);
    const auto lines = line_hash(state, cel, drawing);
    if (!lines) return Failure(lines.error());
    PaintedStyles styles{*lines, (*kept)->given[i],
                         styles_of(painted, painter.lines(i), painter.model(), variant)};
    ++i;
    if (styles.given) {
      const auto picture = given_picture(state, cel, drawing);
      if (!picture) return Failure(picture.error());
      const auto source = line_picture(state, cel, drawing);
      if (!source) return Failure(source.error());
      styles.drawing.styles = styles_of(*picture, *source, named);
    } else {
      changes.add(drawing, spec.outputs[produced.size()], styles, painted.region);
    }
    produced.push_back(shared(to_bytes(styles)));
    produced.push_back(shared(to_bytes(painted.judgement)));
  }
  produced.push_back(shared((*kept)->line_matches));
  produced.push_back(shared_text(nlohmann::json(lost).dump()));
  if (cel.file.model.empty()) produced.push_back(shared_text(write_colour_model(painter.model())));
  return produced;
}

/// The model that a finished cel was painted with.
Result<ColourModel> model_painted_with(BuildState& state, const LoadedCel& cel, const CelModel& model) {
  if (!cel.file.model.empty()) return model.model;
  const std::string path = paint_spec(cel).outputs.back();
  const auto bytes = read_output(state, path);
  if (!bytes) return Failure(bytes.error());
  return read_colour_model(std::string(bytes->begin(), bytes->end()), state.at(path));
}

Result<Produced> colour_drawing(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                                const std::string& styles_path, const CelModel& cel_model) {
  const auto bytes = read_output(state, styles_path);
  if (!bytes) return Failure(bytes.error());
  const auto styles = painted_styles_from(*bytes);
  if (!styles) return Failure(styles.error());
  const auto below = styles->given ? given_picture(state, cel, drawing) : line_picture(state, cel, drawing);
  if (!below) return Failure(below.error());
  const auto model = model_painted_with(state, cel, cel_model);
  if (!model) return Failure(model.error());
  const Raster picture = coloured(styles->drawing.styles, *below, *model, variant_of(state, cel));
  auto png = encode_picture(picture, PictureFormat::png);
  if (!png) return Failure(std::move(png.error()));
  auto tga = encode_picture(picture, PictureFormat::tga);
  if (!tga) return Failure(std::move(tga.error()));
  return Produced{shared(std::move(*png)), shared(std::move(*tga))};
}

Result<void> report_lost(BuildState& state, LoadedCel& cel, const StepSpec& spec) {
  const auto bytes = read_output(state, spec.outputs[spec.outputs.size() - (cel.file.model.empty() ? 2 : 1)]);
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
    for (const LineMark& mark : fix.like) text += " " + to_text(mark);
    for (const auto* points : {&fix.at, &fix.path})
      for (const Vec2 p : *points) text += fmt::format(" {:.17g},{:.17g}", p.x, p.y);
    text += '\n';
  }
  return text;
}

std::string trace_text(const LoadedCel& cel) {
  std::string text;
  for (const auto& [ink, role] : cel.file.trace) text += fmt::format("{} {}\n", word(ink), word(role));
  return text;
}

/// The colour model of the cel with a variant as asked.
Result<CelModel> load_model(BuildState& state, const LoadedCel& cel) {
  CelModel loaded;
  if (cel.file.model.empty()) return loaded;
  const auto hash = state.log.input(cel.file.model);
  if (!hash) {
    Error error = hash.error();
    error.mend = "save the colour model there, or mend model = \"...\" in cut.toml";
    return Failure(std::move(error));
  }
  loaded.hash = *hash;
  const auto bytes = read_input(state, cel.file.model, *hash);
  if (!bytes) return Failure(bytes.error());
  Report notes;
  auto model = decode_colour_model(*bytes, state.at(cel.file.model), notes);
  if (!model) return Failure(std::move(model.error()));
  loaded.model = std::move(*model);
  const std::string variant = variant_of(state, cel);
  const auto& variants = loaded.model.variants;
  if (!variant.empty() && !variants.empty() &&
      std::find(variants.begin(), variants.end(), variant) == variants.end())
    return fail(ErrorCode::bad_input, "the colour model has no variant \"" + variant + "\"",
                "add it, or mend variant = \"...\" in cut.toml", {.file = state.at(cel.file.model)});
  return loaded;
}

/// Adds the hash of the picture that a person painted of the drawing, where there is one.
Result<void> add_given(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                       std::vector<StepInput>& inputs) {
  const std::string given = given_paint(state, cel, drawing);
  if (given.empty()) return {};
  const auto hash = state.log.input(given);
  if (!hash) return Failure(hash.error());
  inputs.push_back({given, *hash});
  return {};
}

/// The colours of a person's picture that the model lacks, in words; empty when it has them all.
std::string lacked_text(const StyleMap& styles, const Raster& painted, const Raster& source) {
  constexpr std::size_t kMost = 3;
  if (styles.empty()) return {};
  const std::vector<LackedColour> colours = lacked_colours(styles, painted, source);
  std::string text;
  for (std::size_t i = 0; i < colours.size() && i < kMost; ++i) {
    const auto& [c, area, x, y] = colours[i];
    text +=
        fmt::format("{}#{:02x}{:02x}{:02x} ({} px, at {},{})", i > 0 ? ", " : "", c.r, c.g, c.b, area, x, y);
  }
  if (colours.size() > kMost) text += fmt::format(" and {} more", colours.size() - kMost);
  return text;
}

Result<void> report_lacked(BuildState& state, const LoadedCel& cel) {
  for (const LoadedDrawing& drawing : cel.drawings) {
    const std::string given = given_paint(state, cel, drawing);
    if (!has_lines(drawing) || given.empty()) continue;
    const auto bytes = read_output(state, given_spec(cel, drawing).outputs.back());
    if (!bytes) return Failure(bytes.error());
    if (bytes->empty()) continue;
    state.notes.push_back(
        {"colour-not-in-model",
         fmt::format("shows {}, which {} lacks: it stays here and is put on no other drawing",
                     std::string(bytes->begin(), bytes->end()), cel.file.model),
         {.file = given, .cel = cel.file.name}});
  }
  return {};
}

/// One step for each picture that a person painted: a new colour in the model reads them again, and where
/// their styles stay the same nothing else.
Result<std::vector<Job>> given_jobs(BuildState& state, const LoadedCel& cel, const CelModel& model) {
  std::vector<Job> jobs;
  if (cel.file.model.empty()) return jobs;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing) || given_paint(state, cel, drawing).empty()) continue;
    const auto lines = line_hash(state, cel, drawing);
    if (!lines) return Failure(lines.error());
    const bool approved = approval(cel, drawing) != nullptr;
    std::vector<StepInput> inputs{program_input(state),
                                  {"the lines of " + drawing.stem, *lines},
                                  {cel.file.model, model.hash},
                                  value_input("an approval", approved ? "yes" : "no")};
    if (auto added = add_given(state, cel, drawing, inputs); !added) return Failure(std::move(added.error()));
    jobs.push_back(
        {given_spec(cel, drawing, std::move(inputs)), [&state, &cel, &drawing, &model]() -> Result<Produced> {
           const auto painted = given_picture(state, cel, drawing);
           if (!painted) return Failure(painted.error());
           const auto source = line_picture(state, cel, drawing);
           if (!source) return Failure(source.error());
           const PaintedStyles styles = given_styles(cel, drawing, *painted, *source, model.model);
           return Produced{shared(to_bytes(styles)),
                           shared_text(lacked_text(styles.drawing.styles, *painted, *source))};
         }});
  }
  return jobs;
}

Result<Job> paint_job(BuildState& state, const LoadedCel& cel, const CelModel& model) {
  std::vector<StepInput> inputs{program_input(state),
                                value_input("the roles of trace lines", trace_text(cel)),
                                value_input("the styles of the model", structure_of(model.model))};
  if (uses_model_picture(state, cel)) {
    const auto hash = state.log.input(cel.file.model_picture);
    if (!hash) {
      Error error = hash.error();
      error.mend = "save the picture there, or mend model_picture = \"...\" in cut.toml";
      return Failure(std::move(error));
    }
    inputs.push_back({cel.file.model_picture, *hash});
    // The picture's colours are read by the model's.
    inputs.push_back({cel.file.model, model.hash});
  }
  std::set<std::pair<int, int>> pairs;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    const auto lines = line_hash(state, cel, drawing);
    if (!lines) return Failure(lines.error());
    inputs.push_back({"the lines of " + drawing.stem, *lines});
    inputs.push_back(value_input("the place of " + drawing.stem, drawing.plan.first_frame));
    if (cel.file.model.empty()) {
      if (auto added = add_given(state, cel, drawing, inputs); !added)
        return Failure(std::move(added.error()));
    } else if (!given_paint(state, cel, drawing).empty()) {
      inputs.push_back(
          {"the reference " + drawing.stem, state.log.outputs(given_spec(cel, drawing)).front()});
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
  // All but the fixes: what the drawings are compared by.
  Hash compared;
  for (const StepInput& input : inputs)
    compared = combine(compared, combine(hash_of(input.what), input.hash));
  inputs.push_back(value_input("a paint fix", paint_fixes_text(cel)));
  StepSpec spec = paint_spec(cel, std::move(inputs));
  return Job{spec,
             [&state, &cel, spec, &model, compared] { return paint_cel(state, cel, spec, model, compared); }};
}

/// One step for each drawing: colours for its styles.
Result<std::vector<Job>> colour_jobs(BuildState& state, const LoadedCel& cel, const CelModel& model) {
  const StepSpec painted = paint_spec(cel);
  const std::vector<Hash> styles = state.log.outputs(painted);
  const StepInput colours = cel.file.model.empty() ? StepInput{"the model of the references", styles.back()}
                                                   : StepInput{cel.file.model, model.hash};
  std::vector<Job> jobs;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    const std::size_t at = 2 * jobs.size();
    const auto lines = line_hash(state, cel, drawing);
    if (!lines) return Failure(lines.error());
    std::vector<StepInput> inputs{program_input(state),
                                  value_input("the variant", variant_of(state, cel)),
                                  colours,
                                  {"the styles of " + drawing.stem, styles[at]},
                                  {"the lines of " + drawing.stem, *lines}};
    if (auto added = add_given(state, cel, drawing, inputs); !added) return Failure(std::move(added.error()));
    jobs.push_back({colour_spec(cel, drawing, std::move(inputs)),
                    [&state, &cel, &drawing, path = painted.outputs[at], &model] {
                      return colour_drawing(state, cel, drawing, path, model);
                    }});
  }
  return jobs;
}

/// From references to painted pictures; one cel after the other, so that memory holds one cel's pictures.
Result<void> build_paint(BuildState& state, LoadedCel& cel) {
  const auto model = load_model(state, cel);
  if (!model) return Failure(model.error());
  const StageOptions parallel{state.options.threads, {}};
  const auto given = given_jobs(state, cel, *model);
  if (!given) return Failure(given.error());
  if (!given->empty())
    if (auto done = state.stages.run("reference", *given, parallel); !done) return done;
  if (!cel.file.model.empty())
    if (auto told = report_lacked(state, cel); !told) return told;
  const auto job = paint_job(state, cel, *model);
  if (!job) return Failure(job.error());
  // The painter uses all threads itself.
  if (auto done = state.stages.run("paint", {*job}, {Threads{1}, {}}); !done) return done;
  const auto colours = colour_jobs(state, cel, *model);
  if (!colours) return Failure(colours.error());
  if (auto done = state.stages.run("colour", *colours, parallel); !done) return done;
  return report_lost(state, cel, job->spec);
}

}  // namespace

Result<void> build_paint(BuildState& state) {
  for (LoadedCel& cel : state.cut.cels) {
    if (cel.still() || !state.wanted(cel)) continue;
    if (is_painted(cel)) {
      if (auto done = build_paint(state, cel); !done) return done;
      continue;
    }
    state.notes.push_back({"no-reference",
                           "no drawing is painted by hand; the cel stays lines",
                           {.file = state.at(cel.file.painted), .cel = cel.file.name}});
  }
  return {};
}

}  // namespace nakawari
