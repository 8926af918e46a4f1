/// \file
/// Targa pictures, the trade's painted cels. Own reader and writer: the format is an 18-byte header, an
/// optional colour table and raw or run-length coded pixels.
///
///     offset  0  length of a free text after the header    8  origin (not used)
///             1  1 when a colour table follows            12  width, height (16 bits each)
///             2  kind: 1 table, 2 colour, 3 grey,         16  bits a pixel
///                +8 when run-length coded                 17  low 4 bits: bits of alpha; 0x10: right to
///             3  table: first entry, length, bits            left; 0x20: top to bottom
///
/// Whether exact white counts as clear is a convention of the cel, not of the format: the reader returns
/// what is stored and callers decide.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "image/grid.h"

namespace nakawari {

/// The format has no signature: true when the header makes sense as one.
bool looks_like_tga(std::span<const std::uint8_t> bytes);

/// Decodes kinds 1, 2, 3, 9, 10 and 11 with 8, 15, 16, 24 or 32 bits, either origin. Alpha is taken where
/// the header declares it; when all of it is zero although there is a drawing in the colours, it was
/// never filled in and the picture is opaque. Errors: bad_input with the byte.
Result<Raster> decode_tga(std::span<const std::uint8_t> bytes, const std::string& name);

/// Encodes as 24-bit run-length coded colour (kind 10), top to bottom, packets within rows. Pixels are laid
/// over white, so a clear one is 255,255,255. The bytes depend on the picture alone.
Result<std::vector<std::uint8_t>> encode_tga(const Raster& picture);

}  // namespace nakawari
