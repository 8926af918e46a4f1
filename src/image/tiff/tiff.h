/// \file
/// TIFF through libtiff, in memory. Scans come so: 1-bit fax coded, 8-bit grey, RGB; in strips or tiles, in
/// any of the eight orientations.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari {

/// True when the bytes open with a TIFF or BigTIFF signature of either byte order.
bool looks_like_tiff(std::span<const std::uint8_t> bytes);

/// Decodes the first picture of the file to RGBA, upright; 16 bits are rounded to 8, premultiplied alpha
/// is divided out. Grey, palette and RGB with 1, 8 or 16 bits are read exactly; what else libtiff can
/// turn into RGBA (CMYK, YCbCr, separate planes, 2 and 4 bits) goes through it. Errors: bad_input. Sizes are
/// checked before anything is allocated; nothing is printed.
Result<Raster> decode_tiff(std::span<const std::uint8_t> bytes, const std::string& name);

/// Encodes exactly: 1-bit or 8-bit grey, RGB or RGBA (straight alpha), LZW. The bytes depend on the
/// picture alone.
Result<std::vector<std::uint8_t>> encode_tiff(const Raster& picture);

}  // namespace nakawari
