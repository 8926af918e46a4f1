/// \file
/// Clean drawings to plant faults into: windows of neighbouring drawings of a sequence, or of an example
/// cut's truth, with paint, shadow lines and a colour model of two variants.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "check/context.h"

namespace nakawari::bench {

struct Window {
  std::string name;  ///< "uc_walk_full@12"
  bool held = false;
  std::vector<CheckInput> drawings;  ///< traced; every second one is approved
  ColourModel model;
  std::vector<Raster> wanted;  ///< of painted sequences: what each pixel of each drawing is painted with
};

/// Every region of the lines in the colour that most of its pixels have in `wanted`; a trace line takes the
/// darker of the colours beside it. Nothing when the lines cannot be looked at.
std::optional<Raster> painted_like(const Raster& source, const Raster& wanted);

enum class Ground { two_value, smooth };

/// Windows of `length` drawings, `stride` frames apart, `count` per sequence, spread evenly.
/// `set`: "tune", "held" or "all"; `named`: only windows of these names, empty for all.
Result<std::vector<Window>> sequence_windows(const std::string& data, const std::string& set, int length,
                                             int stride, int count, Ground ground,
                                             const std::vector<std::string>& named);
/// The drawings of cel A of each example cut (keys and truth in between), as one window each.
Result<std::vector<Window>> example_windows(const std::string& examples);

}  // namespace nakawari::bench
