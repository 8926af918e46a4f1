/// \file
/// Whole files in, whole files out. A write goes to a temporary name in the same folder, is flushed and
/// renamed, so that a reader sees the old file or the new one, never a part.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace nakawari {

/// Files above this size are refused as bad_input; nothing that a cut holds comes near it.
inline constexpr std::size_t kMaxFileBytes = std::size_t{1} << 31;

Result<std::vector<std::uint8_t>> read_file(const std::string& path);
/// As read_file, as text; a UTF-8 byte order mark is dropped.
Result<std::string> read_text(const std::string& path);

/// Writes the file whole or not at all; missing folders are made. Leaves an equal file untouched
/// (its time does not change), so that watchers and make-like tools stay quiet.
Result<void> write_file(const std::string& path, std::span<const std::uint8_t> bytes);
Result<void> write_text(const std::string& path, std::string_view text);

}  // namespace nakawari
