#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "image/picture_file.h"
#include "image/tiff/tiff.h"
#include "image/tiff/tiff_memory.h"

namespace nakawari {
namespace {

constexpr const char* kSaveAgain = "save it again from the drawing program, or as PNG";
/// Beyond the pixels themselves libtiff needs tables; a strip of the largest 16-bit RGBA picture is the
/// largest single piece.
constexpr std::int64_t kLargestPiece = kMaxPixels * 8;

struct Header {
  std::uint32_t width = 0, height = 0;
  std::uint16_t bits = 1, samples = 1, photometric = PHOTOMETRIC_MINISBLACK;
  std::uint16_t planes = PLANARCONFIG_CONTIG, orientation = ORIENTATION_TOPLEFT;
  std::uint16_t format = SAMPLEFORMAT_UINT, compression = COMPRESSION_NONE;
  /// EXTRASAMPLE_* of the first sample beyond the colour, if there is one.
  std::optional<std::uint16_t> extra = {};

  [[nodiscard]] bool gray() const {
    return photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
  }
  [[nodiscard]] int colour_samples() const { return photometric == PHOTOMETRIC_RGB ? 3 : 1; }
  /// Alpha follows the colour. An unspecified extra sample is alpha in all drawings met so far.
  [[nodiscard]] bool has_alpha() const { return extra.has_value() && samples > colour_samples(); }
  /// Read here; everything else goes through libtiff's conversion.
  [[nodiscard]] bool is_plain() const {
    const bool kind =
        gray() || photometric == PHOTOMETRIC_RGB || (photometric == PHOTOMETRIC_PALETTE && bits <= 8);
    const bool depth = bits == 8 || bits == 16 || (bits == 1 && samples == 1);
    return kind && depth && planes == PLANARCONFIG_CONTIG && format == SAMPLEFORMAT_UINT &&
           samples >= colour_samples();
  }
};

Header header_of(TIFF* tiff) {
  Header h;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &h.width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &h.height);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &h.bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &h.samples);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &h.planes);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &h.orientation);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLEFORMAT, &h.format);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_COMPRESSION, &h.compression);
  if (TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &h.photometric) == 0) {
    // Fax coded scans may leave it out; they are black on white.
    const bool fax = h.compression == COMPRESSION_CCITTFAX3 || h.compression == COMPRESSION_CCITTFAX4 ||
                     h.compression == COMPRESSION_CCITTRLE;
    h.photometric = fax ? PHOTOMETRIC_MINISWHITE : h.samples >= 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK;
  }
  std::uint16_t count = 0;
  std::uint16_t* kinds = nullptr;
  if (TIFFGetFieldDefaulted(tiff, TIFFTAG_EXTRASAMPLES, &count, &kinds) != 0 && count > 0 &&
      kinds != nullptr) {
    h.extra = kinds[0];
  }
  if (h.orientation < ORIENTATION_TOPLEFT || h.orientation > ORIENTATION_LEFTBOT) {
    h.orientation = ORIENTATION_TOPLEFT;
  }
  return h;
}

/// How many bytes one stored byte can at most become. Claims beyond that are lies.
std::int64_t largest_expansion(const Header& header) {
  switch (header.compression) {
    case COMPRESSION_NONE:
      return 1;
    case COMPRESSION_PACKBITS:
      return 64;
    case COMPRESSION_CCITTRLE:
    case COMPRESSION_CCITTRLEW:
    case COMPRESSION_CCITTFAX3:
    case COMPRESSION_CCITTFAX4:
      return header.width;  // a row that repeats the one above takes one bit
    case COMPRESSION_LZMA:
    case COMPRESSION_ZSTD:
    case COMPRESSION_WEBP:
      return 40'000;
    default:
      return 4'096;
  }
}

std::uint8_t narrow(std::uint16_t v) {
  return static_cast<std::uint8_t>((v * 255U + 32'895U) >> 16);
}

std::uint8_t divided(std::uint8_t c, std::uint8_t a) {
  return a == 0 ? 0 : static_cast<std::uint8_t>(std::min((c * 255 + a / 2) / a, 255));
}

/// Turns rows of stored samples into colours.
class RowDecoder {
 public:
  /// False when a palette picture has no palette.
  bool prepare(TIFF* tiff, const Header& header) {
    header_ = header;
    if (header.photometric != PHOTOMETRIC_PALETTE) return true;
    std::uint16_t *r = nullptr, *g = nullptr, *b = nullptr;
    if (TIFFGetField(tiff, TIFFTAG_COLORMAP, &r, &g, &b) == 0) return false;
    const std::size_t n = std::size_t{1} << header.bits;
    // Some writers put 8-bit values into the 16-bit table.
    const bool wide = std::any_of(r, r + n, [](auto v) { return v > 255; }) ||
                      std::any_of(g, g + n, [](auto v) { return v > 255; }) ||
                      std::any_of(b, b + n, [](auto v) { return v > 255; });
    const auto entry = [&](std::uint16_t v) { return wide ? narrow(v) : static_cast<std::uint8_t>(v); };
    for (std::size_t i = 0; i < n; ++i) palette_[i] = {entry(r[i]), entry(g[i]), entry(b[i]), 255};
    return true;
  }

  /// Decodes n pixels from the start of a stored row; `sink(i, colour)` gets each.
  template <typename Sink>
  void decode(const std::uint8_t* row, int n, Sink sink) const {
    for (int i = 0; i < n; ++i) sink(i, header_.bits == 1 ? bilevel(row, i) : pixel(row, i));
  }

 private:
  [[nodiscard]] Rgba8 bilevel(const std::uint8_t* row, int i) const {
    return level(static_cast<std::uint8_t>((row[i / 8] >> (7 - i % 8) & 1) != 0 ? 255 : 0), 1);
  }

  /// Grey or palette from a sample; palette indexes come as they are unless 1-bit (0 or 255).
  [[nodiscard]] Rgba8 level(std::uint8_t v, int bits) const {
    if (header_.photometric == PHOTOMETRIC_PALETTE) return palette_[bits == 1 ? v & 1U : v];
    if (header_.photometric == PHOTOMETRIC_MINISWHITE) v = static_cast<std::uint8_t>(255 - v);
    return {v, v, v, 255};
  }

  [[nodiscard]] std::uint8_t sample(const std::uint8_t* row, std::size_t i) const {
    if (header_.bits == 8) return row[i];
    std::uint16_t v = 0;  // libtiff has put it in the machine's byte order
    std::memcpy(&v, row + 2 * i, sizeof v);
    return narrow(v);
  }

  [[nodiscard]] Rgba8 pixel(const std::uint8_t* row, int i) const {
    const std::size_t at = static_cast<std::size_t>(i) * header_.samples;
    const std::size_t colours = static_cast<std::size_t>(header_.colour_samples());
    Rgba8 p = level(sample(row, at), 8);
    if (colours == 3) p = {sample(row, at), sample(row, at + 1), sample(row, at + 2), 255};
    if (header_.has_alpha()) p.a = sample(row, at + colours);
    if (header_.has_alpha() && header_.extra == EXTRASAMPLE_ASSOCALPHA) {
      p = {divided(p.r, p.a), divided(p.g, p.a), divided(p.b, p.a), p.a};
    }
    return p;
  }

  Header header_;
  std::array<Rgba8, 256> palette_{};
};

/// Where a stored pixel goes in the upright picture.
struct Placing {
  bool transpose = false, flip_x = false, flip_y = false;

  explicit Placing(std::uint16_t orientation) {
    transpose = orientation >= ORIENTATION_LEFTTOP;
    switch (orientation) {
      case ORIENTATION_TOPRIGHT:
      case ORIENTATION_RIGHTTOP:
        flip_x = true;
        break;
      case ORIENTATION_BOTRIGHT:
      case ORIENTATION_RIGHTBOT:
        flip_x = flip_y = true;
        break;
      case ORIENTATION_BOTLEFT:
      case ORIENTATION_LEFTBOT:
        flip_y = true;
        break;
      default:
        break;
    }
  }
};

/// Writes stored pixel (x, y) to its place.
void place(Raster& picture, const Placing& placing, int x, int y, Rgba8 colour) {
  int px = placing.transpose ? y : x, py = placing.transpose ? x : y;
  if (placing.flip_x) px = picture.width - 1 - px;
  if (placing.flip_y) py = picture.height - 1 - py;
  picture(px, py) = colour;
}

/// A rectangle of stored pixels that is decoded at once: a strip, or a tile that may reach beyond the edge.
struct Piece {
  int x = 0, y = 0, width = 0, height = 0;
  std::size_t row_bytes = 0;
};

void unpack(const Piece& piece, const std::vector<std::uint8_t>& buffer, const Header& header,
            const RowDecoder& decoder, Raster& picture) {
  const Placing placing(header.orientation);
  const int width = std::min(piece.width, static_cast<int>(header.width) - piece.x);
  const int height = std::min(piece.height, static_cast<int>(header.height) - piece.y);
  for (int y = 0; y < height; ++y) {
    decoder.decode(buffer.data() + static_cast<std::size_t>(y) * piece.row_bytes, width,
                   [&](int x, Rgba8 c) { place(picture, placing, piece.x + x, piece.y + y, c); });
  }
}

bool read_strips(TIFF* tiff, const Header& header, const RowDecoder& decoder,
                 std::vector<std::uint8_t>& buffer, Raster& picture) {
  std::uint32_t rows = 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ROWSPERSTRIP, &rows);
  rows = std::clamp(rows, std::uint32_t{1}, header.height);
  const auto row_bytes = static_cast<std::size_t>(TIFFScanlineSize64(tiff));
  for (std::uint32_t y = 0; y < header.height; y += rows) {
    const int height = static_cast<int>(std::min(rows, header.height - y));
    const auto wanted = static_cast<tmsize_t>(row_bytes * height);
    if (wanted > std::ssize(buffer)) return false;
    if (TIFFReadEncodedStrip(tiff, TIFFComputeStrip(tiff, y, 0), buffer.data(), wanted) < wanted)
      return false;
    unpack({0, static_cast<int>(y), static_cast<int>(header.width), height, row_bytes}, buffer, header,
           decoder, picture);
  }
  return true;
}

bool read_tiles(TIFF* tiff, const Header& header, const RowDecoder& decoder,
                std::vector<std::uint8_t>& buffer, Raster& picture) {
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_TILELENGTH, &height);
  if (width == 0 || height == 0) return false;
  const auto row_bytes = static_cast<std::size_t>(TIFFTileRowSize64(tiff));
  const auto wanted = static_cast<tmsize_t>(row_bytes * height);
  if (wanted > std::ssize(buffer)) return false;
  for (std::uint32_t y = 0; y < header.height; y += height) {
    for (std::uint32_t x = 0; x < header.width; x += width) {
      if (TIFFReadEncodedTile(tiff, TIFFComputeTile(tiff, x, y, 0, 0), buffer.data(), wanted) < wanted)
        return false;
      unpack({static_cast<int>(x), static_cast<int>(y), static_cast<int>(width), static_cast<int>(height),
              row_bytes},
             buffer, header, decoder, picture);
    }
  }
  return true;
}

/// What libtiff converts itself comes premultiplied, in the order a b g r.
bool read_converted(TIFF* tiff, const Header& header, Raster& picture) {
  std::vector<std::uint32_t> pixels(static_cast<std::size_t>(header.width) * header.height);
  // Asked for as stored: libtiff's own turning leaves pictures on their side as they are.
  if (TIFFReadRGBAImageOriented(tiff, header.width, header.height, pixels.data(), header.orientation, 1) ==
      0) {
    return false;
  }
  const Placing placing(header.orientation);
  for (std::uint32_t y = 0; y < header.height; ++y) {
    for (std::uint32_t x = 0; x < header.width; ++x) {
      const std::uint32_t v = pixels[static_cast<std::size_t>(y) * header.width + x];
      const auto a = static_cast<std::uint8_t>(TIFFGetA(v));
      const Rgba8 colour{divided(static_cast<std::uint8_t>(TIFFGetR(v)), a),
                         divided(static_cast<std::uint8_t>(TIFFGetG(v)), a),
                         divided(static_cast<std::uint8_t>(TIFFGetB(v)), a), a};
      place(picture, placing, static_cast<int>(x), static_cast<int>(y), colour);
    }
  }
  return true;
}

/// Bytes of the largest piece that is decoded at once.
std::int64_t piece_bytes(TIFF* tiff) {
  const std::uint64_t size = TIFFIsTiled(tiff) != 0 ? TIFFTileSize64(tiff) : TIFFStripSize64(tiff);
  return static_cast<std::int64_t>(std::min<std::uint64_t>(size, std::uint64_t{1} << 62));
}

}  // namespace

bool looks_like_tiff(std::span<const std::uint8_t> bytes) {
  if (bytes.size() < 4) return false;
  const bool little =
      bytes[0] == 'I' && bytes[1] == 'I' && (bytes[2] == 42 || bytes[2] == 43) && bytes[3] == 0;
  const bool big = bytes[0] == 'M' && bytes[1] == 'M' && bytes[2] == 0 && (bytes[3] == 42 || bytes[3] == 43);
  return little || big;
}

Result<Raster> decode_tiff(std::span<const std::uint8_t> bytes, const std::string& name) {
  TiffMemory memory{.in = bytes};
  const auto bad = [&](const std::string& message) {
    const std::string detail = memory.first_error.empty() ? "" : " (" + memory.first_error + ")";
    return fail(ErrorCode::bad_input, "broken TIFF: " + message + detail, kSaveAgain, {.file = name});
  };
  if (!looks_like_tiff(bytes)) return bad("not a TIFF picture");
  const TiffHandle handle = TiffHandle::to_read(memory, kLargestPiece);
  TIFF* tiff = handle.get();
  if (tiff == nullptr) return bad("its directory cannot be read");

  const Header header = header_of(tiff);
  if (header.width == 0 || header.height == 0) return bad("the picture has no pixels");
  if (header.width > static_cast<std::uint32_t>(kMaxSide) ||
      header.height > static_cast<std::uint32_t>(kMaxSide) ||
      std::int64_t{header.width} * header.height > kMaxPixels) {
    return fail(ErrorCode::bad_input,
                fmt::format("the picture is too large: {} x {} pixels", header.width, header.height),
                fmt::format("keep within {} pixels a side and {} in all", kMaxSide, kMaxPixels),
                {.file = name});
  }
  const std::int64_t most = std::ssize(bytes) * largest_expansion(header);
  const std::int64_t stored =
      (std::int64_t{header.width} * header.bits * header.samples + 7) / 8 * header.height;
  const std::int64_t piece = piece_bytes(tiff);
  if (stored > most || piece > std::max(most, std::int64_t{1} << 20)) {
    return bad(fmt::format("the file is too short for {} x {} pixels", header.width, header.height));
  }

  const bool transposed = header.orientation >= ORIENTATION_LEFTTOP;
  const int width = static_cast<int>(header.width), height = static_cast<int>(header.height);
  Raster picture(transposed ? height : width, transposed ? width : height);
  if (!header.is_plain()) {
    std::array<char, 1024> why{};
    if (TIFFRGBAImageOK(tiff, why.data()) == 0)
      return bad(std::string("cannot be read as a drawing: ") + why.data());
    if (!read_converted(tiff, header, picture)) return bad("its pixels cannot be decoded");
    return picture;
  }
  RowDecoder decoder;
  if (!decoder.prepare(tiff, header)) return bad("the colour table is missing");
  std::vector<std::uint8_t> buffer(static_cast<std::size_t>(piece));
  const bool done = TIFFIsTiled(tiff) != 0 ? read_tiles(tiff, header, decoder, buffer, picture)
                                           : read_strips(tiff, header, decoder, buffer, picture);
  if (!done) return bad("its pixels cannot be decoded");
  return picture;
}

}  // namespace nakawari
