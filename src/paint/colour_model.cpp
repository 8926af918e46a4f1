#include "paint/colour_model.h"

namespace nakawari {

const Style* ColourModel::find(StyleId id) const {
  for (const Style& style : styles) {
    if (style.id == id) return &style;
  }
  return nullptr;
}

const Style* ColourModel::find(Rgba8 colour, const std::string& variant) const {
  for (const Style& style : styles) {
    if (this->colour(style.id, variant) == colour) return &style;
  }
  return nullptr;
}

Rgba8 ColourModel::colour(StyleId id, const std::string& variant) const {
  const Style* style = find(id);
  if (style == nullptr) return kClear;
  if (const auto found = style->colours.find(variant); found != style->colours.end()) return found->second;
  if (variants.empty()) return kClear;
  const auto fallback = style->colours.find(variants.front());
  return fallback == style->colours.end() ? kClear : fallback->second;
}

}  // namespace nakawari
