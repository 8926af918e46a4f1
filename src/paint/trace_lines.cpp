#include "paint/trace_lines.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "image/components.h"

namespace nakawari {
namespace {

/// Smaller neighbours are dust between two lines, not what the line delimits.
constexpr int kSpeck = 20;

bool is_trace(Ink ink) {
  return ink != Ink::none && ink != Ink::black;
}

bool role_fits(Ink ink, const Style* style) {
  if (style == nullptr) return false;
  if (ink == Ink::blue) return style->role == StyleRole::shadow || style->role == StyleRole::shadow2;
  return ink == Ink::red && style->role == StyleRole::highlight;
}

/// The region whose colour a line between these regions takes; -1 when there is none.
int chosen_side(const std::set<int>& sides, Ink ink, const ColourModel& model, const PaintedDrawing& out) {
  int best = -1;
  std::tuple<bool, bool, int> best_rank{};
  for (const int side : sides) {
    const PaintedRegion& region = out.regions[side];
    const std::tuple<bool, bool, int> rank{role_fits(ink, model.find(region.style)), region.area >= kSpeck,
                                           -region.area};
    if (best < 0 || rank > best_rank) {
      best = side;
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace

void paint_trace_lines(const LineImage& lines, const RegionMap& map, const ColourModel& model,
                       const std::string& variant, PaintedDrawing& out) {
  for (const Ink ink : {Ink::red, Ink::blue, Ink::green, Ink::yellow}) {
    Mask mask(lines.width(), lines.height());
    for (std::size_t i = 0; i < mask.data.size(); ++i) mask.data[i] = lines.ink.data[i] == ink;
    const Components pieces = connected_components(mask, Connectivity::eight);
    std::vector<std::set<int>> sides(pieces.components.size());
    for (int y = 0; y < mask.height; ++y) {
      for (int x = 0; x < mask.width; ++x) {
        const std::int32_t piece = pieces.label(x, y);
        if (piece == 0) continue;
        for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
          if (!map.label.contains(x + dx, y + dy)) continue;
          const std::int32_t region = map.label(x + dx, y + dy);
          if (region > 0) sides[piece - 1].insert(region - 1);
        }
      }
    }
    std::vector<Rgba8> colours(sides.size(), kCheckColour);
    for (std::size_t k = 0; k < sides.size(); ++k) {
      const int side = chosen_side(sides[k], ink, model, out);
      if (side >= 0 && !out.regions[side].asked) colours[k] = model.colour(out.regions[side].style, variant);
    }
    for (std::size_t i = 0; i < mask.data.size(); ++i) {
      if (mask.data[i] != 0 && is_trace(lines.ink.data[i]))
        out.painted.data[i] = colours[pieces.label.data[i] - 1];
    }
  }
}

}  // namespace nakawari
