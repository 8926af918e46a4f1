#include "image/paper.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

constexpr Rgba8 kRed{255, 0, 0, 255};

TEST(Paper, WhiteIsPaperWhereNothingIsClear) {
  Raster picture(3, 1, kPaper);
  picture(1, 0) = kRed;
  EXPECT_TRUE(white_is_paper(picture));
  clear_paper(picture);
  EXPECT_EQ(picture.data, (std::vector<Rgba8>{kClear, kRed, kClear}));
}

TEST(Paper, WhiteBesideClearPixelsIsPaint) {
  Raster picture(3, 1, kPaper);
  picture(1, 0) = kClear;
  EXPECT_FALSE(white_is_paper(picture));
  clear_paper(picture);
  EXPECT_EQ(picture.data, (std::vector<Rgba8>{kPaper, kClear, kPaper}));
}

}  // namespace
}  // namespace nakawari
