// Names the parts of eyes on hand-drawn keys, for cels that have an expression sheet and no track.
#include <fmt/format.h>

#include <map>
#include <mutex>
#include <optional>

#include "cut/build_state.h"
#include "cut/pairs.h"
#include "cut/serial.h"
#include "face/eye_names.h"

namespace nakawari {
namespace {

Result<EyeNamer> make_namer(BuildState& state, const LoadedCel& cel) {
  ExpressionSheet sheet = cel.names->sheet;
  if (auto done = read_sheet_pictures(state, cel.names->sources, sheet); !done)
    return Failure(std::move(done.error()));
  return EyeNamer::make(sheet, state.options.threads);
}

Result<Produced> name_key(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                          EyeNamer& namer) {
  const auto bytes = read_output(state, trace_spec(cel, drawing).outputs.front());
  if (!bytes) return Failure(bytes.error());
  const auto key = traced_key_from(*bytes);
  if (!key) return Failure(key.error());
  return Produced{shared(to_bytes(NamedEyes{namer.name(key->drawing)}))};
}

/// The keys of one cel.
Result<void> name_cel(BuildState& state, const LoadedCel& cel,
                      const std::vector<const LoadedDrawing*>& keys) {
  std::vector<StepInput> common{program_input(state), value_input("the cel of the sheet", cel.file.face_cel)};
  const auto add = [&](const std::string& path) -> Result<void> {
    const auto hash = state.log.input(path);
    if (!hash) return Failure(hash.error());
    common.push_back({path, *hash});
    return {};
  };
  if (auto done = add(cel.file.face); !done) return done;
  for (const auto& sources : cel.names->sources)
    for (const std::string& source : sources)
      if (auto done = add(source); !done) return done;
  std::optional<EyeNamer> namer;
  std::mutex one_at_a_time;
  std::vector<Job> jobs;
  for (const LoadedDrawing* key : keys) {
    std::vector<StepInput> inputs = common;
    inputs.push_back({"the lines of " + key->stem, state.log.outputs(trace_spec(cel, *key))[0]});
    jobs.push_back({eyes_spec(cel, *key, std::move(inputs)), [&, key] {
                      // Pairs of the sheet's drawings are matched on first use.
                      const std::lock_guard lock(one_at_a_time);
                      return name_key(state, cel, *key, *namer);
                    }});
  }
  StageOptions options{state.options.threads, {}};
  options.prepare = [&](const std::vector<std::size_t>& dirty) -> Result<void> {
    if (dirty.empty()) return {};
    auto made = make_namer(state, cel);
    if (!made) return Failure(std::move(made.error()));
    namer.emplace(std::move(*made));
    return {};
  };
  if (auto done = state.stages.run("eyes", jobs, options); !done) return done;

  for (const LoadedDrawing* key : keys) {
    const auto named = eyes_of_key(state, cel, *key);
    if (!named) return Failure(named.error());
    for (const NamedEye& eye : *named)
      if (eye.like.empty())
        state.notes.push_back({"eye-not-found",
                               fmt::format("\"{}\" of the expression sheet is not found here; name its parts "
                                           "by hand if it is to blink",
                                           eye.eye),
                               {.file = state.at(key->source), .cel = cel.file.name, .drawing = key->stem}});
  }
  return {};
}

}  // namespace

Result<std::vector<NamedEye>> eyes_of_key(BuildState& state, const LoadedCel& cel,
                                          const LoadedDrawing& drawing) {
  if (!cel.names) return std::vector<NamedEye>();
  const auto bytes = read_output(state, eyes_spec(cel, drawing).outputs.front());
  if (!bytes) return Failure(bytes.error());
  auto named = named_eyes_from(*bytes);
  if (!named) return Failure(std::move(named.error()));
  return std::move(named->eyes);
}

Result<void> name_eyes(BuildState& state, const std::vector<Pair>& pairs) {
  // Cels and keys in the order of the cut, each once.
  for (const LoadedCel& cel : state.cut.cels) {
    if (!cel.names) continue;
    std::vector<char> wanted(cel.drawings.size(), 0);
    for (const Pair& pair : pairs)
      if (pair.cel == &cel)
        wanted[static_cast<std::size_t>(pair.from)] = wanted[static_cast<std::size_t>(pair.to)] = 1;
    std::vector<const LoadedDrawing*> keys;
    for (std::size_t k = 0; k < wanted.size(); ++k)
      if (wanted[k] != 0) keys.push_back(&cel.drawings[k]);
    if (keys.empty()) continue;
    if (auto done = name_cel(state, cel, keys); !done) return done;
  }
  return {};
}

}  // namespace nakawari
