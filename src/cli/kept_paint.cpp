#include "cli/kept_paint.h"

#include <fmt/format.h>

#include <optional>

#include "base/files.h"
#include "base/hash.h"
#include "cut/disk.h"
#include "cut/serial.h"
#include "paint/style_map.h"

namespace nakawari {
namespace {

template <typename T>
Hash hash_of_pixels(const Grid<T>& grid) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(grid.data.data());
  return combine(hash_of(std::span(bytes, grid.data.size() * sizeof(T))),
                 hash_of(fmt::format("{} {}", grid.width, grid.height)));
}

/// All that the styles of the cel depend on. No colour is among it.
Hash key_of(const PaintJob& job, const PaintOptions& options, const std::vector<StyleMap>& given,
            const std::string& program) {
  Hash key = combine(hash_of(program), hash_of(structure_of(job.model)));
  key = combine(key, hash_of(fmt::format("{:.17g} {}", options.margin, options.match_lines)));
  for (const auto& [ink, role] : job.ink_roles)
    key = combine(key, hash_of(fmt::format("{} {}", static_cast<int>(ink), static_cast<int>(role))));
  for (std::size_t i = 0; i < job.drawings.size(); ++i) {
    key = combine(key, hash_of(fmt::format("{:.17g}", job.drawings[i].time)));
    key = combine(key, hash_of_pixels(job.drawings[i].source));
    key = combine(key, hash_of_pixels(given[i]));
  }
  return key;
}

std::string styles_file(const std::string& folder, const PaintDrawing& drawing) {
  return join_path(folder, drawing.name + ".styles");
}
std::string judgement_file(const std::string& folder, const PaintDrawing& drawing) {
  return join_path(folder, drawing.name + ".painted");
}

/// What an earlier run left of this job; nothing when a file is missing or of another job.
std::optional<PaintResult> kept(const PaintJob& job, const std::string& folder, Hash key) {
  PaintResult result;
  result.model = job.model;
  for (const PaintDrawing& drawing : job.drawings) {
    const auto styles_bytes = read_file(styles_file(folder, drawing));
    const auto judgement_bytes = read_file(judgement_file(folder, drawing));
    if (!styles_bytes || !judgement_bytes) return std::nullopt;
    auto styles = painted_styles_from(*styles_bytes);
    auto judgement = judgement_from(*judgement_bytes);
    const StyleMap* map = styles ? &styles->drawing.styles : nullptr;
    if (map == nullptr || !judgement || styles->lines != key || map->width != drawing.source.width ||
        map->height != drawing.source.height)
      return std::nullopt;
    PaintedDrawing painted;
    painted.painted = coloured(*map, drawing.source, job.model, job.variant);
    painted.regions = std::move(styles->drawing.regions);
    painted.judgement = std::move(*judgement);
    result.drawings.push_back(std::move(painted));
  }
  return result;
}

}  // namespace

Result<KeptPaint> paint_and_keep(const PaintJob& job, const PaintOptions& options, const std::string& folder,
                                 const std::string& program) {
  std::vector<StyleMap> given;
  for (const PaintDrawing& drawing : job.drawings)
    given.push_back(drawing.painted ? styles_of(*drawing.painted, drawing.source, job.model) : StyleMap());
  const Hash key = key_of(job, options, given, program);
  if (auto result = kept(job, folder, key)) return KeptPaint{std::move(*result), false};

  PaintJob coded = job;
  coded.model = colour_coded(job.model);
  coded.variant = coded.model.variants.front();
  for (std::size_t i = 0; i < given.size(); ++i)
    if (coded.drawings[i].painted)
      coded.drawings[i].painted = colour_coded(given[i], job.drawings[i].source, coded.model);
  auto result = paint(coded, options);
  if (!result) return Failure(std::move(result.error()));
  result->model = job.model;
  for (std::size_t i = 0; i < given.size(); ++i) {
    PaintedDrawing& painted = result->drawings[i];
    const PaintedStyles styles{key, false,
                               styles_of(painted, job.drawings[i].lines, coded.model, coded.variant)};
    painted.painted = coloured(styles.drawing.styles, job.drawings[i].source, job.model, job.variant);
    for (const auto& [path, bytes] : {std::pair{styles_file(folder, job.drawings[i]), to_bytes(styles)},
                                      {judgement_file(folder, job.drawings[i]), to_bytes(painted.judgement)}})
      if (auto written = write_file(path, bytes); !written) return Failure(std::move(written.error()));
  }
  return KeptPaint{std::move(*result), true};
}

}  // namespace nakawari
