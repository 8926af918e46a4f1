/// \file
/// Trace lines as pieces that are painted as one: cut where lines meet, joined where one line is broken, with
/// the black dots that lie in them.
#pragma once

#include <cstdint>
#include <vector>

#include "image/grid.h"
#include "image/line_image.h"

namespace nakawari {

/// The pieces of the lines of one ink.
struct TracePieces {
  Grid<std::int32_t> label;  ///< 0 = no line, i + 1 = piece i
  int count = 0;
};

/// Cuts the lines of an ink at their junctions and joins pieces across breaks: ends of two pieces that look
/// at each other over at most a few pixels without a line between, and crumbs that lie on a piece's way.
/// Black dots (`dots`, from dots_in_traces) do not part a line. Cost: linear in pixels; quadratic in line
/// ends.
TracePieces trace_pieces(const LineImage& lines, Ink ink, const Mask& dots);

/// A few black pixels inside a trace line: dirt of scanning or of drawing, which would stay in the paint.
struct TraceDot {
  int area = 0;
  double x = 0, y = 0;  ///< its middle
  Ink ink = Ink::none;  ///< of the line around it
  std::vector<std::int32_t> pixels;
  /// Not as dark as a main line: inks that overlap. The painter covers it; black ones are a person's pixels
  /// and only reported.
  bool mixed = false;
};

/// All dots of at most 12 px with a line of one trace ink on both sides.
std::vector<TraceDot> dots_in_traces(const LineImage& lines, const Raster& source);

}  // namespace nakawari
