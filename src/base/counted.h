/// \file
/// Numbers in sentences for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace nakawari {

/// "1 drawing", "3 drawings": the thing in the right number, for words that take an s.
std::string counted(std::int64_t n, std::string_view thing);

}  // namespace nakawari
