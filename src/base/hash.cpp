#include "base/hash.h"

#include <fmt/core.h>
#include <xxhash.h>

#include <array>
#include <charconv>

namespace nakawari {
namespace {

Hash hash_bytes(const void* data, std::size_t size) {
  const XXH128_hash_t h = XXH3_128bits(data, size);
  return {h.high64, h.low64};
}

}  // namespace

std::string Hash::hex() const {
  return fmt::format("{:016x}{:016x}", high, low);
}

std::optional<Hash> hash_from_hex(std::string_view hex) {
  constexpr std::size_t kDigits = 16;  // of one half
  const bool lower = hex.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  if (hex.size() != 2 * kDigits || !lower) return std::nullopt;
  Hash hash;
  std::from_chars(hex.data(), hex.data() + kDigits, hash.high, 16);
  std::from_chars(hex.data() + kDigits, hex.data() + 2 * kDigits, hash.low, 16);
  return hash;
}

Hash hash_of(std::span<const std::uint8_t> bytes) {
  return hash_bytes(bytes.data(), bytes.size());
}

Hash hash_of(std::string_view text) {
  return hash_bytes(text.data(), text.size());
}

Hash combine(Hash a, Hash b) {
  // Big-endian by hand, so that the result is the same on every machine.
  std::array<std::uint8_t, 32> bytes{};
  std::size_t at = 0;
  for (const std::uint64_t word : {a.high, a.low, b.high, b.low}) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes[at++] = static_cast<std::uint8_t>(word >> shift);
  }
  return hash_bytes(bytes.data(), bytes.size());
}

}  // namespace nakawari
