#include "bench/gap_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "bench/paint_metrics.h"
#include "bench/raw_picture.h"
#include "image/components.h"
#ifdef NAKAWARI_BENCH_PAINT
#include "image/line_image.h"
#include "paint/paint.h"
#endif

namespace nakawari::bench {
namespace {

constexpr int kSizes[] = {0, 1, 2, 3, 4, 6, 8, 10, 12};
constexpr int kPlaces = 6;

/// The picture as lines and as paint: colours of `flat` outside the lines.
Result<std::pair<Raster, Raster>> read_pair(const Sequence& sequence, int number) {
  auto lines = read_lines(sequence, number, LineSource::bin);
  if (!lines) return Failure(lines.error());
  const auto labels = read_samples(sequence.path("flat", number));
  if (!labels) return Failure(labels.error());
  if (labels->data.size() != lines->data.size())
    return fail(ErrorCode::bad_input, "labels and lines differ in size", {},
                {.file = sequence.path("flat", number)});
  Raster painted(lines->width, lines->height);
  for (std::size_t i = 0; i < painted.data.size(); ++i) {
    const Label* label = labels->data[i] == 0 ? nullptr : sequence.find(labels->data[i]);
    painted.data[i] = dark(lines->data[i]) ? Rgba8{0, 0, 0, 255} : label != nullptr ? label->colour : kClear;
  }
  return std::pair{std::move(*lines), std::move(painted)};
}

}  // namespace

bool dark(Rgba8 c) {
  return c.a > 127 && c.r < 128 && c.g < 128 && c.b < 128;
}

int plant_gaps(Raster& lines, const Raster& painted, int size, int places, GapPlace place) {
  // Regions smaller than this are not worth a gap; gaps stand so far apart; a line is at most this thick.
  constexpr int kLarge = 300, kApart = 60, kThick = 4, kSide = 5;
  constexpr double kHalfWidth = 0.5;
  Mask ink(lines.width, lines.height);
  for (std::size_t i = 0; i < ink.data.size(); ++i) ink.data[i] = dark(lines.data[i]);
  const Mask thin = thinned(ink);
  const Components regions = regions_outside(ink);
  std::vector<std::pair<int, int>> chosen;
  for (int y = kApart; y + kApart < lines.height; ++y) {
    for (int x = kApart; x + kApart < lines.width && static_cast<int>(chosen.size()) < places; ++x) {
      if (thin(x, y) == 0) continue;
      const bool far = std::all_of(chosen.begin(), chosen.end(), [&](const auto& c) {
        return std::hypot(c.first - x, c.second - y) >= kApart;
      });
      if (!far) continue;
      // The line is straight here when its pixels nearby lie along one direction.
      double xx = 0, xy = 0, yy = 0, n = 0;
      for (int dy = -8; dy <= 8; ++dy)
        for (int dx = -8; dx <= 8; ++dx)
          if (thin(x + dx, y + dy) != 0) {
            xx += dx * dx;
            xy += dx * dy;
            yy += dy * dy;
            ++n;
          }
      const double angle = 0.5 * std::atan2(2 * xy, xx - yy);
      const double tx = std::cos(angle), ty = std::sin(angle);
      const double across = (xx * ty * ty - 2 * xy * tx * ty + yy * tx * tx) / n;
      const bool straight = n >= 12 && n <= 26 && across <= 1;
      if (n < 12 || straight != (place == GapPlace::straight)) continue;
      const auto side = [&](int s) {
        return std::pair{static_cast<int>(std::lround(x - ty * s)),
                         static_cast<int>(std::lround(y + tx * s))};
      };
      const auto [ax, ay] = side(kSide);
      const auto [bx, by] = side(-kSide);
      const int a = regions.label(ax, ay), b = regions.label(bx, by);
      if (a == 0 || b == 0 || a == b || painted(ax, ay) == painted(bx, by)) continue;
      if (std::min(regions.components[static_cast<std::size_t>(a - 1)].area,
                   regions.components[static_cast<std::size_t>(b - 1)].area) < kLarge)
        continue;
      chosen.push_back({x, y});
      for (int dy = -16; dy <= 16; ++dy)
        for (int dx = -16; dx <= 16; ++dx) {
          const double along = dx * tx + dy * ty, off = -dx * ty + dy * tx;
          const bool inside = straight ? along >= -size / 2.0 && along < size / 2.0 && std::abs(off) <= kThick
                                       : std::hypot(dx, dy) < size / 2.0 + kHalfWidth;
          if (size > 0 && inside) lines(x + dx, y + dy) = kPaper;
        }
    }
  }
  return static_cast<int>(chosen.size());
}

#ifdef NAKAWARI_BENCH_PAINT

Result<std::vector<GapOutcome>> run_gap_table(const Sequence& sequence, int stride, Threads threads) {
  // A pair every eight drawings is many gaps already.
  constexpr int kEvery = 8;
  std::vector<GapOutcome> outcomes;
  if (!sequence.has_flat || sequence.labels.empty()) return outcomes;
  for (const GapPlace place : {GapPlace::straight, GapPlace::bent})
    for (const int size : kSizes)
      if (size > 0 || place == GapPlace::straight) outcomes.push_back({place, size});
  for (int first = 0; first + 1 < sequence.count(); first += kEvery * stride) {
    const auto key = read_pair(sequence, first), target = read_pair(sequence, first + 1);
    if (!key) return Failure(key.error());
    if (!target) return Failure(target.error());
    std::vector<std::optional<Error>> errors(outcomes.size());
    parallel_for(threads, outcomes.size(), [&](std::size_t k) {
      GapOutcome& outcome = outcomes[k];
      PaintJob job;
      job.drawings.resize(2);
      job.drawings[0].source = key->first;
      job.drawings[0].painted = key->second;
      job.drawings[1].source = target->first;
      job.drawings[1].time = 1;
      outcome.gaps +=
          plant_gaps(job.drawings[1].source, target->second, outcome.size, kPlaces, outcome.place);
      for (PaintDrawing& drawing : job.drawings) drawing.lines = classify_lines(drawing.source);
      const auto result = paint(job, {.threads = {1}});
      if (!result) {
        errors[k] = result.error();
        return;
      }
      // Our regions against the truth of the clean drawing; its lines are nobody's.
      const PaintedDrawing& made = result->drawings[1];
      Components ours;
      ours.label = made.region;
      for (std::size_t i = 0; i < ours.label.data.size(); ++i)
        if (dark(target->first.data[i])) ours.label.data[i] = 0;
      ours.components.resize(made.regions.size());
      const std::vector<Rgba8> most = majority_colours(ours, target->second);
      for (std::size_t i = 0; i < ours.label.data.size(); ++i) {
        const std::int32_t label = ours.label.data[i];
        if (label == 0) continue;
        const Rgba8 truth = target->second.data[i], main = most[static_cast<std::size_t>(label - 1)];
        ++outcome.pixels;
        outcome.impure += truth.a == 0 ? main.a != 0 : truth != main;
      }
      ++outcome.drawings;
    });
    for (const auto& error : errors)
      if (error) return Failure(*error);
  }
  return outcomes;
}

#else

Result<std::vector<GapOutcome>> run_gap_table(const Sequence&, int, Threads) {
  return fail(ErrorCode::missing_tool, "built without the painter");
}

#endif

std::string gap_text(const std::vector<GapOutcome>& outcomes) {
  std::map<std::pair<GapPlace, int>, GapOutcome> sums;
  for (const GapOutcome& o : outcomes) {
    GapOutcome& sum = sums[{o.place, o.size}];
    sum.drawings += o.drawings;
    sum.gaps += o.gaps;
    sum.impure += o.impure;
    sum.pixels += o.pixels;
  }
  std::string text =
      "gaps planted in clean lines, the previous drawing painted\n  where     gap px  drawings   gaps  "
      "impure %\n";
  for (const auto& [key, sum] : sums)
    text += fmt::format("  {:<8}{:>8}{:>10.0f}{:>7.0f}{:>10.3f}\n",
                        key.second == 0                   ? "clean"
                        : key.first == GapPlace::straight ? "straight"
                                                          : "bent",
                        key.second, sum.drawings, key.second > 0 ? sum.gaps : 0,
                        sum.pixels > 0 ? 100 * sum.impure / sum.pixels : 0);
  return text;
}

}  // namespace nakawari::bench
