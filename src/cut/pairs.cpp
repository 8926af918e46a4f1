#include "cut/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "geometry/polygon.h"

namespace nakawari {
namespace {

/// In-betweens of a pair and how it goes about its time.
struct Pacing {
  int drawings = 0;
  bool even = true;  ///< no chart but equal steps
  int longest = 0;   ///< frames for which the longest of them stands
};

Pacing pacing_of(const Pair& pair) {
  Pacing pacing;
  std::vector<double> t;
  for (const LoadedDrawing& drawing : pair.cel->drawings) {
    if (drawing.from != pair.from || drawing.to != pair.to) continue;
    t.push_back(drawing.plan.t);
    pacing.longest = std::max(pacing.longest, drawing.frames);
    pacing.even = pacing.even && drawing.plan.groups.empty();
  }
  std::sort(t.begin(), t.end());
  pacing.drawings = static_cast<int>(t.size());
  for (std::size_t i = 0; i < t.size(); ++i)
    pacing.even = pacing.even && std::abs(t[i] - static_cast<double>(i + 1) / (pacing.drawings + 1.0)) < 1e-6;
  return pacing;
}

}  // namespace

std::vector<Pair> pairs_of(const LoadedCel& cel) {
  std::vector<Pair> pairs;
  std::set<std::pair<int, int>> seen;
  for (const LoadedDrawing& drawing : cel.drawings)
    if (drawing.from >= 0 && seen.insert({drawing.from, drawing.to}).second)
      pairs.push_back({&cel, drawing.from, drawing.to});
  return pairs;
}

PairsAround around_of(const std::vector<Pair>& pairs, const Pair& pair) {
  PairsAround around;
  const Pacing own = pacing_of(pair);
  // A chart that eases says that the motion gathers at its keys: it does not run on through them.
  if (!own.even) return around;
  bool flows = true, sampled = own.drawings == 1;
  for (const Pair& other : pairs) {
    if (other.cel != pair.cel) continue;
    const double steps = (pacing_of(other).drawings + 1.0) / (own.drawings + 1.0);
    if (other.to == pair.from) {
      around.before = &other;
      around.time_before = steps;
      flows = flows && pair.a().frames <= own.longest;
      sampled = sampled && steps == 1;
    }
    if (other.from == pair.to) {
      around.after = &other;
      around.time_after = steps;
      flows = flows && pair.b().frames <= own.longest;
      sampled = sampled && steps == 1;
    }
  }
  if (flows) around.use = sampled ? Around::Use::plain_time : Around::Use::shape_and_speed;
  return around;
}

std::string pace_text(const Pair& pair, const PairsAround& around) {
  const Pacing pacing = pacing_of(pair);
  constexpr std::array kUses = {"chart", "free", "sampled"};
  return fmt::format("{} drawings {} {} {} {}", pacing.drawings, pacing.even ? "even" : "timed",
                     around.time_before, around.time_after, kUses[static_cast<std::size_t>(around.use)]);
}

EyeNames eyes_of_pair(const std::vector<GroupFix>& groups, const PairEyes& named, const Drawing& a,
                      const Drawing& b) {
  EyeNames names = eye_lines(groups, a, b);
  const auto is_said = [&](bool in_first, const Stroke& stroke) {
    return std::any_of(groups.begin(), groups.end(), [&](const GroupFix& group) {
      if (group.in_first != in_first || group.lasso.size() < 3) return false;
      const auto in = std::count_if(stroke.points.begin(), stroke.points.end(),
                                    [&](Vec2 p) { return inside(group.lasso, p); });
      return 2 * in > static_cast<std::ptrdiff_t>(stroke.points.size());
    });
  };
  constexpr std::array kKinds = {
      std::pair{PartKind::upper_lid, EyePart::upper_lid}, std::pair{PartKind::lower_lid, EyePart::lower_lid},
      std::pair{PartKind::iris, EyePart::iris}, std::pair{PartKind::highlight, EyePart::highlight},
      std::pair{PartKind::other, EyePart::white}};
  for (const bool in_first : {true, false}) {
    const Drawing& key = in_first ? a : b;
    for (const NamedEye& eye : in_first ? named.a : named.b)
      for (const auto& [kind, part] : kKinds) {
        EyeLines lines{eye.eye, part, in_first, {}, {}, false};
        for (const auto& [stroke, own] : eye.lines)
          if (own == kind && stroke >= 0 && stroke < static_cast<StrokeId>(key.strokes.size()) &&
              !is_said(in_first, key.strokes[static_cast<std::size_t>(stroke)]))
            lines.runs.push_back({stroke});
        if (!lines.runs.empty()) names.lines.push_back(std::move(lines));
      }
  }
  return names;
}

InbetweenOptions inbetween_options(const Pair& pair, const PairsAround& around,
                                   std::shared_ptr<const Correspondence> before,
                                   std::shared_ptr<const Correspondence> after, const PairEyes& eyes,
                                   const Drawing& a, const Drawing& b) {
  InbetweenOptions options;
  options.around = {std::move(before), std::move(after), around.time_before, around.time_after, around.use};
  const std::vector<Fix> fixes = fixes_of_pair(*pair.cel, pair.a(), pair.b());
  std::vector<const Fix*> pointers, lost;
  std::vector<std::string> used;
  for (const Fix& fix : fixes) pointers.push_back(&fix);
  const MatchFixes said = match_fixes(pointers, a, b, lost, used);
  for (const ArcFix& arc : said.arcs) options.arcs.push_back({arc.path, {}});
  options.depths = said.depths;
  options.eyes = eyes_of_pair(said.groups, eyes, a, b).lines;
  const Pacing pacing = pacing_of(pair);
  options.drawings = pacing.drawings;
  options.timed = !pacing.even;
  return options;
}

std::vector<GroupSpacing> spacings(const LoadedDrawing& drawing) {
  std::vector<GroupSpacing> groups;
  for (const PlannedGroup& group : drawing.plan.groups)
    if (group.placed) groups.push_back({{group.x, group.y}, group.t});
  return groups;
}

}  // namespace nakawari
