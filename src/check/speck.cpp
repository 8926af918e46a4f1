// Specks: a few pixels of a colour that nothing around them has.
#include <fmt/format.h>

#include "check/tools.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

constexpr double kSpeckLargest = 24;  // px at 1920 of a whole region
constexpr int kInside = 40;           // px of another colour inside a region
constexpr double kPocket = 120;       // px at 1920: a pocket between lines shows what lies behind them
constexpr double kNear = 40;          // px at 1920: the same speck beside this drawing in time is drawn

/// A small region of the colour lies near the place in the neighbour.
bool stands_there(const CheckContext& context, const Track& track, Vec2 at, Rgba8 colour, int area) {
  const Seen& other = context.at(track.to);
  const Vec2 q = track.moved(at);
  return std::any_of(other.regions.begin(), other.regions.end(), [&](const SeenRegion& r) {
    return r.area < 8 * area + 60 && same(r.colour, colour) &&
           distance(r.centre, q) < std::max(12.0, other.px(kNear));
  });
}

/// A colour of the same part in another shade lies near: a pocket that the light or a line cut off.
bool part_lies_near(const CheckContext& context, const Seen& seen, const SeenRegion& speck, double reach,
                    int self) {
  const Style* style = context.style(speck.colour);
  if (!style) return false;
  return std::any_of(seen.colours.begin(), seen.colours.end(), [&](const ColourUse& use) {
    const Style* other = context.style(use.colour);
    return other && other->part == style->part &&
           has_colour_near(seen, use.colour, speck.inside, reach, self);
  });
}

}  // namespace

void check_speck(const CheckContext& context, int drawing, Outcome& out) {
  constexpr const char* kName = "speck";
  const Seen& seen = context.at(drawing);
  if (!seen.has_paint) return out.skip(kName, drawing, kNoPaint);
  const Neighbours near = neighbours(context, drawing);
  std::vector<std::vector<int>> met(seen.regions.size());
  for (const SeenContact& c : seen.contacts) {
    met[c.a].push_back(c.b);
    met[c.b].push_back(c.a);
  }
  // Of the colour of a region beside it, or of one beyond that: a corner that two lines cut off.
  const auto alike = [&](std::size_t r) {
    for (const int next : met[r]) {
      if (same(seen.regions[next].colour, seen.regions[r].colour)) return true;
      for (const int beyond : met[next])
        if (beyond != static_cast<int>(r) && same(seen.regions[beyond].colour, seen.regions[r].colour))
          return true;
    }
    return false;
  };
  for (std::size_t r = 0; r < seen.regions.size(); ++r) {
    const SeenRegion& region = seen.regions[r];
    if (!region.painted() || region.graded || region.colour == kCheckColour) continue;
    if (region.other > 0 && region.other <= kInside && region.other_colour != kCheckColour) {
      out.findings.push_back(fact(kName, drawing, region.other, region.other_at, std::max(8.0, seen.px(20)),
                                  fmt::format("{} pixels of {} inside a region of {}", region.other,
                                              hex(region.other_colour), hex(region.colour))));
      continue;
    }
    if (region.area > kSpeckLargest * seen.scale * seen.scale || met[r].empty() || alike(r)) continue;
    bool drawn = !near.any();
    for (const Track* track : {near.to_before, near.to_after})
      drawn = drawn || (track && stands_there(context, *track, region.centre, region.colour, region.area));
    const double pocket = std::max(20.0, seen.px(kPocket));
    if (drawn || has_colour_near(seen, region.colour, region.inside, pocket, static_cast<int>(r)) ||
        part_lies_near(context, seen, region, pocket, static_cast<int>(r)))
      continue;
    out.findings.push_back(fact(
        kName, drawing, region.area, region.inside, std::max(8.0, seen.px(20)),
        fmt::format("a speck of {} px in {}, which nothing around it has", region.area, hex(region.colour))));
  }
}

}  // namespace nakawari
