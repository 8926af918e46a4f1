/// \file
/// PNG samples as they stand in the file: palette indices, 1-bit values, 16-bit region ids. The program's own
/// readers give colours, which is not what label pictures hold.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari::bench {

/// The first channel of a PNG, unexpanded: index, grey level or id. Errors: not_found, bad_input.
Result<Grid<std::uint16_t>> read_samples(const std::string& path);

/// float32 .npy of any shape, C order. Errors: not_found, bad_input (another type or order, cut short).
struct FloatArray {
  std::vector<std::size_t> shape;
  std::vector<float> data;
};
Result<FloatArray> read_npy(const std::string& path);

}  // namespace nakawari::bench
