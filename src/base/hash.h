/// \file
/// Content hashes: XXH3 with 128 bits. They name cached results and show that an input changed; they are
/// not meant to stand against an attacker.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace nakawari {

struct Hash {
  std::uint64_t high = 0, low = 0;
  friend constexpr auto operator<=>(const Hash&, const Hash&) = default;
  /// 32 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
};

/// Reads what hex() wrote; nothing else is a hash.
std::optional<Hash> hash_from_hex(std::string_view hex);

Hash hash_of(std::span<const std::uint8_t> bytes);
Hash hash_of(std::string_view text);
/// Order matters: combine(a, b) != combine(b, a).
Hash combine(Hash a, Hash b);

}  // namespace nakawari
