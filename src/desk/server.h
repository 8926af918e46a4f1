/// \file
/// The desk as seen from a browser on this machine: pages, pictures and events out, commands in. See gate.h
/// for who is let in.
///
///   GET  /                the page (with ?t=TOKEN: gives the cookie)     GET /desk.css, /desk.js
///   GET  /scene           the scene as JSON (scene.h)
///   GET  /events          Server-Sent Events: the scene, again whenever it changes
///   GET  /pixels/HASH     a picture as PNG                                GET /sound
///   GET  /strokes?cel=A&from=A0001&to=A0005   two keys and how they belong together (strokes.h)
///   POST /fix             {"cel", "fix", "shown": {"cel", "drawing"}}     -> {"id"}
///   POST /preview         the same                                        -> {"picture", "places", ...}
///   POST /undo            {"cel", "id", "shown"}                          -> {"fix"}
///   POST /approve         {"cel", "fix", "line", "paint"}                 -> {"id"}
///   POST /video           {}
/// Errors: {"error": "..."} with 400 (wrong form), 404, 409 (cannot be kept), 500 (the disk).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "desk/desk.h"
#include "desk/gate.h"

namespace nakawari {

/// The port that is tried first when none is asked for.
inline constexpr int kDeskPort = 4680;
/// A command is some points and names.
inline constexpr std::size_t kMostBody = 256 * 1024;

class DeskServer {
 public:
  /// Binds 127.0.0.1 at `port`; 0 takes kDeskPort or the next free one. Errors: io: the port is taken.
  static Result<std::unique_ptr<DeskServer>> bind(Desk& desk, int port, const std::string& token);
  virtual ~DeskServer() = default;

  [[nodiscard]] virtual const Gate& gate() const = 0;
  /// Serves until `stop` is called from another thread.
  virtual void serve() = 0;
  virtual void stop() = 0;
};

}  // namespace nakawari
