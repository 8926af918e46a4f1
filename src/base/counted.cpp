#include "base/counted.h"

#include <fmt/format.h>

namespace nakawari {

std::string counted(std::int64_t n, std::string_view thing) {
  return fmt::format("{} {}{}", n, thing, n == 1 ? "" : "s");
}

}  // namespace nakawari
