#include "paint/painter.h"

#include <algorithm>
#include <cmath>

#include "match/regions.h"
#include "paint/decide.h"
#include "paint/gaps.h"
#include "paint/links.h"
#include "paint/surroundings.h"
#include "paint/trace_lines.h"

namespace nakawari {
namespace {

using Maps = std::vector<std::shared_ptr<const RegionMap>>;

/// Whether a picture shows the page, or the part of it that the drawing keeps.
bool fits(const Raster& picture, const PaintDrawing& drawing, int width, int height) {
  const PagePart& part = drawing.part;
  if (part.width == 0) return picture.width == width && picture.height == height;
  return picture.width == part.width && picture.height == part.height && part.x + part.width <= width &&
         part.y + part.height <= height;
}

Result<void> check_job(const PaintJob& job) {
  const PaintPage page = page_of(job);
  for (const PaintDrawing& d : job.drawings) {
    const bool empty = d.part.width == 0 && d.source.width == 0 && job.width > 0;  // cut to no ink at all
    if (empty) continue;
    const bool same = fits(d.source, d, page.width, page.height) && d.lines.width() == d.source.width &&
                      d.lines.height() == d.source.height;
    if (!same) {
      return fail(ErrorCode::bad_input, "the drawings of a cel differ in size",
                  "scan or export them all at one size", {.drawing = d.name});
    }
    if (d.painted && !fits(*d.painted, d, page.width, page.height)) {
      return fail(ErrorCode::bad_input, "the painted picture has another size than its line drawing",
                  "paint on the line drawing itself", {.drawing = d.name});
    }
  }
  return {};
}

/// The pixels of the walls of a drawing; two drawings with equal ones have equal regions.
std::vector<std::int32_t> wall_pixels(const std::vector<Closure>& closures, const std::vector<bool>& wall) {
  std::vector<std::int32_t> pixels;
  for (std::size_t k = 0; k < closures.size(); ++k)
    if (wall[k]) pixels.insert(pixels.end(), closures[k].wall.begin(), closures[k].wall.end());
  std::sort(pixels.begin(), pixels.end());
  return pixels;
}

/// Per drawing the pixels of its walls.
using Walls = std::vector<std::vector<std::int32_t>>;

/// The drawings compared with certain walls.
struct Compared {
  Walls walls;
  Maps maps;
  std::vector<DrawingLink> links;
};

/// What the links of a solution said, and with which walls.
struct Heard {
  Walls walls;
  LabelBelief belief;
};

/// Beliefs to begin with: those of an earlier solution where the walls are the same, else of `other`.
LabelBelief begun(const Heard& earlier, const Walls& walls, const Heard& other = {}) {
  LabelBelief start(walls.size());
  for (std::size_t d = 0; d < walls.size(); ++d)
    for (const Heard* heard : {&earlier, &other})
      if (start[d].empty() && !heard->walls.empty() && heard->walls[d] == walls[d])
        start[d] = heard->belief[d];
  return start;
}

bool says_nothing(const PaintFixes& fixes) {
  return fixes.styles.empty() && fixes.gaps.empty() && fixes.traces.empty();
}

bool same_answer(const std::vector<PaintedRegion>& a, const std::vector<PaintedRegion>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const PaintedRegion& p, const PaintedRegion& q) {
                      return p.style == q.style && p.asked == q.asked;
                    });
}

}  // namespace

struct Painter::State {
  PaintPage page;
  PaintOptions options;
  PreparedCel cel;  ///< its maps are those of the last solution
  std::vector<DrawingPair> pairs;
  std::vector<PairMotion> motions;  ///< of the pairs
  CelGaps candidates;
  Compared first, walled;  ///< without, and with the walls that the first solution asks for
  std::vector<std::vector<RegionColour>> painted;  ///< per drawing
  Maps painted_on;                                 ///< the regions that those are of
  /// Of the solution without fixes, its first one and the one with the walls that this asked for: every other
  /// solution begins with them, so that it is soon done and depends on nothing that was solved before it.
  Heard plain, plain_walled;

  // The last solution.
  LabelProblem asked;
  LabelSolution solution;
  CelGaps gaps;
  ColourModel model;
  std::vector<std::vector<PaintedRegion>> regions;
  TraceHabits habits;
  PaintFixes fixes;
  std::vector<std::string> lost;
  std::vector<bool> changed;

  /// Regions and links with the walls of `gaps`; only what differs is made again.
  void compare(Compared& compared, const CelGaps& with) {
    const std::size_t count = cel.job.drawings.size();
    std::vector<bool> fresh(count);
    const bool all = compared.links.empty();
    compared.walls.resize(count);
    for (std::size_t d = 0; d < count; ++d) {
      auto walls = wall_pixels(with.closures[d], with.wall[d]);
      fresh[d] = walls != compared.walls[d];
      compared.walls[d] = std::move(walls);
    }
    const bool any = std::find(fresh.begin(), fresh.end(), true) != fresh.end();
    parallel_for(options.threads, count, [&](std::size_t d) {
      if (fresh[d])
        compared.maps[d] = std::make_shared<RegionMap>(
            regions_with(cel.job.drawings[d].lines, with.closures[d], with.wall[d]));
    });
    cel.maps = compared.maps;
    if (all || any)
      link_drawings(cel, pairs, motions, all ? std::vector<bool>() : fresh, options.threads, compared.links);
  }

  /// What the painted drawings and the fixes say about the regions as they are.
  Result<LabelProblem> problem_of(const Compared& compared, const PaintFixes& said, References& references) {
    const PaintJob& job = cel.job;
    parallel_for(options.threads, job.drawings.size(), [&](std::size_t d) {
      if (!job.drawings[d].painted || painted_on[d] == compared.maps[d]) return;
      painted[d] = painted_colours(*job.drawings[d].painted, *compared.maps[d]);
      painted_on[d] = compared.maps[d];
    });
    auto read = read_references(job, compared.maps, painted);
    if (!read) return Failure(read.error());
    references = std::move(*read);
    LabelProblem problem;
    problem.styles = static_cast<int>(references.styles.size());
    problem.fixed = references.label;
    problem.links = balanced(job, compared.links);
    problem.shades = shades_of(references.model, references.styles, job.ink_roles);
    lost = fix_styles(said.styles, compared.maps, references.styles, page, problem.fixed);
    for (const auto& map : compared.maps) {
      problem.regions.push_back(static_cast<int>(map->regions.size()));
      problem.touching.emplace_back();
      for (const Region& region : map->regions) problem.touching.back().push_back(region.neighbours);
    }
    return problem;
  }

  [[nodiscard]] std::vector<const TraceFix*> traces_of(const PaintFixes& said, std::size_t d) const {
    std::vector<const TraceFix*> found;
    for (const TraceFix& fix : said.traces)
      if (fix.drawing == static_cast<int>(d)) found.push_back(&fix);
    return found;
  }

  [[nodiscard]] TraceHabits learnt() const {
    TraceHabits found;
    for (std::size_t d = 0; d < regions.size(); ++d)
      if (const PaintDrawing& drawing = cel.job.drawings[d]; drawing.painted)
        learn_traces(drawing.lines, *cel.maps[d], regions[d], *drawing.painted, model, cel.job.variant,
                     found);
    return found;
  }
};

Painter::Painter(std::unique_ptr<State> state) : state_(std::move(state)) {}
Painter::Painter(Painter&& other) noexcept = default;
Painter& Painter::operator=(Painter&& other) noexcept = default;
Painter::~Painter() = default;

Result<Painter> Painter::of(PaintJob job, const PaintOptions& options) {
  if (auto ok = check_job(job); !ok) return Failure(ok.error());
  auto state = std::make_unique<State>();
  state->options = options;
  state->page = page_of(job);
  crop(state->page, job);
  const std::size_t count = job.drawings.size();
  state->candidates = find_gaps(job, options.threads);
  state->cel = prepare_cel(std::move(job), std::hypot(state->page.width, state->page.height),
                           options.match_lines, options.threads);
  state->pairs = pairs_to_compare(state->cel.job);
  state->motions = pair_motions(state->cel, state->pairs, options.threads);
  state->cel.images.clear();
  state->first.maps = state->cel.maps;
  state->painted.resize(count);
  state->painted_on.resize(count);
  state->compare(state->first, with_walls(state->candidates, state->cel.job, {}));
  return Painter(std::move(state));
}

Result<void> Painter::solve(const PaintFixes& said) {
  State& s = *state_;
  const PaintJob& job = s.cel.job;
  const std::size_t count = job.drawings.size();
  const bool very_first = s.regions.empty(), plain = says_nothing(said);
  if (!plain && s.plain.walls.empty())
    if (auto solved = solve({}); !solved) return solved;
  const Maps maps_before = s.cel.maps;
  PaintFixes fixes = cropped(said, s.page.crop);
  CelGaps gaps = with_walls(s.candidates, job, fixes.gaps);
  s.compare(s.first, gaps);
  References references;
  auto problem = s.problem_of(s.first, fixes, references);
  if (!problem) return Failure(problem.error());
  LabelSolution solution =
      solve_labels(*problem, s.options.threads, plain ? LabelBelief() : begun(s.plain, s.first.walls));
  if (plain) s.plain = {s.first.walls, solution.heard};

  // What ran out through a gap shows once everything has a style.
  const std::vector<bool> leaky = close_leaks(s.cel, problem->links, solution.belief, gaps);
  if (std::find(leaky.begin(), leaky.end(), true) != leaky.end()) {
    if (s.walled.links.empty()) s.walled = s.first;
    s.compare(s.walled, gaps);
    problem = s.problem_of(s.walled, fixes, references);
    if (!problem) return Failure(problem.error());
    const Heard open{s.first.walls, std::move(solution.heard)};
    solution = solve_labels(*problem, s.options.threads,
                            begun(plain ? Heard() : s.plain_walled, s.walled.walls, open));
    if (plain) s.plain_walled = {s.walled.walls, solution.heard};
  }

  weigh_by_surroundings(s.cel.maps, *problem, painted_drawings(job), s.options.threads, solution.belief);
  s.model = std::move(references.model);
  for (const auto& ids : {gaps.lost_fixes, walls_that_part_nothing(gaps, s.cel.maps)})
    s.lost.insert(s.lost.end(), ids.begin(), ids.end());
  std::vector<std::vector<PaintedRegion>> regions(count);
  parallel_for(s.options.threads, count, [&](std::size_t d) {
    regions[d] = decide(job, *problem, solution, references.styles, *s.cel.maps[d], static_cast<int>(d),
                        s.options.margin);
  });
  std::swap(s.regions, regions);
  const TraceHabits habits = s.learnt();
  s.changed.assign(count, false);
  for (std::size_t d = 0; d < count; ++d) {
    const auto traces = s.traces_of(fixes, d), before = s.traces_of(s.fixes, d);
    for (const std::string& id : lost_trace_fixes(job.drawings[d], traces)) s.lost.push_back(id);
    const bool same_traces = std::equal(traces.begin(), traces.end(), before.begin(), before.end(),
                                        [](const TraceFix* a, const TraceFix* b) { return *a == *b; });
    s.changed[d] = very_first || maps_before[d] != s.cel.maps[d] || habits != s.habits || !same_traces ||
                   !same_answer(regions[d], s.regions[d]);
  }
  s.asked = std::move(*problem);
  s.solution = std::move(solution);
  s.habits = habits;
  s.gaps = std::move(gaps);
  s.fixes = std::move(fixes);
  return {};
}

const std::vector<bool>& Painter::changed() const {
  return state_->changed;
}

const std::vector<std::string>& Painter::lost_fixes() const {
  return state_->lost;
}

const ColourModel& Painter::model() const {
  return state_->model;
}

PaintedDrawing Painter::drawing(std::size_t index) const {
  const State& s = *state_;
  const PaintJob& job = s.cel.job;
  const RegionMap& map = *s.cel.maps[index];
  PaintedDrawing out;
  out.region = map.label;
  out.regions = s.regions[index];
  for (std::size_t k = 0; k < s.gaps.closures[index].size(); ++k) {
    const Closure& closure = s.gaps.closures[index][k];
    const auto [left, right] = sides_of(closure, map);
    const bool parts = left >= 0 && right >= 0 && out.regions[left].style != out.regions[right].style;
    out.closures.push_back({closure.kind, closure.from, closure.to, s.gaps.wall[index][k] && parts});
  }
  fill(job.drawings[index], s.model, job.variant, out);
  const TraceRules rules{s.model, job.variant, job.ink_roles, s.habits};
  paint_trace_lines(job.drawings[index], map, rules, s.traces_of(s.fixes, index), out);
  out.judgement = judge(out);
  put_back(s.page, out);
  return out;
}

std::vector<StyleEvidence> Painter::evidence(std::size_t index) const {
  const State& s = *state_;
  const std::vector<bool> painted = painted_drawings(s.cel.job);
  const int d = static_cast<int>(index);
  std::vector<StyleEvidence> all;
  for (int r = 0; r < s.asked.regions[d]; ++r) {
    const int label = best_label(s.solution.belief[d][r]), area = s.cel.maps[d]->regions[r].area;
    all.push_back(label < 0 ? StyleEvidence()
                            : evidence_for(s.asked, s.solution.heard, painted, d, r, label, area));
  }
  return all;
}

std::vector<PaintRegistration> Painter::matched() const {
  const PreparedCel& cel = state_->cel;
  return {cel.registrations.begin() + static_cast<std::ptrdiff_t>(cel.given), cel.registrations.end()};
}

LineImage Painter::lines(std::size_t index) const {
  return on_page(state_->cel.job.drawings[index].lines, state_->page);
}

}  // namespace nakawari
