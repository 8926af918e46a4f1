#include "desk/strokes.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace nakawari {
namespace {

using nlohmann::json;

/// Every second sample of a correspondence, and the last of each line.
constexpr std::size_t kEvery = 2;

double tenth(double value) {
  return std::round(value * 10) / 10;
}

json side(const Drawing& drawing, const std::vector<SampleMatch>& samples) {
  json list = json::array();
  for (const Stroke& stroke : drawing.strokes) {
    double width = 0;
    for (const float w : stroke.widths) width += w;
    list.push_back({{"ink", word(stroke.ink)},
                    {"width", tenth(width / static_cast<double>(stroke.widths.size()))},
                    {"p", json::array()},
                    {"m", json::array()},
                    {"g", json::array()}});
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const SampleMatch& s = samples[i];
    if (s.stroke < 0 || static_cast<std::size_t>(s.stroke) >= list.size()) continue;
    const bool last = i + 1 == samples.size() || samples[i + 1].stroke != s.stroke;
    if (i % kEvery != 0 && !last) continue;
    json& stroke = list[static_cast<std::size_t>(s.stroke)];
    stroke["p"].push_back(tenth(s.here.x));
    stroke["p"].push_back(tenth(s.here.y));
    stroke["m"].push_back(s.partner_stroke);
    stroke["g"].push_back(s.group);
  }
  return list;
}

}  // namespace

std::string pair_json(const ReadyPair& pair) {
  return json{{"settled", pair.settled},
              {"a", side(*pair.a, pair.correspondence.a_to_b)},
              {"b", side(*pair.b, pair.correspondence.b_to_a)}}
      .dump();
}

}  // namespace nakawari
