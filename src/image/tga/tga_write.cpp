#include <fmt/core.h>

#include <algorithm>

#include "image/tga/tga.h"

namespace nakawari {
namespace {

constexpr int kLargestSide = 65'535;  // the header has 16 bits
constexpr int kLongestPacket = 128;

Rgba8 over_white(Rgba8 p) {
  const auto mix = [&](int c) { return static_cast<std::uint8_t>(255 - ((255 - c) * p.a + 127) / 255); };
  return p.a == 255 ? p : Rgba8{mix(p.r), mix(p.g), mix(p.b), 255};
}

void put(std::vector<std::uint8_t>& out, Rgba8 p) {
  out.insert(out.end(), {p.b, p.g, p.r});
}

/// How many pixels from x on are equal, one packet at most.
int run_at(const std::vector<Rgba8>& row, int x) {
  const int end = static_cast<int>(std::min<std::ptrdiff_t>(std::ssize(row), x + kLongestPacket));
  int n = x + 1;
  while (n < end && row[n] == row[x]) ++n;
  return n - x;
}

void put_row(std::vector<std::uint8_t>& out, const std::vector<Rgba8>& row) {
  const int width = static_cast<int>(row.size());
  for (int x = 0; x < width;) {
    if (const int run = run_at(row, x); run > 1) {
      out.push_back(static_cast<std::uint8_t>(0x80 | (run - 1)));
      put(out, row[x]);
      x += run;
      continue;
    }
    // A plain packet goes on until the next run.
    int end = x + 1;
    while (end < width && end - x < kLongestPacket && run_at(row, end) == 1) ++end;
    out.push_back(static_cast<std::uint8_t>(end - x - 1));
    for (; x < end; ++x) put(out, row[x]);
  }
}

}  // namespace

Result<std::vector<std::uint8_t>> encode_tga(const Raster& picture) {
  if (picture.empty()) return fail(ErrorCode::wrong_use, "an empty picture cannot be written");
  if (picture.width > kLargestSide || picture.height > kLargestSide) {
    return fail(ErrorCode::wrong_use, fmt::format("TGA holds at most {} pixels a side, not {} x {}",
                                                  kLargestSide, picture.width, picture.height));
  }
  std::vector<std::uint8_t> out(18);
  out[2] = 10;  // colour, run-length coded
  out[12] = static_cast<std::uint8_t>(picture.width);
  out[13] = static_cast<std::uint8_t>(picture.width >> 8);
  out[14] = static_cast<std::uint8_t>(picture.height);
  out[15] = static_cast<std::uint8_t>(picture.height >> 8);
  out[16] = 24;
  out[17] = 0x20;  // top to bottom
  std::vector<Rgba8> row(static_cast<std::size_t>(picture.width));
  for (int y = 0; y < picture.height; ++y) {
    const Rgba8* in = picture.data.data() + picture.index(0, y);
    for (int x = 0; x < picture.width; ++x) row[x] = over_white(in[x]);
    put_row(out, row);
  }
  return out;
}

}  // namespace nakawari
