// From keys to in-between lines: trace every key, match every pair, draw every missing drawing.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <set>

#include "base/check.h"
#include "cut/build_state.h"
#include "cut/pairs.h"
#include "cut/serial.h"
#include "cut/sidecar.h"
#include "drawing/render.h"
#include "drawing/svg.h"
#include "image/line_image.h"
#include "image/picture_file.h"
#include "inbetween/inbetween.h"
#include "match/match.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

Bytes text_bytes(const std::string& text) {
  return {text.begin(), text.end()};
}

/// A tiny second output of tracing, so that a build that has nothing to do need not read the drawing.
std::string size_text(const Drawing& drawing, const TraceReport& report) {
  return fmt::format("{} {} {}", drawing.width, drawing.height, report.rough ? 1 : 0);
}

Result<Produced> trace_key(BuildState& state, const LoadedDrawing& drawing, Hash expected) {
  const auto bytes = read_input(state, drawing.source, expected);
  if (!bytes) return Failure(bytes.error());
  const auto picture = decode_picture(*bytes, state.at(drawing.source));
  if (!picture) return Failure(picture.error());
  if (state.width > 0)
    if (auto fits = check_size(state, drawing.source, picture->width, picture->height); !fits)
      return Failure(std::move(fits.error()));
  TracedKey key;
  auto traced = trace(classify_lines(*picture), &key.report);
  if (!traced) {
    traced.error().where.file = state.at(drawing.source);
    return Failure(std::move(traced.error()));
  }
  key.drawing = std::move(*traced);
  return Produced{shared(to_bytes(key)), shared_text(size_text(key.drawing, key.report))};
}

Result<void> trace_keys(BuildState& state) {
  std::vector<Job> jobs;
  std::vector<std::pair<const LoadedCel*, const LoadedDrawing*>> keys;
  for (const LoadedCel& cel : state.cut.cels) {
    if (cel.still() || !state.wanted(cel)) continue;
    for (const LoadedDrawing& drawing : cel.drawings) {
      if (drawing.plan.state != DrawingState::key) continue;
      const auto hash = state.log.input(drawing.source);
      if (!hash) return Failure(hash.error());
      keys.emplace_back(&cel, &drawing);
      StepInput size =
          value_input("the cut's size", fmt::format("{}x{}", state.cut.file.width, state.cut.file.height));
      jobs.push_back({trace_spec(cel, drawing, {program_input(state), {drawing.source, *hash}, size}),
                      [&state, &drawing, hash = *hash] { return trace_key(state, drawing, hash); }});
    }
  }
  if (auto done = state.stages.run("trace", jobs, {state.options.threads, {}}); !done) return done;

  // All drawings share one page: the cut's, or that of the first key.
  std::string first;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto bytes = read_output(state, jobs[i].spec.outputs[1]);
    if (!bytes) return Failure(bytes.error());
    int width = 0, height = 0, rough = 0;
    if (std::sscanf(std::string(bytes->begin(), bytes->end()).c_str(), "%d %d %d", &width, &height, &rough) !=
        3)
      return fail(ErrorCode::bad_input, "a cached result is damaged", "delete out/.cache",
                  {.file = state.at(jobs[i].spec.outputs[1])});
    const std::string& source = keys[i].second->source;
    if (rough != 0)
      state.notes.push_back({"rough",
                             "looks like a pencil rough; in-betweens need clean lines",
                             {.file = state.at(source), .cel = keys[i].first->file.name}});
    if (state.width == 0) {
      state.width = width;
      state.height = height;
      first = source;
    }
    if (width != state.width || height != state.height)
      return fail(ErrorCode::bad_input,
                  fmt::format("is {}x{}, but {} is {}x{}", width, height, first, state.width, state.height),
                  "export all drawings of the cut at one size", {.file = state.at(source)});
  }
  return {};
}

std::string fixes_text(const std::vector<Fix>& fixes) {
  std::string text;
  for (const Fix& fix : fixes) {
    text +=
        fmt::format("{} {} {} {:.17g} {}", fix.id, static_cast<int>(fix.kind), fix.in_first, fix.t, fix.name);
    const std::vector<Vec2> depth{fix.front, fix.behind};
    for (const auto* points : {&fix.a, &fix.b, &fix.at, &fix.path, &fix.lasso, &depth})
      for (const Vec2& p : *points) text += fmt::format(" {:.17g},{:.17g}", p.x, p.y);
    for (const auto* marks : {&fix.like_a, &fix.like_b, &fix.like})
      for (const LineMark& mark : *marks) text += " " + to_text(mark);
    text += '\n';
  }
  return text;
}

Result<Drawing> traced_drawing(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  const auto bytes = read_output(state, trace_spec(cel, drawing).outputs.front());
  if (!bytes) return Failure(bytes.error());
  auto key = traced_key_from(*bytes);
  if (!key) return Failure(std::move(key.error()));
  return std::move(key->drawing);
}

bool both_painted(const Pair& pair) {
  return !pair.a().painted.empty() && !pair.b().painted.empty();
}

/// A painted picture of another size is told where it is painted with; colours of it label nothing here.
Result<std::optional<Raster>> painted_key(BuildState& state, const LoadedDrawing& drawing,
                                          const Drawing& lines) {
  const auto hash = state.log.input(drawing.painted);
  if (!hash) return Failure(hash.error());
  const auto bytes = read_input(state, drawing.painted, *hash);
  if (!bytes) return Failure(bytes.error());
  auto painted = decode_picture(*bytes, state.at(drawing.painted));
  if (!painted) return Failure(std::move(painted.error()));
  if (painted->width != lines.width || painted->height != lines.height) return std::optional<Raster>();
  return std::optional(std::move(*painted));
}

Result<Produced> match_pair(BuildState& state, const Pair& pair, const std::vector<Fix>& fixes) {
  const auto a = traced_drawing(state, *pair.cel, pair.a());
  if (!a) return Failure(a.error());
  const auto b = traced_drawing(state, *pair.cel, pair.b());
  if (!b) return Failure(b.error());

  std::vector<const Fix*> pointers, lost;
  for (const Fix& fix : fixes) pointers.push_back(&fix);
  MatchedPair matched;
  const MatchFixes constraints = match_fixes(pointers, *a, *b, lost, matched.used);
  for (const Fix* fix : lost) matched.lost.push_back(fix->id);
  MatchOptions options;
  options.threads = state.options.threads;
  options.preview = state.options.quality == Quality::preview;
  std::array<std::optional<Raster>, 2> painted;
  for (std::size_t k = 0; k < 2 && both_painted(pair); ++k) {
    auto picture = painted_key(state, k == 0 ? pair.a() : pair.b(), k == 0 ? *a : *b);
    if (!picture) return Failure(std::move(picture.error()));
    painted[k] = std::move(*picture);
  }
  if (painted[0] && painted[1]) {
    options.painted_a = &*painted[0];
    options.painted_b = &*painted[1];
  }
  auto correspondence = match(*a, *b, constraints, options);
  if (!correspondence) {
    correspondence.error().where = {.file = state.at(pair.b().source), .cel = pair.cel->file.name};
    return Failure(std::move(correspondence.error()));
  }
  matched.correspondence = std::move(*correspondence);
  matched.unclear = eye_lines(constraints.groups, *a, *b).unclear;
  return Produced{shared(to_bytes(matched))};
}

Result<MatchedPair> matched_pair(BuildState& state, const Pair& pair) {
  const auto bytes = read_output(state, match_spec(*pair.cel, pair.a(), pair.b()).outputs.front());
  if (!bytes) return Failure(bytes.error());
  return matched_pair_from(*bytes);
}

Result<void> match_pairs(BuildState& state, const std::vector<Pair>& pairs) {
  std::vector<Job> jobs;
  std::vector<bool> fixed;
  for (const Pair& pair : pairs) {
    std::vector<Fix> fixes = fixes_of_pair(*pair.cel, pair.a(), pair.b());
    fixed.push_back(!fixes.empty());
    const std::string quality = state.options.quality == Quality::preview ? "preview" : "final";
    std::vector<StepInput> inputs{
        program_input(state),
        {"the lines of " + pair.a().stem, state.log.outputs(trace_spec(*pair.cel, pair.a()))[0]},
        {"the lines of " + pair.b().stem, state.log.outputs(trace_spec(*pair.cel, pair.b()))[0]},
        value_input("the quality", quality),
        value_input("a fix of the pair", fixes_text(fixes))};
    for (const LoadedDrawing* drawing : {&pair.a(), &pair.b()}) {
      if (!both_painted(pair)) break;
      const auto hash = state.log.input(drawing->painted);
      if (!hash) return Failure(hash.error());
      inputs.push_back({drawing->painted, *hash});
    }
    jobs.push_back({match_spec(*pair.cel, pair.a(), pair.b(), std::move(inputs)),
                    [&state, pair, fixes] { return match_pair(state, pair, fixes); }});
  }
  if (auto done = state.stages.run("match", jobs, {state.options.threads, {}}); !done) return done;

  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (!fixed[i]) continue;
    const auto matched = matched_pair(state, pairs[i]);
    if (!matched) return Failure(matched.error());
    for (LoadedCel& cel : state.cut.cels) {
      if (&cel != pairs[i].cel) continue;
      for (const Fix& fix : cel.fixes.fixes) {
        if (std::find(matched->lost.begin(), matched->lost.end(), fix.id) == matched->lost.end()) continue;
        Note note = lost_note(fix, cel.fixes.file, "no line is near its point any more");
        note.where.cel = cel.file.name;
        state.notes.push_back(std::move(note));
        cel.lost_fixes.push_back(fix.id);
      }
      for (const UnclearEye& eye : matched->unclear)
        state.notes.push_back({"unclear-eye",
                               fmt::format("fix \"{}\": {}", eye.fix, eye.why),
                               {.file = cel.fixes.file, .cel = cel.file.name}});
      for (LoadedDrawing& drawing : cel.drawings)
        if (drawing.from == pairs[i].from && drawing.to == pairs[i].to)
          drawing.fixes.insert(drawing.fixes.end(), matched->used.begin(), matched->used.end());
    }
  }
  return {};
}

/// A pair that is ready to draw at any t.
struct ReadyPair {
  std::optional<Inbetweener> inbetweener;
};

Result<void> make_ready(BuildState& state, const Pair& pair, const PairsAround& around, ReadyPair& ready) {
  auto a = traced_drawing(state, *pair.cel, pair.a());
  if (!a) return Failure(std::move(a.error()));
  auto b = traced_drawing(state, *pair.cel, pair.b());
  if (!b) return Failure(std::move(b.error()));
  auto matched = matched_pair(state, pair);
  if (!matched) return Failure(std::move(matched.error()));

  const auto neighbour = [&](const Pair* other) -> Result<std::shared_ptr<const Correspondence>> {
    if (other == nullptr) return nullptr;
    auto known = matched_pair(state, *other);
    if (!known) return Failure(std::move(known.error()));
    return std::make_shared<const Correspondence>(std::move(known->correspondence));
  };
  auto before = neighbour(around.before), after = neighbour(around.after);
  if (!before) return Failure(std::move(before.error()));
  if (!after) return Failure(std::move(after.error()));
  auto eyes_a = eyes_of_key(state, *pair.cel, pair.a()), eyes_b = eyes_of_key(state, *pair.cel, pair.b());
  if (!eyes_a) return Failure(std::move(eyes_a.error()));
  if (!eyes_b) return Failure(std::move(eyes_b.error()));
  InbetweenOptions options = inbetween_options(pair, around, std::move(*before), std::move(*after),
                                               {std::move(*eyes_a), std::move(*eyes_b)}, *a, *b);
  ready.inbetweener.emplace(*a, *b, std::move(matched->correspondence), std::move(options));
  return {};
}

std::string groups_text(const LoadedDrawing& drawing) {
  std::string text;
  for (const GroupSpacing& g : spacings(drawing))
    text += fmt::format("{:.17g},{:.17g} {:.17g}\n", g.anchor.x, g.anchor.y, g.t);
  return text;
}

/// Strokes and provenance of an approved drawing lie beside its picture, where the desk kept them.
std::pair<std::string, std::string> approved_sidecars(const std::string& picture) {
  const std::string base = picture.substr(0, picture.rfind('.'));
  return {base + ".svg", base + ".json"};
}

Result<Produced> draw(BuildState& state, const Pair& pair, const LoadedDrawing& drawing,
                      const ReadyPair& ready) {
  auto made = ready.inbetweener->at(drawing.plan.t, spacings(drawing));
  if (!made) {
    made.error().where.cel = pair.cel->file.name;
    made.error().where.drawing = drawing.stem;
    return Failure(std::move(made.error()));
  }
  Result<Raster> lines = to_raster(render_lines(made->drawing));
  const auto sidecar = inbetween_sidecar(state, *pair.cel, drawing, *made);
  if (!sidecar) return Failure(sidecar.error());
  Bytes svg = text_bytes(to_svg(made->drawing)), provenance = text_bytes(*sidecar);
  // What a person approved stays as it is, whatever the keys have become, and so does what it is made of.
  if (const std::string path = approved_lines(state, *pair.cel, drawing); !path.empty()) {
    const Raster now = std::move(*lines);
    lines = read_picture_from(state, path);
    if (!lines) return Failure(std::move(lines.error()));
    if (auto fits = check_size(state, path, lines->width, lines->height); !fits)
      return Failure(std::move(fits.error()));
    made->judgement = {Verdict::pass, 1, {}};
    const auto [kept_svg, kept_provenance] = approved_sidecars(path);
    if (auto bytes = read_output(state, kept_svg)) {
      svg = std::move(*bytes);
    } else if (!(now == *lines)) {
      // Approved without its strokes: those that its pixels show.
      const auto traced = trace(classify_lines(*lines));
      if (!traced) return Failure(traced.error());
      svg = text_bytes(to_svg(*traced));
    }
    if (auto bytes = read_output(state, kept_provenance)) provenance = std::move(*bytes);
  }
  auto picture = encode_picture(*lines, PictureFormat::png);
  if (!picture) return Failure(std::move(picture.error()));
  return Produced{shared(std::move(*picture)), shared(std::move(svg)), shared(to_bytes(*made)),
                  shared(to_bytes(made->judgement)), shared(std::move(provenance))};
}

Result<void> draw_inbetweens(BuildState& state, const std::vector<Pair>& pairs) {
  struct Place {
    std::size_t pair;
    const LoadedDrawing* drawing;
  };
  std::vector<Place> places;
  std::vector<Job> jobs;
  std::vector<ReadyPair> ready(pairs.size());
  std::vector<PairsAround> around;
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const Pair& pair = pairs[p];
    around.push_back(around_of(pairs, pair));
    const auto key_input = [&](const LoadedDrawing& key) {
      return StepInput{"the lines of " + key.stem, state.log.outputs(trace_spec(*pair.cel, key))[0]};
    };
    for (const LoadedDrawing& drawing : pair.cel->drawings) {
      if (drawing.from != pair.from || drawing.to != pair.to) continue;
      std::string fixes = fixes_text(fixes_of_pair(*pair.cel, pair.a(), pair.b()));
      for (const std::string& id : drawing.fixes) fixes += id + "\n";
      StepInput approved = value_input("the approved lines", "");
      if (const std::string path = approved_lines(state, *pair.cel, drawing); !path.empty()) {
        std::string hashes;
        const auto [svg, provenance] = approved_sidecars(path);
        for (const std::string& each : {path, svg, provenance}) {
          if (!state.disk.stamp(state.at(each)).exists) continue;
          const auto hash = state.log.input(each);
          if (!hash) return Failure(hash.error());
          hashes += hash->hex() + " ";
        }
        approved = value_input("the approved lines", hashes);
      }
      places.push_back({p, &drawing});
      const auto match_input = [&](const char* name, const Pair& of) {
        return StepInput{name, state.log.outputs(match_spec(*of.cel, of.a(), of.b()))[0]};
      };
      const PairsAround& near = around.back();
      std::vector<StepInput> inputs = {program_input(state),
                                       key_input(pair.a()),
                                       key_input(pair.b()),
                                       match_input("the match", pair),
                                       value_input("t", drawing.plan.t),
                                       value_input("the spacing of a part", groups_text(drawing)),
                                       value_input("the fixes", fixes),
                                       approved,
                                       value_input("the pace", pace_text(pair, near))};
      for (const LoadedDrawing* key : {&pair.a(), &pair.b()})
        if (pair.cel->names)
          inputs.push_back({"the eyes of " + key->stem, state.log.outputs(eyes_spec(*pair.cel, *key))[0]});
      if (near.before != nullptr) inputs.push_back(match_input("the match before", *near.before));
      if (near.after != nullptr) inputs.push_back(match_input("the match after", *near.after));
      jobs.push_back({draw_spec(*pair.cel, drawing, std::move(inputs)),
                      [&state, &pair, &drawing, &ready, p] { return draw(state, pair, drawing, ready[p]); }});
    }
  }
  StageOptions options{state.options.threads, {}};
  options.prepare = [&](const std::vector<std::size_t>& dirty) -> Result<void> {
    std::set<std::size_t> needed;
    for (const std::size_t i : dirty) needed.insert(places[i].pair);
    const std::vector<std::size_t> list(needed.begin(), needed.end());
    std::vector<std::optional<Error>> errors(list.size());
    parallel_for(state.options.threads, list.size(), [&](std::size_t i) {
      if (auto made = make_ready(state, pairs[list[i]], around[list[i]], ready[list[i]]); !made)
        errors[i] = std::move(made.error());
    });
    for (const auto& error : errors)
      if (error) return Failure(*error);
    return {};
  };
  return state.stages.run("draw", jobs, options);
}

}  // namespace

Result<void> build_lines(BuildState& state) {
  if (auto done = trace_keys(state); !done) return done;
  std::vector<Pair> pairs;
  for (const LoadedCel& cel : state.cut.cels) {
    if (!state.wanted(cel)) continue;
    const auto more = pairs_of(cel);
    pairs.insert(pairs.end(), more.begin(), more.end());
  }
  if (auto done = match_pairs(state, pairs); !done) return done;
  if (auto done = name_eyes(state, pairs); !done) return done;
  if (auto done = draw_inbetweens(state, pairs); !done) return done;
  return build_faces(state);
}

}  // namespace nakawari
