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
#include "cut/serial.h"

namespace nakawari {

/// All calls may come from several threads at once.
class Pixels {
 public:
  /// Keeps PNG bytes and gives the name under which they are found, 32 hexadecimal digits.
  std::string keep(Bytes png);
  /// nullptr when they were never kept, or long ago.
  [[nodiscard]] std::shared_ptr<const Bytes> find(const std::string& name);

 private:
  /// Bytes held before the least lately used go: a cut of 40 drawings takes about 20 MB.
  static constexpr std::size_t kMostBytes = std::size_t{160} << 20;
  struct Held {
    std::shared_ptr<const Bytes> bytes;
    std::list<std::string>::iterator place;
  };
  std::mutex mutex_;
  std::map<std::string, Held> held_;
  std::list<std::string> order_;  ///< most lately used first
  std::size_t size_ = 0;
};

}  // namespace nakawari
