#include "desk/first_paint.h"

#include "cut/paint_fixes.h"
#include "drawing/render.h"
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

}  // namespace

Result<Raster> first_paint(const FirstPaint& input, Threads threads) {
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
  for (const Fix& fix : input.fixes)
    if (fix.drawing == input.drawing.stem) add_paint_fix(fix, kBetween, job);

  PaintOptions options;
  options.threads = threads;
  options.match_lines = false;
  auto result = paint(job, options);
  if (!result) return Failure(std::move(result.error()));
  return std::move(result->drawings[kBetween].painted);
}

}  // namespace nakawari
