#include "bench/raw_picture.h"

#include <png.h>

#include <csetjmp>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

namespace nakawari::bench {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

// Everything that libpng's long jump may pass over lives in the caller's frame.
struct Reading {
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::vector<png_byte> row;
  Grid<std::uint16_t> samples;
};

bool read_png(std::FILE* file, Reading& r) {
  if (setjmp(png_jmpbuf(r.png)) != 0) return false;
  png_init_io(r.png, file);
  png_read_info(r.png, r.info);
  const int width = static_cast<int>(png_get_image_width(r.png, r.info));
  const int height = static_cast<int>(png_get_image_height(r.png, r.info));
  const int depth = png_get_bit_depth(r.png, r.info);
  if (png_get_interlace_type(r.png, r.info) != PNG_INTERLACE_NONE) return false;
  if (depth < 8) png_set_packing(r.png);
  png_read_update_info(r.png, r.info);
  const std::size_t step = static_cast<std::size_t>(png_get_channels(r.png, r.info)) * (depth == 16 ? 2 : 1);
  r.row.resize(png_get_rowbytes(r.png, r.info));
  r.samples = Grid<std::uint16_t>(width, height);
  for (int y = 0; y < height; ++y) {
    png_read_row(r.png, r.row.data(), nullptr);
    for (int x = 0; x < width; ++x) {
      const png_byte* p = &r.row[static_cast<std::size_t>(x) * step];
      r.samples(x, y) = static_cast<std::uint16_t>(depth == 16 ? p[0] * 256 + p[1] : p[0]);
    }
  }
  return true;
}

Failure bad(const std::string& path, const char* what) {
  return fail(ErrorCode::bad_input, what, {}, {.file = path});
}

}  // namespace

Result<Grid<std::uint16_t>> read_samples(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return fail(ErrorCode::not_found, "no such picture", {}, {.file = path});
  Reading reading;
  reading.png = png_create_read_struct(
      PNG_LIBPNG_VER_STRING, nullptr, [](png_structp png, png_const_charp) { png_longjmp(png, 1); },
      [](png_structp, png_const_charp) {});
  if (reading.png == nullptr) return bad(path, "libpng does not start");
  reading.info = png_create_info_struct(reading.png);
  const bool whole = reading.info != nullptr && read_png(file.get(), reading);
  png_destroy_read_struct(&reading.png, &reading.info, nullptr);
  if (!whole) return bad(path, "not a plain PNG, or cut short");
  return std::move(reading.samples);
}

Result<FloatArray> read_npy(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return fail(ErrorCode::not_found, "no such array", {}, {.file = path});
  unsigned char head[10];
  if (std::fread(head, 1, 10, file.get()) != 10 || std::memcmp(head, "\x93NUMPY\x01", 7) != 0)
    return bad(path, "not an .npy of version 1");
  std::string text(static_cast<std::size_t>(head[8] + 256 * head[9]), ' ');
  if (std::fread(text.data(), 1, text.size(), file.get()) != text.size()) return bad(path, "cut short");
  if (text.find("'<f4'") == std::string::npos || text.find("'fortran_order': False") == std::string::npos)
    return bad(path, "not float32 in C order");

  FloatArray array;
  std::size_t total = 1;
  const std::size_t open = text.find('('), close = text.find(')');
  if (open == std::string::npos || close == std::string::npos) return bad(path, "no shape");
  for (std::size_t i = open + 1; i < close;) {
    std::size_t used = 0, value = 0;
    while (i + used < close && text[i + used] >= '0' && text[i + used] <= '9')
      value = value * 10 + static_cast<std::size_t>(text[i + used++] - '0');
    if (used > 0) {
      array.shape.push_back(value);
      total *= value;
      if (total > std::size_t{1} << 28) return bad(path, "implausibly large");
    }
    i += used > 0 ? used : 1;
  }
  array.data.resize(total);
  if (std::fread(array.data.data(), sizeof(float), total, file.get()) != total) return bad(path, "cut short");
  return array;
}

}  // namespace nakawari::bench
