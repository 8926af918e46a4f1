// The two eyes hold the same colours.
#include <fmt/format.h>

#include "check/tools.h"

namespace nakawari {
namespace {

std::vector<StyleId> only_one(const PartMap& parts) {
  std::vector<StyleId> list;
  if (parts.eyes.size() == 2)
    std::set_symmetric_difference(parts.eyes[0].styles.begin(), parts.eyes[0].styles.end(),
                                  parts.eyes[1].styles.begin(), parts.eyes[1].styles.end(),
                                  std::back_inserter(list));
  return list;
}

}  // namespace

void check_left_right(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "left-right";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const PartMap& parts = context.parts[static_cast<std::size_t>(drawing)];
  if (parts.eyes.size() != 2) return out.skip(kName, drawing, "it does not show two eyes");
  const Neighbours near = neighbours(context, drawing);
  if (!near.any()) return out.skip(kName, drawing, "it stands alone");
  for (const StyleId style : only_one(parts)) {
    // An eye that is in shadow on one side only is so beside this drawing too.
    bool drawn = false, looked = false;
    for (const Track* track : {near.to_before, near.to_after}) {
      if (!track) continue;
      const PartMap& other = context.parts[static_cast<std::size_t>(track->to)];
      if (other.eyes.size() != 2) {
        drawn = true;
        continue;
      }
      looked = true;
      const auto list = only_one(other);
      drawn = drawn || std::find(list.begin(), list.end(), style) != list.end();
      // Both eyes lost it, or neither had it: the eyes are changing.
      const auto& left = other.eyes[0].styles;
      drawn = drawn || std::find(left.begin(), left.end(), style) == left.end();
    }
    if (drawn || !looked) continue;
    const Style* s = context.model.find(style);
    const bool left = std::binary_search(parts.eyes[0].styles.begin(), parts.eyes[0].styles.end(), style);
    const Eye& lacking = parts.eyes[left ? 1 : 0];
    Finding found =
        fact(kName, drawing, 1, lacking.centre, lacking.width(),
             fmt::format("only one eye has {}; before and after both have it", s ? s->name : "a colour"));
    found.part = s ? s->part : "";
    out.findings.push_back(std::move(found));
  }
}

}  // namespace nakawari
