#include "cut/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nakawari::fuzz::face({data, size});
  return 0;
}
