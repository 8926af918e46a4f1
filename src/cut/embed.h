/// \file
/// What pages need that carry everything in themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "image/grid.h"

namespace nakawari {

/// "data:image/png;base64,..."
std::string png_uri(const std::vector<std::uint8_t>& png);

/// JSON text that may stand inside a <script>.
std::string script_safe(const std::string& json);

/// The part of a picture around a place, `side` pixels wide and high, on white, made smaller by whole boxes
/// until it is at most `most` wide. Outside of the picture is white.
Raster cut_out(const Raster& picture, double x, double y, double side, int most);

}  // namespace nakawari
