#include "cut/build_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

#include "image/picture_file.h"

namespace nakawari {

namespace {

std::string approved(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                     std::string Fix::* picture) {
  std::string path;
  for (const Fix& fix : cel.fixes.fixes) {
    const bool ours =
        fix.kind == FixKind::approve && !(fix.*picture).empty() &&
        (fix.drawing == drawing.stem || same_drawing(fix.drawing, drawing.plan.name, cel.file.name));
    if (ours && stays_inside(fix.*picture)) path = fix.*picture;
  }
  return !path.empty() && state.disk.stamp(state.at(path)).exists ? path : std::string();
}

}  // namespace

bool BuildState::wanted(const LoadedCel& cel) const {
  return options.only.empty() ||
         std::find(options.only.begin(), options.only.end(), cel.file.name) != options.only.end();
}

StepInput program_input(const BuildState& state) {
  const std::string& key = state.options.program_key;
  return {"the program", hash_of(std::string_view(key.empty() ? state.options.program : key))};
}

StepInput value_input(const std::string& what, const std::string& value) {
  return {what, hash_of(std::string_view(value))};
}

StepInput value_input(const std::string& what, double value) {
  return {what, hash_of(std::string_view(fmt::format("{:016x}", std::bit_cast<std::uint64_t>(value))))};
}

Result<std::vector<std::uint8_t>> read_input(BuildState& state, const std::string& path, Hash expected) {
  auto file = read_stable(state.disk, state.at(path));
  if (!file) return Failure(std::move(file.error()));
  if (hash_of(file->bytes) != expected)
    return fail(ErrorCode::io, kChangedWhileBuilding, "build again", {.file = state.at(path)});
  return std::move(file->bytes);
}

Result<std::vector<std::uint8_t>> read_output(BuildState& state, const std::string& path) {
  return state.disk.read(state.at(path));
}

Result<Raster> read_picture_from(BuildState& state, const std::string& path) {
  const auto bytes = state.disk.read(state.at(path));
  if (!bytes) return Failure(bytes.error());
  return decode_picture(*bytes, state.at(path));
}

Result<void> read_sheet_pictures(BuildState& state, const std::vector<std::vector<std::string>>& sources,
                                 ExpressionSheet& sheet) {
  for (std::size_t k = 0; k < sources.size(); ++k)
    for (std::size_t j = 0; j < sources[k].size(); ++j) {
      const std::string& source = sources[k][j];
      const auto hash = state.log.input(source);
      if (!hash) return Failure(hash.error());
      const auto bytes = read_input(state, source, *hash);
      if (!bytes) return Failure(bytes.error());
      auto picture = decode_picture(*bytes, state.at(source));
      if (!picture) return Failure(std::move(picture.error()));
      if (auto fits = check_size(state, source, picture->width, picture->height); !fits) return fits;
      SamplePicture& own = sheet.samples[k].pictures[j];
      own.lines = std::move(*picture);
      own.file = state.at(source);
    }
  return {};
}

Result<void> check_size(const BuildState& state, const std::string& path, int width, int height) {
  if (width == state.width && height == state.height) return {};
  return fail(ErrorCode::bad_input,
              fmt::format("is {}x{}, the cut is {}x{}", width, height, state.width, state.height),
              "export it at the size of the cut, or mend size = [...] in cut.toml", {.file = state.at(path)});
}

StepSpec trace_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs) {
  const std::string base = fmt::format("out/.cache/{}/{}", cel.file.name, drawing.stem);
  return {fmt::format("trace {}/{}", cel.file.name, drawing.stem),
          std::move(inputs),
          {base + ".trace", base + ".size"}};
}

StepSpec match_spec(const LoadedCel& cel, const LoadedDrawing& from, const LoadedDrawing& to,
                    std::vector<StepInput> inputs) {
  return {fmt::format("match {}/{}-{}", cel.file.name, from.stem, to.stem),
          std::move(inputs),
          {fmt::format("out/.cache/{}/{}-{}.match", cel.file.name, from.stem, to.stem)}};
}

StepSpec eyes_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs) {
  return {fmt::format("eyes {}/{}", cel.file.name, drawing.stem),
          std::move(inputs),
          {fmt::format("out/.cache/{}/{}.eyes", cel.file.name, drawing.stem)}};
}

StepSpec draw_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs) {
  const std::string cache = fmt::format("out/.cache/{}/{}", cel.file.name, drawing.stem);
  const std::string line = fmt::format("out/{}/line/{}", cel.file.name, drawing.stem);
  return {
      fmt::format("draw {}/{}", cel.file.name, drawing.stem),
      std::move(inputs),
      {line + ".png", line + ".svg", cache + ".inbetween", cache + ".judged", provenance_path(cel, drawing)}};
}

StepSpec given_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs) {
  return {fmt::format("reference {}/{}", cel.file.name, drawing.stem),
          std::move(inputs),
          {fmt::format("out/.cache/{}/{}.given", cel.file.name, drawing.stem),
           fmt::format("out/.cache/{}/{}.lacks", cel.file.name, drawing.stem)}};
}

std::string line_matches_path(const LoadedCel& cel) {
  return fmt::format("out/.cache/{}/line-matches", cel.file.name);
}

StepSpec paint_spec(const LoadedCel& cel, std::vector<StepInput> inputs) {
  StepSpec spec{"paint " + cel.file.name, std::move(inputs), {}};
  const std::string cache = fmt::format("out/.cache/{}/", cel.file.name);
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    spec.outputs.push_back(cache + drawing.stem + ".styles");
    spec.outputs.push_back(cache + drawing.stem + ".painted");
  }
  spec.outputs.push_back(line_matches_path(cel));
  spec.outputs.push_back(cache + "lost-paint-fixes");
  if (cel.file.model.empty()) spec.outputs.push_back(cache + "model.toml");
  return spec;
}

StepSpec colour_spec(const LoadedCel& cel, const LoadedDrawing& drawing, std::vector<StepInput> inputs) {
  const std::string painted = fmt::format("out/{}/paint/{}", cel.file.name, drawing.stem);
  return {fmt::format("colour {}/{}", cel.file.name, drawing.stem),
          std::move(inputs),
          {painted + ".png", painted + ".tga"}};
}

bool has_lines(const LoadedDrawing& drawing) {
  return drawing.plan.state != DrawingState::needs_key;
}

bool is_painted(const LoadedCel& cel) {
  if (!cel.file.model_picture.empty()) return true;
  return std::any_of(cel.drawings.begin(), cel.drawings.end(), [](const LoadedDrawing& d) {
    return !d.painted.empty() && d.plan.state == DrawingState::key;
  });
}

std::string line_path(const LoadedCel& cel, const LoadedDrawing& drawing) {
  if (drawing.plan.state == DrawingState::key) return drawing.source;
  return fmt::format("out/{}/line/{}.png", cel.file.name, drawing.stem);
}

std::string painted_path(const LoadedCel& cel, const LoadedDrawing& drawing) {
  return fmt::format("out/{}/paint/{}.png", cel.file.name, drawing.stem);
}

std::string provenance_path(const LoadedCel& cel, const LoadedDrawing& drawing) {
  // Files of a cel usually carry its name; where they do not, two cels would have the same.
  const bool own = drawing.stem.starts_with(cel.file.name);
  return fmt::format("out/provenance/{}{}.json", own ? "" : cel.file.name + "-", drawing.stem);
}

std::string approved_lines(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  return drawing.plan.state == DrawingState::inbetween ? approved(state, cel, drawing, &Fix::lines)
                                                       : std::string();
}

std::string approved_paint(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  return drawing.painted.empty() ? approved(state, cel, drawing, &Fix::painted) : std::string();
}

Result<Hash> line_hash(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  if (drawing.plan.state == DrawingState::key) return state.log.input(drawing.source);
  return state.log.outputs(draw_spec(cel, drawing)).front();
}

}  // namespace nakawari
