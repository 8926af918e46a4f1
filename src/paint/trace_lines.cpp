#include "paint/trace_lines.h"

#include <algorithm>
#include <array>
#include <optional>

#include "drawing/anchor.h"
#include "paint/trace_pieces.h"

namespace nakawari {
namespace {

/// Smaller neighbours are dust between two lines, not what the line delimits.
constexpr int kSpeck = 20;
/// A region that a piece touches less than this, against the one it touches most, only meets its tip; unless
/// it is more than a tip is long.
constexpr double kTip = 0.2;
constexpr int kLongerThanATip = 14;
/// A person points at a trace line within this many pixels.
constexpr int kPointed = 6;

constexpr std::array kTraceInks = {Ink::red, Ink::blue, Ink::green, Ink::yellow};
constexpr std::pair<int, int> kSides[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

/// The regions beside a piece, and along how many pixels.
using Sides = std::map<int, int>;

bool is_shadow(StyleRole role) {
  return role == StyleRole::shadow || role == StyleRole::shadow2;
}

bool fits(StyleRole wanted, const Style* style) {
  return style != nullptr && (style->role == wanted || (is_shadow(wanted) && is_shadow(style->role)));
}

std::vector<Sides> sides_of(const TracePieces& pieces, const RegionMap& map) {
  std::vector<Sides> sides(pieces.count);
  for (int y = 0; y < map.label.height; ++y) {
    for (int x = 0; x < map.label.width; ++x) {
      const std::int32_t piece = pieces.label(x, y);
      if (piece == 0) continue;
      for (const auto& [dx, dy] : kSides) {
        if (!map.label.contains(x + dx, y + dy)) continue;
        if (const std::int32_t region = map.label(x + dx, y + dy); region > 0) ++sides[piece - 1][region - 1];
      }
    }
  }
  return sides;
}

/// Without the regions that only meet the tip of the piece.
Sides beside(const Sides& sides) {
  int most = 0;
  for (const auto& [region, contact] : sides) most = std::max(most, contact);
  Sides kept;
  for (const auto& [region, contact] : sides)
    if (contact >= kTip * most || contact >= kLongerThanATip) kept.insert({region, contact});
  return kept;
}

/// What a piece is painted with: each pixel as the nearest of these regions, or all of it in one style.
struct Choice {
  std::vector<int> regions;
  StyleId style = kUnknownStyle;
};

std::tuple<Ink, StyleId, StyleId> habit_key(Ink ink, StyleId a, StyleId b) {
  return {ink, std::min(a, b), std::max(a, b)};
}

/// The style that persons gave lines of this ink between these styles; kUnknownStyle without a clear answer.
StyleId habit(const TraceHabits& habits, Ink ink, StyleId a, StyleId b) {
  constexpr int kSeen = 6;
  constexpr double kClearly = 0.6;
  const auto found = habits.find(habit_key(ink, a, b));
  if (found == habits.end()) return kUnknownStyle;
  int all = 0;
  const auto* best = &*found->second.begin();
  for (const auto& each : found->second) {
    all += each.second;
    if (each.second > best->second) best = &each;
  }
  return best->second >= kSeen && best->second > kClearly * all ? best->first : kUnknownStyle;
}

std::vector<int> of_role(const Sides& sides, StyleRole role, const ColourModel& model,
                         const PaintedDrawing& out) {
  std::vector<int> regions;
  for (const auto& [region, contact] : sides)
    if (fits(role, model.find(out.regions[region].style))) regions.push_back(region);
  return regions;
}

/// By what persons did in the painted drawings.
Choice by_habit(const Sides& sides, Ink ink, const TraceHabits& habits, const PaintedDrawing& out) {
  Choice choice;
  int most = 0;
  for (auto a = sides.begin(); a != sides.end(); ++a) {
    for (auto b = a; b != sides.end(); ++b) {
      // A region beside itself counts only where nothing else is there.
      if (a == b && sides.size() > 1) continue;
      const StyleId left = out.regions[a->first].style, right = out.regions[b->first].style;
      const StyleId style = habit(habits, ink, left, right);
      if (style == kUnknownStyle) continue;
      if (style == left) choice.regions.push_back(a->first);
      if (style == right && a != b) choice.regions.push_back(b->first);
      if (const int contact = std::min(a->second, b->second);
          style != left && style != right && contact > most) {
        most = contact;
        choice.style = style;
      }
    }
  }
  std::sort(choice.regions.begin(), choice.regions.end());
  choice.regions.erase(std::unique(choice.regions.begin(), choice.regions.end()), choice.regions.end());
  return choice;
}

/// The smaller neighbour that is no dust.
Choice smallest(const Sides& sides, const PaintedDrawing& out) {
  int best = -1;
  std::pair<bool, int> best_rank{};
  for (const auto& [region, contact] : sides) {
    const std::pair rank{out.regions[region].area >= kSpeck, -out.regions[region].area};
    if (best >= 0 && rank <= best_rank) continue;
    best = region;
    best_rank = rank;
  }
  return best < 0 ? Choice{} : Choice{{best}, kUnknownStyle};
}

/// A line with one part on all its sides and no side of the role (a crease, a shadow as thin as its line):
/// that part's style of the role, where the model has one.
StyleId shade_within(const Sides& sides, StyleRole role, const ColourModel& model,
                     const PaintedDrawing& out) {
  const Style* one = nullptr;
  for (const auto& [region, contact] : sides) {
    const Style* style = model.find(out.regions[region].style);
    if (style == nullptr || style->part.empty() || (one != nullptr && one->part != style->part))
      return kUnknownStyle;
    one = style;
  }
  if (one == nullptr) return kUnknownStyle;
  for (const Style& style : model.styles)
    if (style.part == one->part && style.role == role) return style.id;
  return kUnknownStyle;
}

Choice choose(const Sides& all, Ink ink, std::optional<StyleRole> wanted, const TraceRules& rules,
              const PaintedDrawing& out) {
  const Sides sides = beside(all);
  if (wanted) {
    if (auto regions = of_role(sides, *wanted, rules.model, out); !regions.empty())
      return {regions, kUnknownStyle};
    return smallest(sides, out);
  }
  if (Choice learnt = by_habit(sides, ink, rules.habits, out); !learnt.regions.empty() || learnt.style >= 0)
    return learnt;
  if (const auto role = role_of(ink, rules.roles)) {
    if (auto regions = of_role(sides, *role, rules.model, out); !regions.empty())
      return {regions, kUnknownStyle};
    if (const StyleId shade = shade_within(sides, *role, rules.model, out); shade != kUnknownStyle)
      return {{}, shade};
  }
  return smallest(sides, out);
}

/// Per pixel of the pieces the region that it takes its style from; -1 where its piece names none.
Grid<std::int32_t> nearest_choice(const TracePieces& pieces, const RegionMap& map,
                                  const std::vector<Choice>& choices) {
  Grid<std::int32_t> taken(map.label.width, map.label.height, -1);
  std::vector<std::int32_t> front;
  for (int y = 0; y < taken.height; ++y) {
    for (int x = 0; x < taken.width; ++x) {
      if (pieces.label(x, y) == 0) continue;
      const std::vector<int>& regions = choices[pieces.label(x, y) - 1].regions;
      for (const auto& [dx, dy] : kSides) {
        if (!taken.contains(x + dx, y + dy)) continue;
        const int region = map.label(x + dx, y + dy) - 1;
        if (region < 0 || std::find(regions.begin(), regions.end(), region) == regions.end()) continue;
        taken(x, y) = region;
        front.push_back(static_cast<std::int32_t>(taken.index(x, y)));
        break;
      }
    }
  }
  // Breadth-first along the pieces.
  for (std::size_t k = 0; k < front.size(); ++k) {
    const int x = front[k] % taken.width, y = front[k] / taken.width;
    for (int dy = -1; dy <= 1; ++dy) {
      for (int dx = -1; dx <= 1; ++dx) {
        if (!taken.contains(x + dx, y + dy) || pieces.label(x + dx, y + dy) != pieces.label(x, y) ||
            taken(x + dx, y + dy) >= 0)
          continue;
        taken(x + dx, y + dy) = taken(x, y);
        front.push_back(static_cast<std::int32_t>(taken.index(x + dx, y + dy)));
      }
    }
  }
  // Parts across a break take the first.
  for (std::size_t i = 0; i < taken.data.size(); ++i) {
    if (const std::int32_t piece = pieces.label.data[i];
        piece > 0 && taken.data[i] < 0 && !choices[piece - 1].regions.empty())
      taken.data[i] = choices[piece - 1].regions.front();
  }
  return taken;
}

/// The piece near a point and how far it is; -1 when there is none within `reach`.
std::pair<int, int> piece_near(const TracePieces& pieces, Vec2 at, int reach) {
  const int x = static_cast<int>(at.x), y = static_cast<int>(at.y);
  int best = -1, best_distance = reach * reach + 1;
  for (int dy = -reach; dy <= reach; ++dy) {
    for (int dx = -reach; dx <= reach; ++dx) {
      if (!pieces.label.contains(x + dx, y + dy) || dx * dx + dy * dy >= best_distance) continue;
      if (const int piece = pieces.label(x + dx, y + dy); piece > 0) {
        best = piece - 1;
        best_distance = dx * dx + dy * dy;
      }
    }
  }
  return {best, best_distance};
}

/// The role that fixes ask of each piece of an ink.
std::vector<std::optional<StyleRole>> wanted_roles(const TracePieces& pieces, Ink ink,
                                                   const std::vector<const TraceFix*>& fixes,
                                                   std::vector<bool>& placed) {
  std::vector<std::optional<StyleRole>> wanted(pieces.count);
  for (std::size_t f = 0; f < fixes.size(); ++f) {
    if (fixes[f]->ink != Ink::none && fixes[f]->ink != ink) continue;
    const int reach = fixes[f]->ink == ink ? static_cast<int>(kAnchorReach) : kPointed;
    const int piece = piece_near(pieces, fixes[f]->at, reach).first;
    if (piece < 0) continue;
    wanted[piece] = fixes[f]->role;
    placed[f] = true;
  }
  return wanted;
}

/// Dots that are a mixture of inks are painted like the line around them.
LineImage without_mixed(const LineImage& lines, const std::vector<TraceDot>& dots) {
  LineImage mended = lines;
  for (const TraceDot& dot : dots)
    for (const std::int32_t at : dot.pixels)
      if (dot.mixed) mended.ink.data[at] = dot.ink;
  return mended;
}

/// The lines of a drawing and the dots in its trace lines.
struct TraceLines {
  std::vector<TraceDot> dots;
  Mask dotted;
  LineImage lines;
};

TraceLines traces_of(const PaintDrawing& drawing) {
  TraceLines traces{
      dots_in_traces(drawing.lines, drawing.source), Mask(drawing.lines.width(), drawing.lines.height()), {}};
  for (const TraceDot& dot : traces.dots)
    for (const std::int32_t at : dot.pixels) traces.dotted.data[at] = 1;
  traces.lines = without_mixed(drawing.lines, traces.dots);
  return traces;
}

}  // namespace

std::optional<StyleRole> role_of(Ink ink, const InkRoles& roles) {
  if (const auto named = roles.find(ink); named != roles.end()) return named->second;
  if (ink == Ink::blue) return StyleRole::shadow;
  if (ink == Ink::red) return StyleRole::highlight;
  return std::nullopt;
}

std::vector<ShadePair> shades_of(const ColourModel& model, const std::vector<StyleId>& styles,
                                 const InkRoles& roles) {
  std::vector<ShadePair> shades;
  for (const Ink ink : kTraceInks) {
    const auto role = role_of(ink, roles);
    if (!role) continue;
    for (std::size_t a = 0; a < styles.size(); ++a) {
      const Style* shade = model.find(styles[a]);
      if (!fits(*role, shade) || shade->part.empty()) continue;
      for (std::size_t b = 0; b < styles.size(); ++b) {
        const Style* other = model.find(styles[b]);
        if (a != b && other != nullptr && other->part == shade->part && other->role != StyleRole::line)
          shades.push_back({ink, static_cast<int>(a), static_cast<int>(b)});
      }
    }
  }
  return shades;
}

void learn_traces(const LineImage& lines, const RegionMap& map, const std::vector<PaintedRegion>& regions,
                  const Raster& painted, const ColourModel& model, const std::string& variant,
                  TraceHabits& habits) {
  for (int y = 1; y + 1 < painted.height; ++y) {
    for (int x = 1; x + 1 < painted.width; ++x) {
      const Ink ink = lines.ink(x, y);
      if (ink == Ink::none || ink == Ink::black) continue;
      const Style* style = model.find(painted(x, y), variant);
      if (style == nullptr) continue;
      // The two sides: what lies within a line's width across.
      constexpr int kAcross = 5;
      std::array<std::pair<int, StyleId>, 2> best{
          {{kAcross + 1, kUnknownStyle}, {kAcross + 1, kUnknownStyle}}};
      for (const auto& [ux, uy] : {std::pair{1, 0}, {0, 1}, {1, 1}, {1, -1}}) {
        std::array<std::pair<int, StyleId>, 2> ends{
            {{kAcross + 1, kUnknownStyle}, {kAcross + 1, kUnknownStyle}}};
        for (const int s : {0, 1}) {
          for (int d = 1; d <= kAcross; ++d) {
            const int u = x + (s == 0 ? d : -d) * ux, v = y + (s == 0 ? d : -d) * uy;
            if (!map.label.contains(u, v) || lines.ink(u, v) == Ink::black) break;
            if (map.label(u, v) == 0) continue;
            ends[s] = {d, regions[map.label(u, v) - 1].style};
            break;
          }
        }
        if (ends[0].first + ends[1].first < best[0].first + best[1].first) best = ends;
      }
      if (best[0].second == kUnknownStyle || best[1].second == kUnknownStyle) continue;
      ++habits[habit_key(ink, best[0].second, best[1].second)][style->id];
    }
  }
}

void paint_trace_lines(const PaintDrawing& drawing, const RegionMap& map, const TraceRules& rules,
                       const std::vector<const TraceFix*>& fixes, PaintedDrawing& out) {
  std::vector<bool> placed(fixes.size());
  const TraceLines traces = traces_of(drawing);
  for (const TraceDot& dot : traces.dots)
    if (!dot.mixed) out.specks.push_back({dot.area, dot.x, dot.y});
  for (const Ink ink : kTraceInks) {
    const TracePieces pieces = trace_pieces(traces.lines, ink, traces.dotted);
    if (pieces.count == 0) continue;
    const std::vector<Sides> sides = sides_of(pieces, map);
    const auto wanted = wanted_roles(pieces, ink, fixes, placed);
    std::vector<Choice> choices;
    for (int k = 0; k < pieces.count; ++k) choices.push_back(choose(sides[k], ink, wanted[k], rules, out));
    const Grid<std::int32_t> taken = nearest_choice(pieces, map, choices);
    const auto colour_of = [&](std::size_t i) {
      if (taken.data[i] < 0) {
        const StyleId style = choices[pieces.label.data[i] - 1].style;
        return style < 0 ? kCheckColour : rules.model.colour(style, rules.variant);
      }
      const PaintedRegion& region = out.regions[taken.data[i]];
      return region.asked ? kCheckColour : rules.model.colour(region.style, rules.variant);
    };
    for (std::size_t i = 0; i < pieces.label.data.size(); ++i) {
      if (pieces.label.data[i] == 0) continue;
      // What a person painted stays.
      const bool kept =
          drawing.painted && rules.model.find(drawing.painted->data[i], rules.variant) != nullptr;
      out.painted.data[i] = kept ? drawing.painted->data[i] : colour_of(i);
    }
  }
}

std::vector<std::string> lost_trace_fixes(const PaintDrawing& drawing,
                                          const std::vector<const TraceFix*>& fixes) {
  std::vector<std::string> lost;
  if (fixes.empty()) return lost;
  std::vector<bool> placed(fixes.size());
  const TraceLines traces = traces_of(drawing);
  for (const Ink ink : kTraceInks)
    wanted_roles(trace_pieces(traces.lines, ink, traces.dotted), ink, fixes, placed);
  for (std::size_t f = 0; f < fixes.size(); ++f) {
    if (!placed[f]) lost.push_back(fixes[f]->id);
  }
  return lost;
}

}  // namespace nakawari
