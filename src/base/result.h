/// \file
/// The channel for everything that a file or a user can cause. Library code returns
/// `Result<T>`; it never prints, never exits and throws only on broken guarantees (check.h).
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace nakawari {

enum class ErrorCode {
  wrong_use,     ///< the caller asked for something that makes no sense (exit status 1)
  bad_input,     ///< a file is malformed, of the wrong kind or size (exit status 2)
  not_found,     ///< a named file, drawing, style or group does not exist
  io,            ///< the system refused a read or a write: full disk, no permission
  missing_tool,  ///< a program that runs as a child process is not installed
  cancelled,     ///< the user stopped the run
};

/// Where the trouble is: only what is known is filled in.
struct Where {
  std::string file = {};
  std::string cel = {};
  std::string drawing = {};
  long line = -1;   ///< 1-based line of a text file
  long byte = -1;   ///< offset in a binary file
  long frame = -1;  ///< 1-based frame of the sheet
};

struct Error {
  ErrorCode code = ErrorCode::bad_input;
  std::string message;  ///< what is wrong, without a full stop
  std::string mend;     ///< what the user can do about it, may be empty
  Where where;

  /// "A/A0001.png, byte 812: the picture ends too early (save it again from the drawing program)"
  [[nodiscard]] std::string one_line() const;
};

template <typename T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

/// Shorthand for `return fail(ErrorCode::bad_input, "...", "...", {.file = path});`
[[nodiscard]] inline Failure fail(ErrorCode code, std::string message, std::string mend = {},
                                  Where where = {}) {
  return Failure(Error{code, std::move(message), std::move(mend), std::move(where)});
}

}  // namespace nakawari
