#include "image/paper.h"

#include <algorithm>

namespace nakawari {

bool white_is_paper(const Raster& painted) {
  return std::none_of(painted.data.begin(), painted.data.end(), [](Rgba8 c) { return c.a == 0; });
}

void clear_paper(Raster& painted) {
  if (white_is_paper(painted)) std::replace(painted.data.begin(), painted.data.end(), kPaper, kClear);
}

}  // namespace nakawari
