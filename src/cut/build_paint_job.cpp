// What the painter is asked about a cel.
#include "cut/build_paint_job.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "image/line_image.h"
#include "image/picture_file.h"
#include "match/match.h"
#include "paint/crop.h"
#include "paint/model_sheet.h"
#include "paint/style_map.h"

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

}  // namespace

bool speaks_of(const Fix& fix, const LoadedCel& cel, const LoadedDrawing& drawing) {
  return same_drawing(drawing.plan.name, fix.drawing, cel.file.name) || drawing.stem == fix.drawing;
}

const Fix* approval(const LoadedCel& cel, const LoadedDrawing& drawing) {
  const Fix* found = nullptr;
  for (const Fix& fix : cel.fixes.fixes)
    if (fix.kind == FixKind::approve && !fix.painted.empty() && speaks_of(fix, cel, drawing)) found = &fix;
  return found;
}

std::string given_paint(const BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  if (std::string path = approved_paint(state, cel, drawing); !path.empty()) return path;
  return drawing.plan.state == DrawingState::key ? drawing.painted : std::string();
}

Result<Raster> given_picture(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  const std::string path = given_paint(state, cel, drawing);
  const auto hash = state.log.input(path);
  if (!hash) return Failure(hash.error());
  return read_raster(state, path, *hash);
}

Result<Raster> line_picture(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing) {
  const auto lines = line_hash(state, cel, drawing);
  if (!lines) return Failure(lines.error());
  return read_raster(state, line_path(cel, drawing), *lines);
}

PaintedStyles given_styles(const LoadedCel& cel, const LoadedDrawing& drawing, const Raster& painted,
                           const Raster& source, const ColourModel& model) {
  PaintedStyles given;
  given.given = true;
  if (approval(cel, drawing) == nullptr || has_lines_of(painted, source))
    given.drawing.styles = styles_of(painted, source, model);
  return given;
}

bool uses_model_picture(const BuildState& state, const LoadedCel& cel) {
  if (cel.file.model_picture.empty()) return false;
  return std::none_of(cel.drawings.begin(), cel.drawings.end(), [&](const LoadedDrawing& drawing) {
    return has_lines(drawing) && !given_paint(state, cel, drawing).empty();
  });
}

std::string variant_of(const BuildState& state, const LoadedCel& cel) {
  return cel.file.variant.empty() ? state.cut.file.variant : cel.file.variant;
}

namespace {

/// What the painter is given of a drawing. `given` are its styles where a person painted it and the cel has a
/// model; else the picture itself is the reference.
Result<PaintDrawing> paint_drawing(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                                   const ColourModel& coded, std::vector<std::string>& lost) {
  PaintDrawing result;
  result.name = drawing.stem;
  result.time = drawing.plan.first_frame;
  auto source = line_picture(state, cel, drawing);
  if (!source) return Failure(std::move(source.error()));
  result.source = std::move(*source);
  result.lines = classify_lines(result.source);
  if (given_paint(state, cel, drawing).empty()) {
    keep_ink(result);
    return result;
  }
  bool fits = true;
  if (cel.file.model.empty()) {
    auto painted = given_picture(state, cel, drawing);
    if (!painted) return Failure(std::move(painted.error()));
    fits = approval(cel, drawing) == nullptr || has_lines_of(*painted, result.source);
    if (fits) result.painted = std::move(*painted);
  } else {
    const auto bytes = read_output(state, given_spec(cel, drawing).outputs.front());
    if (!bytes) return Failure(bytes.error());
    const auto given = painted_styles_from(*bytes);
    if (!given) return Failure(given.error());
    fits = !given->drawing.styles.empty();
    if (fits) result.painted = colour_coded(given->drawing.styles, result.source, coded);
  }
  if (!fits) lost.push_back(approval(cel, drawing)->id);
  keep_ink(result);
  return result;
}

/// The picture of the colour model, behind all drawings of the cel.
Result<void> add_model_sheet(BuildState& state, const LoadedCel& cel, const CelModel& model, PaintJob& job) {
  if (!uses_model_picture(state, cel) || job.drawings.empty()) return {};
  const auto hash = state.log.input(cel.file.model_picture);
  if (!hash) return Failure(hash.error());
  const auto bytes = read_input(state, cel.file.model_picture, *hash);
  if (!bytes) return Failure(bytes.error());
  const auto picture = decode_picture(*bytes, state.at(cel.file.model_picture));
  if (!picture) return Failure(picture.error());
  PaintDrawing sheet = model_sheet(*picture, job.width, job.height);
  sheet.painted = colour_coded(styles_of(*sheet.painted, sheet.source, model.model), sheet.source, job.model);
  keep_ink(sheet);
  job.drawings.push_back(std::move(sheet));
  return {};
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
      const auto [first, second] = cel.face->nearest[static_cast<std::size_t>(drawing.face)];
      std::vector<int>& parents = job.drawings[static_cast<std::size_t>(indices[i])].made_from;
      parents = {index(first)};
      job.registrations.push_back({indices[i], index(first), std::move(made->to_a)});
      if (second < 0) continue;
      parents.push_back(index(second));
      job.registrations.push_back({indices[i], index(second), std::move(made->to_b)});
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

}  // namespace

Result<PaintJob> load_paint_job(BuildState& state, const LoadedCel& cel, const CelModel& model,
                                std::vector<std::string>& lost) {
  const std::vector<int> indices = job_indices(cel);
  PaintJob job;
  job.width = state.width;
  job.height = state.height;
  job.ink_roles = cel.file.trace;
  if (!cel.file.model.empty()) job.model = colour_coded(model.model);
  for (const LoadedDrawing& drawing : cel.drawings) {
    if (!has_lines(drawing)) continue;
    auto each = paint_drawing(state, cel, drawing, job.model, lost);
    if (!each) return Failure(std::move(each.error()));
    job.drawings.push_back(std::move(*each));
  }
  if (auto added = add_model_sheet(state, cel, model, job); !added) return Failure(std::move(added.error()));
  if (auto added = add_registrations(state, cel, indices, job); !added)
    return Failure(std::move(added.error()));
  return job;
}

LineMatchNames::LineMatchNames(BuildState& state, const LoadedCel& cel, const PaintJob& job) {
  const PagePart part = page_of(job).crop;
  page_ = combine(program_input(state).hash,
                  hash_of(fmt::format("{} {} {} {}", part.x, part.y, part.width, part.height)));
  for (const LoadedDrawing& drawing : cel.drawings)
    if (has_lines(drawing)) lines_.push_back(line_hash(state, cel, drawing).value_or(Hash()));
}

Hash LineMatchNames::of(int first, int second) const {
  return combine(page_,
                 combine(lines_[static_cast<std::size_t>(first)], lines_[static_cast<std::size_t>(second)]));
}

void remember_lines(BuildState& state, const LoadedCel& cel, const LineMatchNames& names, PaintJob& job) {
  const auto bytes = state.disk.read(state.at(line_matches_path(cel)));
  if (!bytes) return;
  auto matches = line_matches_from(*bytes);
  if (!matches) return;
  std::map<Hash, LineMatch*> known;
  for (LineMatch& match : *matches) known.emplace(match.of, &match);
  const int count = static_cast<int>(job.drawings.size());
  for (int a = 0; a < count; ++a)
    for (int b = 0; b < count; ++b) {
      if (a == b || !names.has(a) || !names.has(b)) continue;
      const auto found = known.find(names.of(a, b));
      if (found == known.end()) continue;
      job.remembered.push_back({a, b, found->second->there});
      job.remembered.push_back({b, a, found->second->back});
    }
}

std::vector<LineMatch> to_remember(const LineMatchNames& names,
                                   const std::vector<PaintRegistration>& matched) {
  // They lie in pairs: there, and back.
  std::vector<LineMatch> matches;
  for (std::size_t k = 0; k + 1 < matched.size(); k += 2)
    matches.push_back({names.of(matched[k].from, matched[k].to), matched[k].anchors, matched[k + 1].anchors});
  return matches;
}

PaintFixes paint_fixes(const LoadedCel& cel, const CelModel& model, std::vector<std::string>& lost) {
  const std::vector<int> indices = job_indices(cel);
  PaintFixes fixes;
  for (const Fix& fix : cel.fixes.fixes) {
    if (!of_paint(fix.kind)) continue;
    int drawing = -1;
    for (std::size_t i = 0; i < cel.drawings.size(); ++i)
      if (speaks_of(fix, cel, cel.drawings[i])) drawing = indices[i];
    if (drawing < 0 || !add_paint_fix(fix, drawing, model.model, fixes)) lost.push_back(fix.id);
  }
  return fixes;
}

}  // namespace nakawari
