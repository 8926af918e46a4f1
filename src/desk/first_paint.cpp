#include "desk/first_paint.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "cut/paint_fixes.h"
#include "desk/bucket.h"
#include "drawing/render.h"
#include "image/page_part.h"
#include "match/match.h"
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

Result<Raster> painted(PaintJob job, Threads threads) {
  PaintOptions options;
  options.threads = threads;
  options.match_lines = false;
  auto result = paint(std::move(job), options);
  if (!result) return Failure(std::move(result.error()));
  return std::move(result->drawings[kBetween].painted);
}

/// What a fix touches: these pixels, of this part of the page.
struct Touched {
  Grid<std::uint8_t> pixels;
  PagePart part;
};

std::pair<int, int> pixel_at(Vec2 p) {
  return {static_cast<int>(std::floor(p.x)), static_cast<int>(std::floor(p.y))};
}

PagePart around(const std::vector<std::pair<int, int>>& pixels) {
  PagePart part;
  for (const auto& [x, y] : pixels) part = both(part, {x, y, 1, 1});
  return part;
}

/// Adds what is connected with a pixel and like it (`neighbours`: 4 or 8 of them). Returns what was added.
template <typename Like>
std::vector<std::pair<int, int>> spread(Grid<std::uint8_t>& pixels, int x, int y, int neighbours, Like like) {
  std::vector<std::pair<int, int>> found;
  const auto add = [&](int u, int v) {
    if (!pixels.contains(u, v) || pixels(u, v) != 0 || !like(u, v)) return;
    pixels(u, v) = 1;
    found.emplace_back(u, v);
  };
  add(x, y);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const auto [u, v] = found[i];
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx)
        if (neighbours == 8 || dx == 0 || dy == 0) add(u + dx, v + dy);
  }
  return found;
}

/// The regions that lie along a path. Clear ones count where there is no other, and near the path only: they
/// are the paper around the figure, which may have leaked in.
void touch_regions(const Raster& now, const Raster& lines, const std::vector<Vec2>& path, Touched& touched) {
  constexpr int kNear = 200;
  std::vector<std::pair<int, int>> along;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const Vec2 from = path[i > 0 ? i - 1 : 0];
    const int steps = static_cast<int>(std::ceil(distance(from, path[i]))) + 1;
    for (int k = 0; k <= steps; ++k) {
      const auto [x, y] = pixel_at(lerp(from, path[i], static_cast<double>(k) / steps));
      if (!now.contains(x, y)) continue;
      const Rgba8 line = lines(x, y);
      if (line.a == 0 || line == kPaper) along.emplace_back(x, y);
    }
  }
  const auto near = [&](int x, int y) {
    return std::any_of(path.begin(), path.end(),
                       [&](Vec2 p) { return std::abs(p.x - x) < kNear && std::abs(p.y - y) < kNear; });
  };
  for (const bool clear : {false, true}) {
    if (clear && touched.part.width > 0) return;
    for (const auto& [x, y] : along) {
      const Rgba8 here = now(x, y);
      if ((here.a == 0) != clear) continue;
      touched.part = both(touched.part, around(spread(touched.pixels, x, y, 4, [&](int u, int v) {
                            return now(u, v) == here && (!clear || near(u, v));
                          })));
    }
  }
}

/// The trace line nearest to a point, as far as it goes on in its ink.
void touch_trace(const Raster& lines, Vec2 at, Touched& touched) {
  constexpr int kTremble = 8, kFarthest = 400;  // px; of a line that goes on, the rest is the build's
  const auto [px, py] = pixel_at(at);
  const Ink ink = trace_ink_near(lines, px, py);
  if (ink == Ink::none) return;
  const int x0 = std::max(0, px - kFarthest), y0 = std::max(0, py - kFarthest);
  const PagePart part{x0, y0, std::min(lines.width, px + kFarthest) - x0,
                      std::min(lines.height, py + kFarthest) - y0};
  if (part.width <= 0 || part.height <= 0) return;
  const LineImage inks = classify_lines(cut_out(lines, part));
  const auto is_it = [&](int x, int y) {
    return inks.ink.contains(x - x0, y - y0) && inks.ink(x - x0, y - y0) == ink;
  };
  for (int reach = 0; reach <= kTremble && touched.part.width == 0; ++reach)
    for (int y = py - reach; y <= py + reach; ++y)
      for (int x = px - reach; x <= px + reach; ++x)
        if (touched.part.width == 0 && is_it(x, y))
          touched.part = around(spread(touched.pixels, x, y, 8, is_it));
}

/// The anchors from one part to another, in the parts' own pixels.
Registration between_parts(const Registration& anchors, const PagePart& from, const PagePart& to) {
  const auto moved = [](Vec2 p, const PagePart& part) {
    return p - Vec2{static_cast<double>(part.x), static_cast<double>(part.y)};
  };
  const auto within = [](Vec2 p, const PagePart& part) {
    return p.x >= 0 && p.y >= 0 && p.x < part.width && p.y < part.height;
  };
  Registration kept;
  for (Anchor anchor : anchors) {
    anchor.here = moved(anchor.here, from);
    anchor.there = moved(anchor.there, to);
    if (within(anchor.here, from) && within(anchor.there, to)) kept.push_back(anchor);
  }
  return kept;
}

/// Where the lines of a part lie in a key; the part itself when none of them do.
PagePart place_in_key(const PagePart& part, const Registration& to_key) {
  std::vector<std::pair<int, int>> there;
  for (const Anchor& a : to_key)
    if (a.here.x >= part.x && a.here.y >= part.y && a.here.x < part.x + part.width &&
        a.here.y < part.y + part.height)
      there.push_back(pixel_at(a.there));
  return there.empty() ? part : around(there);
}

/// The part, widened around its middle to a size, inside the page.
PagePart sized(const PagePart& part, int width, int height, int page_width, int page_height) {
  return {std::clamp(part.x + (part.width - width) / 2, 0, page_width - width),
          std::clamp(part.y + (part.height - height) / 2, 0, page_height - height), width, height};
}

PaintDrawing key_part(const PaintedKey& seen, const PagePart& part, int index) {
  PaintDrawing drawing;
  drawing.time = index;
  drawing.source = cut_out(*seen.lines, part);
  drawing.lines = classify_lines(drawing.source);
  drawing.painted = cut_out(*seen.paint, part);
  return drawing;
}

/// A fix in the pixels of a part; nothing when it points beside it.
std::optional<Fix> in_part(Fix fix, const PagePart& part) {
  for (auto* points : {&fix.at, &fix.path})
    for (Vec2& p : *points) {
      p = p - Vec2{static_cast<double>(part.x), static_cast<double>(part.y)};
      if (p.x < 0 || p.y < 0 || p.x >= part.width || p.y >= part.height) return std::nullopt;
    }
  return fix;
}

}  // namespace

Result<Raster> first_paint(const FirstPaint& input, Threads threads) {
  auto job = job_of(input);
  if (!job) return Failure(std::move(job.error()));
  for (const Fix& fix : input.fixes)
    if (fix.drawing == input.drawing.stem) add_paint_fix(fix, kBetween, job->model, job->fixes);
  return painted(std::move(*job), threads);
}

Result<Raster> first_paint_at(const FirstPaint& input, const Raster& now, const Fix& fix, Threads threads) {
  auto made = input.pair->inbetweener().at(input.drawing.plan.t, spacings(input.drawing));
  if (!made) return Failure(std::move(made.error()));
  const Raster drawn = input.lines ? Raster() : to_raster(render_lines(made->drawing));
  const Raster& lines = input.lines ? *input.lines : drawn;
  for (const Raster* each :
       {&now, input.a.lines.get(), input.a.paint.get(), input.b.lines.get(), input.b.paint.get()})
    if (each->width != lines.width || each->height != lines.height)
      return fail(ErrorCode::wrong_use, "the painted drawings have another size than these lines");

  Touched touched{Grid<std::uint8_t>(now.width, now.height, 0), {}};
  if (fix.kind != FixKind::trace_role)
    touch_regions(now, lines, fix.kind == FixKind::paint_style ? fix.at : fix.path, touched);
  else if (!fix.at.empty())
    touch_trace(lines, fix.at.front(), touched);
  if (touched.part.width == 0) return fail(ErrorCode::not_found, "there is nothing to paint at that point");

  // That part of the drawing, and where it lies in the keys: three pieces of one size.
  constexpr int kRim = 32;  // px around, so that the lines beside are whole
  std::array<PagePart, 3> parts;
  parts[kBetween] = touched.part;
  parts[kA] = place_in_key(touched.part, made->to_a);
  parts[kB] = place_in_key(touched.part, made->to_b);
  int width = 0, height = 0;
  for (const PagePart& part : parts) {
    width = std::min(now.width, std::max(width, part.width + 2 * kRim));
    height = std::min(now.height, std::max(height, part.height + 2 * kRim));
  }
  for (PagePart& part : parts) part = sized(part, width, height, now.width, now.height);

  PaintDrawing between;
  between.name = input.drawing.stem;
  between.time = input.drawing.plan.t;
  between.source = cut_out(lines, parts[kBetween]);
  between.lines = classify_lines(between.source);
  between.made_from = {kA, kB};
  const Correspondence& found = input.pair->correspondence;
  PaintJob job;
  job.drawings = {key_part(input.a, parts[kA], kA), key_part(input.b, parts[kB], kB), std::move(between)};
  job.registrations = {{kBetween, kA, between_parts(made->to_a, parts[kBetween], parts[kA])},
                       {kBetween, kB, between_parts(made->to_b, parts[kBetween], parts[kB])},
                       {kA, kB, between_parts(registration(found.a_to_b), parts[kA], parts[kB])},
                       {kB, kA, between_parts(registration(found.b_to_a), parts[kB], parts[kA])}};
  job.model = input.model;
  job.variant = input.variant;
  for (const Fix& each : input.fixes)
    if (each.drawing == input.drawing.stem)
      if (const auto here = in_part(each, parts[kBetween]))
        add_paint_fix(*here, kBetween, job.model, job.fixes);
  const auto anew = painted(std::move(job), threads);
  if (!anew) return Failure(anew.error());
  Raster picture = now;
  const PagePart& home = parts[kBetween];
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      if (touched.pixels(home.x + x, home.y + y) != 0) picture(home.x + x, home.y + y) = (*anew)(x, y);
  return picture;
}

}  // namespace nakawari
