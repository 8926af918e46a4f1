/// \file
/// The disk as the build sees it: a small interface, so that tests can put a disk in memory, a full one, or
/// one that a person writes to at the same time in its place.
///
/// Paths are those that the caller gave, with '/'. Reading never changes anything; every write is whole or
/// not at all (base/files.h).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace nakawari {

/// What tells, without reading it, that a file is still the one that was read before.
struct Stamp {
  bool exists = false, folder = false;
  std::uint64_t size = 0;
  std::int64_t modified_ns = 0;
  std::uint64_t inode = 0;
  friend bool operator==(const Stamp&, const Stamp&) = default;
};

/// All calls may come from several threads at once.
class Disk {
 public:
  virtual ~Disk() = default;

  [[nodiscard]] virtual Stamp stamp(const std::string& path) const = 0;
  virtual Result<std::vector<std::uint8_t>> read(const std::string& path) const = 0;
  /// Names in a folder, sorted by bytes; not_found when there is no such folder.
  virtual Result<std::vector<std::string>> list(const std::string& folder) const = 0;

  /// Whole or not at all; folders on the way are made; an equal file is left alone.
  virtual Result<void> write(const std::string& path, std::span<const std::uint8_t> bytes) = 0;
  Result<void> write_text(const std::string& path, std::string_view text) {
    return write(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  /// For logs: appends one piece in a single write.
  virtual Result<void> append(const std::string& path, std::string_view text) = 0;
  /// Removing what is not there is no error.
  virtual Result<void> remove(const std::string& path) = 0;
  /// Gives the file at `from` the name `to`, replacing what stood there.
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  /// Holds `path` until the returned object goes; io error with the message `kAnotherBuild` when another
  /// program holds it. A killed program holds nothing.
  virtual Result<std::shared_ptr<void>> lock(const std::string& path) = 0;

  /// The clock that stamps files, and a pause on it.
  [[nodiscard]] virtual std::int64_t now_ns() const = 0;
  virtual void wait_ms(int milliseconds) const = 0;
};

inline constexpr const char* kAnotherBuild = "another build of this cut is running";

/// The machine's own disk.
std::unique_ptr<Disk> real_disk();

/// "a" + "b/c" = "a/b/c"; an empty folder gives the name alone, an absolute name stays.
std::string join_path(const std::string& folder, const std::string& name);
/// The last part of a path, and the same without its extension.
std::string file_name(const std::string& path);
std::string file_stem(const std::string& path);
/// Everything before the last '/', empty when there is none.
std::string folder_of(const std::string& path);

/// A file as it was at one moment.
struct StableFile {
  std::vector<std::uint8_t> bytes;
  Stamp stamp;
};

/// Reads a file that a drawing program may be writing right now: reads again until size and time of
/// modification are the same before and after. Gives up after a second with an io error that says so.
Result<StableFile> read_stable(const Disk& disk, const std::string& path);

/// As read_stable, as UTF-8 text without a byte order mark.
Result<std::string> read_stable_text(const Disk& disk, const std::string& path);

}  // namespace nakawari
