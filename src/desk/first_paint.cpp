#include "desk/first_paint.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "cut/paint_fixes.h"
#include "desk/bucket.h"
#include "drawing/render.h"
#include "image/page_part.h"
#include "match/match.h"
#include "paint/crop.h"
#include "paint/paint.h"

namespace nakawari {
namespace {

// Their places in the job.
constexpr int kA = 0, kB = 1, kBetween = 2;

PaintDrawing key(const PaintedKey& seen, int index) {
  PaintDrawing drawing;
  drawing.time = index;
  drawing.source = *seen.lines;
  drawing.lines = classify_lines(drawing.source);
  drawing.painted = *seen.paint;
  return drawing;
}

/// Everything but the fixes.
Result<PaintJob> job_of(const FirstPaint& input) {
  auto made = input.pair->inbetweener().at(input.drawing.plan.t, spacings(input.drawing));
  if (!made) return Failure(std::move(made.error()));
  PaintDrawing between;
  between.name = input.drawing.stem;
  between.time = input.drawing.plan.t;
  between.source = to_raster(render_lines(made->drawing));
  between.lines = classify_lines(between.source);
  between.made_from = {kA, kB};

  PaintJob job;
  job.drawings.push_back(key(input.a, kA));
  job.drawings.push_back(key(input.b, kB));
  job.drawings.push_back(std::move(between));
  job.registrations.push_back({kBetween, kA, std::move(made->to_a)});
  job.registrations.push_back({kBetween, kB, std::move(made->to_b)});
  const Correspondence& found = input.pair->correspondence;
  job.registrations.push_back({kA, kB, registration(found.a_to_b)});
  job.registrations.push_back({kB, kA, registration(found.b_to_a)});
  job.model = input.model;
  job.variant = input.variant;
  return job;
}

Result<Raster> painted(const PaintJob& job, Threads threads) {
  PaintOptions options;
  options.threads = threads;
  options.match_lines = false;
  auto result = paint(job, options);
  if (!result) return Failure(std::move(result.error()));
  return std::move(result->drawings[kBetween].painted);
}

/// What a fix touches: these pixels.
struct Touched {
  Grid<std::uint8_t> pixels;
  PagePart part;
};

/// A colour that no model has.
constexpr Rgba8 kTouched{1, 2, 3, 4};

std::pair<int, int> pixel_at(Vec2 p) {
  return {static_cast<int>(std::floor(p.x)), static_cast<int>(std::floor(p.y))};
}

/// The regions that lie along a path. What is clear and runs out to the page's edge is taken near the path
/// only: it is the paper around the figure, which has leaked in.
void touch_regions(const Raster& now, const LineImage& lines, const std::vector<Vec2>& path, Raster& marked) {
  constexpr int kNear = 320;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Vec2 from = path[i > 0 ? i - 1 : 0];
    const int steps = static_cast<int>(std::ceil(distance(from, path[i]))) + 1;
    for (int k = 0; k <= steps; ++k) {
      const auto [x, y] = pixel_at(lerp(from, path[i], static_cast<double>(k) / steps));
      if (!now.contains(x, y) || lines.coverage(x, y) > 0 || marked(x, y) == kTouched) continue;
      fill_region(marked, x, y, kTouched);
    }
  }
  if (path.empty() || marked(0, 0) != kTouched || now(0, 0).a != 0) return;
  for (int y = 0; y < now.height; ++y)
    for (int x = 0; x < now.width; ++x) {
      const bool near = std::any_of(path.begin(), path.end(), [&](Vec2 p) {
        return std::abs(p.x - x) < kNear && std::abs(p.y - y) < kNear;
      });
      if (!near) marked(x, y) = now(x, y);
    }
}

/// The trace line nearest to a point, as far as it goes on in its ink.
void touch_trace(const LineImage& lines, Vec2 at, Ink ink, Raster& marked) {
  constexpr int kTremble = 8;
  const auto [px, py] = pixel_at(at);
  std::vector<std::pair<int, int>> open;
  for (int reach = 0; reach <= kTremble && open.empty(); ++reach)
    for (int y = py - reach; y <= py + reach && open.empty(); ++y)
      for (int x = px - reach; x <= px + reach && open.empty(); ++x)
        if (marked.contains(x, y) && lines.ink(x, y) == ink) open.emplace_back(x, y);
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (!marked.contains(x, y) || lines.ink(x, y) != ink || marked(x, y) == kTouched) continue;
    marked(x, y) = kTouched;
    for (int v = y - 1; v <= y + 1; ++v)
      for (int u = x - 1; u <= x + 1; ++u) open.emplace_back(u, v);
  }
}

std::optional<Touched> touched(const PaintDrawing& drawing, const Raster& now, const Fix& fix) {
  Raster marked = now;
  if (fix.kind == FixKind::trace_role) {
    if (fix.at.empty()) return std::nullopt;
    const auto [x, y] = pixel_at(fix.at.front());
    if (const Ink ink = trace_ink_near(drawing.source, x, y); ink != Ink::none)
      touch_trace(drawing.lines, fix.at.front(), ink, marked);
  } else {
    touch_regions(now, drawing.lines, fix.kind == FixKind::paint_style ? fix.at : fix.path, marked);
  }
  Touched found{Grid<std::uint8_t>(now.width, now.height, 0), {}};
  for (std::size_t i = 0; i < marked.data.size(); ++i) found.pixels.data[i] = marked.data[i] == kTouched;
  constexpr int kRim = 24;  // px around, so that the lines beside are whole
  found.part = ink_bounds(found.pixels, kRim);
  if (found.part.width == 0) return std::nullopt;
  return found;
}

/// Widens a part by where its lines lie in a key.
PagePart with_key(const PagePart& part, const Registration& to_key, int width, int height) {
  constexpr double kRim = 16;
  double x0 = part.x, y0 = part.y, x1 = part.x + part.width, y1 = part.y + part.height;
  for (const Anchor& anchor : to_key) {
    const bool inside = anchor.here.x >= part.x && anchor.here.x < part.x + part.width &&
                        anchor.here.y >= part.y && anchor.here.y < part.y + part.height;
    if (!inside) continue;
    x0 = std::min(x0, anchor.there.x - kRim);
    y0 = std::min(y0, anchor.there.y - kRim);
    x1 = std::max(x1, anchor.there.x + kRim);
    y1 = std::max(y1, anchor.there.y + kRim);
  }
  const int left = std::clamp(static_cast<int>(x0), 0, width),
            top = std::clamp(static_cast<int>(y0), 0, height);
  return {left, top, std::clamp(static_cast<int>(x1) + 1, left, width) - left,
          std::clamp(static_cast<int>(y1) + 1, top, height) - top};
}

bool inside(const PagePart& part, const Fix& fix) {
  const auto within = [&](Vec2 p) {
    return p.x >= part.x && p.y >= part.y && p.x < part.x + part.width && p.y < part.y + part.height;
  };
  return std::all_of(fix.at.begin(), fix.at.end(), within) &&
         std::all_of(fix.path.begin(), fix.path.end(), within);
}

}  // namespace

Result<Raster> first_paint(const FirstPaint& input, Threads threads) {
  auto job = job_of(input);
  if (!job) return Failure(std::move(job.error()));
  for (const Fix& fix : input.fixes)
    if (fix.drawing == input.drawing.stem) add_paint_fix(fix, kBetween, *job);
  return painted(*job, threads);
}

Result<Raster> first_paint_at(const FirstPaint& input, const Raster& now, const Fix& fix, Threads threads) {
  auto job = job_of(input);
  if (!job) return Failure(std::move(job.error()));
  const PaintDrawing& between = job->drawings[kBetween];
  if (now.width != between.source.width || now.height != between.source.height)
    return fail(ErrorCode::wrong_use, "the painted drawing has another size than its lines");
  const auto found = touched(between, now, fix);
  if (!found) return fail(ErrorCode::not_found, "there is nothing to paint at that point");
  // Its places in both keys: the registrations are those of the job, to A and to B.
  PagePart part = found->part;
  for (std::size_t i = 0; i < 2; ++i)
    part = both(part, with_key(found->part, job->registrations[i].anchors, now.width, now.height));
  for (const Fix& each : input.fixes)
    if (each.drawing == input.drawing.stem && inside(part, each)) add_paint_fix(each, kBetween, *job);
  const auto anew = painted(cropped(*job, part), threads);
  if (!anew) return Failure(anew.error());
  Raster picture = now;
  for (int y = 0; y < part.height; ++y)
    for (int x = 0; x < part.width; ++x)
      if (found->pixels(part.x + x, part.y + y) != 0) picture(part.x + x, part.y + y) = (*anew)(x, y);
  return picture;
}

}  // namespace nakawari
