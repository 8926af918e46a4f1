#include "paint/paint.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "match/affinity.h"
#include "match/flow.h"
#include "match/regions.h"
#include "paint/references.h"
#include "paint/solve.h"
#include "paint/trace_lines.h"

namespace nakawari {
namespace {

/// Pairs of drawings between which evidence flows, in both directions.
struct Pair {
  int a = 0, b = 0;
  double trust = 1;
};

/// Neighbours in time, and every painted drawing directly with every unpainted one: the direct pairs keep a
/// slip between two neighbours from spoiling all that lies behind it. Trust falls with the steps between.
std::vector<Pair> pairs_to_compare(const PaintJob& job, const std::vector<int>& order) {
  std::vector<Pair> pairs;
  const int n = static_cast<int>(order.size());
  for (int i = 0; i < n; ++i) {
    for (int k = i + 1; k < n; ++k) {
      const bool first = job.drawings[order[i]].painted.has_value();
      const bool second = job.drawings[order[k]].painted.has_value();
      if (k == i + 1 || first != second) pairs.push_back({order[i], order[k], 1.0 / (k - i)});
    }
  }
  return pairs;
}

/// Puts the fixes into the problem; the ids of those that fit no region any more are returned.
std::vector<std::string> apply_fixes(const PaintJob& job, const std::vector<RegionMap>& maps,
                                     const std::vector<StyleId>& styles,
                                     std::vector<std::vector<int>>& fixed) {
  std::vector<std::string> lost;
  for (const StyleFix& fix : job.fixes) {
    const auto label = std::find(styles.begin(), styles.end(), fix.style);
    const bool drawn = fix.drawing >= 0 && fix.drawing < static_cast<int>(maps.size());
    const int x = static_cast<int>(std::floor(fix.at.x)), y = static_cast<int>(std::floor(fix.at.y));
    const bool placed = drawn && maps[fix.drawing].label.contains(x, y) && maps[fix.drawing].label(x, y) > 0;
    if (!placed || label == styles.end()) {
      lost.push_back(fix.id);
      continue;
    }
    fixed[fix.drawing][maps[fix.drawing].label(x, y) - 1] = static_cast<int>(label - styles.begin());
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

}  // namespace

Result<PaintResult> paint(const PaintJob& job, const PaintOptions& options) {
  if (auto ok = check_job(job); !ok) return Failure(ok.error());
  const std::size_t count = job.drawings.size();

  std::vector<RegionMap> maps(count);
  std::vector<FlowImage> images(count);
  parallel_for(options.threads, count, [&](std::size_t i) {
    maps[i] = find_regions(job.drawings[i].lines);
    images[i] = prepare_flow(job.drawings[i].lines);
  });

  PaintResult result;
  auto references = read_references(job, maps);
  if (!references) return Failure(references.error());
  result.model = std::move(references->model);

  std::vector<int> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<int>(i);
  std::stable_sort(order.begin(), order.end(),
                   [&](int a, int b) { return job.drawings[a].time < job.drawings[b].time; });

  LabelProblem problem;
  problem.styles = static_cast<int>(references->styles.size());
  problem.fixed = references->label;
  result.lost_fixes = apply_fixes(job, maps, references->styles, problem.fixed);
  for (const RegionMap& map : maps) problem.regions.push_back(static_cast<int>(map.regions.size()));
  const double page = count == 0 ? 0 : std::hypot(maps[0].label.width, maps[0].label.height);
  const std::vector<Pair> pairs = pairs_to_compare(job, order);
  problem.links.resize(2 * pairs.size());
  parallel_for(options.threads, pairs.size(), [&](std::size_t k) {
    const auto [a, b, trust] = pairs[k];
    const Motion ab = dense_motion(images[a], images[b]);
    const Motion ba = dense_motion(images[b], images[a]);
    const Landing out = land(maps[a], maps[b], ab), in = land(maps[b], maps[a], ba);
    problem.links[2 * k] = {a, b, trust, link_regions(maps[a].regions, maps[b].regions, out, in, page)};
    problem.links[2 * k + 1] = {b, a, trust, link_regions(maps[b].regions, maps[a].regions, in, out, page)};
  });
  const LabelBelief belief = solve_labels(problem, options.threads);

  result.drawings.resize(count);
  parallel_for(options.threads, count, [&](std::size_t d) {
    PaintedDrawing& out = result.drawings[d];
    out.region = maps[d].label;
    for (std::size_t r = 0; r < maps[d].regions.size(); ++r) {
      const Region& region = maps[d].regions[r];
      PaintedRegion painted;
      painted.area = region.area;
      painted.x = region.inside_x + 0.5;
      painted.y = region.inside_y + 0.5;
      const std::vector<float>& b = belief[d][r];
      const auto best = std::max_element(b.begin(), b.end());
      float second = 0;
      for (auto it = b.begin(); it != b.end(); ++it) {
        if (it != best) second = std::max(second, *it);
      }
      if (best != b.end() && *best > 0) painted.style = references->styles[best - b.begin()];
      painted.confidence = best == b.end() ? 0 : *best - second;
      painted.asked = painted.style == kUnknownStyle || painted.confidence < options.margin;
      out.regions.push_back(painted);
    }
    out.painted = Raster(out.region.width, out.region.height, kClear);
    for (std::size_t i = 0; i < out.region.data.size(); ++i) {
      const std::int32_t l = out.region.data[i];
      if (l == 0) {
        out.painted.data[i] = job.drawings[d].source.data[i];
        continue;
      }
      const PaintedRegion& region = out.regions[l - 1];
      out.painted.data[i] = region.asked ? kCheckColour : result.model.colour(region.style, job.variant);
    }
    paint_trace_lines(job.drawings[d].lines, maps[d], result.model, job.variant, out);
    out.judgement = judge(out);
  });
  return result;
}

}  // namespace nakawari
