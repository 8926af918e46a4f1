/// \file
/// Pictures for the tests of the formats.
#pragma once

#include <random>
#include <vector>

#include "image/grid.h"

namespace nakawari::testing_pictures {

struct Look {
  int colours = 4;
  bool alpha = false;
  bool gray = false;
};

/// A picture of at most 70 x 40 pixels with at most `look.colours` colours, in runs and noise.
inline Raster random_picture(unsigned seed, Look look) {
  std::mt19937 random(seed);
  const auto byte = [&] { return static_cast<std::uint8_t>(random() & 255U); };
  std::vector<Rgba8> table;
  for (int i = 0; i < look.colours; ++i) {
    Rgba8 c{byte(), byte(), byte(), 255};
    if (look.alpha) c.a = byte();
    if (look.gray) c.g = c.b = c.r;
    table.push_back(c);
  }
  Raster picture(1 + static_cast<int>(random() % 70), 1 + static_cast<int>(random() % 40));
  Rgba8 colour = table[0];
  for (auto& p : picture.data) {
    if (random() % 3 != 0) colour = table[random() % table.size()];
    p = colour;
  }
  return picture;
}

/// Red, green / blue, white: shows every turn and flip.
inline Raster four_corners() {
  Raster picture(2, 2);
  picture.data = {{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}};
  return picture;
}

}  // namespace nakawari::testing_pictures
