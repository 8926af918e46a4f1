// Fuzzes the reader of voices: any bytes give a sound or an error.
#include <cstdint>

#include "base/check.h"
#include "mouth/sound.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto sound = nakawari::decode_sound({data, size}, "v.wav");
  if (!sound) NAKAWARI_CHECK(!sound.error().message.empty());
  return 0;
}
