/// \file
/// Faults to plant into a clean drawing, in sizes of the check's own threshold.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "check/context.h"

namespace nakawari::bench {

/// A drawing with faults in it and where they lie.
struct Planted {
  CheckInput input;
  std::vector<Vec2> at;  ///< a finding within `reach` of a place finds it; empty: anywhere counts, one fault
  double reach = 40;
  std::vector<double> reaches;  ///< of each place, instead of `reach`: half a line is as long as it is
  [[nodiscard]] double reach_of(std::size_t place) const {
    return place < reaches.size() ? reaches[place] : reach;
  }
};

/// Where a fault may go: the clean context, the drawing in it, its own pictures and strokes.
struct Canvas {
  const CheckContext& context;
  int drawing;
  const CheckInput& clean;
  int most = 3;   ///< places at once
  int which = 0;  ///< of faults that are planted alone: the place
  [[nodiscard]] const Seen& seen() const { return context.at(drawing); }
};

struct Fault {
  const char* check;
  const char* unit;  ///< what size 1 is
  bool smooth;       ///< wants anti-aliased lines
  /// Nothing when the drawing has no place for it. `size` is in thresholds.
  std::optional<Planted> (*plant)(const Canvas& ground, double size);
  /// One place at a time: several would make of the drawing one that changes all over.
  bool alone = false;
  /// Done to every drawing of the passage first, where what can go wrong is not there by itself.
  void (*prepare)(CheckInput&) = nullptr;
};

/// Region `r` is followed to both neighbours at about its size: what "the same region before and after"
/// means.
bool stands_beside(const Canvas& canvas, int r);

const std::vector<Fault>& line_faults();
const std::vector<Fault>& paint_faults();
const std::vector<Fault>& figure_faults();  ///< corners, stripes, heads, graded paint, kumi lines

}  // namespace nakawari::bench
