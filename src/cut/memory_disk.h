/// \file
/// A disk in memory, for tests: files with stamps from a clock that the test moves.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "cut/disk.h"

namespace nakawari {

class MemoryDisk : public Disk {
 public:
  std::atomic<std::int64_t> clock_ns = 1'000'000'000'000;
  std::set<std::string> refuses;  ///< paths that cannot be written

  /// A file as a person saves it, at the present time.
  void put(const std::string& path, std::string_view text) {
    const std::scoped_lock hold(mutex_);
    keep(path, text);
  }
  [[nodiscard]] bool has(const std::string& path) const {
    const std::scoped_lock hold(mutex_);
    return files_.contains(path);
  }
  [[nodiscard]] std::string text(const std::string& path) const {
    const std::scoped_lock hold(mutex_);
    return kept(path);
  }

  [[nodiscard]] Stamp stamp(const std::string& path) const override {
    const std::scoped_lock hold(mutex_);
    if (const auto it = files_.find(path); it != files_.end()) return it->second.stamp;
    const auto below = files_.lower_bound(path + "/");
    if (below != files_.end() && below->first.starts_with(path + "/")) return {true, true, 0, 0, 0};
    return {};
  }
  Result<std::vector<std::uint8_t>> read(const std::string& path) const override {
    const std::scoped_lock hold(mutex_);
    const auto it = files_.find(path);
    if (it == files_.end()) return fail(ErrorCode::not_found, "there is no such file", {}, {.file = path});
    return it->second.bytes;
  }
  Result<std::vector<std::string>> list(const std::string& folder) const override {
    const std::scoped_lock hold(mutex_);
    std::set<std::string> names;
    for (const auto& [path, file] : files_)
      if (path.starts_with(folder + "/"))
        names.insert(path.substr(folder.size() + 1, path.find('/', folder.size() + 1) - folder.size() - 1));
    if (names.empty()) return fail(ErrorCode::not_found, "there is no such folder", {}, {.file = folder});
    return std::vector<std::string>(names.begin(), names.end());
  }
  Result<void> write(const std::string& path, std::span<const std::uint8_t> bytes) override {
    if (refuses.contains(path)) return fail(ErrorCode::io, "cannot be written: full", {}, {.file = path});
    const std::scoped_lock hold(mutex_);
    keep(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
    return {};
  }
  Result<void> append(const std::string& path, std::string_view more) override {
    const std::scoped_lock hold(mutex_);
    keep(path, kept(path) + std::string(more));
    return {};
  }
  Result<void> remove(const std::string& path) override {
    const std::scoped_lock hold(mutex_);
    files_.erase(path);
    return {};
  }
  Result<void> rename(const std::string& from, const std::string& to) override {
    const std::scoped_lock hold(mutex_);
    files_[to] = files_.at(from);
    files_.erase(from);
    return {};
  }
  Result<std::shared_ptr<void>> lock(const std::string&) override { return std::make_shared<int>(0); }
  [[nodiscard]] std::int64_t now_ns() const override { return clock_ns; }
  void wait_ms(int) const override {}

 private:
  struct File {
    std::vector<std::uint8_t> bytes;
    Stamp stamp;
  };

  void keep(const std::string& path, std::string_view text) {
    files_[path] = {{text.begin(), text.end()}, {true, false, text.size(), clock_ns, ++inodes_}};
  }
  [[nodiscard]] std::string kept(const std::string& path) const {
    const auto it = files_.find(path);
    return it == files_.end() ? "" : std::string(it->second.bytes.begin(), it->second.bytes.end());
  }

  mutable std::mutex mutex_;
  std::map<std::string, File> files_;
  std::uint64_t inodes_ = 0;
};

}  // namespace nakawari
