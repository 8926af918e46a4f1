#include "cut/sidecar.h"

#include <nlohmann/json.hpp>

namespace nakawari {

Result<std::string> inbetween_sidecar(BuildState& state, const LoadedCel& cel, const LoadedDrawing& drawing,
                                      const Inbetween& made) {
  using nlohmann::ordered_json;
  ordered_json page{{"version", 1},           {"program", state.options.program},
                    {"cel", cel.file.name},   {"drawing", drawing.stem},
                    {"t", drawing.plan.t},    {"keys", ordered_json::array()},
                    {"fixes", drawing.fixes}, {"strokes", ordered_json::array()}};
  for (const int index : {drawing.from, drawing.to}) {
    const LoadedDrawing& key = cel.drawings[static_cast<std::size_t>(index)];
    const auto hash = state.log.input(key.source);
    if (!hash) return Failure(hash.error());
    page["keys"].push_back({{"file", key.source}, {"hash", hash->hex()}});
  }
  for (const auto& parents : made.parents) {
    ordered_json list = ordered_json::array();
    for (const Parent& parent : parents)
      list.push_back({{"key", parent.first_key ? 0 : 1},
                      {"stroke", parent.stroke},
                      {"from", parent.from},
                      {"to", parent.to}});
    page["strokes"].push_back(std::move(list));
  }
  return page.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace nakawari
