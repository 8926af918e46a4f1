#include "cut/sidecar.h"

#include "provenance/provenance.h"

namespace nakawari {

Result<std::string> inbetween_sidecar(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                                      const Inbetween& made) {
  Provenance provenance{state.options.program, cel.file.name, drawing.stem, drawing.plan.t, {},
                        drawing.fixes,         made.parents};
  const std::array<int, 2> keys{drawing.from, drawing.to};
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const LoadedDrawing& key = cel.drawings[static_cast<std::size_t>(keys[i])];
    const auto hash = state.log.input(key.source);
    if (!hash) return Failure(hash.error());
    provenance.keys[i] = {key.source, *hash};
  }
  return provenance_json(provenance);
}

}  // namespace nakawari
