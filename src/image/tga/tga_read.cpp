#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "image/picture_file.h"
#include "image/tga/tga.h"

namespace nakawari {
namespace {

constexpr std::size_t kHeaderSize = 18;
constexpr int kRunLength = 8;  ///< added to the kind of a run-length coded picture
constexpr int kLongestPacket = 128;
constexpr const char* kSaveAgain = "save it again from the drawing program";

enum class Kind { table = 1, colour = 2, gray = 3 };

struct Header {
  int text_length = 0;
  bool has_table = false;
  Kind kind = Kind::colour;
  bool packed = false;
  int table_first = 0, table_length = 0, table_bits = 0;
  int width = 0, height = 0, bits = 0;
  int alpha_bits = 0;
  bool right_to_left = false, top_to_bottom = false;

  [[nodiscard]] int pixel_bytes() const { return (bits + 7) / 8; }
  [[nodiscard]] int entry_bytes() const { return (table_bits + 7) / 8; }
  [[nodiscard]] std::size_t table_at() const { return kHeaderSize + static_cast<std::size_t>(text_length); }
  [[nodiscard]] std::size_t pixels_at() const {
    return table_at() + (has_table ? static_cast<std::size_t>(table_length) * entry_bytes() : 0U);
  }
};

/// What is wrong with the header and at which byte; no message when nothing is.
struct Complaint {
  std::string message = {};
  std::string mend = kSaveAgain;
  long byte = 0;
};

bool is_colour_depth(int bits) {
  return bits == 15 || bits == 16 || bits == 24 || bits == 32;
}

Complaint parse(std::span<const std::uint8_t> bytes, Header& header) {
  if (bytes.size() < kHeaderSize) {
    return {"the picture ends within its header", kSaveAgain, static_cast<long>(bytes.size())};
  }
  const auto word = [&](std::size_t at) { return bytes[at] | bytes[at + 1] << 8; };
  const int kind = bytes[2] & ~kRunLength;
  if (kind < 1 || kind > 3 || bytes[2] > 11) {
    return {fmt::format("not a kind of TGA that holds a drawing: {}", bytes[2]), kSaveAgain, 2};
  }
  if (bytes[1] > 1) return {fmt::format("unknown colour table type {}", bytes[1]), kSaveAgain, 1};
  header = {.text_length = bytes[0],
            .has_table = bytes[1] == 1,
            .kind = static_cast<Kind>(kind),
            .packed = (bytes[2] & kRunLength) != 0,
            .table_first = word(3),
            .table_length = word(5),
            .table_bits = bytes[7],
            .width = word(12),
            .height = word(14),
            .bits = bytes[16],
            .alpha_bits = bytes[17] & 0x0F,
            .right_to_left = (bytes[17] & 0x10) != 0,
            .top_to_bottom = (bytes[17] & 0x20) != 0};

  if (header.kind == Kind::table && !header.has_table) {
    return {"the colour table is missing", kSaveAgain, 1};
  }
  if (header.has_table && !is_colour_depth(header.table_bits)) {
    return {fmt::format("a colour table of {} bits an entry", header.table_bits), kSaveAgain, 7};
  }
  const bool depth_fits =
      header.kind == Kind::colour ? is_colour_depth(header.bits) : header.bits == 8 || header.bits == 16;
  if (!depth_fits) return {fmt::format("{} bits a pixel do not fit its kind", header.bits), kSaveAgain, 16};
  if (header.width == 0 || header.height == 0) return {"the picture has no pixels", kSaveAgain, 12};
  if (header.width > kMaxSide || header.height > kMaxSide ||
      std::int64_t{header.width} * header.height > kMaxPixels) {
    return {fmt::format("the picture is too large: {} x {} pixels", header.width, header.height),
            fmt::format("keep within {} pixels a side and {} in all", kMaxSide, kMaxPixels), 12};
  }
  if ((bytes[17] & 0xC0) != 0) return {"interleaved rows are not supported", kSaveAgain, 17};
  return {};
}

/// Five bits to eight, ends on ends.
constexpr std::uint8_t widen(unsigned five) {
  return static_cast<std::uint8_t>((five * 255 + 15) / 31);
}

Rgba8 decode_colour(const std::uint8_t* p, int bits, bool alpha) {
  switch (bits) {
    case 15:
    case 16: {
      const unsigned v = p[0] | p[1] << 8;
      const bool clear = alpha && bits == 16 && (v & 0x8000U) == 0;
      return {widen(v >> 10 & 31U), widen(v >> 5 & 31U), widen(v & 31U),
              static_cast<std::uint8_t>(clear ? 0 : 255)};
    }
    case 24:
      return {p[2], p[1], p[0], 255};
    default:
      return {p[2], p[1], p[0], alpha ? p[3] : std::uint8_t{255}};
  }
}

/// Turns stored pixels into colours, and remembers what was asked in vain.
class PixelDecoder {
 public:
  PixelDecoder(const Header& header, std::span<const std::uint8_t> bytes) : header_(header) {
    if (header.kind != Kind::table) return;
    const std::uint8_t* entry = bytes.data() + header.table_at();
    for (int i = 0; i < header.table_length; ++i, entry += header.entry_bytes()) {
      table_.push_back(decode_colour(entry, header.table_bits, header.alpha_bits > 0));
    }
  }

  /// False when the pixel names no entry of the table.
  bool decode(const std::uint8_t* p, Rgba8& out) const {
    switch (header_.kind) {
      case Kind::table: {
        const int entry = (header_.bits == 8 ? p[0] : p[0] | p[1] << 8) - header_.table_first;
        if (entry < 0 || entry >= std::ssize(table_)) return false;
        out = table_[static_cast<std::size_t>(entry)];
        return true;
      }
      case Kind::gray:
        out = {p[0], p[0], p[0], header_.bits == 16 && header_.alpha_bits > 0 ? p[1] : std::uint8_t{255}};
        return true;
      case Kind::colour:
        out = decode_colour(p, header_.bits, header_.alpha_bits > 0);
        return true;
    }
    return false;
  }

 private:
  const Header& header_;
  std::vector<Rgba8> table_;
};

/// Hands out the stored pixels one after the other; empty `error` while all is well.
struct PixelStream {
  std::span<const std::uint8_t> bytes;
  std::size_t at = 0;
  const PixelDecoder& decoder;
  int pixel_bytes = 0;
  std::string error = {};

  bool next(Rgba8& out) {
    if (bytes.size() - at < static_cast<std::size_t>(pixel_bytes)) {
      error = "the picture ends too early";
      return false;
    }
    if (!decoder.decode(bytes.data() + at, out)) {
      error = "a pixel names a colour that the table does not have";
      return false;
    }
    at += static_cast<std::size_t>(pixel_bytes);
    return true;
  }
};

bool read_plain(PixelStream& stream, std::vector<Rgba8>& pixels) {
  for (Rgba8& p : pixels) {
    if (!stream.next(p)) return false;
  }
  return true;
}

/// Packets may cross rows, as some writers let them, but not the end of the picture.
bool read_packed(PixelStream& stream, std::vector<Rgba8>& pixels) {
  for (std::size_t i = 0; i < pixels.size();) {
    if (stream.at >= stream.bytes.size()) {
      stream.error = "the picture ends too early";
      return false;
    }
    const std::uint8_t head = stream.bytes[stream.at++];
    const std::size_t n = (head & 0x7FU) + 1U;
    if (n > pixels.size() - i) {
      stream.error = "a run goes beyond the end of the picture";
      return false;
    }
    const auto first = pixels.begin() + static_cast<std::ptrdiff_t>(i);
    if ((head & 0x80U) != 0) {
      Rgba8 colour;
      if (!stream.next(colour)) return false;
      std::fill_n(first, n, colour);
    } else {
      for (auto p = first; p != first + static_cast<std::ptrdiff_t>(n); ++p) {
        if (!stream.next(*p)) return false;
      }
    }
    i += n;
  }
  return true;
}

/// Rows and columns in the order of the screen.
void turn(const Header& header, Raster& picture) {
  const auto row = [&](int y) {
    return picture.data.begin() + static_cast<std::ptrdiff_t>(picture.index(0, y));
  };
  if (!header.top_to_bottom) {
    for (int y = 0; y < picture.height / 2; ++y) {
      std::swap_ranges(row(y), row(y) + picture.width, row(picture.height - 1 - y));
    }
  }
  if (header.right_to_left) {
    for (int y = 0; y < picture.height; ++y) std::reverse(row(y), row(y) + picture.width);
  }
}

/// Some programs declare alpha and leave it all zero; a drawing is then still to be seen.
void mend_unfilled_alpha(Raster& picture) {
  const Rgba8 first = picture.data[0];
  const bool clear = std::all_of(picture.data.begin(), picture.data.end(), [](Rgba8 p) { return p.a == 0; });
  const bool drawn =
      std::any_of(picture.data.begin(), picture.data.end(), [&](Rgba8 p) { return p != first; });
  if (!clear || !drawn) return;
  for (Rgba8& p : picture.data) p.a = 255;
}

}  // namespace

bool looks_like_tga(std::span<const std::uint8_t> bytes) {
  Header header;
  return bytes.size() > kHeaderSize && parse(bytes, header).message.empty();
}

Result<Raster> decode_tga(std::span<const std::uint8_t> bytes, const std::string& name) {
  const auto bad = [&](const std::string& message, std::string mend, std::size_t byte) {
    return fail(ErrorCode::bad_input, "broken TGA: " + message, std::move(mend),
                {.file = name, .byte = static_cast<long>(byte)});
  };
  Header header;
  if (const Complaint c = parse(bytes, header); !c.message.empty()) {
    return bad(c.message, c.mend, static_cast<std::size_t>(c.byte));
  }
  // What the pixels take at least is checked before anything is allocated.
  const std::int64_t pixels = std::int64_t{header.width} * header.height;
  const std::int64_t least = header.packed
                                 ? (pixels + kLongestPacket - 1) / kLongestPacket * (1 + header.pixel_bytes())
                                 : pixels * header.pixel_bytes();
  if (header.pixels_at() > bytes.size() ||
      least > std::ssize(bytes) - static_cast<std::int64_t>(header.pixels_at())) {
    return bad(fmt::format("the file is too short for {} x {} pixels", header.width, header.height),
               kSaveAgain, bytes.size());
  }

  Raster picture(header.width, header.height);
  const PixelDecoder decoder(header, bytes);
  PixelStream stream{bytes, header.pixels_at(), decoder, header.pixel_bytes()};
  const bool done = header.packed ? read_packed(stream, picture.data) : read_plain(stream, picture.data);
  if (!done) return bad(stream.error, kSaveAgain, stream.at);
  turn(header, picture);
  mend_unfilled_alpha(picture);
  return picture;
}

}  // namespace nakawari
