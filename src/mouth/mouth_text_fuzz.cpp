// Fuzzes the readers of mouths, marks and kana: any bytes give a value or an error.
#include <cstdint>
#include <string_view>

#include "mouth/mouth_track.h"
#include "mouth/voice.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)nakawari::read_mouths(text, "m", 24, 2);
  (void)nakawari::read_marks(text, "m");
  (void)nakawari::read_kana(text);
  return 0;
}
