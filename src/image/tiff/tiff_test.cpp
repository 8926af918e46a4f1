#include "image/tiff/tiff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "image/test_pictures.h"
#include "image/tiff/tiff_memory.h"

namespace nakawari {
namespace {

using testing_pictures::random_picture;

using Bytes = std::vector<std::uint8_t>;

struct Form {
  const char* branch;
  int bits = 8, samples = 3, photometric = PHOTOMETRIC_RGB;
  int compression = COMPRESSION_NONE;
  int orientation = ORIENTATION_TOPLEFT;
  int planes = PLANARCONFIG_CONTIG;
  int tile = 0;
  int extra = -1;
};

/// Writes stored rows of one-byte samples (16 bits: times 257; 1 bit: packed) as the form says.
Bytes file(const Form& form, int width, int height, const Bytes& samples) {
  TiffMemory memory;
  TiffHandle handle = TiffHandle::to_write(memory);
  TIFF* tiff = handle.get();
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, width);
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, height);
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, form.bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, form.samples);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, form.photometric);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, form.planes);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, form.compression);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, form.orientation);
  if (form.extra >= 0) {
    const auto kind = static_cast<std::uint16_t>(form.extra);
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &kind);
  }
  if (form.photometric == PHOTOMETRIC_PALETTE) {
    std::vector<std::uint16_t> r(256), g(256), b(256);
    for (int i = 0; i < 256; ++i) {
      r[i] = static_cast<std::uint16_t>(i * 257);
      g[i] = static_cast<std::uint16_t>((255 - i) * 257);
      b[i] = 7 * 257;
    }
    TIFFSetField(tiff, TIFFTAG_COLORMAP, r.data(), g.data(), b.data());
  }
  const int planes = form.planes == PLANARCONFIG_SEPARATE ? form.samples : 1;
  const int together = form.samples / planes;
  const auto at = [&](int x, int y, int plane, int s) {
    const bool inside = x < width && y < height;
    return inside ? samples[(static_cast<std::size_t>(y) * width + x) * form.samples + plane + s]
                  : std::uint8_t{0};
  };
  const auto row_of = [&](int x0, int y, int n, int plane) {
    Bytes row(form.bits == 1 ? (n + 7) / 8 : n * together * form.bits / 8);
    for (int i = 0; i < n * together; ++i) {
      const std::uint8_t v = at(x0 + i / together, y, plane, i % together);
      if (form.bits == 1 && v != 0) row[i / 8] = static_cast<std::uint8_t>(row[i / 8] | 0x80 >> i % 8);
      if (form.bits == 8) row[i] = v;
      if (form.bits == 16) row[2 * i] = row[2 * i + 1] = v;
    }
    return row;
  };
  if (form.tile > 0) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, form.tile);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, form.tile);
    for (int y0 = 0; y0 < height; y0 += form.tile) {
      for (int x0 = 0; x0 < width; x0 += form.tile) {
        Bytes tile;
        for (int y = 0; y < form.tile; ++y) {
          const Bytes row = row_of(x0, y0 + y, form.tile, 0);
          tile.insert(tile.end(), row.begin(), row.end());
        }
        TIFFWriteEncodedTile(tiff, TIFFComputeTile(tiff, x0, y0, 0, 0), tile.data(), std::ssize(tile));
      }
    }
  } else {
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 3);
    for (int plane = 0; plane < planes; ++plane) {
      for (int y = 0; y < height; ++y) {
        Bytes row = row_of(0, y, width, plane);
        TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), static_cast<std::uint16_t>(plane));
      }
    }
  }
  handle.close();
  EXPECT_EQ(memory.first_error, "") << form.branch;
  return memory.out;
}

Raster decoded(const Bytes& bytes) {
  auto got = decode_tiff(bytes, "x.tif");
  EXPECT_TRUE(got) << got.error().one_line();
  return got ? *got : Raster();
}

TEST(Tiff, ComesBackAsItWas) {
  unsigned seed = 500;
  for (const int colours : {1, 2, 5, 300, 3000}) {
    for (const bool alpha : {false, true}) {
      for (const bool gray : {false, true}) {
        const Raster picture = random_picture(++seed, {colours, alpha, gray});
        const auto bytes = encode_tiff(picture);
        ASSERT_TRUE(bytes);
        EXPECT_EQ(decoded(*bytes), picture);
        EXPECT_EQ(*encode_tiff(picture), *bytes);
      }
    }
  }
}

TEST(Tiff, BlackAndWhiteTakesOneBit) {
  Raster picture(800, 100, kPaper);
  picture(3, 3) = {0, 0, 0, 255};
  EXPECT_LT(encode_tiff(picture)->size(), 1500U);
  EXPECT_EQ(decoded(*encode_tiff(picture)), picture);
}

class TiffForm : public testing::TestWithParam<Form> {};

/// What the stored samples of one pixel mean.
Rgba8 meaning(const Form& form, const std::uint8_t* s) {
  const auto inverse = [](std::uint8_t v) { return static_cast<std::uint8_t>(255 - v); };
  Rgba8 p{s[0], s[0], s[0], 255};
  if (form.photometric == PHOTOMETRIC_MINISWHITE) p = {inverse(s[0]), inverse(s[0]), inverse(s[0]), 255};
  if (form.photometric == PHOTOMETRIC_PALETTE) p = {s[0], inverse(s[0]), 7, 255};
  if (form.photometric == PHOTOMETRIC_RGB) p = {s[0], s[1], s[2], 255};
  if (form.extra >= 0) p.a = s[form.samples - 1];
  return p;
}

TEST_P(TiffForm, IsReadAsWhatItMeans) {
  const Form& form = GetParam();
  const int width = 37, height = 21;
  std::mt19937 random(9);
  Bytes samples(static_cast<std::size_t>(width) * height * form.samples);
  for (auto& s : samples)
    s = form.bits == 1 ? static_cast<std::uint8_t>(random() % 2 ? 255 : 0)
                       : static_cast<std::uint8_t>(random());
  Raster want(width, height);
  for (std::size_t i = 0; i < want.data.size(); ++i) {
    std::uint8_t* s = samples.data() + i * form.samples;
    // Premultiplied samples that divide out exactly: clear or opaque.
    if (form.extra == EXTRASAMPLE_ASSOCALPHA) {
      s[form.samples - 1] = i % 2 ? 255 : 0;
      if (i % 2 == 0) std::fill_n(s, form.samples - 1, std::uint8_t{0});
    }
    want.data[i] = meaning(form, s);
  }
  EXPECT_EQ(decoded(file(form, width, height, samples)), want) << form.branch;
}

INSTANTIATE_TEST_SUITE_P(
    Table, TiffForm,
    testing::Values(Form{"RGB"}, Form{"RGB, 16 bits", 16},
                    Form{"RGB, tiles", 8, 3, PHOTOMETRIC_RGB, COMPRESSION_LZW, 1, 1, 16},
                    Form{"RGB, 16 bits, tiles", 16, 3, PHOTOMETRIC_RGB, COMPRESSION_ADOBE_DEFLATE, 1, 1, 32},
                    Form{"RGBA, straight", 8, 4, PHOTOMETRIC_RGB, 1, 1, 1, 0, EXTRASAMPLE_UNASSALPHA},
                    Form{"RGBA, premultiplied", 8, 4, PHOTOMETRIC_RGB, 1, 1, 1, 0, EXTRASAMPLE_ASSOCALPHA},
                    Form{"RGBA, undeclared", 8, 4, PHOTOMETRIC_RGB, 1, 1, 1, 0, EXTRASAMPLE_UNSPECIFIED},
                    Form{"RGBA, 16 bits", 16, 4, PHOTOMETRIC_RGB, 1, 1, 1, 0, EXTRASAMPLE_UNASSALPHA},
                    Form{"grey", 8, 1, PHOTOMETRIC_MINISBLACK, COMPRESSION_PACKBITS},
                    Form{"grey and alpha", 8, 2, PHOTOMETRIC_MINISBLACK, 1, 1, 1, 0, EXTRASAMPLE_UNASSALPHA},
                    Form{"grey, white is 0", 8, 1, PHOTOMETRIC_MINISWHITE},
                    Form{"grey, 16 bits", 16, 1, PHOTOMETRIC_MINISBLACK},
                    Form{"1 bit", 1, 1, PHOTOMETRIC_MINISBLACK},
                    Form{"1 bit, white is 0", 1, 1, PHOTOMETRIC_MINISWHITE},
                    Form{"fax 4", 1, 1, PHOTOMETRIC_MINISWHITE, COMPRESSION_CCITTFAX4},
                    Form{"fax 3", 1, 1, PHOTOMETRIC_MINISWHITE, COMPRESSION_CCITTFAX3},
                    Form{"1 bit, tiles", 1, 1, PHOTOMETRIC_MINISBLACK, COMPRESSION_LZW, 1, 1, 16},
                    Form{"palette", 8, 1, PHOTOMETRIC_PALETTE},
                    Form{"separate planes", 8, 3, PHOTOMETRIC_RGB, 1, 1, PLANARCONFIG_SEPARATE}),
    [](const auto& test) { return "form_" + std::to_string(test.index); });

TEST(Tiff, EveryOrientationIsTurnedUpright) {
  // Stored: red green / blue white / black grey. By the specification row 0 and column 0 of the stored
  // picture are the named sides of the upright one.
  const Bytes stored{255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255, 0, 0, 0, 9, 9, 9};
  const char* const want[] = {"rg/bw/kd", "gr/wb/dk", "dk/wb/gr", "kd/bw/rg",
                              "rbk/gwd",  "kbr/dwg",  "dwg/kbr",  "gwd/rbk"};
  const auto letter = [](Rgba8 p) {
    if (p == Rgba8{255, 0, 0, 255}) return 'r';
    if (p == Rgba8{0, 255, 0, 255}) return 'g';
    if (p == Rgba8{0, 0, 255, 255}) return 'b';
    return p.r == 255 ? 'w' : p.r == 9 ? 'd' : 'k';
  };
  for (const int planes : {PLANARCONFIG_CONTIG, PLANARCONFIG_SEPARATE}) {
    for (int orientation = 1; orientation <= 8; ++orientation) {
      const Raster got = decoded(
          file({.branch = "orientation", .orientation = orientation, .planes = planes}, 2, 3, stored));
      std::string text;
      for (int y = 0; y < got.height; ++y) {
        if (y > 0) text += '/';
        for (int x = 0; x < got.width; ++x) text += letter(got(x, y));
      }
      EXPECT_EQ(text, want[orientation - 1]) << "orientation " << orientation << ", planes " << planes;
    }
  }
}

TEST(Tiff, CutAnywhereIsOneErrorAndNothingIsPrinted) {
  const Bytes bytes = *encode_tiff(random_picture(77, {3000, true, false}));
  testing::internal::CaptureStderr();
  for (std::size_t n = 0; n < bytes.size(); n += 13) {
    const auto got = decode_tiff(std::span(bytes).first(n), "cut.tif");
    ASSERT_FALSE(got) << n;
    EXPECT_EQ(got.error().code, ErrorCode::bad_input);
    EXPECT_EQ(got.error().where.file, "cut.tif");
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Tiff, ALieAboutTheSizeIsRefusedBeforeAnythingIsAllocated) {
  Bytes bytes = file({.branch = "small"}, 2, 2, Bytes(12));
  // Overwrites the value of the tag in the first directory; entries are 12 bytes after its count.
  const auto set = [&](std::uint16_t tag, std::uint32_t value) {
    const std::size_t directory = bytes[4] | bytes[5] << 8 | bytes[6] << 16;
    for (std::size_t i = 0; i < bytes[directory]; ++i) {
      std::uint8_t* entry = bytes.data() + directory + 2 + 12 * i;
      if ((entry[0] | entry[1] << 8) != tag) continue;
      entry[2] = 4;  // 32 bits
      for (int k = 0; k < 4; ++k) entry[8 + k] = static_cast<std::uint8_t>(value >> 8 * k);
    }
  };
  set(TIFFTAG_IMAGEWIDTH, 14'000);
  set(TIFFTAG_IMAGELENGTH, 14'000);
  EXPECT_THAT(decode_tiff(bytes, "x").error().message, testing::HasSubstr("too short"));
  set(TIFFTAG_IMAGELENGTH, 30'000);
  EXPECT_THAT(decode_tiff(bytes, "x").error().message, testing::HasSubstr("too large"));
  set(TIFFTAG_IMAGEWIDTH, 3'000'000'000U);
  EXPECT_THAT(decode_tiff(bytes, "x").error().message, testing::HasSubstr("too large"));
}

}  // namespace
}  // namespace nakawari
