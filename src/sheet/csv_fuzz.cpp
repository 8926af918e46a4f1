#include "sheet/fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nakawari::fuzz::csv({data, size});
  return 0;
}
