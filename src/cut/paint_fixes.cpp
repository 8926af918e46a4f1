#include "cut/paint_fixes.h"

#include <algorithm>

namespace nakawari {

bool of_paint(FixKind kind) {
  return kind == FixKind::paint_style || kind == FixKind::close_gap || kind == FixKind::open_gap ||
         kind == FixKind::trace_role;
}

bool add_paint_fix(const Fix& fix, int drawing, const ColourModel& model, PaintFixes& fixes) {
  const LineMark like = fix.like.empty() ? LineMark{} : fix.like.front();
  if (fix.kind == FixKind::paint_style) {
    const auto& styles = model.styles;
    const auto style =
        std::find_if(styles.begin(), styles.end(), [&](const Style& s) { return s.name == fix.style; });
    const bool background = fix.style == "background";
    if (style == styles.end() && !background) return false;
    const StyleId id = background ? kBackgroundStyle : style->id;
    fixes.styles.push_back({fix.id, drawing, fix.at.front(), id, like.area});
  } else if (fix.kind == FixKind::trace_role) {
    fixes.traces.push_back(
        {fix.id, drawing, fix.at.front(), style_role(fix.role).value_or(StyleRole::shadow), like.ink});
  } else if (fix.kind == FixKind::close_gap || fix.kind == FixKind::open_gap) {
    fixes.gaps.push_back(
        {fix.id, drawing, fix.path, fix.kind == FixKind::close_gap ? GapChoice::close : GapChoice::open});
  }
  return true;
}

}  // namespace nakawari
