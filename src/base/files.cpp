#include "base/files.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

namespace nakawari {
namespace {

namespace fs = std::filesystem;

/// Owns a file descriptor.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return fd_; }
  [[nodiscard]] bool ok() const { return fd_ >= 0; }
  /// Closes now, so that the caller sees an error that only close reports. False on error.
  bool close() {
    const int fd = fd_;
    fd_ = -1;
    return ::close(fd) == 0;
  }

 private:
  int fd_;
};

std::string reason_of(int number) {
  return std::generic_category().message(number);
}

Failure read_failure(int number, const std::string& path) {
  if (number == ENOENT || number == ENOTDIR) {
    return fail(ErrorCode::not_found, "there is no such file", "check its name", {.file = path});
  }
  return fail(ErrorCode::io, "cannot be read: " + reason_of(number), {}, {.file = path});
}

Failure write_failure(int number, const std::string& path) {
  std::string mend;
  if (number == ENOSPC || number == EDQUOT || number == EFBIG) mend = "make room on the disk";
  if (number == EACCES || number == EROFS || number == EPERM) mend = "allow writing to the folder";
  if (number == ENOTDIR || number == EEXIST) mend = "a file stands where the folder has to be: move it";
  return fail(ErrorCode::io, "cannot be written: " + reason_of(number), std::move(mend), {.file = path});
}

Failure too_big(const std::string& path) {
  return fail(ErrorCode::bad_input, fmt::format("the file is larger than {} bytes", kMaxFileBytes), {},
              {.file = path});
}

/// 0, or the errno of the write that failed.
int write_all(int fd, std::span<const std::uint8_t> bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(fd, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return errno;
    }
    bytes = bytes.subspan(static_cast<std::size_t>(n));
  }
  return 0;
}

/// True when the file exists and holds exactly these bytes.
bool holds(const std::string& path, std::span<const std::uint8_t> bytes) {
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored) || fs::file_size(path, ignored) != bytes.size()) return false;
  const auto old = read_file(path);
  return old && std::equal(old->begin(), old->end(), bytes.begin(), bytes.end());
}

/// Removes the temporary file unless it was renamed away.
struct Cleanup {
  std::string path;
  bool armed = true;
  ~Cleanup() {
    if (armed) ::unlink(path.c_str());
  }
};

/// Opens a file that did not exist, beside the target so that a rename stays within one file system.
/// The short name works however long the target's own name is.
int open_beside(const fs::path& folder, std::string& name) {
  constexpr int kAttempts = 10'000;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    name = (folder / fmt::format(".nakawari-{}-{}.tmp", ::getpid(), attempt)).string();
    const int fd = ::open(name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST) return fd;
  }
  return -1;
}

}  // namespace

Result<std::vector<std::uint8_t>> read_file(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok()) return read_failure(errno, path);
  struct stat info{};
  if (::fstat(file.get(), &info) != 0) return read_failure(errno, path);
  if (S_ISDIR(info.st_mode)) return fail(ErrorCode::io, "is a folder, not a file", {}, {.file = path});
  const auto expected = static_cast<std::size_t>(std::max<off_t>(info.st_size, 0));
  if (expected > kMaxFileBytes) return too_big(path);

  // One byte more than expected, so that the end shows without growing; a pipe grows as it goes.
  std::vector<std::uint8_t> bytes(expected + 1);
  std::size_t used = 0;
  for (;;) {
    if (used == bytes.size()) bytes.resize(bytes.size() * 2 + 4096);
    const ssize_t n = ::read(file.get(), bytes.data() + used, bytes.size() - used);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return read_failure(errno, path);
    if (n == 0) break;
    used += static_cast<std::size_t>(n);
    if (used > kMaxFileBytes) return too_big(path);
  }
  bytes.resize(used);
  return bytes;
}

Result<std::string> read_text(const std::string& path) {
  auto bytes = read_file(path);
  if (!bytes) return Failure(std::move(bytes.error()));
  std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  return std::string(text);
}

Result<void> write_file(const std::string& path, std::span<const std::uint8_t> bytes) {
  if (path.empty()) return fail(ErrorCode::wrong_use, "no file name was given to write to");
  if (holds(path, bytes)) return {};

  // A symbolic link is written through, as an editor would.
  std::error_code error;
  fs::path target = path;
  if (fs::is_symlink(target, error)) {
    const fs::path resolved = fs::weakly_canonical(target, error);
    if (!error) target = resolved;
  }
  const fs::path folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
  fs::create_directories(folder, error);
  if (error) return write_failure(error.value(), path);

  Cleanup temporary;
  Descriptor file(open_beside(folder, temporary.path));
  if (!file.ok()) {
    const int number = errno;
    temporary.armed = false;
    return write_failure(number, path);
  }
  // The file's rights stay those of the one it replaces; failing that is no reason to lose the data.
  struct stat old{};
  if (::stat(target.c_str(), &old) == 0) {
    if (S_ISDIR(old.st_mode)) return write_failure(EISDIR, path);
    static_cast<void>(::fchmod(file.get(), old.st_mode & 07777));
  }
  if (const int number = write_all(file.get(), bytes)) return write_failure(number, path);
  if (::fsync(file.get()) != 0) return write_failure(errno, path);
  if (!file.close()) return write_failure(errno, path);
  if (::rename(temporary.path.c_str(), target.c_str()) != 0) return write_failure(errno, path);
  temporary.armed = false;

  // The rename itself survives a power cut once the folder is flushed; some file systems cannot.
  const Descriptor holder(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (holder.ok()) static_cast<void>(::fsync(holder.get()));
  return {};
}

Result<void> write_text(const std::string& path, std::string_view text) {
  return write_file(path, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
}

}  // namespace nakawari
