#include "bench/paint_times.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <functional>

#include "bench/paint_frame.h"
#include "bench/summary.h"
#ifdef NAKAWARI_BENCH_PAINT
#include "paint/crop.h"
#include "paint/line_matches.h"
#include "paint/painter.h"
#endif

namespace nakawari::bench {

#ifdef NAKAWARI_BENCH_PAINT

namespace {

constexpr int kWidth = 1920, kHeight = 1080;
/// Drawings of the short cel whose regions and lines are timed; fixes and walls of the long one.
constexpr int kShortCel = 6, kSamples = 5;
constexpr int kLargeRegion = 500;

/// Seconds of work, of all threads together and on the clock.
struct Cost {
  double processor = 0, clock = 0;
};

/// What one of `parts` equal parts of the work costs.
Cost cost_of(std::size_t parts, const std::function<void()>& work) {
  const std::clock_t before = std::clock();
  const auto began = std::chrono::steady_clock::now();
  work();
  const double clock = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  const double each = 1.0 / static_cast<double>(std::max<std::size_t>(parts, 1));
  return {static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC * each, clock * each};
}

std::string row(const std::string& name, const std::vector<Cost>& costs, const std::string& note = {}) {
  if (costs.empty()) return fmt::format("  {:<46}   none\n", name);
  std::vector<double> processor, clock;
  for (const Cost& cost : costs) {
    processor.push_back(cost.processor);
    clock.push_back(cost.clock);
  }
  const std::string most =
      costs.size() > 1 ? fmt::format("  most {:.3f}", *std::max_element(clock.begin(), clock.end())) : "";
  return fmt::format("  {:<46} {:>9.3f} {:>9.3f}{}{}\n", name, median(processor), median(clock), most, note);
}

Raster on_page(const Raster& picture, Rgba8 paper) {
  Raster page(kWidth, kHeight, paper);
  const int left = (kWidth - picture.width) / 2, top = (kHeight - picture.height) / 2;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (page.contains(left + x, top + y)) page(left + x, top + y) = picture(x, y);
  return page;
}

/// The first `count` drawings, of which the first and the last are painted.
Result<PaintJob> read_job(const Sequence& sequence, int count) {
  PaintJob job;
  for (int i = 0; i < count; ++i) {
    const auto frame = read_paint_frame(sequence, i, LineSource::bin, RegionSource::lines, Tones::flat);
    if (!frame) return Failure(frame.error());
    PaintDrawing drawing;
    drawing.name = std::to_string(i);
    drawing.time = i;
    drawing.source = on_page(frame->lines, kPaper);
    drawing.lines = classify_lines(drawing.source);
    if (i == 0 || i + 1 == count) drawing.painted = on_page(frame->painted, kClear);
    job.drawings.push_back(std::move(drawing));
  }
  return job;
}

/// Regions and registration of a short cel: whole pages, but lines as the painter traces and matches them.
std::string compared(PaintJob job, Threads threads) {
  const std::size_t count = job.drawings.size(), pairs = count - 1;
  const Cost regions = cost_of(count, [&] {
    parallel_for(threads, count, [&](std::size_t d) { find_regions(job.drawings[d].lines); });
  });
  const Cost dense = cost_of(pairs, [&] {
    parallel_for(threads, pairs, [&](std::size_t d) {
      const FlowImage from = prepare_flow(job.drawings[d].lines),
                      to = prepare_flow(job.drawings[d + 1].lines);
      dense_motion(from, to);
      dense_motion(to, from);
    });
  });
  const PaintPage page = page_of(job);
  crop(page, job);
  PreparedCel cel = prepare_cel(std::move(job), std::hypot(page.width, page.height), false, threads);
  const std::size_t wanted = pairs_to_match(cel).size();
  const Cost lines = cost_of(wanted, [&] { match_hand_drawn(cel, threads); });
  return row("regions of a drawing", {regions}) + row("registration of a pair, dense motion", {dense}) +
         row("registration of a pair, lines", {lines},
             fmt::format("  ({} drawings traced, {} pairs matched)", count, wanted));
}

/// Solves, and paints what changed.
class Solver {
 public:
  explicit Solver(nakawari::Painter& painter) : painter_(painter) {}
  Result<void> operator()(const PaintFixes& said, std::vector<Cost>& costs) {
    Result<void> solved;
    costs.push_back(cost_of(1, [&] {
      solved = painter_.solve(said);
      for (std::size_t d = 0; solved && d < painter_.changed().size(); ++d)
        if (painter_.changed()[d]) pictures_ += painter_.drawing(d).painted.width > 0;
    }));
    return solved;
  }
  [[nodiscard]] int pictures() const { return pictures_; }

 private:
  nakawari::Painter& painter_;
  int pictures_ = 0;
};

/// The least sure region of one drawing after the other gets another style.
Result<std::string> fixed(nakawari::Painter& painter, int count, PaintFixes& said) {
  std::vector<Cost> costs;
  Solver solver(painter);
  for (int k = 0; k < kSamples; ++k) {
    const int index = (k + 1) * count / (kSamples + 1);
    const PaintedDrawing now = painter.drawing(static_cast<std::size_t>(index));
    const auto least =
        std::min_element(now.regions.begin(), now.regions.end(),
                         [](const auto& a, const auto& b) { return a.confidence < b.confidence; });
    if (least == now.regions.end()) continue;
    const StyleId other = least->style == kBackgroundStyle ? 1 : kBackgroundStyle;
    said.styles.push_back({"fix" + std::to_string(k), index, {least->x, least->y}, other, 0});
    if (auto solved = solver(said, costs); !solved) return Failure(solved.error());
  }
  return row(
      "a fix solved, with its pictures", costs,
      fmt::format("  {:.1f} pictures", static_cast<double>(solver.pictures()) /
                                           static_cast<double>(std::max<std::size_t>(costs.size(), 1))));
}

/// A wall across a large region of a drawing in the middle, at one place after the other.
Result<std::string> walled(nakawari::Painter& painter, int count, PaintFixes said) {
  std::vector<Cost> costs;
  Solver solver(painter);
  const std::vector<PaintedRegion> regions = painter.drawing(static_cast<std::size_t>(count / 2)).regions;
  for (const PaintedRegion& region : regions) {
    if (region.area < kLargeRegion || region.style == kBackgroundStyle || costs.size() >= kSamples) continue;
    said.gaps = {{"wall", count / 2, {{region.x - 6, region.y}, {region.x + 6, region.y}}, GapChoice::close}};
    if (auto solved = solver(said, costs); !solved) return Failure(solved.error());
  }
  return row("a wall drawn, with its pictures", costs);
}

}  // namespace

Result<std::string> paint_times_text(const Sequence& sequence, int most, Threads threads) {
  const int count = std::min(most, sequence.count());
  auto few = read_job(sequence, std::min(count, kShortCel)), all = read_job(sequence, count);
  if (!few) return Failure(few.error());
  if (!all) return Failure(all.error());
  std::string text = fmt::format("paint, seconds, {} drawings of {} on {}x{}{:>12} {:>9}\n", count,
                                 sequence.name, kWidth, kHeight, "processor", "clock") +
                     compared(std::move(*few), threads);
  Result<nakawari::Painter> painter = fail(ErrorCode::bad_input, "not made yet");
  const Cost ready = cost_of(static_cast<std::size_t>(count), [&] {
    painter = nakawari::Painter::of(std::move(*all), {.threads = threads, .match_lines = false});
  });
  if (!painter) return Failure(painter.error());
  text += row("all before the solution, a drawing, no lines", {ready});
  Result<void> solved;
  const Cost joint = cost_of(1, [&] { solved = painter->solve({}); });
  if (!solved) return Failure(solved.error());
  text += row("joint solution of all", {joint});
  PaintFixes said;
  const auto fixes = fixed(*painter, count, said);
  if (!fixes) return Failure(fixes.error());
  const auto walls = walled(*painter, count, said);
  if (!walls) return Failure(walls.error());
  return text + *fixes + *walls;
}

#else

Result<std::string> paint_times_text(const Sequence&, int, Threads) {
  return fail(ErrorCode::missing_tool, "built without the painter");
}

#endif

}  // namespace nakawari::bench
