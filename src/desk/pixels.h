/// \file
/// The pictures that the desk shows, by what they are: the address of a picture is the hash of its bytes, so
/// a browser may keep it for ever, and no address can name a file.
#pragma once

#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/hash.h"
#include "base/result.h"
#include "cut/serial.h"
#include "image/grid.h"

namespace nakawari {

/// All calls may come from several threads at once.
class Pixels {
 public:
  /// Keeps PNG bytes and gives the name under which they are found, 32 hexadecimal digits.
  std::string keep(Bytes png);
  /// The same for a picture in memory, which is encoded. Errors: those of encode_png.
  Result<std::string> keep(Raster picture);
  /// nullptr when they were never kept, or long ago.
  [[nodiscard]] std::shared_ptr<const Bytes> find(const std::string& name);
  /// The picture itself; decoded when it is none of the last few that were kept or asked for. nullptr as in
  /// find.
  [[nodiscard]] std::shared_ptr<const Raster> raster(const std::string& name);

 private:
  /// Bytes held before the least lately used go: a cut of 40 drawings takes about 20 MB.
  static constexpr std::size_t kMostBytes = std::size_t{160} << 20;
  /// Pictures that stay decoded: those that two corrections compare and paint with (8 MB each at 1920x1080).
  static constexpr std::size_t kDecoded = 12;
  struct Held {
    std::shared_ptr<const Bytes> bytes;
    std::list<std::string>::iterator place;
  };
  std::mutex mutex_;
  std::map<std::string, Held> held_;
  std::list<std::string> order_;  ///< most lately used first
  std::size_t size_ = 0;
  std::list<std::pair<std::string, std::shared_ptr<const Raster>>> decoded_;  ///< most lately used first

  void remember(const std::string& name, std::shared_ptr<const Raster> picture);
};

}  // namespace nakawari
