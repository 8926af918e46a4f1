#include "mouth/sound.h"

#include <fmt/format.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>
#include <numbers>

namespace nakawari {
namespace {

constexpr int kLeastRate = 4000, kUsualRate = 48'000, kMostRate = 400'000, kMostChannels = 64;
constexpr int kTaps = 24;  // zero crossings of the resampling filter to each side

struct Memory {
  std::span<const std::uint8_t> bytes;
  sf_count_t at = 0;
};

sf_count_t length_of(void* user) {
  return static_cast<sf_count_t>(static_cast<Memory*>(user)->bytes.size());
}
sf_count_t seek(sf_count_t offset, int whence, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  const sf_count_t from = whence == SEEK_CUR ? memory.at : whence == SEEK_END ? length_of(user) : 0;
  memory.at = std::clamp<sf_count_t>(from + offset, 0, length_of(user));
  return memory.at;
}
sf_count_t read(void* to, sf_count_t count, void* user) {
  auto& memory = *static_cast<Memory*>(user);
  const sf_count_t n = std::clamp<sf_count_t>(count, 0, length_of(user) - memory.at);
  if (n > 0) std::memcpy(to, memory.bytes.data() + memory.at, static_cast<std::size_t>(n));
  memory.at += n;
  return n;
}
sf_count_t write(const void*, sf_count_t, void*) {
  return 0;
}
sf_count_t tell(void* user) {
  return static_cast<Memory*>(user)->at;
}

/// Windowed sinc, cut at the lower of the two rates.
std::vector<float> resample(const std::vector<float>& in, int rate) {
  if (rate == kSoundRate) return in;
  const double ratio = static_cast<double>(rate) / kSoundRate;
  const double cut = std::min(1.0, 1 / ratio);
  const double reach = kTaps / cut;
  std::vector<float> out(static_cast<std::size_t>(static_cast<double>(in.size()) / ratio));
  for (std::size_t k = 0; k < out.size(); ++k) {
    const double centre = static_cast<double>(k) * ratio;
    const auto first = static_cast<long>(std::ceil(centre - reach));
    const auto last = static_cast<long>(std::floor(centre + reach));
    double sum = 0;
    for (long i = std::max(0L, first); i <= std::min<long>(last, static_cast<long>(in.size()) - 1); ++i) {
      const double x = (static_cast<double>(i) - centre) * cut * std::numbers::pi;
      const double sinc = std::abs(x) < 1e-9 ? 1 : std::sin(x) / x;
      const double window =
          0.5 + 0.5 * std::cos(std::numbers::pi * (static_cast<double>(i) - centre) / reach);
      sum += in[static_cast<std::size_t>(i)] * sinc * window * cut;
    }
    out[k] = static_cast<float>(sum);
  }
  return out;
}

}  // namespace

Result<Sound> decode_sound(std::span<const std::uint8_t> bytes, const std::string& name) {
  const auto wrong = [&](std::string message, std::string mend) {
    return fail(ErrorCode::bad_input, std::move(message), std::move(mend), {.file = name});
  };
  Memory memory{bytes, 0};
  SF_VIRTUAL_IO io{length_of, seek, read, write, tell};
  SF_INFO info{};
  const std::unique_ptr<SNDFILE, int (*)(SNDFILE*)> file(sf_open_virtual(&io, SFM_READ, &info, &memory),
                                                         sf_close);
  if (!file) return wrong("is no sound file that can be read", "export the voice as WAV, FLAC or OGG");
  if (info.samplerate < kLeastRate || info.samplerate > kMostRate || info.channels < 1 ||
      info.channels > kMostChannels)
    return wrong(fmt::format("has {} Hz and {} channels", info.samplerate, info.channels),
                 "export the voice with 48000 Hz and one or two channels");
  std::vector<float> mono, block(static_cast<std::size_t>(4096) * info.channels);
  const auto most = static_cast<std::size_t>(kMaxSoundSeconds) * std::min(info.samplerate, kUsualRate);
  for (;;) {
    const sf_count_t got = sf_readf_float(file.get(), block.data(), 4096);
    if (got <= 0) break;
    for (sf_count_t k = 0; k < got; ++k) {
      float sum = 0;
      for (int c = 0; c < info.channels; ++c) sum += block[static_cast<std::size_t>(k * info.channels + c)];
      mono.push_back(std::isfinite(sum) ? sum / static_cast<float>(info.channels) : 0);
    }
    if (mono.size() > most) return wrong("is longer than a cut can be", "cut it to the length of the cut");
  }
  if (mono.empty()) return wrong("holds no sound", "export the voice again");
  return Sound{resample(mono, info.samplerate), std::min(kSoundRate, info.samplerate) / 2.0};
}

}  // namespace nakawari
