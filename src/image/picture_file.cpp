#include "image/picture_file.h"

#include <algorithm>
#include <cctype>

#include "base/files.h"
#include "image/png/png.h"
#include "image/tga/tga.h"
#include "image/tiff/tiff.h"

namespace nakawari {

Result<Raster> decode_picture(std::span<const std::uint8_t> bytes, const std::string& name) {
  if (looks_like_png(bytes)) return decode_png(bytes, name);
  if (looks_like_tiff(bytes)) return decode_tiff(bytes, name);
  // TGA has no signature: the name decides where the header alone leaves doubt.
  const auto named = format_of(name);
  if (looks_like_tga(bytes) || (named && *named == PictureFormat::tga)) return decode_tga(bytes, name);
  return fail(ErrorCode::bad_input, "not a PNG, TGA or TIFF picture",
              "save it from the drawing program as PNG, TGA or TIFF", {.file = name, .byte = 0});
}

Result<Raster> read_picture(const std::string& path) {
  const auto bytes = read_file(path);
  if (!bytes) return Failure(bytes.error());
  return decode_picture(*bytes, path);
}

Result<PictureFormat> format_of(const std::string& path) {
  const std::size_t dot = path.find_last_of("./");
  std::string ending = dot == std::string::npos || path[dot] == '/' ? "" : path.substr(dot);
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  if (ending == ".png") return PictureFormat::png;
  if (ending == ".tga") return PictureFormat::tga;
  if (ending == ".tif" || ending == ".tiff") return PictureFormat::tiff;
  return fail(ErrorCode::wrong_use, "the ending names no picture format that can be written",
              "use .png, .tga or .tif", {.file = path});
}

Result<std::vector<std::uint8_t>> encode_picture(const Raster& picture, PictureFormat format) {
  if (picture.empty()) return fail(ErrorCode::wrong_use, "an empty picture cannot be written");
  switch (format) {
    case PictureFormat::png:
      return encode_png(picture);
    case PictureFormat::tga:
      return encode_tga(picture);
    case PictureFormat::tiff:
      return encode_tiff(picture);
  }
  return fail(ErrorCode::wrong_use, "this format cannot be written");
}

Result<void> write_picture(const std::string& path, const Raster& picture) {
  const auto format = format_of(path);
  if (!format) return Failure(format.error());
  const auto bytes = encode_picture(picture, *format);
  if (!bytes) {
    Error error = bytes.error();
    error.where.file = path;
    return Failure(std::move(error));
  }
  return write_file(path, *bytes);
}

}  // namespace nakawari
