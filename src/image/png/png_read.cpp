#include <fmt/core.h>
#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "image/picture_file.h"
#include "image/png/png.h"

namespace nakawari {
namespace {

constexpr std::array<std::uint8_t, 8> kSignature{0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
/// Signature, then the header chunk: length, "IHDR", 13 bytes, checksum.
constexpr std::size_t kHeaderEnd = 33;
/// Deflate makes at most 1032 bytes out of one; a claim beyond that is a lie.
constexpr std::int64_t kLargestExpansion = 1032;
/// Text and profile chunks are of no use here; none needs more memory than this.
constexpr png_alloc_size_t kLargestChunk = 8U << 20;
constexpr const char* kSaveAgain = "save it again from the drawing program";

struct Header {
  std::int64_t width = 0, height = 0;
  int depth = 0, colour_type = 0;
};

std::int64_t big_endian(std::span<const std::uint8_t> bytes, std::size_t at) {
  return std::int64_t{bytes[at]} << 24 | bytes[at + 1] << 16 | bytes[at + 2] << 8 | bytes[at + 3];
}

/// Bits a pixel takes as stored; 0 for a colour type that does not exist.
int bits_per_pixel(const Header& header) {
  switch (header.colour_type) {
    case PNG_COLOR_TYPE_GRAY:
    case PNG_COLOR_TYPE_PALETTE:
      return header.depth;
    case PNG_COLOR_TYPE_GRAY_ALPHA:
      return header.depth * 2;
    case PNG_COLOR_TYPE_RGB:
      return header.depth * 3;
    case PNG_COLOR_TYPE_RGB_ALPHA:
      return header.depth * 4;
    default:
      return 0;
  }
}

/// Reads the size from the header chunk and refuses what is out of bounds or cannot be in the file.
Result<Header> read_header(std::span<const std::uint8_t> bytes, const std::string& name) {
  if (!looks_like_png(bytes)) {
    return fail(ErrorCode::bad_input, "not a PNG picture", kSaveAgain, {.file = name, .byte = 0});
  }
  if (bytes.size() < kHeaderEnd) {
    return fail(ErrorCode::bad_input, "the picture ends within its header", kSaveAgain,
                {.file = name, .byte = static_cast<long>(bytes.size())});
  }
  if (std::memcmp(bytes.data() + 12, "IHDR", 4) != 0) {
    return fail(ErrorCode::bad_input, "the PNG header chunk is missing", kSaveAgain,
                {.file = name, .byte = 12});
  }
  const Header header{big_endian(bytes, 16), big_endian(bytes, 20), bytes[24], bytes[25]};
  if (header.width < 1 || header.height < 1) {
    return fail(ErrorCode::bad_input, "the picture has no pixels", kSaveAgain, {.file = name, .byte = 16});
  }
  if (header.width > kMaxSide || header.height > kMaxSide || header.width * header.height > kMaxPixels) {
    return fail(ErrorCode::bad_input,
                fmt::format("the picture is too large: {} x {} pixels", header.width, header.height),
                fmt::format("keep within {} pixels a side and {} in all", kMaxSide, kMaxPixels),
                {.file = name, .byte = 16});
  }
  const std::int64_t stored = header.width * header.height * bits_per_pixel(header) / 8;
  if (stored > static_cast<std::int64_t>(bytes.size()) * kLargestExpansion) {
    return fail(ErrorCode::bad_input,
                fmt::format("the file is too short for {} x {} pixels", header.width, header.height),
                kSaveAgain, {.file = name, .byte = static_cast<long>(bytes.size())});
  }
  return header;
}

/// What libpng's callbacks see. libpng leaves by longjmp, so everything with a destructor lives in the
/// callers of the two functions below that call setjmp.
struct Reading {
  std::span<const std::uint8_t> bytes;
  std::size_t at = 0;
  std::string message = {};
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::vector<png_bytep> rows = {};

  ~Reading() { png_destroy_read_struct(&png, &info, nullptr); }
};

extern "C" {
static void nakawari_png_read(png_structp png, png_bytep out, size_t n) {
  auto& reading = *static_cast<Reading*>(png_get_io_ptr(png));
  if (n > reading.bytes.size() - reading.at) {
    reading.at = reading.bytes.size();
    png_error(png, "the picture ends too early");
  }
  std::memcpy(out, reading.bytes.data() + reading.at, n);
  reading.at += n;
}

static void nakawari_png_read_error(png_structp png, png_const_charp message) {
  static_cast<Reading*>(png_get_error_ptr(png))->message = message;
  png_longjmp(png, 1);
}

static void nakawari_png_read_warning(png_structp, png_const_charp) {}
}

bool open(Reading& reading) {
  reading.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &reading, nakawari_png_read_error,
                                       nakawari_png_read_warning);
  if (reading.png == nullptr) return false;
  if (setjmp(png_jmpbuf(reading.png))) return false;
  reading.info = png_create_info_struct(reading.png);
  if (reading.info == nullptr) return false;
  png_set_read_fn(reading.png, &reading, nakawari_png_read);
  png_set_user_limits(reading.png, kMaxSide, kMaxSide);
  png_set_chunk_malloc_max(reading.png, kLargestChunk);
  png_set_keep_unknown_chunks(reading.png, PNG_HANDLE_CHUNK_NEVER, nullptr, 0);
  png_read_info(reading.png, reading.info);
  return true;
}

enum class Wanted { rgba8, gray16 };

/// Reads the pixels into `reading.rows`.
bool read_pixels(Reading& reading, Wanted wanted, std::size_t row_bytes) {
  if (setjmp(png_jmpbuf(reading.png))) return false;
  if (wanted == Wanted::rgba8) {
    png_set_scale_16(reading.png);
    png_set_expand(reading.png);
    png_set_gray_to_rgb(reading.png);
    png_set_add_alpha(reading.png, 0xFF, PNG_FILLER_AFTER);
  } else {
    if (png_get_bit_depth(reading.png, reading.info) < 8) png_set_packing(reading.png);
  }
  png_set_interlace_handling(reading.png);
  png_read_update_info(reading.png, reading.info);
  if (png_get_rowbytes(reading.png, reading.info) != row_bytes) {
    png_error(reading.png, "the rows are not as long as the header says");
  }
  png_read_image(reading.png, reading.rows.data());
  return true;  // what follows the pixels is of no use here
}

Failure failure(const Reading& reading, const std::string& name) {
  const std::string what = reading.message.empty() ? "cannot be decoded" : reading.message;
  return fail(ErrorCode::bad_input, "broken PNG: " + what, kSaveAgain,
              {.file = name, .byte = static_cast<long>(reading.at)});
}

void point_rows(Reading& reading, std::uint8_t* first, std::size_t row_bytes, int height) {
  reading.rows.resize(static_cast<std::size_t>(height));
  for (std::size_t y = 0; y < reading.rows.size(); ++y) reading.rows[y] = first + y * row_bytes;
}

}  // namespace

bool looks_like_png(std::span<const std::uint8_t> bytes) {
  return bytes.size() >= kSignature.size() && std::equal(kSignature.begin(), kSignature.end(), bytes.begin());
}

Result<Raster> decode_png(std::span<const std::uint8_t> bytes, const std::string& name) {
  const auto header = read_header(bytes, name);
  if (!header) return Failure(header.error());
  Reading reading{.bytes = bytes};
  if (!open(reading)) return failure(reading, name);

  static_assert(sizeof(Rgba8) == 4, "rows are read straight into the picture");
  Raster picture(static_cast<int>(header->width), static_cast<int>(header->height));
  const std::size_t row_bytes = static_cast<std::size_t>(header->width) * 4;
  point_rows(reading, reinterpret_cast<std::uint8_t*>(picture.data.data()), row_bytes, picture.height);
  if (!read_pixels(reading, Wanted::rgba8, row_bytes)) return failure(reading, name);
  return picture;
}

Result<Grid<std::uint16_t>> decode_png_labels(std::span<const std::uint8_t> bytes, const std::string& name) {
  const auto header = read_header(bytes, name);
  if (!header) return Failure(header.error());
  if (header->colour_type != PNG_COLOR_TYPE_GRAY) {
    return fail(ErrorCode::bad_input, "a label map must be a grey PNG", {}, {.file = name, .byte = 25});
  }
  Reading reading{.bytes = bytes};
  if (!open(reading)) return failure(reading, name);

  const int width = static_cast<int>(header->width), height = static_cast<int>(header->height);
  const std::size_t sample = header->depth == 16 ? 2 : 1, row_bytes = sample * header->width;
  std::vector<std::uint8_t> raw(row_bytes * height);
  point_rows(reading, raw.data(), row_bytes, height);
  if (!read_pixels(reading, Wanted::gray16, row_bytes)) return failure(reading, name);

  Grid<std::uint16_t> labels(width, height);
  for (std::size_t i = 0; i < labels.data.size(); ++i) {
    labels.data[i] = sample == 2 ? static_cast<std::uint16_t>(raw[2 * i] << 8 | raw[2 * i + 1]) : raw[i];
  }
  return labels;
}

}  // namespace nakawari
