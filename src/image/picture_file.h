/// \file
/// Reads and writes pictures; the format is told by the bytes when reading and by the file name's
/// ending when writing. Each format has its own folder under image/.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari {

/// Pictures above this many pixels, or this wide or high, are refused before anything is allocated.
inline constexpr std::int64_t kMaxPixels = 200'000'000;
inline constexpr int kMaxSide = 30'000;

/// Decodes PNG, TGA or TIFF bytes. `name` is used in errors only.
Result<Raster> decode_picture(std::span<const std::uint8_t> bytes, const std::string& name);
/// Reads a picture file. Errors: not_found, io, bad_input with the byte where known.
Result<Raster> read_picture(const std::string& path);

enum class PictureFormat { png, tga, tiff };

/// `.png`, `.tga`, `.tif`, `.tiff` in any case; anything else is wrong_use.
Result<PictureFormat> format_of(const std::string& path);

/// Encodes a picture. PNG: the smallest of 1/2/4/8-bit palette or RGB(A) that holds it exactly. TGA:
/// 24-bit RLE, top-left origin; a clear pixel is written as 255,255,255. The bytes depend on the picture
/// alone.
Result<std::vector<std::uint8_t>> encode_picture(const Raster& picture, PictureFormat format);
/// Writes a picture whole or not at all, format by the ending of `path`.
Result<void> write_picture(const std::string& path, const Raster& picture);

}  // namespace nakawari
