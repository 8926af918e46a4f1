#include "face/part_groups.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "face/draw_over.h"
#include "face/part_chains.h"
#include "face/part_match.h"

namespace nakawari {
namespace {

// Room around a group's lines (px) for what moves.
constexpr int kRoom = 12;
// Trace lines are at most this many times as wide as in the median.
constexpr double kTraceWidth = 1.5;

/// The least window that holds the pixels of each group. Cost: linear in pixels.
std::vector<Window> owned_windows(const Grid<std::int16_t>& owner, const FaceGroups& names) {
  std::vector<Window> windows(names.names.size());
  for (int y = 0; y < owner.height; ++y)
    for (int x = 0; x < owner.width; ++x) {
      if (owner(x, y) == 0) continue;
      Window& w = windows[names.of_part[owner(x, y) - 1]];
      if (w.width == 0) w = {x, y, 1, 1};
      const int right = std::max(w.left + w.width, x + 1);
      w.left = std::min(w.left, x);
      w.width = right - w.left;
      w.height = y + 1 - w.top;
    }
  return windows;
}

PartGroup make_group(std::size_t g, const ExpressionSheet& sheet, const FaceGroups& names,
                     const std::vector<SplitDrawing>& splits, FacePaths paths) {
  PartGroup group;
  group.name = names.names[g];
  group.mark = true;
  for (std::size_t p = 0; p < sheet.parts.size(); ++p)
    if (names.of_part[p] == static_cast<int>(g) && sheet.parts[p].kind != PartKind::mark) group.mark = false;

  std::vector<std::vector<char>> wanted;
  double left = 1e9, top = 1e9, right = -1e9, bottom = -1e9;
  for (const SplitDrawing& split : splits) {
    wanted.emplace_back(split.drawing.strokes.size(), 0);
    group.kinds.emplace_back();
    double low = 1e9, high = -1e9;
    for (std::size_t s = 0; s < split.drawing.strokes.size(); ++s) {
      const int part = split.part_of[s];
      if (part < 0 || names.of_part[part] != static_cast<int>(g)) continue;
      wanted.back()[s] = 1;
      group.kinds.back().push_back(sheet.parts[part].kind);
      for (const Vec2 point : split.drawing.strokes[s].points) {
        left = std::min(left, point.x);
        right = std::max(right, point.x);
        top = std::min(top, point.y);
        bottom = std::max(bottom, point.y);
        low = std::min(low, point.y);
        high = std::max(high, point.y);
      }
    }
    group.open.push_back(std::max(0.0, high - low));
  }
  group.named.assign(splits.size(), 0);
  if (right < left) {  // nobody draws this group
    group.blender.emplace(std::vector<Drawing>(splits.size()));
    return group;
  }
  Window& w = group.window;
  w.left = static_cast<int>(std::floor(left)) - kRoom;
  w.top = static_cast<int>(std::floor(top)) - kRoom;
  w.width = static_cast<int>(std::ceil(right)) + kRoom - w.left;
  w.height = static_cast<int>(std::ceil(bottom)) + kRoom - w.top;
  std::vector<Drawing> drawings;
  for (std::size_t k = 0; k < splits.size(); ++k) {
    drawings.push_back(part_of(splits[k].drawing, wanted[k], w.left, w.top, w.width, w.height));
    thin_trace_lines(drawings.back());
    loosen_joints(drawings.back(), part_graph(drawings.back()));
  }
  group.blender.emplace(std::move(drawings), PartBlendOptions{paths});
  return group;
}

}  // namespace

void thin_trace_lines(Drawing& drawing) {
  std::vector<float> widths;
  for (const Stroke& stroke : drawing.strokes)
    if (stroke.ink != Ink::black) widths.insert(widths.end(), stroke.widths.begin(), stroke.widths.end());
  if (widths.empty()) return;
  const auto median = widths.begin() + static_cast<std::ptrdiff_t>(widths.size() / 2);
  std::nth_element(widths.begin(), median, widths.end());
  const float most = static_cast<float>(kTraceWidth) * *median;
  for (Stroke& stroke : drawing.strokes)
    if (stroke.ink != Ink::black)
      for (float& width : stroke.widths) width = std::min(width, most);
}

std::vector<PartGroup> part_groups(const ExpressionSheet& sheet, const FaceGroups& names,
                                   const std::vector<SplitDrawing>& splits, FacePaths paths) {
  std::vector<PartGroup> groups;
  for (std::size_t g = 0; g < names.names.size(); ++g)
    groups.push_back(make_group(g, sheet, names, splits, paths));
  for (const SplitDrawing& split : splits) {
    const std::vector<Window> owned = owned_windows(split.owner, names);
    for (std::size_t g = 0; g < owned.size(); ++g) groups[g].pixels.push_back(owned[g]);
  }
  return groups;
}

const std::vector<PartKind>& PartGroup::kinds_of(std::size_t sample) {
  std::vector<PartKind>& own = kinds[sample];
  if (sample == 0 || std::exchange(named[sample], 1) != 0 || kinds[0].empty()) return own;
  std::vector<std::map<PartKind, int>> votes(own.size());
  std::vector<int> count(own.size(), 0);
  for (const SampleMatch& m : blender->places(static_cast<int>(sample), 0)) {
    ++count[m.stroke];
    if (m.partner_stroke >= 0) ++votes[m.stroke][kinds[0][m.partner_stroke]];
  }
  for (std::size_t s = 0; s < own.size(); ++s)
    for (const auto& [kind, number] : votes[s])
      if (2 * number > count[s]) own[s] = kind;
  return own;
}

}  // namespace nakawari
