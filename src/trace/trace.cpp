#include "trace/trace.h"

#include "drawing/render.h"
#include "trace/centre_lines.h"
#include "trace/fit.h"
#include "trace/measure.h"
#include "trace/mend.h"
#include "trace/pixel_graph.h"
#include "trace/thinning.h"

namespace nakawari {
namespace {

/// Line art leaves most of the page white: above this share of ink the picture is something else.
constexpr double kMostInk = 0.6;
/// Clean lines are dark in the middle: their fringe is about one pixel a side. Where more than this share
/// of the inked pixels is neither paper nor full ink, it is pencil.
constexpr double kRoughShare = 0.8;

/// Pencil: a wide spread of greys rather than lines with a fringe.
bool looks_rough(const LineImage& lines) {
  std::size_t ink = 0, grey = 0;
  for (const std::uint8_t c : lines.coverage.data) {
    ink += c > 0;
    grey += c > 0 && c < 230;
  }
  return ink > 0 && static_cast<double>(grey) > kRoughShare * static_cast<double>(ink);
}

double ink_share(const Mask& core) {
  std::size_t ink = 0;
  for (const std::uint8_t c : core.data) ink += c != 0;
  return static_cast<double>(ink) / static_cast<double>(core.data.size());
}

}  // namespace

Result<Drawing> trace(const LineImage& lines, const TraceOptions&, TraceReport* report) {
  if (lines.width() <= 0 || lines.height() <= 0)
    return fail(ErrorCode::bad_input, "the drawing has no pixels", "save it again from the drawing program");
  const Mask core = core_mask(lines);
  if (ink_share(core) > kMostInk)
    return fail(ErrorCode::bad_input, "more than half of the page is ink, so it is no line art",
                "trace the line drawing, not its paint");
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
    report->rough = looks_rough(lines);
  }
  return drawing;
}

}  // namespace nakawari
