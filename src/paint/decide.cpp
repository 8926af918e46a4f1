#include "paint/decide.h"

#include <algorithm>
#include <cmath>

#include "drawing/anchor.h"
#include "paint/confidence.h"

namespace nakawari {
namespace {

/// The region that a fix means; -1 when there is none any more.
int region_meant(const StyleFix& fix, const RegionMap& map, const PaintPage& page) {
  // A redrawn region may grow or shrink by this factor and still be the same.
  constexpr double kSameArea = 2;
  const std::vector<double> areas = fix.area > 0 ? page_areas(map, page) : std::vector<double>();
  const auto fits = [&](int region) {
    const double area = fix.area > 0 ? areas[static_cast<std::size_t>(region)] : 0;
    return fix.area <= 0 || (area <= kSameArea * fix.area && fix.area <= kSameArea * area);
  };
  const int x = static_cast<int>(std::floor(fix.at.x)), y = static_cast<int>(std::floor(fix.at.y));
  if (map.label.contains(x, y) && map.label(x, y) > 0 && fits(map.label(x, y) - 1))
    return map.label(x, y) - 1;
  if (fix.area <= 0) return -1;
  int best = -1;
  double nearest = kMarkedReach;
  for (std::size_t r = 0; r < map.regions.size(); ++r) {
    const double away = distance(fix.at, {map.regions[r].inside_x + 0.5, map.regions[r].inside_y + 0.5});
    if (away > nearest || !fits(static_cast<int>(r))) continue;
    nearest = away;
    best = static_cast<int>(r);
  }
  return best;
}

/// A small region is easily mistaken: a speck loses this share of its confidence, half of it at so many
/// pixels.
constexpr double kSmallLoss = 0.35, kSmallArea = 30;

/// How sure a made drawing is of what it inherited along its lines.
double inherited(const LabelProblem& problem, const LabelBelief& heard, int drawing, int region, int label,
                 int area) {
  return (1 - kSmallLoss / (1 + area / kSmallArea)) *
         agreement(problem, heard, drawing, region, label, Ignorance::silent);
}

}  // namespace

std::vector<std::string> fix_styles(const std::vector<StyleFix>& fixes,
                                    const std::vector<std::shared_ptr<const RegionMap>>& maps,
                                    const std::vector<StyleId>& styles, const PaintPage& page,
                                    std::vector<std::vector<int>>& fixed) {
  std::vector<std::string> lost;
  for (const StyleFix& fix : fixes) {
    const auto label = std::find(styles.begin(), styles.end(), fix.style);
    const bool drawn = fix.drawing >= 0 && fix.drawing < static_cast<int>(maps.size());
    const int region = drawn ? region_meant(fix, *maps[fix.drawing], page) : -1;
    if (region < 0 || label == styles.end()) {
      lost.push_back(fix.id);
      continue;
    }
    fixed[fix.drawing][region] = static_cast<int>(label - styles.begin());
  }
  return lost;
}

int best_label(const std::vector<float>& belief) {
  const auto best = std::max_element(belief.begin(), belief.end());
  return best != belief.end() && *best > 0 ? static_cast<int>(best - belief.begin()) : -1;
}

void trust_pinholes(const RegionMap& map, int largest, std::vector<PaintedRegion>& regions) {
  // In rounds, so that one behind another in the grain of a line is reached.
  for (bool again = true; again;) {
    std::vector<std::size_t> trusted;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      const PaintedRegion& hole = regions[r];
      if (!hole.asked || hole.area > largest || hole.style == kUnknownStyle) continue;
      const auto& beside = map.regions[r].neighbours;
      if (std::any_of(beside.begin(), beside.end(), [&](const RegionNeighbour& n) {
            return !regions[n.region].asked && regions[n.region].style == hole.style;
          }))
        trusted.push_back(r);
    }
    for (const std::size_t r : trusted) regions[r].asked = false;
    again = !trusted.empty();
  }
}

std::vector<PaintedRegion> decide(const PaintJob& job, const LabelProblem& problem,
                                  const LabelSolution& solution, const std::vector<StyleId>& styles,
                                  const RegionMap& map, int drawing, double margin) {
  const std::vector<bool> painted = painted_drawings(job);
  const bool made = !job.drawings[drawing].made_from.empty();
  std::vector<PaintedRegion> regions;
  for (int r = 0; r < static_cast<int>(map.regions.size()); ++r) {
    const Region& region = map.regions[r];
    PaintedRegion decided{region.area, region.inside_x + 0.5, region.inside_y + 0.5};
    const int label = best_label(solution.belief[drawing][r]);
    if (label >= 0) {
      decided.style = styles[label];
      decided.confidence =
          problem.fixed[drawing][r] >= 0 ? 1
          : made                         ? inherited(problem, solution.heard, drawing, r, label, region.area)
                 : confidence(evidence_for(problem, solution.heard, painted, drawing, r, label, region.area));
    }
    decided.asked = decided.style == kUnknownStyle || decided.confidence < margin;
    regions.push_back(decided);
  }
  trust_pinholes(map, made ? kMadePinhole : kPencilGrain, regions);
  return regions;
}

std::vector<bool> painted_drawings(const PaintJob& job) {
  std::vector<bool> painted;
  for (const PaintDrawing& drawing : job.drawings) painted.push_back(drawing.painted.has_value());
  return painted;
}

void fill(const PaintDrawing& drawing, const ColourModel& model, const std::string& variant,
          PaintedDrawing& out) {
  out.painted = Raster(out.region.width, out.region.height, kClear);
  std::vector<Rgba8> colours;
  for (const PaintedRegion& region : out.regions)
    colours.push_back(region.asked ? kCheckColour : model.colour(region.style, variant));
  for (std::size_t i = 0; i < out.region.data.size(); ++i) {
    const std::int32_t l = out.region.data[i];
    if (l == 0) {
      out.painted.data[i] = drawing.source.data[i];
      continue;
    }
    out.painted.data[i] = colours[l - 1];
  }
}

Judgement judge(const PaintedDrawing& drawing) {
  // More open regions than this in a drawing and a person paints it faster from scratch.
  constexpr double kTooMany = 0.3;
  constexpr std::size_t kMostReasons = 50;
  Judgement judgement;
  std::vector<const PaintedRegion*> open;
  for (const PaintedRegion& region : drawing.regions) {
    if (region.asked) open.push_back(&region);
  }
  std::stable_sort(open.begin(), open.end(),
                   [](const PaintedRegion* a, const PaintedRegion* b) { return a->area > b->area; });
  const double share = drawing.regions.empty()
                           ? 0
                           : static_cast<double>(open.size()) / static_cast<double>(drawing.regions.size());
  judgement.confidence = 1 - share;
  judgement.verdict = open.empty() ? Verdict::pass : share > kTooMany ? Verdict::draw : Verdict::look;
  if (open.size() > kMostReasons) open.resize(kMostReasons);
  for (const PaintedRegion* region : open) {
    judgement.reasons.push_back({"low-margin", region->x, region->y, 2 * std::sqrt(region->area / 3.14159),
                                 "not sure which colour this region has"});
  }
  for (const PaintedSpeck& speck : drawing.specks) {
    judgement.reasons.push_back({"black-speck", speck.x, speck.y, 2 * std::sqrt(speck.area / 3.14159),
                                 "a black dot in a trace line stays in the paint"});
    judgement.verdict = worse(judgement.verdict, Verdict::look);
  }
  return judgement;
}

}  // namespace nakawari
