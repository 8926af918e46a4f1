#include "paint/colour_model_fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  nakawari::fuzz::model_tpl({data, size});
  return 0;
}
