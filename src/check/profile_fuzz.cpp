// Fuzzes the reader of style profiles: what is read and written is read as the same again.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "check/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = nakawari::read_profile({reinterpret_cast<const char*>(data), size}, "p.toml");
  if (!read) return 0;
  const std::string text = nakawari::write_profile(*read);
  const auto again = nakawari::read_profile(text, "p.toml");
  NAKAWARI_CHECK(again.has_value());
  NAKAWARI_CHECK(nakawari::write_profile(*again) == text);
  return 0;
}
