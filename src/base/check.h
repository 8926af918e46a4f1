/// \file
/// What the code guarantees to itself. Never used on anything that a file or a user can cause.
#pragma once

#include <stdexcept>
#include <string>

namespace nakawari {

class LogicError : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  throw LogicError(std::string(file) + ":" + std::to_string(line) + ": broken guarantee: " + condition);
}

}  // namespace nakawari

#define NAKAWARI_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::nakawari::check_failed(#condition, __FILE__, __LINE__))
