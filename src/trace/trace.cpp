#include "trace/trace.h"

#include "drawing/render.h"
#include "image/page_part.h"
#include "trace/centre_lines.h"
#include "trace/fit.h"
#include "trace/measure.h"
#include "trace/mend.h"
#include "trace/pixel_graph.h"
#include "trace/rough.h"
#include "trace/thinning.h"

namespace nakawari {
namespace {

/// Line art leaves most of the page white: above this share of ink the picture is something else.
constexpr double kMostInk = 0.6;

double ink_share(const Mask& core) {
  std::size_t ink = 0;
  for (const std::uint8_t c : core.data) ink += c != 0;
  return static_cast<double>(ink) / static_cast<double>(core.data.size());
}

Drawing trace_part(const LineImage& lines, TraceReport* report) {
  const Mask core = core_mask(lines);
  const tracing::Skeleton skeleton = tracing::thin_by_distance(core);
  tracing::PixelGraph graph = tracing::build_graph(skeleton);
  tracing::prune_spurs(graph, skeleton);
  tracing::merge_junctions(graph);
  tracing::split_at_ink_changes(graph, lines, skeleton);
  Drawing drawing = tracing::centre_lines(graph, lines, skeleton);
  tracing::fit_to_pixels(drawing, lines);
  tracing::mend_topology(drawing, core);
  if (report) {
    Drawing hard = drawing;
    hard.kind = LineKind::two_value;
    *report = tracing::compare_lines(core, core_mask(render_lines(hard)));
  }
  return drawing;
}

/// Only where ink is. The rim is wider than any line, so that a line's end is cut by the page's edge alone.
Result<Drawing> trace_clean(const LineImage& lines, TraceReport* report) {
  constexpr int kRim = 64;
  if (ink_share(core_mask(lines)) > kMostInk)
    return fail(ErrorCode::bad_input, "more than half of the page is ink, so it is no line art",
                "trace the line drawing, not its paint");
  PagePart part = ink_bounds(lines.coverage, kRim);
  if (part.width == 0) part = {0, 0, lines.width(), lines.height()};
  Drawing drawing = trace_part(cut_out(lines, part), report);
  const Vec2 corner{static_cast<double>(part.x), static_cast<double>(part.y)};
  for (Node& node : drawing.nodes) node.position = node.position + corner;
  for (Stroke& stroke : drawing.strokes)
    for (Vec2& point : stroke.points) point = point + corner;
  drawing.width = lines.width();
  drawing.height = lines.height();
  return drawing;
}

}  // namespace

Result<Drawing> trace(const LineImage& lines, TraceReport* report) {
  if (lines.width() <= 0 || lines.height() <= 0)
    return fail(ErrorCode::bad_input, "the drawing has no pixels", "save it again from the drawing program");
  if (!tracing::looks_rough(lines)) return trace_clean(lines, report);
  Result<Drawing> drawing = trace_clean(tracing::ridge_lines(lines), report);
  if (!drawing) return drawing;
  drawing->kind = lines.kind;
  if (report) report->rough = true;
  return drawing;
}

}  // namespace nakawari
