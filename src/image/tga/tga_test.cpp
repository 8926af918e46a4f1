#include "image/tga/tga.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/test_pictures.h"

namespace nakawari {
namespace {

using testing_pictures::four_corners;
using testing_pictures::random_picture;

using Bytes = std::vector<std::uint8_t>;

struct HeaderOf {
  int text = 0, table_type = 0, kind = 2, first = 0, length = 0, entry_bits = 0;
  int width = 2, height = 2, bits = 24, descriptor = 0x20;
};

Bytes file(HeaderOf h, const Bytes& rest) {
  Bytes out(18 + rest.size());
  const auto set = [&](std::size_t at, int v) { out[at] = static_cast<std::uint8_t>(v); };
  const auto set_word = [&](std::size_t at, int v) {
    set(at, v);
    set(at + 1, v >> 8);
  };
  set(0, h.text);
  set(1, h.table_type);
  set(2, h.kind);
  set_word(3, h.first);
  set_word(5, h.length);
  set(7, h.entry_bits);
  set_word(12, h.width);
  set_word(14, h.height);
  set(16, h.bits);
  set(17, h.descriptor);
  for (std::size_t i = 0; i < rest.size(); ++i) out[18 + i] = rest[i];
  return out;
}

/// The pixels of four_corners as 24-bit colour: blue first.
const Bytes kCorners{0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255};

Raster decoded(const Bytes& bytes) {
  auto got = decode_tga(bytes, "x.tga");
  EXPECT_TRUE(got) << got.error().one_line();
  return got ? *got : Raster();
}

TEST(Tga, ComesBackAsItWas) {
  unsigned seed = 100;
  for (const int colours : {1, 2, 3, 20, 3000}) {
    for (int i = 0; i < 8; ++i) {
      const Raster picture = random_picture(++seed, {.colours = colours, .gray = i % 2 == 0});
      EXPECT_EQ(decoded(*encode_tga(picture)), picture);
    }
  }
}

TEST(Tga, RunsOfAnyLengthComeBack) {
  for (int width = 1; width < 520; width += 3) {
    Raster picture(width, 2, kPaper);
    for (int x = 0; x < width; x += 131) picture(x, 1) = {1, 2, 3, 255};
    EXPECT_EQ(decoded(*encode_tga(picture)), picture) << width;
  }
}

TEST(Tga, ClearIsWrittenWhiteAndPacketsStayInTheirRow) {
  Raster picture(2, 2, kClear);
  picture(1, 1) = {0, 0, 0, 255};
  const Bytes want = file({.kind = 10}, {0x81, 255, 255, 255, 0x01, 255, 255, 255, 0, 0, 0});
  EXPECT_EQ(*encode_tga(picture), want);
}

TEST(Tga, EveryOriginIsTurnedUpright) {
  const Raster want = four_corners();
  const auto pixel = [](int i) { return Bytes(kCorners.begin() + 3 * i, kCorners.begin() + 3 * i + 3); };
  const auto stored = [&](std::vector<int> order) {
    Bytes out;
    for (const int i : order) {
      const Bytes p = pixel(i);
      out.insert(out.end(), p.begin(), p.end());
    }
    return out;
  };
  EXPECT_EQ(decoded(file({.descriptor = 0x20}, stored({0, 1, 2, 3}))), want);
  EXPECT_EQ(decoded(file({.descriptor = 0x00}, stored({2, 3, 0, 1}))), want);
  EXPECT_EQ(decoded(file({.descriptor = 0x30}, stored({1, 0, 3, 2}))), want);
  EXPECT_EQ(decoded(file({.descriptor = 0x10}, stored({3, 2, 1, 0}))), want);
}

TEST(Tga, EveryKindAndDepth) {
  const Raster corners = four_corners();
  // 5 bits a channel: red, green, blue, white.
  const Bytes five{0x00, 0x7C, 0xE0, 0x03, 0x1F, 0x00, 0xFF, 0x7F};
  EXPECT_EQ(decoded(file({.bits = 16}, five)), corners);
  EXPECT_EQ(decoded(file({.bits = 15}, five)), corners);
  EXPECT_EQ(decoded(file({.text = 3, .bits = 24},
                         [] {
                           Bytes b{'a', 'b', 'c'};
                           b.insert(b.end(), kCorners.begin(), kCorners.end());
                           return b;
                         }())),
            corners);
  // Table: the four colours, then their numbers counted from 5.
  Bytes table = kCorners;
  for (const int i : {5, 6, 7, 8}) table.push_back(static_cast<std::uint8_t>(i));
  EXPECT_EQ(decoded(file({.table_type = 1, .kind = 1, .first = 5, .length = 4, .entry_bits = 24, .bits = 8},
                         table)),
            corners);
  Bytes packed_table = kCorners;
  for (const int b : {3, 5, 6, 7, 8}) packed_table.push_back(static_cast<std::uint8_t>(b));
  EXPECT_EQ(decoded(file({.table_type = 1, .kind = 9, .first = 5, .length = 4, .entry_bits = 24, .bits = 8},
                         packed_table)),
            corners);
  // A colour table that the picture does not use is stepped over.
  Bytes spare{9, 9, 9};
  spare.insert(spare.end(), kCorners.begin(), kCorners.end());
  EXPECT_EQ(decoded(file({.table_type = 1, .kind = 2, .length = 1, .entry_bits = 24}, spare)), corners);

  Raster gray(2, 2);
  gray.data = {{0, 0, 0, 255}, {0, 0, 0, 255}, {0, 0, 0, 255}, {7, 7, 7, 255}};
  EXPECT_EQ(decoded(file({.kind = 3, .bits = 8}, {0, 0, 0, 7})), gray);
  // The run crosses a row, as some writers let it.
  EXPECT_EQ(decoded(file({.kind = 11, .bits = 8}, {0x82, 0, 0x00, 7})), gray);
}

TEST(Tga, AlphaCountsOnlyWhereDeclaredAndFilled) {
  const Bytes pixels{1, 2, 3, 0, 4, 5, 6, 128};
  const HeaderOf two{.width = 2, .height = 1, .bits = 32, .descriptor = 0x28};
  EXPECT_EQ(decoded(file(two, pixels)).data, (std::vector<Rgba8>{{3, 2, 1, 0}, {6, 5, 4, 128}}));
  HeaderOf undeclared = two;
  undeclared.descriptor = 0x20;
  EXPECT_EQ(decoded(file(undeclared, pixels)).data, (std::vector<Rgba8>{{3, 2, 1, 255}, {6, 5, 4, 255}}));
  EXPECT_EQ(decoded(file(two, {1, 2, 3, 0, 4, 5, 6, 0})).data,
            (std::vector<Rgba8>{{3, 2, 1, 255}, {6, 5, 4, 255}}));
  EXPECT_EQ(decoded(file(two, Bytes(8, 0))).data, (std::vector<Rgba8>{kClear, kClear}));
  // One bit of alpha in 16.
  const HeaderOf sixteen{.width = 2, .height = 1, .bits = 16, .descriptor = 0x21};
  EXPECT_EQ(decoded(file(sixteen, {0x00, 0xFC, 0x00, 0x7C})).data,
            (std::vector<Rgba8>{{255, 0, 0, 255}, {255, 0, 0, 0}}));
}

struct Bad {
  const char* branch;
  Bytes bytes;
  long byte;
  const char* says;
};

class BadTga : public testing::TestWithParam<Bad> {};

TEST_P(BadTga, IsOneErrorWithItsByte) {
  const Bad& bad = GetParam();
  const auto got = decode_tga(bad.bytes, "x.tga");
  ASSERT_FALSE(got) << bad.branch;
  EXPECT_EQ(got.error().code, ErrorCode::bad_input);
  EXPECT_EQ(got.error().where.byte, bad.byte) << got.error().one_line();
  EXPECT_THAT(got.error().message, testing::HasSubstr(bad.says));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadTga,
    testing::Values(Bad{"empty", {}, 0, "within its header"},
                    Bad{"half a header", Bytes(9), 9, "within its header"},
                    Bad{"kind", file({.kind = 4}, kCorners), 2, "kind of TGA"},
                    Bad{"no kind", file({.kind = 8}, kCorners), 2, "kind of TGA"},
                    Bad{"table type", file({.table_type = 2}, kCorners), 1, "table type"},
                    Bad{"no table", file({.kind = 1, .bits = 8}, kCorners), 1, "table is missing"},
                    Bad{"table depth",
                        file({.table_type = 1, .kind = 1, .length = 2, .entry_bits = 8, .bits = 8}, kCorners),
                        7, "8 bits an entry"},
                    Bad{"depth", file({.bits = 12}, kCorners), 16, "12 bits"},
                    Bad{"grey depth", file({.kind = 3, .bits = 24}, kCorners), 16, "24 bits"},
                    Bad{"no width", file({.width = 0}, kCorners), 12, "no pixels"},
                    Bad{"too wide", file({.width = 30'001}, kCorners), 12, "too large"},
                    Bad{"too many", file({.width = 30'000, .height = 30'000}, kCorners), 12, "too large"},
                    Bad{"interleaved", file({.descriptor = 0x60}, kCorners), 17, "interleaved"},
                    Bad{"too short", file({.height = 3}, kCorners), 30, "too short"},
                    Bad{"packed, far too short",
                        file({.kind = 10, .width = 10'000, .height = 10'000}, kCorners), 30, "too short"},
                    Bad{"packed, ends early", file({.kind = 10}, {0x80, 1, 2, 3, 0x80, 1}), 23,
                        "ends too early"},
                    Bad{"run beyond the end", file({.kind = 10}, {0x84, 1, 2, 3}), 19, "beyond the end"},
                    Bad{"no such colour",
                        file({.table_type = 1, .kind = 1, .length = 1, .entry_bits = 24, .bits = 8},
                             {1, 2, 3, 0, 0, 1, 0}),
                        23, "does not have"}));

}  // namespace
}  // namespace nakawari
