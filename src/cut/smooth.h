/// \file
/// Softens the stairs of an aliased cel, as the smoothing filters of the trade do when compositing.
#pragma once

#include "image/grid.h"

namespace nakawari {

/// The cel with every stair between two flat colours (or a colour and nothing) replaced by the coverage of
/// the straight edge that the stair stands for. Flat areas, and steps longer than kLongestStair, stay as they
/// are. Colours are blended with alpha, so that no fringe appears at the outline. Integer arithmetic: the
/// same on every machine. Cost: linear in pixels. Source: Reshetov 2009 (morphological antialiasing), reduced
/// to stairs of one pixel's height.
Raster smoothed(const Raster& cel);

/// A stair longer than this is a drawn, nearly level line: softening it would smear it.
inline constexpr int kLongestStair = 24;

}  // namespace nakawari
