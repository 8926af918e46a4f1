#include "image/picture_file.h"

#include <gtest/gtest.h>

#include <random>

namespace nakawari {
namespace {

/// A picture with at most `colours` colours, in patches and noise; every third one has alpha.
Raster random_picture(unsigned seed, int colours, bool alpha, bool gray) {
  std::mt19937 random(seed);
  const auto byte = [&] { return static_cast<std::uint8_t>(random() & 255U); };
  std::vector<Rgba8> table;
  for (int i = 0; i < colours; ++i) {
    Rgba8 c{byte(), byte(), byte(), alpha ? byte() : std::uint8_t{255}};
    if (gray) c.g = c.b = c.r;
    table.push_back(c);
  }
  Raster picture(1 + static_cast<int>(random() % 70), 1 + static_cast<int>(random() % 40));
  for (auto& p : picture.data) p = table[random() % table.size()];
  return picture;
}

TEST(Png, ComesBackAsItWas) {
  unsigned seed = 0;
  for (const int colours : {1, 2, 3, 4, 5, 16, 17, 256, 257, 4000}) {
    for (const bool alpha : {false, true}) {
      for (const bool gray : {false, true}) {
        const Raster picture = random_picture(++seed, colours, alpha, gray);
        const auto bytes = encode_picture(picture, PictureFormat::png);
        ASSERT_TRUE(bytes);
        const auto again = decode_picture(*bytes, "x.png");
        ASSERT_TRUE(again) << again.error().one_line();
        EXPECT_EQ(*again, picture) << colours << alpha << gray;
        EXPECT_EQ(*encode_picture(picture, PictureFormat::png), *bytes);
      }
    }
  }
}

TEST(Png, CutAnywhereIsOneError) {
  const auto bytes = *encode_picture(random_picture(5, 300, true, false), PictureFormat::png);
  // The last chunk carries no pixels; all before it must be there.
  for (std::size_t n = 0; n + 16 < bytes.size(); n += 7) {
    const auto got = decode_picture(std::span(bytes).first(n), "cut.png");
    ASSERT_FALSE(got) << n;
    EXPECT_EQ(got.error().code, ErrorCode::bad_input);
    EXPECT_EQ(got.error().where.file, "cut.png");
    EXPECT_GE(got.error().where.byte, 0);
    EXPECT_FALSE(got.error().message.empty());
  }
}

}  // namespace
}  // namespace nakawari
