/// \file
/// Contact sheets: what a table of figures hides, side by side.
#pragma once

#include <string>
#include <vector>

#include "image/grid.h"

namespace nakawari::bench {

/// Truth red, ours cyan, both black. Of the same size.
Raster overlay(const Raster& truth, const Raster& ours);

/// One line of the sheet: pictures of the same size and what they are.
struct SheetRow {
  std::string title;
  std::vector<Raster> tiles;
};

/// Rows of tiles, each row cut to where its pictures have lines and scaled to fit `tile` x `tile` px.
Raster contact_sheet(const std::vector<SheetRow>& rows, int tile = 360);

}  // namespace nakawari::bench
