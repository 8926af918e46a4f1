#include "desk/watch.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <filesystem>

namespace nakawari {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kWanted =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_ONLYDIR;
constexpr int kDeepest = 5;
/// A burst is over when nothing happened for so long; without any news, look so often.
constexpr int kBurstMs = 60, kLookMs = 3000;

}  // namespace

Watch::Watch(std::string folder, std::function<void()> changed)
    : folder_(std::move(folder)),
      changed_(std::move(changed)),
      notify_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)),
      stop_(::eventfd(0, EFD_CLOEXEC)) {
  add(folder_, 0);
  thread_ = std::thread([this] { run(); });
}

Watch::~Watch() {
  const std::uint64_t one = 1;
  if (::write(stop_, &one, sizeof one) == sizeof one)
    thread_.join();
  else
    thread_.detach();
  ::close(notify_);
  ::close(stop_);
}

void Watch::add(const std::string& folder, int depth) {
  if (notify_ < 0 || depth > kDeepest) return;
  const int watch = ::inotify_add_watch(notify_, folder.c_str(), kWanted);
  if (watch < 0) return;
  folders_[watch] = folder;
  std::error_code error;
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (it->is_directory(error) && !name.starts_with('.') && !(depth == 0 && name == "out"))
      add(it->path().string(), depth + 1);
  }
}

/// Reads all news; true when there were any.
bool Watch::drain() {
  alignas(inotify_event) std::array<char, 16'384> buffer{};
  bool any = false;
  for (;;) {
    const ssize_t n = ::read(notify_, buffer.data(), buffer.size());
    if (n <= 0) return any;
    any = true;
    for (ssize_t at = 0; at < n;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
      const auto known = folders_.find(event->wd);
      if (known == folders_.end() || event->len == 0) continue;
      const std::string name = event->name;
      const bool ours = known->second == folder_ && name == "out";
      if ((event->mask & IN_ISDIR) != 0 && !ours && !name.starts_with('.'))
        add(known->second + "/" + name, 1);
    }
  }
}

void Watch::run() {
  std::array<pollfd, 2> files{{{stop_, POLLIN, 0}, {notify_, POLLIN, 0}}};
  bool pending = false;
  for (;;) {
    const int n = ::poll(files.data(), files.size(), pending ? kBurstMs : kLookMs);
    if ((files[0].revents & POLLIN) != 0) return;
    if (n > 0 && (files[1].revents & POLLIN) != 0 && drain()) {
      pending = true;
      continue;
    }
    if (n < 0) continue;
    pending = false;
    changed_();
  }
}

}  // namespace nakawari
