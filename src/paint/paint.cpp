#include "paint/paint.h"

#include "paint/painter.h"

namespace nakawari {

Result<PaintResult> paint(PaintJob job, const PaintOptions& options) {
  const std::size_t count = job.drawings.size();
  const PaintFixes fixes = std::move(job.fixes);
  auto painter = Painter::of(std::move(job), options);
  if (!painter) return Failure(std::move(painter.error()));
  if (auto solved = painter->solve(fixes); !solved) return Failure(std::move(solved.error()));
  PaintResult result;
  result.model = painter->model();
  result.lost_fixes = painter->lost_fixes();
  result.drawings.resize(count);
  parallel_for(options.threads, count, [&](std::size_t d) { result.drawings[d] = painter->drawing(d); });
  return result;
}

}  // namespace nakawari
