// Faces that a track mixes from an expression sheet: one job a face, one Face a cel.
#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "base/check.h"
#include "cut/build_state.h"
#include "cut/face_file.h"
#include "cut/serial.h"
#include "drawing/svg.h"
#include "face/face.h"
#include "image/picture_file.h"
#include "inbetween/inbetween.h"

namespace nakawari {
namespace {

std::string moment_text(const FaceMoment& moment) {
  std::string text;
  for (const auto& [name, value] : moment.mixture) text += fmt::format("{}={} ", name, value);
  for (const auto& [group, mixture] : moment.leading) {
    text += fmt::format("[{}] ", group);
    for (const auto& [name, value] : mixture) text += fmt::format("{}={} ", name, value);
  }
  return text;
}

Result<Face> make_face(BuildState& state, const LoadedCel& cel) {
  ExpressionSheet sheet = cel.face->sheet;
  std::vector<std::vector<std::string>> sources;
  for (const std::string& source : cel.face->sources) sources.push_back({source});
  if (auto done = read_sheet_pictures(state, sources, sheet); !done) return Failure(std::move(done.error()));
  return Face::make(std::move(sheet), {.threads = state.options.threads});
}

Result<std::string> sidecar(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                            const FaceDrawing& made) {
  using nlohmann::ordered_json;
  ordered_json page{{"version", 1},
                    {"program", state.options.program},
                    {"cel", cel.file.name},
                    {"drawing", drawing.stem},
                    {"keys", ordered_json::array()},
                    {"parts", ordered_json::array()},
                    {"strokes", made.blended.strokes.size()}};
  std::vector<int> key_of(cel.face->sources.size(), -1);
  for (const GroupUse& use : made.uses)
    for (std::size_t k = 0; k < use.weights.size(); ++k) {
      if (use.weights[k] <= 0 || key_of[k] >= 0) continue;
      const auto hash = state.log.input(cel.face->sources[k]);
      if (!hash) return Failure(hash.error());
      key_of[k] = static_cast<int>(page["keys"].size());
      page["keys"].push_back({{"file", cel.face->sources[k]}, {"hash", hash->hex()}});
    }
  for (const GroupUse& use : made.uses) {
    ordered_json shares = ordered_json::array();
    for (std::size_t k = 0; k < use.weights.size(); ++k)
      if (use.weights[k] > 0) shares.push_back({{"key", key_of[k]}, {"share", use.weights[k]}});
    page["parts"].push_back({{"name", use.group}, {"pixels_of_key", use.shown >= 0}, {"from", shares}});
  }
  return page.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

Result<Produced> draw_face(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                           Face& face) {
  auto made = face.at(cel.face->faces[static_cast<std::size_t>(drawing.face)]);
  if (!made) {
    made.error().where.cel = cel.file.name;
    return Failure(std::move(made.error()));
  }
  auto picture = encode_picture(made->lines, PictureFormat::png);
  if (!picture) return Failure(std::move(picture.error()));
  const auto page = sidecar(state, cel, drawing, *made);
  if (!page) return Failure(page.error());

  const auto [first, second] = cel.face->nearest[static_cast<std::size_t>(drawing.face)];
  const auto source_of = [&](int index) {
    return index < 0 ? std::string() : cel.drawings[static_cast<std::size_t>(index)].source;
  };
  Inbetween kept;
  kept.drawing = std::move(made->blended);
  kept.parents.resize(kept.drawing.strokes.size());
  kept.judgement = made->judgement;
  for (auto& [sample, anchors] : made->anchors) {
    const std::string& source = cel.face->sources[static_cast<std::size_t>(sample)];
    if (source == source_of(first))
      kept.to_a = std::move(anchors);
    else if (source == source_of(second))
      kept.to_b = std::move(anchors);
  }
  return Produced{shared(std::move(*picture)), shared_text(to_svg(kept.drawing)), shared(to_bytes(kept)),
                  shared(to_bytes(kept.judgement)), shared_text(*page)};
}

Result<void> draw_faces(BuildState& state, const LoadedCel& cel) {
  std::vector<StepInput> common{program_input(state)};
  const auto sheet = state.log.input(cel.file.face);
  if (!sheet) return Failure(sheet.error());
  common.push_back({cel.file.face, *sheet});
  common.push_back(value_input("the cel of the sheet", cel.file.face_cel));
  for (const std::string& source : cel.face->sources) {
    const auto hash = state.log.input(source);
    if (!hash) return Failure(hash.error());
    common.push_back({source, *hash});
  }
  std::optional<Face> face;
  std::mutex one_at_a_time;
  std::vector<Job> jobs;
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (drawing.face < 0) continue;
    std::vector<StepInput> inputs = common;
    inputs.push_back(
        value_input("the mixture", moment_text(cel.face->faces[static_cast<std::size_t>(drawing.face)])));
    jobs.push_back({draw_spec(cel, drawing, std::move(inputs)), [&] {
                      // The pairs of drawings that a face needs are matched on first use.
                      const std::lock_guard lock(one_at_a_time);
                      return draw_face(state, cel, drawing, *face);
                    }});
  }
  StageOptions options{state.options.threads, {}};
  options.prepare = [&](const std::vector<std::size_t>& dirty) -> Result<void> {
    if (dirty.empty()) return {};
    auto made = make_face(state, cel);
    if (!made) return Failure(std::move(made.error()));
    face.emplace(std::move(*made));
    return {};
  };
  return state.stages.run("face", jobs, options);
}

}  // namespace

Result<void> build_faces(BuildState& state) {
  for (const LoadedCel& cel : state.cut.cels)
    if (cel.face && state.wanted(cel))
      if (auto done = draw_faces(state, cel); !done) return done;
  return {};
}

}  // namespace nakawari
