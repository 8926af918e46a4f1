#include "paint/references.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace nakawari {
namespace {

using ColourKey = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t, std::uint8_t>;

bool is_background(Rgba8 c) {
  return c.a == 0;
}

/// All clear pixels are one colour, all others are opaque.
ColourKey key(Rgba8 c) {
  return is_background(c) ? ColourKey() : ColourKey(c.r, c.g, c.b, 255);
}

}  // namespace

std::vector<RegionColour> painted_colours(const Raster& painted, const RegionMap& map) {
  std::vector<std::map<ColourKey, int>> seen(map.regions.size());
  for (std::size_t i = 0; i < painted.data.size(); ++i) {
    const std::int32_t l = map.label.data[i];
    if (l > 0) ++seen[l - 1][key(painted.data[i])];
  }
  std::vector<RegionColour> majority(map.regions.size());
  for (std::size_t r = 0; r < seen.size(); ++r) {
    for (const auto& [colour, votes] : seen[r]) {
      if (votes <= majority[r].votes) continue;
      const auto [red, green, blue, alpha] = colour;
      majority[r] = {{red, green, blue, alpha}, votes};
    }
  }
  return majority;
}

Result<References> read_references(const PaintJob& job,
                                   const std::vector<std::shared_ptr<const RegionMap>>& maps,
                                   const std::vector<std::vector<RegionColour>>& painted) {
  // A picture whose regions are this impure was painted on other lines.
  constexpr double kFits = 0.8;
  References references;
  references.model = job.model;
  const bool open_model = job.model.styles.empty();
  const std::string variant = !job.variant.empty()          ? job.variant
                              : !job.model.variants.empty() ? job.model.variants.front()
                                                            : std::string("normal");
  if (references.model.variants.empty()) references.model.variants.push_back(variant);
  references.styles.push_back(kBackgroundStyle);
  std::map<StyleId, int> label_of{{kBackgroundStyle, 0}};
  for (const Style& style : references.model.styles) {
    label_of[style.id] = static_cast<int>(references.styles.size());
    references.styles.push_back(style.id);
  }
  bool any = false;
  for (std::size_t d = 0; d < job.drawings.size(); ++d) {
    references.label.emplace_back(maps[d]->regions.size(), -1);
    if (!job.drawings[d].painted) continue;
    any = true;
    const std::vector<RegionColour>& colours = painted[d];
    double pure = 0, total = 0;
    for (std::size_t r = 0; r < colours.size(); ++r) {
      const auto [colour, votes] = colours[r];
      pure += votes;
      total += maps[d]->regions[r].area;
      if (colour == kCheckColour) continue;
      int label = 0;
      if (!is_background(colour)) {
        const Style* style = references.model.find(colour, variant);
        if (style == nullptr && !open_model) {
          continue;
        }
        if (style == nullptr) {
          Style added;
          added.id = static_cast<StyleId>(references.model.styles.size()) + 1;
          added.name = "style " + std::to_string(added.id);
          added.colours[variant] = colour;
          references.model.styles.push_back(added);
          label_of[added.id] = static_cast<int>(references.styles.size());
          references.styles.push_back(added.id);
          style = &references.model.styles.back();
        }
        label = label_of.at(style->id);
      }
      references.label[d][r] = label;
    }
    if (total > 0 && pure < kFits * total) {
      return fail(ErrorCode::bad_input, "the painted picture does not fit the lines of this drawing",
                  "give the painted cel of the same drawing", {.drawing = job.drawings[d].name});
    }
  }
  if (!any && open_model) {
    return fail(ErrorCode::bad_input, "nothing to paint from: no painted drawing and no colour model",
                "paint one drawing of the cel, or give a colour model");
  }
  return references;
}

}  // namespace nakawari
