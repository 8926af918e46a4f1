#include "provenance/provenance.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace nakawari {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr int kVersion = 1;

Parent parent_from(const json& entry) {
  return {entry.at("key").get<int>() == 0, entry.at("stroke").get<StrokeId>(), entry.at("from").get<float>(),
          entry.at("to").get<float>()};
}

}  // namespace

std::string provenance_json(const Provenance& provenance) {
  ordered_json page{{"version", kVersion},       {"program", provenance.program},
                    {"cel", provenance.cel},     {"drawing", provenance.drawing},
                    {"t", provenance.t},         {"keys", ordered_json::array()},
                    {"fixes", provenance.fixes}, {"strokes", ordered_json::array()}};
  for (const SourceDrawing& key : provenance.keys)
    page["keys"].push_back({{"file", key.file}, {"hash", key.hash.hex()}});
  for (const auto& parents : provenance.strokes) {
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

Result<Provenance> read_provenance(std::string_view text, const std::string& file) {
  const auto bad = [&](const std::string& what) {
    return fail(ErrorCode::bad_input, "not a provenance file: " + what, "delete it and build again",
                {.file = file});
  };
  try {
    const json page = json::parse(text);
    if (page.at("version") != kVersion) return bad("another version");
    Provenance result{page.at("program"), page.at("cel"), page.at("drawing"), page.at("t"), {}, {}, {}};
    if (page.at("keys").size() != result.keys.size()) return bad("a drawing has two keys");
    for (std::size_t i = 0; i < result.keys.size(); ++i) {
      const json& key = page.at("keys").at(i);
      const auto hash = hash_from_hex(key.at("hash").get<std::string>());
      if (!hash) return bad("the hash of a key is damaged");
      result.keys[i] = {key.at("file"), *hash};
    }
    result.fixes = page.at("fixes").get<std::vector<std::string>>();
    for (const json& list : page.at("strokes")) {
      result.strokes.emplace_back();
      for (const json& parent : list) result.strokes.back().push_back(parent_from(parent));
    }
    return result;
  } catch (const json::exception& error) {
    return bad(error.what());
  }
}

double share_with_parents(const Provenance& provenance) {
  if (provenance.strokes.empty()) return 1;
  const auto with = std::count_if(provenance.strokes.begin(), provenance.strokes.end(),
                                  [](const auto& parents) { return !parents.empty(); });
  return static_cast<double>(with) / static_cast<double>(provenance.strokes.size());
}

}  // namespace nakawari
