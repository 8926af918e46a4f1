#include "trace/trace.h"

#include "drawing/render.h"
#include "trace/centre_lines.h"
#include "trace/fit.h"
#include "trace/measure.h"
#include "trace/pixel_graph.h"
#include "trace/thinning.h"

namespace nakawari {

Result<Drawing> trace(const LineImage& lines, const TraceOptions&, TraceReport* report) {
  if (lines.width() <= 0 || lines.height() <= 0)
    return fail(ErrorCode::bad_input, "the drawing has no pixels", "save it again from the drawing program");
  const Mask core = core_mask(lines);
  const tracing::Skeleton skeleton = tracing::thin_by_distance(core);
  tracing::PixelGraph graph = tracing::build_graph(skeleton);
  tracing::prune_spurs(graph, skeleton);
  tracing::merge_junctions(graph);
  tracing::split_at_ink_changes(graph, lines, skeleton);
  Drawing drawing = tracing::centre_lines(graph, lines, skeleton);
  tracing::fit_to_pixels(drawing, lines);
  if (report) {
    Drawing hard = drawing;
    hard.kind = LineKind::two_value;
    *report = tracing::compare_lines(core, core_mask(render_lines(hard)));
  }
  return drawing;
}

}  // namespace nakawari
