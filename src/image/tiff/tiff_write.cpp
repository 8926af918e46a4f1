#include <algorithm>

#include "image/tiff/tiff.h"
#include "image/tiff/tiff_memory.h"

namespace nakawari {
namespace {

/// Strips of about this many bytes, as the format's authors advise.
constexpr int kStripBytes = 64 * 1024;

enum class Form { bilevel, gray, rgb, rgba };

Form form_of(const Raster& picture) {
  bool bilevel = true, gray = true;
  for (const Rgba8 p : picture.data) {
    if (p.a != 255) return Form::rgba;
    gray = gray && p.r == p.g && p.g == p.b;
    bilevel = bilevel && gray && (p.r == 0 || p.r == 255);
  }
  return bilevel ? Form::bilevel : gray ? Form::gray : Form::rgb;
}

int samples_of(Form form) {
  return form == Form::rgba ? 4 : form == Form::rgb ? 3 : 1;
}

void pack(const Rgba8* in, int width, Form form, std::vector<std::uint8_t>& row) {
  row.clear();
  if (form == Form::bilevel) {
    row.assign(static_cast<std::size_t>(width + 7) / 8, 0);
    for (int x = 0; x < width; ++x) {
      if (in[x].r != 0) row[x / 8] = static_cast<std::uint8_t>(row[x / 8] | 0x80 >> x % 8);
    }
    return;
  }
  for (int x = 0; x < width; ++x) {
    row.push_back(in[x].r);
    if (form == Form::gray) continue;
    row.push_back(in[x].g);
    row.push_back(in[x].b);
    if (form == Form::rgba) row.push_back(in[x].a);
  }
}

bool write(TIFF* tiff, const Raster& picture) {
  const Form form = form_of(picture);
  const int bits = form == Form::bilevel ? 1 : 8, samples = samples_of(form);
  const int row_bytes = (picture.width * bits * samples + 7) / 8;
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(picture.width));
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(picture.height));
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, samples);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, samples == 1 ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(std::max(1, kStripBytes / row_bytes)));
  if (form == Form::rgba) {
    const std::uint16_t straight = EXTRASAMPLE_UNASSALPHA;
    TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &straight);
  }
  std::vector<std::uint8_t> row;
  for (int y = 0; y < picture.height; ++y) {
    pack(picture.data.data() + picture.index(0, y), picture.width, form, row);
    if (TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0) < 0) return false;
  }
  return TIFFFlush(tiff) != 0;
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_tiff(const Raster& picture) {
  if (picture.empty()) return fail(ErrorCode::wrong_use, "an empty picture cannot be written");
  TiffMemory memory;
  TiffHandle handle = TiffHandle::to_write(memory);
  const bool done = handle.get() != nullptr && write(handle.get(), picture);
  handle.close();
  if (!done || !memory.first_error.empty()) {
    return fail(ErrorCode::io, "the picture could not be encoded as TIFF: " + memory.first_error);
  }
  return std::move(memory.out);
}

}  // namespace nakawari
