#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "base/check.h"
#include "image/png/png.h"

namespace nakawari {
namespace {

/// A small map from colour to palette entry, at most 256 entries, open addressing.
class ColourTable {
 public:
  ColourTable() { slot_.fill(-1); }

  /// The entry of `colour`, added if new; -1 once a 257th colour comes.
  int find_or_add(Rgba8 colour) {
    const std::uint32_t key = key_of(colour);
    for (std::uint32_t at = key * 2654435761U >> 22;; at = (at + 1) % kSlots) {
      const int entry = slot_[at];
      if (entry >= 0 && key_of(colours_[entry]) == key) return entry;
      if (entry >= 0) continue;
      if (colours_.size() == 256) return -1;
      slot_[at] = static_cast<int>(colours_.size());
      colours_.push_back(colour);
      return slot_[at];
    }
  }
  [[nodiscard]] const std::vector<Rgba8>& colours() const { return colours_; }

 private:
  static constexpr std::uint32_t kSlots = 1024;
  static std::uint32_t key_of(Rgba8 c) {
    return std::uint32_t{c.r} << 24 | std::uint32_t{c.g} << 16 | std::uint32_t{c.b} << 8 | c.a;
  }
  std::array<int, kSlots> slot_{};
  std::vector<Rgba8> colours_;
};

/// How the picture will be stored.
struct Plan {
  int colour_type = PNG_COLOR_TYPE_RGB_ALPHA;
  int depth = 8;
  int filter = PNG_FILTER_NONE;
  std::vector<Rgba8> palette = {};
};

/// The fewest bits that hold every level exactly: 1, 2, 4 or 8.
int gray_depth(const std::array<bool, 256>& used) {
  for (const int depth : {1, 2, 4}) {
    const int step = 255 / ((1 << depth) - 1);
    bool fits = true;
    for (int level = 0; level < 256; ++level) fits = fits && (!used[level] || level % step == 0);
    if (fits) return depth;
  }
  return 8;
}

int palette_depth(std::size_t colours) {
  return colours <= 2 ? 1 : colours <= 4 ? 2 : colours <= 16 ? 4 : 8;
}

Plan plan_for(const Raster& picture) {
  bool gray = true, opaque = true, indexed = true;
  std::array<bool, 256> levels{};
  ColourTable table;
  Rgba8 last = picture.data[0];
  bool first = true;
  for (const Rgba8 p : picture.data) {
    if (p == last && !first) continue;
    first = false;
    last = p;
    gray = gray && p.r == p.g && p.g == p.b;
    opaque = opaque && p.a == 255;
    levels[p.g] = true;
    indexed = indexed && table.find_or_add(p) >= 0;
    if (!gray && !opaque && !indexed) break;
  }
  if (gray && opaque) {
    const int depth = gray_depth(levels);
    const int other = indexed ? palette_depth(table.colours().size()) : 8;
    if (depth <= other) return {PNG_COLOR_TYPE_GRAY, depth};
  }
  if (indexed) {
    // Colours with alpha first: the transparency chunk may then stop at the last of them.
    Plan plan{PNG_COLOR_TYPE_PALETTE, palette_depth(table.colours().size()), PNG_FILTER_NONE,
              table.colours()};
    std::stable_partition(plan.palette.begin(), plan.palette.end(), [](Rgba8 c) { return c.a != 255; });
    return plan;
  }
  if (gray) return {PNG_COLOR_TYPE_GRAY_ALPHA, 8, PNG_FILTER_PAETH};
  return {opaque ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_RGB_ALPHA, 8, PNG_FILTER_PAETH};
}

/// Turns one row of pixels into one row of samples.
class RowPacker {
 public:
  explicit RowPacker(const Plan& plan) : plan_(plan) {
    for (const Rgba8 colour : plan.palette) table_.find_or_add(colour);
  }

  void pack(const Rgba8* in, int width, std::uint8_t* out) {
    switch (plan_.colour_type) {
      case PNG_COLOR_TYPE_RGB_ALPHA:
        std::memcpy(out, in, static_cast<std::size_t>(width) * 4);
        return;
      case PNG_COLOR_TYPE_RGB:
        for (int x = 0; x < width; ++x) {
          *out++ = in[x].r;
          *out++ = in[x].g;
          *out++ = in[x].b;
        }
        return;
      case PNG_COLOR_TYPE_GRAY_ALPHA:
        for (int x = 0; x < width; ++x) {
          *out++ = in[x].g;
          *out++ = in[x].a;
        }
        return;
      default:
        pack_samples(in, width, out);
    }
  }

 private:
  void pack_samples(const Rgba8* in, int width, std::uint8_t* out) {
    const int depth = plan_.depth, per_byte = 8 / depth;
    Rgba8 last = in[0];
    unsigned sample = sample_of(last);
    for (int x = 0; x < width; x += per_byte) {
      unsigned byte = 0;
      for (int k = 0; k < per_byte; ++k) {
        if (x + k < width && in[x + k] != last) {
          last = in[x + k];
          sample = sample_of(last);
        }
        byte = byte << depth | (x + k < width ? sample : 0U);
      }
      *out++ = static_cast<std::uint8_t>(byte);
    }
  }

  unsigned sample_of(Rgba8 colour) {
    if (plan_.colour_type == PNG_COLOR_TYPE_GRAY) return colour.g >> (8 - plan_.depth);
    const int entry = table_.find_or_add(colour);
    NAKAWARI_CHECK(entry >= 0);
    return static_cast<unsigned>(entry);
  }

  const Plan& plan_;
  ColourTable table_;
};

/// libpng leaves by longjmp, so everything with a destructor lives in the caller of `run`.
struct Writing {
  std::vector<std::uint8_t> bytes = {};
  std::vector<std::uint8_t> row = {};
  std::vector<png_color> colours = {};
  std::vector<png_byte> alphas = {};
  std::string message = {};
  png_structp png = nullptr;
  png_infop info = nullptr;

  ~Writing() { png_destroy_write_struct(&png, &info); }
};

extern "C" {
static void nakawari_png_write(png_structp png, png_bytep in, size_t n) {
  auto& bytes = static_cast<Writing*>(png_get_io_ptr(png))->bytes;
  bytes.insert(bytes.end(), in, in + n);
}
static void nakawari_png_flush(png_structp) {}
static void nakawari_png_write_error(png_structp png, png_const_charp message) {
  static_cast<Writing*>(png_get_error_ptr(png))->message = message;
  png_longjmp(png, 1);
}
static void nakawari_png_write_warning(png_structp, png_const_charp) {}
}

bool run(Writing& writing, const Raster& picture, const Plan& plan, RowPacker& packer) {
  writing.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &writing, nakawari_png_write_error,
                                        nakawari_png_write_warning);
  if (writing.png == nullptr) return false;
  if (setjmp(png_jmpbuf(writing.png))) return false;
  writing.info = png_create_info_struct(writing.png);
  if (writing.info == nullptr) return false;
  png_set_write_fn(writing.png, &writing, nakawari_png_write, nakawari_png_flush);
  png_set_user_limits(writing.png, 0x7FFFFFFF, 0x7FFFFFFF);
  png_set_compression_level(writing.png, 6);
  png_set_compression_mem_level(writing.png, 8);
  png_set_compression_window_bits(writing.png, 15);
  png_set_compression_strategy(writing.png, 0);
  png_set_filter(writing.png, PNG_FILTER_TYPE_BASE, plan.filter);
  png_set_IHDR(writing.png, writing.info, static_cast<png_uint_32>(picture.width),
               static_cast<png_uint_32>(picture.height), plan.depth, plan.colour_type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (!writing.colours.empty()) {
    png_set_PLTE(writing.png, writing.info, writing.colours.data(), static_cast<int>(writing.colours.size()));
  }
  if (!writing.alphas.empty()) {
    png_set_tRNS(writing.png, writing.info, writing.alphas.data(), static_cast<int>(writing.alphas.size()),
                 nullptr);
  }
  png_write_info(writing.png, writing.info);
  for (int y = 0; y < picture.height; ++y) {
    packer.pack(picture.data.data() + picture.index(0, y), picture.width, writing.row.data());
    png_write_row(writing.png, writing.row.data());
  }
  png_write_end(writing.png, writing.info);
  return true;
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_png(const Raster& picture) {
  if (picture.empty()) return fail(ErrorCode::wrong_use, "an empty picture cannot be written");
  const Plan plan = plan_for(picture);
  RowPacker packer(plan);
  Writing writing;
  writing.row.resize(static_cast<std::size_t>(picture.width) * 4);
  for (const Rgba8 c : plan.palette) {
    writing.colours.push_back({c.r, c.g, c.b});
    if (c.a != 255) writing.alphas.push_back(c.a);
  }
  if (!run(writing, picture, plan, packer)) {
    return fail(ErrorCode::io, "the picture could not be encoded as PNG: " + writing.message);
  }
  return std::move(writing.bytes);
}

}  // namespace nakawari
