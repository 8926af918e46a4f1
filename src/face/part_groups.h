/// \file
/// The groups of parts of a face in all drawings of its sheet: their lines, what each of them is, and where
/// on the page they lie.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "face/expression_sheet.h"
#include "face/part_blend.h"
#include "face/part_split.h"

namespace nakawari {

/// A part of the page, px.
struct Window {
  int left = 0, top = 0, width = 0, height = 0;
  [[nodiscard]] Vec2 corner() const { return {static_cast<double>(left), static_cast<double>(top)}; }
  [[nodiscard]] double size() const { return width > height ? width : height; }
};

/// One group in all samples.
struct PartGroup {
  std::string name;
  Window window;      ///< of all its lines, with room for what moves
  bool mark = false;  ///< only marks: switched, never blended
  std::optional<PartBlender> blender;
  std::vector<double> open;    ///< per sample: height of the strokes' box, px
  std::vector<Window> pixels;  ///< per sample: holds all pixels that the group owns

  /// What each stroke of a sample is (of `blender->drawing(sample)`). A polygon of the sheet lies where the
  /// neutral drawing has the part, so in the others a stroke is what the neutral strokes are that it was
  /// matched with. Matched on first use.
  const std::vector<PartKind>& kinds_of(std::size_t sample);

  std::vector<std::vector<PartKind>> kinds;  ///< as the polygons say; then as above
  std::vector<char> named;                   ///< per sample: `kinds` follow the neutral drawing
};

/// Trace lines are thin; where one runs on under a black shape, tracing takes the shape's width for its own.
void thin_trace_lines(Drawing& drawing);

/// One per name of `names`, in that order.
std::vector<PartGroup> part_groups(const ExpressionSheet& sheet, const FaceGroups& names,
                                   const std::vector<SplitDrawing>& splits, FacePaths paths);

}  // namespace nakawari
