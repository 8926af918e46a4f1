#include "bench/paint_times.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <ctime>
#include <functional>

#include "bench/paint_frame.h"
#include "bench/summary.h"
#ifdef NAKAWARI_BENCH_PAINT
#include "match/match.h"
#include "paint/painter.h"
#include "trace/trace.h"
#endif

namespace nakawari::bench {
namespace {

constexpr int kWidth = 1920, kHeight = 1080;
constexpr int kSamples = 5;
[[maybe_unused]] constexpr int kLargeRegion = 500;

[[maybe_unused]] double seconds_of(const std::function<void()>& work) {
  const std::clock_t before = std::clock();
  work();
  return static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
}

[[maybe_unused]] double waited(const std::function<void()>& work) {
  const auto before = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
}

[[maybe_unused]] Raster on_page(const Raster& picture, Rgba8 paper) {
  Raster page(kWidth, kHeight, paper);
  const int left = (kWidth - picture.width) / 2, top = (kHeight - picture.height) / 2;
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x)
      if (page.contains(left + x, top + y)) page(left + x, top + y) = picture(x, y);
  return page;
}

}  // namespace

#ifdef NAKAWARI_BENCH_PAINT

Result<std::string> paint_times_text(const Sequence& sequence, int most, Threads threads) {
  PaintJob job;
  const int count = std::min(most, sequence.count());
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
  std::vector<double> regions, dense, matched, fixes, fixes_waited;
  for (int k = 0; k < kSamples && k + 1 < count; ++k) {
    const LineImage &a = job.drawings[k].lines, &b = job.drawings[k + 1].lines;
    regions.push_back(seconds_of([&] { find_regions(a); }));
    dense.push_back(seconds_of([&] {
      const FlowImage from = prepare_flow(a), to = prepare_flow(b);
      dense_motion(from, to);
      dense_motion(to, from);
    }));
    matched.push_back(seconds_of([&] {
      const auto first = trace(a), second = trace(b);
      if (first && second) match(*first, *second, {}, {.threads = {1}});
    }));
  }
  auto painter = nakawari::Painter::of(std::move(job), {.threads = threads, .match_lines = false});
  if (!painter) return Failure(painter.error());
  Result<void> solved;
  double joint_waited = 0;
  const double joint = seconds_of([&] { joint_waited = waited([&] { solved = painter->solve({}); }); });
  if (!solved) return Failure(solved.error());
  int pictures = 0;
  PaintFixes said;
  for (int k = 0; k < kSamples; ++k) {
    const int index = (k + 1) * count / (kSamples + 1);
    // What is least sure gets the style that it has, then the next one another.
    const PaintedDrawing now = painter->drawing(static_cast<std::size_t>(index));
    const auto least =
        std::min_element(now.regions.begin(), now.regions.end(),
                         [](const auto& a, const auto& b) { return a.confidence < b.confidence; });
    if (least == now.regions.end()) continue;
    said.styles.push_back({"fix" + std::to_string(k),
                           index,
                           {least->x, least->y},
                           least->style == kBackgroundStyle ? 1 : kBackgroundStyle,
                           0});
    const auto answer = [&] {
      solved = painter->solve(said);
      for (std::size_t d = 0; solved && d < painter->changed().size(); ++d)
        if (painter->changed()[d]) {
          pictures += painter->drawing(d).painted.width > 0;
        }
    };
    fixes.push_back(seconds_of([&] { fixes_waited.push_back(waited(answer)); }));
    if (!solved) return Failure(solved.error());
  }
  // A wall across a large region of a drawing in the middle, at one place after the other.
  std::vector<double> walls;
  const auto middle = static_cast<std::size_t>(count / 2);
  const std::vector<PaintedRegion> regions_there = painter->drawing(middle).regions;
  for (const PaintedRegion& region : regions_there) {
    if (region.area < kLargeRegion || region.style == kBackgroundStyle ||
        walls.size() >= static_cast<std::size_t>(kSamples))
      continue;
    said.gaps = {{"wall", count / 2, {{region.x - 6, region.y}, {region.x + 6, region.y}}, GapChoice::close}};
    walls.push_back(waited([&] {
      solved = painter->solve(said);
      for (std::size_t d = 0; solved && d < painter->changed().size(); ++d)
        if (painter->changed()[d]) static_cast<void>(painter->drawing(d));
    }));
    if (!solved) return Failure(solved.error());
  }
  return fmt::format(
      "paint, processor seconds, {} drawings of {} on {}x{} (medians of {})\n"
      "  regions of a drawing                  {:.3f}\n"
      "  registration of a pair, dense motion  {:.3f}\n"
      "  registration of a pair, lines         {:.3f}\n"
      "  joint solution of all                 {:.3f}   {:.3f} s on the clock\n"
      "  a fix solved, with its pictures       {:.3f}   {:.3f} s on the clock, most {:.3f}, {:.1f} pictures\n"
      "  a wall drawn, with its pictures               {:.3f} s on the clock\n",
      count, sequence.name, kWidth, kHeight, kSamples, median(regions), median(dense), median(matched), joint,
      joint_waited, median(fixes), median(fixes_waited),
      *std::max_element(fixes_waited.begin(), fixes_waited.end()),
      static_cast<double>(pictures) / static_cast<double>(std::max<std::size_t>(fixes.size(), 1)),
      walls.empty() ? 0 : median(walls));
}

#else

Result<std::string> paint_times_text(const Sequence&, int, Threads) {
  return fail(ErrorCode::missing_tool, "built without the painter");
}

#endif

}  // namespace nakawari::bench
