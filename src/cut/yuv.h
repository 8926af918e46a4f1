/// \file
/// A picture as the video encoder takes it. We convert ourselves, once per different picture, so that a held
/// drawing costs nothing and the bytes do not depend on ffmpeg's scaler.
#pragma once

#include <cstdint>
#include <vector>

#include "image/grid.h"

namespace nakawari {

/// The picture as planes Y, Cb, Cr, 8 bits, 4:2:0: BT.709, limited range, chroma at the left of its two
/// columns and between its two rows (as H.264 takes it where nothing is said). Width and height are rounded
/// up to even; the last column and row are repeated for it. Integer arithmetic, correct to half a step. Clear
/// pixels count by their colour. Cost: linear in pixels.
/// Source: ITU-R BT.709-6, items 3.2 to 3.4.
std::vector<std::uint8_t> yuv420(const Raster& picture);

}  // namespace nakawari
