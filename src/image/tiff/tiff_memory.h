/// \file
/// A TIFF file in memory, for libtiff's callbacks. Internal to this folder.
#pragma once

#include <tiffio.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nakawari {

/// What is read from, or written to. Keep it where it is while the handle lives.
struct TiffMemory {
  std::span<const std::uint8_t> in = {};
  std::vector<std::uint8_t> out = {};
  std::uint64_t at = 0;
  std::string first_error = {};
};

/// Owns a handle; errors go to `memory.first_error`, warnings nowhere.
class TiffHandle {
 public:
  /// `largest`: no single allocation by libtiff may be above this many bytes.
  static TiffHandle to_read(TiffMemory& memory, std::int64_t largest);
  static TiffHandle to_write(TiffMemory& memory);

  ~TiffHandle() { close(); }
  TiffHandle(const TiffHandle&) = delete;
  TiffHandle& operator=(const TiffHandle&) = delete;

  [[nodiscard]] TIFF* get() const { return tiff_; }
  /// Writes what is left to write.
  void close() {
    if (tiff_ != nullptr) TIFFClose(tiff_);
    tiff_ = nullptr;
  }

 private:
  explicit TiffHandle(TIFF* tiff) : tiff_(tiff) {}
  TIFF* tiff_ = nullptr;
};

}  // namespace nakawari
