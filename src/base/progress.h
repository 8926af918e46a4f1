/// \file
/// Progress goes to a sink that the caller passes in; the library never prints. The same sink carries
/// the wish to stop, so that a long loop can end early and leave nothing half-written.
#pragma once

#include <string_view>

namespace nakawari {

class Progress {
 public:
  virtual ~Progress() = default;
  /// `done` of `total` units of `step` are finished. Called from one thread at a time.
  virtual void advance(std::string_view step, int done, int total) = 0;
  /// True once the user has asked to stop; long loops ask between units. Thread-safe.
  [[nodiscard]] virtual bool cancelled() const { return false; }
};

}  // namespace nakawari
