/// \file
/// Puts the runs of both keys together to one drawing: ends that share a node in their key share one here,
/// and an end that stood on another line in its key stands on it here, though the two have moved apart.
#pragma once

#include <vector>

#include "drawing/drawing.h"
#include "drawing/junctions.h"
#include "inbetween/key_at.h"
#include "inbetween/visibility.h"

namespace nakawari {

/// Where one stroke of an in-between comes from. A stroke has parents in A, in B, or in both.
struct Parent {
  bool first_key = true;  ///< the parent is in A, else in B
  StrokeId stroke = -1;
  float from = 0, to = 0;  ///< arc length on the parent, px; from > to when it runs the other way
};

/// One key's part of the drawing.
struct SeenKey {
  const KeyAt* lines = nullptr;
  const std::vector<Junction>* junctions = nullptr;  ///< of the key's drawing
  std::vector<Run> runs;
};

struct Assembled {
  Drawing drawing;
  std::vector<std::vector<Parent>> parents;  ///< one list per stroke
};

/// `like` gives the page.
Assembled assemble(const Drawing& like, const SeenKey& a, const SeenKey& b, double page_scale);

}  // namespace nakawari
