/// \file
/// PNG through libpng. Reads every colour type, depth and interlacing; colour profiles and gamma are left
/// alone, because a palette colour is a name here and not a measurement.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari {

/// True when the bytes open with the PNG signature.
bool looks_like_png(std::span<const std::uint8_t> bytes);

/// Decodes to RGBA; 16 bits are rounded to 8. Errors: bad_input with the byte reached. The size that the
/// header claims is checked, against the bounds and against what the file can hold, before anything
/// is allocated.
Result<Raster> decode_png(std::span<const std::uint8_t> bytes, const std::string& name);

/// Decodes a grey PNG without losing depth: label maps hold up to 65536 regions in 16 bits. Values are as
/// stored (a 1-bit picture gives 0 and 1). A colour PNG is bad_input.
Result<Grid<std::uint16_t>> decode_png_labels(std::span<const std::uint8_t> bytes, const std::string& name);

/// Encodes exactly, in the fewest bits a pixel of: grey or palette with 1, 2, 4 or 8 bits, grey and alpha,
/// RGB, RGBA; grey before palette. The bytes depend on the picture alone: zlib level 6, and a fixed filter
/// (none up to 8 bits, Paeth above).
Result<std::vector<std::uint8_t>> encode_png(const Raster& picture);

}  // namespace nakawari
