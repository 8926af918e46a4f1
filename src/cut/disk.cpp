#include "cut/disk.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>
#include <thread>

#include "base/files.h"

namespace nakawari {
namespace {

namespace fs = std::filesystem;

Failure refused(const std::string& what, int number, const std::string& path) {
  std::string mend;
  if (number == ENOSPC || number == EDQUOT || number == EFBIG) mend = "make room on the disk";
  if (number == EACCES || number == EROFS || number == EPERM) mend = "allow writing to the folder";
  if (number == ENOTDIR || number == EEXIST) mend = "move the file that stands where the folder has to be";
  return fail(ErrorCode::io, what + ": " + std::generic_category().message(number), std::move(mend),
              {.file = path});
}

class RealDisk : public Disk {
 public:
  Stamp stamp(const std::string& path) const override {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0) return {};
    return {true, S_ISDIR(info.st_mode), static_cast<std::uint64_t>(info.st_size),
            static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec,
            static_cast<std::uint64_t>(info.st_ino)};
  }

  Result<std::vector<std::uint8_t>> read(const std::string& path) const override { return read_file(path); }

  Result<std::vector<std::string>> list(const std::string& folder) const override {
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator it(folder.empty() ? "." : folder, error);
    for (; !error && it != fs::directory_iterator(); it.increment(error))
      names.push_back(it->path().filename().string());
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory)
      return fail(ErrorCode::not_found, "there is no such folder", {}, {.file = folder});
    if (error)
      return fail(ErrorCode::io, "cannot be listed: " + error.message(), "allow reading it",
                  {.file = folder});
    std::sort(names.begin(), names.end());
    return names;
  }

  Result<void> write(const std::string& path, std::span<const std::uint8_t> bytes) override {
    // What we write is derived; a link that stands in its place must not lead us to a person's file.
    std::error_code ignored;
    if (fs::is_symlink(path, ignored)) fs::remove(path, ignored);
    return write_file(path, bytes);
  }

  Result<void> append(const std::string& path, std::string_view text) override {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    if (error) return refused("cannot be made", error.value(), folder_of(path));
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (file < 0) return refused("cannot be written", errno, path);
    const ssize_t n = ::write(file, text.data(), text.size());
    const int number = n < 0 ? errno : ENOSPC;
    ::close(file);
    if (n != static_cast<ssize_t>(text.size())) return refused("cannot be written", number, path);
    return {};
  }

  Result<void> remove(const std::string& path) override {
    std::error_code error;
    fs::remove(path, error);
    if (error) return refused("cannot be removed", error.value(), path);
    return {};
  }

  Result<void> rename(const std::string& from, const std::string& to) override {
    std::error_code error;
    fs::create_directories(fs::path(to).parent_path(), error);
    if (!error) fs::rename(from, to, error);
    if (error) return refused("cannot be written", error.value(), to);
    return {};
  }

  Result<std::shared_ptr<void>> lock(const std::string& path) override {
    std::error_code error;
    fs::create_directories(fs::path(path).parent_path(), error);
    if (error) return refused("cannot be made", error.value(), folder_of(path));
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file < 0) return refused("cannot be written", errno, path);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
      ::close(file);
      return fail(ErrorCode::io, kAnotherBuild, "wait for it or stop it", {.file = folder_of(path)});
    }
    return std::shared_ptr<void>(nullptr, [file](void*) { ::close(file); });
  }

  std::int64_t now_ns() const override {
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
  }

  void wait_ms(int milliseconds) const override {
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
  }
};

}  // namespace

std::unique_ptr<Disk> real_disk() {
  return std::make_unique<RealDisk>();
}

std::string join_path(const std::string& folder, const std::string& name) {
  if (folder.empty() || name.starts_with('/')) return name;
  return folder.ends_with('/') ? folder + name : folder + "/" + name;
}

std::string file_name(const std::string& path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

std::string file_stem(const std::string& path) {
  const std::string name = file_name(path);
  const auto dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string folder_of(const std::string& path) {
  const auto slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  return slash == 0 ? "/" : path.substr(0, slash);
}

Result<StableFile> read_stable(const Disk& disk, const std::string& path) {
  // A drawing program writes a page in well under a second; the pauses add up to about that.
  constexpr int kAttempts = 10, kPauseMs = 100;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    if (attempt > 0) disk.wait_ms(kPauseMs);
    const Stamp before = disk.stamp(path);
    auto bytes = disk.read(path);
    if (!bytes) return Failure(std::move(bytes.error()));
    const Stamp after = disk.stamp(path);
    if (before == after && bytes->size() == after.size) return StableFile{std::move(*bytes), after};
  }
  return fail(ErrorCode::io, "is still being written by another program", "build again when it is saved",
              {.file = path});
}

Result<std::string> read_stable_text(const Disk& disk, const std::string& path) {
  auto file = read_stable(disk, path);
  if (!file) return Failure(std::move(file.error()));
  std::string text(file->bytes.begin(), file->bytes.end());
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return text;
}

}  // namespace nakawari
