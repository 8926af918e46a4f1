/// \file
/// Tells when files below a folder change, so that a drawing saved in any program is seen at once.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <thread>

namespace nakawari {

/// Watches the folder of a cut and those in it but `out` and hidden ones. Calls `changed` from a thread of
/// its own, a moment after the last of a burst of changes; and every few seconds, for disks that do not tell
/// (over a network). The callee finds out what changed.
class Watch {
 public:
  Watch(std::string folder, std::function<void()> changed);
  ~Watch();
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

 private:
  void add(const std::string& folder, int depth);
  void run();
  bool drain();

  std::string folder_;
  std::function<void()> changed_;
  std::map<int, std::string> folders_;  ///< by watch
  int notify_ = -1, stop_ = -1;
  std::thread thread_;
};

}  // namespace nakawari
