#include "paint/trace_lines.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "image/components.h"
#include "image/distance.h"

namespace nakawari {
namespace {

/// Smaller neighbours are dust between two lines, not what the line delimits.
constexpr int kSpeck = 20;
/// A region that a piece touches less than this, against the one it touches most, only meets its tip.
constexpr double kTip = 0.2;
/// Shorter pieces between two junctions take the colour of the piece nearest.
constexpr int kStub = 4;
/// A person points at a trace line within this many pixels.
constexpr int kPointed = 6;

/// The pieces of the lines of one ink: every pixel of the mask has one.
struct Pieces {
  Grid<std::int32_t> label;  ///< 0 = no line, i + 1 = piece
  int count = 0;
};

/// Directions around a pixel that lead to the mask, counted as runs.
int branches(const Mask& thin, int x, int y) {
  constexpr std::pair<int, int> kRing[] = {{1, 0},  {1, 1},   {0, 1},  {-1, 1},
                                           {-1, 0}, {-1, -1}, {0, -1}, {1, -1}};
  int runs = 0;
  for (int k = 0; k < 8; ++k) {
    const auto on = [&](int q) {
      const auto [dx, dy] = kRing[q % 8];
      return thin.contains(x + dx, y + dy) && thin(x + dx, y + dy) != 0;
    };
    runs += !on(k) && on(k + 1);
  }
  return runs;
}

Pieces cut_at_junctions(const Mask& mask) {
  const Mask thin = thinned(mask);
  Mask limbs = thin;
  for (int y = 0; y < thin.height; ++y) {
    for (int x = 0; x < thin.width; ++x) {
      if (thin(x, y) == 0 || branches(thin, x, y) < 3) continue;
      for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
          if (limbs.contains(x + dx, y + dy)) limbs(x + dx, y + dy) = 0;
        }
      }
    }
  }
  const Components whole = connected_components(mask, Connectivity::eight);
  Components parts = connected_components(limbs, Connectivity::eight);
  // What has no limb long enough of its own stays as it was.
  std::vector<bool> has_limb(whole.components.size());
  for (std::size_t i = 0; i < limbs.data.size(); ++i) {
    const std::int32_t part = parts.label.data[i];
    if (part == 0) continue;
    if (parts.components[part - 1].area >= kStub)
      has_limb[whole.label.data[i] - 1] = true;
    else
      limbs.data[i] = 0;
  }
  for (std::size_t i = 0; i < mask.data.size(); ++i) {
    if (mask.data[i] != 0 && !has_limb[whole.label.data[i] - 1]) limbs.data[i] = 1;
  }
  parts = connected_components(limbs, Connectivity::eight);
  Pieces pieces{Grid<std::int32_t>(mask.width, mask.height), static_cast<int>(parts.components.size())};
  if (pieces.count == 0) return pieces;
  const NearestPixels nearest = nearest_pixels(limbs);
  for (std::size_t i = 0; i < mask.data.size(); ++i) {
    if (mask.data[i] != 0) pieces.label.data[i] = parts.label.data[nearest.index.data[i]];
  }
  return pieces;
}

bool is_shadow(StyleRole role) {
  return role == StyleRole::shadow || role == StyleRole::shadow2;
}

bool role_fits(Ink ink, std::optional<StyleRole> wanted, const Style* style) {
  if (style == nullptr) return false;
  if (wanted) return style->role == *wanted || (is_shadow(*wanted) && is_shadow(style->role));
  if (ink == Ink::blue) return is_shadow(style->role);
  return ink == Ink::red && style->role == StyleRole::highlight;
}

/// The region whose colour a line between these regions takes; -1 when there is none.
int chosen_side(const std::map<int, int>& sides, Ink ink, std::optional<StyleRole> wanted,
                const ColourModel& model, const PaintedDrawing& out) {
  int most = 0;
  for (const auto& [side, contact] : sides) most = std::max(most, contact);
  int best = -1;
  std::tuple<bool, bool, int> best_rank{};
  for (const auto& [side, contact] : sides) {
    if (contact < kTip * most) continue;
    const PaintedRegion& region = out.regions[side];
    const std::tuple<bool, bool, int> rank{role_fits(ink, wanted, model.find(region.style)),
                                           region.area >= kSpeck, -region.area};
    if (best < 0 || rank > best_rank) {
      best = side;
      best_rank = rank;
    }
  }
  return best;
}

/// The piece of a trace line near a point; -1 when there is none.
int piece_near(const Pieces& pieces, Vec2 at) {
  const int x = static_cast<int>(at.x), y = static_cast<int>(at.y);
  int best = -1, best_distance = kPointed * kPointed + 1;
  for (int dy = -kPointed; dy <= kPointed; ++dy) {
    for (int dx = -kPointed; dx <= kPointed; ++dx) {
      if (!pieces.label.contains(x + dx, y + dy) || dx * dx + dy * dy >= best_distance) continue;
      if (const int piece = pieces.label(x + dx, y + dy); piece > 0) {
        best = piece - 1;
        best_distance = dx * dx + dy * dy;
      }
    }
  }
  return best;
}

}  // namespace

void paint_trace_lines(const LineImage& lines, const RegionMap& map, const ColourModel& model,
                       const std::string& variant, const std::vector<const TraceFix*>& fixes,
                       PaintedDrawing& out, std::vector<std::string>& lost) {
  std::vector<bool> placed(fixes.size());
  for (const Ink ink : {Ink::red, Ink::blue, Ink::green, Ink::yellow}) {
    Mask mask(lines.width(), lines.height());
    bool any = false;
    for (std::size_t i = 0; i < mask.data.size(); ++i) {
      mask.data[i] = lines.ink.data[i] == ink;
      any = any || mask.data[i] != 0;
    }
    if (!any) continue;
    const Pieces pieces = cut_at_junctions(mask);
    // Per piece: the regions beside it, and along how many pixels.
    std::vector<std::map<int, int>> sides(pieces.count);
    for (int y = 0; y < mask.height; ++y) {
      for (int x = 0; x < mask.width; ++x) {
        const std::int32_t piece = pieces.label(x, y);
        if (piece == 0) continue;
        for (const auto& [dx, dy] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
          if (!map.label.contains(x + dx, y + dy)) continue;
          const std::int32_t region = map.label(x + dx, y + dy);
          if (region > 0) ++sides[piece - 1][region - 1];
        }
      }
    }
    std::vector<std::optional<StyleRole>> wanted(pieces.count);
    for (std::size_t f = 0; f < fixes.size(); ++f) {
      const int piece = piece_near(pieces, fixes[f]->at);
      if (piece < 0) continue;
      wanted[piece] = fixes[f]->role;
      placed[f] = true;
    }
    std::vector<Rgba8> colours(sides.size(), kCheckColour);
    for (std::size_t k = 0; k < sides.size(); ++k) {
      const int side = chosen_side(sides[k], ink, wanted[k], model, out);
      if (side >= 0 && !out.regions[side].asked) colours[k] = model.colour(out.regions[side].style, variant);
    }
    for (std::size_t i = 0; i < mask.data.size(); ++i) {
      if (mask.data[i] != 0) out.painted.data[i] = colours[pieces.label.data[i] - 1];
    }
  }
  for (std::size_t f = 0; f < fixes.size(); ++f) {
    if (!placed[f]) lost.push_back(fixes[f]->id);
  }
}

}  // namespace nakawari
