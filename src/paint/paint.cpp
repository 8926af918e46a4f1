#include "paint/paint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "drawing/anchor.h"
#include "match/regions.h"
#include "paint/crop.h"
#include "paint/gaps.h"
#include "paint/links.h"
#include "paint/references.h"
#include "paint/solve.h"
#include "paint/trace_lines.h"

namespace nakawari {
namespace {

/// The part of the page that is painted.
struct Page {
  PagePart crop;
  int width = 0, height = 0;
};

/// The region that a fix means; -1 when there is none any more.
int region_meant(const StyleFix& fix, const RegionMap& map, const Page& page) {
  // A redrawn region may grow or shrink by this factor and still be the same.
  constexpr double kSameArea = 2;
  const std::vector<double> areas =
      fix.area > 0 ? page_areas(map, page.crop, page.width, page.height) : std::vector<double>();
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

/// Puts the fixes into the problem; the ids of those that fit no region any more are returned.
std::vector<std::string> apply_fixes(const PaintJob& job, const std::vector<RegionMap>& maps,
                                     const std::vector<StyleId>& styles, const Page& page,
                                     std::vector<std::vector<int>>& fixed) {
  std::vector<std::string> lost;
  for (const StyleFix& fix : job.fixes) {
    const auto label = std::find(styles.begin(), styles.end(), fix.style);
    const bool drawn = fix.drawing >= 0 && fix.drawing < static_cast<int>(maps.size());
    const int region = drawn ? region_meant(fix, maps[fix.drawing], page) : -1;
    if (region < 0 || label == styles.end()) {
      lost.push_back(fix.id);
      continue;
    }
    fixed[fix.drawing][region] = static_cast<int>(label - styles.begin());
  }
  return lost;
}

/// Reasons worst first: the larger the open region the worse.
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

Result<void> check_job(const PaintJob& job) {
  if (job.drawings.empty()) return {};
  const Raster& first = job.drawings.front().source;
  for (const PaintDrawing& d : job.drawings) {
    const bool same = d.source.width == first.width && d.source.height == first.height &&
                      d.lines.width() == first.width && d.lines.height() == first.height;
    if (!same) {
      return fail(ErrorCode::bad_input, "the drawings of a cel differ in size",
                  "scan or export them all at one size", {.drawing = d.name});
    }
    if (d.painted && (d.painted->width != first.width || d.painted->height != first.height)) {
      return fail(ErrorCode::bad_input, "the painted picture has another size than its line drawing",
                  "paint on the line drawing itself", {.drawing = d.name});
    }
  }
  return {};
}

/// A small region is easily mistaken: a speck loses this share of its confidence, half of it at so many
/// pixels.
constexpr double kSmallLoss = 0.35, kSmallArea = 30;

/// What one drawing says alone is worth less than what several agree on: the power to which confidence is
/// raised where one, two or more are heard. Fitted to the tune sequences of the benchmark so that one margin
/// serves all (docs/paint.md). What a made drawing inherits along its lines stays as it is.
constexpr std::array kHeardPower = {5.0, 1.2, 0.6};

double heard_power(const PaintJob& job, const LabelProblem& problem, int drawing) {
  if (!job.drawings[drawing].made_from.empty()) return 1;
  const auto heard = std::count_if(problem.links.begin(), problem.links.end(), [&](const DrawingLink& link) {
    return link.to == drawing && link.trust > 0;
  });
  return kHeardPower[std::clamp<std::size_t>(heard, 1, kHeardPower.size()) - 1];
}

/// The region as it will be painted: its best style, and how sure that is.
PaintedRegion decide(const LabelProblem& problem, const LabelBelief& belief, const References& references,
                     const Region& region, int drawing, int index, double power, Ignorance ignorance,
                     double margin) {
  PaintedRegion painted;
  painted.area = region.area;
  painted.x = region.inside_x + 0.5;
  painted.y = region.inside_y + 0.5;
  const std::vector<float>& b = belief[drawing][index];
  const auto best = std::max_element(b.begin(), b.end());
  if (best != b.end() && *best > 0) {
    const int label = static_cast<int>(best - b.begin());
    painted.style = references.styles[label];
    const double size = 1 - kSmallLoss / (1 + region.area / kSmallArea);
    painted.confidence =
        problem.fixed[drawing][index] >= 0
            ? 1
            : std::pow(size * agreement(problem, belief, drawing, index, label, ignorance), power);
  }
  painted.asked = painted.style == kUnknownStyle || painted.confidence < margin;
  return painted;
}

/// Colours of the pixels: regions by style, main lines as they were, walls as the region beside them.
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

/// Paints drawings that are known to fit together, on a part of their page.
Result<PaintResult> paint_part(const PaintJob& job, const Page& page, const PaintOptions& options) {
  const std::size_t count = job.drawings.size();
  CelGaps gaps = find_gaps(job, options.threads);
  PreparedCel cel =
      prepare_cel(job, std::hypot(page.width, page.height), options.match_lines, options.threads);
  const auto part_regions = [&](const std::vector<bool>& which) {
    parallel_for(options.threads, count, [&](std::size_t d) {
      if (which[d]) cel.maps[d] = regions_with(job.drawings[d].lines, gaps.closures[d], gaps.wall[d]);
    });
  };
  std::vector<bool> walled;
  for (const auto& wall : gaps.wall)
    walled.push_back(std::find(wall.begin(), wall.end(), true) != wall.end());
  part_regions(walled);

  PaintResult result;
  LabelProblem problem;
  std::optional<References> references;
  // The labels that are given, on the regions as they are now.
  const auto set_up = [&]() -> Result<void> {
    auto read = read_references(job, cel.maps);
    if (!read) return Failure(read.error());
    references = std::move(*read);
    problem.styles = static_cast<int>(references->styles.size());
    problem.fixed = references->label;
    result.lost_fixes = apply_fixes(job, cel.maps, references->styles, page, problem.fixed);
    problem.regions.clear();
    problem.touching.clear();
    for (const RegionMap& map : cel.maps) {
      problem.regions.push_back(static_cast<int>(map.regions.size()));
      problem.touching.emplace_back();
      for (const Region& region : map.regions) problem.touching.back().push_back(region.neighbours);
    }
    return {};
  };
  if (auto ok = set_up(); !ok) return Failure(ok.error());
  const std::vector<DrawingPair> pairs = pairs_to_compare(job);
  link_drawings(cel, pairs, {}, options.threads, problem.links);
  LabelBelief belief = solve_labels(problem, options.threads);

  // What ran out through a gap shows once everything has a style.
  const std::vector<bool> changed = close_leaks(cel, problem.links, belief, gaps);
  if (std::find(changed.begin(), changed.end(), true) != changed.end()) {
    part_regions(changed);
    if (auto ok = set_up(); !ok) return Failure(ok.error());
    link_drawings(cel, pairs, changed, options.threads, problem.links);
    belief = solve_labels(problem, options.threads);
  }
  result.model = std::move(references->model);
  for (const auto& ids : {gaps.lost_fixes, walls_that_part_nothing(gaps, cel.maps)})
    result.lost_fixes.insert(result.lost_fixes.end(), ids.begin(), ids.end());

  result.drawings.resize(count);
  std::vector<std::vector<std::string>> lost(count);
  parallel_for(options.threads, count, [&](std::size_t d) {
    PaintedDrawing& out = result.drawings[d];
    out.region = cel.maps[d].label;
    const double power = heard_power(job, problem, static_cast<int>(d));
    const Ignorance ignorance = job.drawings[d].made_from.empty() ? Ignorance::doubtful : Ignorance::silent;
    for (std::size_t r = 0; r < cel.maps[d].regions.size(); ++r) {
      out.regions.push_back(decide(problem, belief, *references, cel.maps[d].regions[r], static_cast<int>(d),
                                   static_cast<int>(r), power, ignorance, options.margin));
    }
    for (std::size_t k = 0; k < gaps.closures[d].size(); ++k) {
      const Closure& closure = gaps.closures[d][k];
      const auto [left, right] = sides_of(closure, cel.maps[d]);
      const bool parts = left >= 0 && right >= 0 && out.regions[left].style != out.regions[right].style;
      out.closures.push_back({closure.kind, closure.from, closure.to, gaps.wall[d][k] && parts});
    }
    fill(job.drawings[d], result.model, job.variant, out);
  });
  TraceRules rules{result.model, job.variant, job.ink_roles, {}};
  for (std::size_t d = 0; d < count; ++d)
    if (job.drawings[d].painted)
      learn_traces(job.drawings[d].lines, cel.maps[d], result.drawings[d].regions, *job.drawings[d].painted,
                   result.model, job.variant, rules.habits);
  parallel_for(options.threads, count, [&](std::size_t d) {
    PaintedDrawing& out = result.drawings[d];
    std::vector<const TraceFix*> fixes;
    for (const TraceFix& fix : job.trace_fixes) {
      if (fix.drawing == static_cast<int>(d)) fixes.push_back(&fix);
    }
    paint_trace_lines(job.drawings[d], cel.maps[d], rules, fixes, out, lost[d]);
    out.judgement = judge(out);
  });
  for (const auto& ids : lost) result.lost_fixes.insert(result.lost_fixes.end(), ids.begin(), ids.end());
  return result;
}

}  // namespace

Result<PaintResult> paint(const PaintJob& job, const PaintOptions& options) {
  if (auto ok = check_job(job); !ok) return Failure(ok.error());
  if (job.drawings.empty()) return paint_part(job, {}, options);
  const int width = job.drawings.front().source.width, height = job.drawings.front().source.height;
  const PagePart crop = ink_bounds(job);
  const Page page{crop, width, height};
  if (crop.width == width && crop.height == height) return paint_part(job, page, options);
  auto result = paint_part(cropped(job, crop), page, options);
  if (result) put_back(crop, width, height, *result);
  return result;
}

}  // namespace nakawari
