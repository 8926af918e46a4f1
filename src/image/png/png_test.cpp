#include "image/png/png.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>

#include <csetjmp>

#include "image/test_pictures.h"

namespace nakawari {
namespace {

using testing_pictures::random_picture;

using Bytes = std::vector<std::uint8_t>;

struct Stored {
  const char* branch;
  int colour_type = PNG_COLOR_TYPE_GRAY, depth = 8;
  int interlace = PNG_INTERLACE_NONE;
};

/// Writes rows of stored samples by libpng itself.
Bytes file(const Stored& form, int width, int height, std::vector<Bytes> rows) {
  Bytes out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(
      png, &out,
      [](png_structp p, png_bytep in, size_t n) {
        auto& bytes = *static_cast<Bytes*>(png_get_io_ptr(p));
        bytes.insert(bytes.end(), in, in + n);
      },
      nullptr);
  png_set_IHDR(png, info, static_cast<png_uint_32>(width), static_cast<png_uint_32>(height), form.depth,
               form.colour_type, form.interlace, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (form.colour_type == PNG_COLOR_TYPE_PALETTE) {
    const png_color colours[] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}};
    const png_byte alphas[] = {0, 128};
    png_set_PLTE(png, info, colours, form.depth == 1 ? 2 : 4);
    png_set_tRNS(png, info, alphas, 2, nullptr);
  }
  png_set_gAMA(png, info, 0.3);  // must change nothing
  png_write_info(png, info);
  std::vector<png_bytep> pointers;
  for (Bytes& row : rows) pointers.push_back(row.data());
  png_write_image(png, pointers.data());
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return out;
}

Raster decoded(const Bytes& bytes) {
  auto got = decode_png(bytes, "x.png");
  EXPECT_TRUE(got) << got.error().one_line();
  return got ? *got : Raster();
}

Rgba8 gray(int v, int a = 255) {
  const auto b = static_cast<std::uint8_t>(v);
  return {b, b, b, static_cast<std::uint8_t>(a)};
}

TEST(Png, ComesBackAsItWas) {
  unsigned seed = 0;
  for (const int colours : {1, 2, 3, 4, 5, 16, 17, 256, 257, 4000}) {
    for (const bool alpha : {false, true}) {
      for (const bool gray_only : {false, true}) {
        const Raster picture = random_picture(++seed, {colours, alpha, gray_only});
        const auto bytes = encode_png(picture);
        ASSERT_TRUE(bytes);
        EXPECT_EQ(decoded(*bytes), picture) << colours << alpha << gray_only;
        EXPECT_EQ(*encode_png(picture), *bytes);
      }
    }
  }
}

struct Smallest {
  const char* branch;
  std::vector<Rgba8> colours;
  int colour_type, depth;
};

class SmallestPng : public testing::TestWithParam<Smallest> {};

TEST_P(SmallestPng, HoldsThePicture) {
  const Smallest& c = GetParam();
  Raster picture(static_cast<int>(c.colours.size()), 1);
  picture.data = c.colours;
  const Bytes bytes = *encode_png(picture);
  EXPECT_EQ(bytes[24], c.depth) << c.branch;
  EXPECT_EQ(bytes[25], c.colour_type) << c.branch;
  EXPECT_EQ(decoded(bytes), picture);
}

std::vector<Rgba8> ramp(int n, bool tinted, int alpha) {
  std::vector<Rgba8> out;
  for (int i = 0; i < n; ++i) {
    out.push_back({static_cast<std::uint8_t>(i), static_cast<std::uint8_t>(i),
                   static_cast<std::uint8_t>(tinted ? i / 256 + 1 : i), static_cast<std::uint8_t>(alpha)});
  }
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Table, SmallestPng,
    testing::Values(Smallest{"black and white", {gray(0), gray(255)}, PNG_COLOR_TYPE_GRAY, 1},
                    Smallest{"two odd greys", {gray(0), gray(200)}, PNG_COLOR_TYPE_PALETTE, 1},
                    Smallest{
                        "four even greys", {gray(0), gray(85), gray(170), gray(255)}, PNG_COLOR_TYPE_GRAY, 2},
                    Smallest{"sixteen even greys",
                             {gray(17), gray(34), gray(51), gray(68), gray(255)},
                             PNG_COLOR_TYPE_GRAY,
                             4},
                    Smallest{"all greys", ramp(256, false, 255), PNG_COLOR_TYPE_GRAY, 8},
                    Smallest{"black on clear", {gray(0), gray(0, 0)}, PNG_COLOR_TYPE_PALETTE, 1},
                    Smallest{"three inks", {gray(0), gray(255), {255, 0, 0, 255}}, PNG_COLOR_TYPE_PALETTE, 2},
                    Smallest{"256 colours", ramp(256, true, 255), PNG_COLOR_TYPE_PALETTE, 8},
                    Smallest{"257 colours", ramp(257, true, 255), PNG_COLOR_TYPE_RGB, 8},
                    Smallest{"257 with alpha", ramp(257, true, 254), PNG_COLOR_TYPE_RGB_ALPHA, 8},
                    Smallest{"greys with alpha",
                             [] {
                               auto c = ramp(256, false, 255);
                               c.push_back(gray(3, 7));
                               return c;
                             }(),
                             PNG_COLOR_TYPE_GRAY_ALPHA, 8}),
    [](const auto& test) { return "case_" + std::to_string(test.index); });

TEST(Png, EveryStoredForm) {
  for (const int interlace : {PNG_INTERLACE_NONE, PNG_INTERLACE_ADAM7}) {
    const auto rows = [](Bytes row) { return std::vector<Bytes>{row, row}; };
    const auto first_row = [&](const Stored& form, int width, const Bytes& row) {
      const Raster got = decoded(file(form, width, 2, rows(row)));
      EXPECT_EQ(got.height, 2);
      return std::vector<Rgba8>(got.data.begin(), got.data.begin() + width);
    };
    EXPECT_EQ(first_row({"1-bit grey", PNG_COLOR_TYPE_GRAY, 1, interlace}, 3, {0b101'00000}),
              (std::vector{gray(255), gray(0), gray(255)}));
    EXPECT_EQ(first_row({"2-bit grey", PNG_COLOR_TYPE_GRAY, 2, interlace}, 3, {0b00'01'11'00}),
              (std::vector{gray(0), gray(85), gray(255)}));
    EXPECT_EQ(first_row({"8-bit grey", PNG_COLOR_TYPE_GRAY, 8, interlace}, 2, {5, 250}),
              (std::vector{gray(5), gray(250)}));
    EXPECT_EQ(first_row({"16-bit grey", PNG_COLOR_TYPE_GRAY, 16, interlace}, 3,
                        {0x80, 0x80, 0xFF, 0xFF, 0x00, 0x90}),
              (std::vector{gray(0x80), gray(0xFF), gray(1)}));
    EXPECT_EQ(first_row({"grey and alpha", PNG_COLOR_TYPE_GRAY_ALPHA, 8, interlace}, 1, {9, 8}),
              (std::vector{gray(9, 8)}));
    EXPECT_EQ(first_row({"palette", PNG_COLOR_TYPE_PALETTE, 2, interlace}, 3, {0b00'01'10'00}),
              (std::vector{Rgba8{1, 2, 3, 0}, Rgba8{4, 5, 6, 128}, Rgba8{7, 8, 9, 255}}));
    EXPECT_EQ(first_row({"RGB", PNG_COLOR_TYPE_RGB, 8, interlace}, 1, {1, 2, 3}),
              (std::vector{Rgba8{1, 2, 3, 255}}));
    EXPECT_EQ(
        first_row({"RGBA, 16 bits", PNG_COLOR_TYPE_RGB_ALPHA, 16, interlace}, 1, {1, 1, 2, 2, 3, 3, 4, 4}),
        (std::vector{Rgba8{1, 2, 3, 4}}));
  }
}

TEST(Png, LabelsKeepTheirDepth) {
  const Bytes sixteen = file({"", PNG_COLOR_TYPE_GRAY, 16}, 2, 1, {{0x12, 0x34, 0xFF, 0xFF}});
  EXPECT_EQ(decode_png_labels(sixteen, "x")->data, (std::vector<std::uint16_t>{0x1234, 0xFFFF}));
  const Bytes eight = file({"", PNG_COLOR_TYPE_GRAY, 8}, 2, 1, {{7, 255}});
  EXPECT_EQ(decode_png_labels(eight, "x")->data, (std::vector<std::uint16_t>{7, 255}));
  const Bytes one = file({"", PNG_COLOR_TYPE_GRAY, 1}, 2, 1, {{0b01'000000}});
  EXPECT_EQ(decode_png_labels(one, "x")->data, (std::vector<std::uint16_t>{0, 1}));
  const Bytes colour = file({"", PNG_COLOR_TYPE_RGB, 8}, 1, 1, {{1, 2, 3}});
  EXPECT_EQ(decode_png_labels(colour, "x").error().code, ErrorCode::bad_input);
}

TEST(Png, CutAnywhereIsOneError) {
  const auto bytes = *encode_png(random_picture(5, {300, true, false}));
  // The last chunk carries no pixels; all before it must be there.
  for (std::size_t n = 0; n + 16 < bytes.size(); n += 7) {
    const auto got = decode_png(std::span(bytes).first(n), "cut.png");
    ASSERT_FALSE(got) << n;
    EXPECT_EQ(got.error().code, ErrorCode::bad_input);
    EXPECT_EQ(got.error().where.file, "cut.png");
    EXPECT_GE(got.error().where.byte, 0);
    EXPECT_LE(got.error().where.byte, static_cast<long>(n));
  }
}

TEST(Png, ALieAboutTheSizeIsRefusedBeforeAnythingIsAllocated) {
  Bytes bytes = *encode_png(Raster(4, 4, kPaper));
  const auto set = [&](std::size_t at, int v) {
    bytes[at + 2] = static_cast<std::uint8_t>(v >> 8);
    bytes[at + 3] = static_cast<std::uint8_t>(v);
  };
  set(16, 30'000);
  set(20, 30'000);
  EXPECT_THAT(decode_png(bytes, "x").error().message, testing::HasSubstr("too large"));
  set(16, 14'000);
  set(20, 14'000);
  EXPECT_THAT(decode_png(bytes, "x").error().message, testing::HasSubstr("too short"));
  set(16, 0);
  EXPECT_THAT(decode_png(bytes, "x").error().message, testing::HasSubstr("no pixels"));
}

}  // namespace
}  // namespace nakawari
