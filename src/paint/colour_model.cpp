#include "paint/colour_model.h"

#include <array>

namespace nakawari {
namespace {

struct RoleWord {
  const char* word;
  StyleRole role;
};
constexpr std::array<RoleWord, 5> kRoles{{{"normal", StyleRole::normal},
                                          {"shadow", StyleRole::shadow},
                                          {"shadow2", StyleRole::shadow2},
                                          {"highlight", StyleRole::highlight},
                                          {"line", StyleRole::line}}};

}  // namespace

std::string_view word(StyleRole role) {
  for (const RoleWord& r : kRoles) {
    if (role == r.role) return r.word;
  }
  return "normal";
}

std::optional<StyleRole> style_role(std::string_view word) {
  for (const RoleWord& r : kRoles) {
    if (word == r.word) return r.role;
  }
  return std::nullopt;
}

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
