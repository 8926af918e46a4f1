#include "image/tiff/tiff_memory.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <cstring>

namespace nakawari {
namespace {

TiffMemory& memory_of(thandle_t handle) {
  return *static_cast<TiffMemory*>(handle);
}

extern "C" {
static tmsize_t nakawari_tiff_read(thandle_t handle, void* out, tmsize_t size) {
  TiffMemory& m = memory_of(handle);
  if (size <= 0 || m.at >= m.in.size()) return 0;
  const auto n = std::min<std::uint64_t>(static_cast<std::uint64_t>(size), m.in.size() - m.at);
  std::memcpy(out, m.in.data() + m.at, n);
  m.at += n;
  return static_cast<tmsize_t>(n);
}

static tmsize_t nakawari_tiff_read_back(thandle_t handle, void* out, tmsize_t size) {
  // libtiff reads back the directory links of what it has written.
  TiffMemory& m = memory_of(handle);
  if (size <= 0 || m.at >= m.out.size()) return 0;
  const auto n = std::min<std::uint64_t>(static_cast<std::uint64_t>(size), m.out.size() - m.at);
  std::memcpy(out, m.out.data() + m.at, n);
  m.at += n;
  return static_cast<tmsize_t>(n);
}

static tmsize_t nakawari_tiff_write(thandle_t handle, void* in, tmsize_t size) {
  TiffMemory& m = memory_of(handle);
  if (size <= 0) return 0;
  const std::uint64_t end = m.at + static_cast<std::uint64_t>(size);
  if (end > m.out.size()) m.out.resize(end);
  std::memcpy(m.out.data() + m.at, in, static_cast<std::size_t>(size));
  m.at = end;
  return size;
}

static tmsize_t nakawari_tiff_no_write(thandle_t, void*, tmsize_t) {
  return 0;
}

static toff_t nakawari_tiff_seek(thandle_t handle, toff_t offset, int whence) {
  TiffMemory& m = memory_of(handle);
  const std::uint64_t size = std::max<std::uint64_t>(m.in.size(), m.out.size());
  const std::uint64_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? m.at : size;
  m.at = base + offset;
  return m.at;
}

static int nakawari_tiff_close(thandle_t) {
  return 0;
}

static toff_t nakawari_tiff_size(thandle_t handle) {
  const TiffMemory& m = memory_of(handle);
  return std::max<std::uint64_t>(m.in.size(), m.out.size());
}

static int nakawari_tiff_error(TIFF*, void* user, const char*, const char* format, va_list arguments) {
  std::string& error = static_cast<TiffMemory*>(user)->first_error;
  if (!error.empty()) return 1;
  std::array<char, 300> text{};
  static_cast<void>(std::vsnprintf(text.data(), text.size(), format, arguments));
  error = text.data();
  while (!error.empty() && (error.back() == '.' || error.back() == '\n')) error.pop_back();
  return 1;  // handled: the process-wide handler, which prints, is not called
}

static int nakawari_tiff_warning(TIFF*, void*, const char*, const char*, va_list) {
  return 1;
}
}

TIFF* open(TiffMemory& memory, const char* mode, std::int64_t largest, TIFFReadWriteProc read,
           TIFFReadWriteProc write) {
  TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
  if (options == nullptr) return nullptr;
  TIFFOpenOptionsSetErrorHandlerExtR(options, nakawari_tiff_error, &memory);
  TIFFOpenOptionsSetWarningHandlerExtR(options, nakawari_tiff_warning, &memory);
  if (largest > 0) TIFFOpenOptionsSetMaxSingleMemAlloc(options, largest);
  TIFF* tiff = TIFFClientOpenExt("", mode, &memory, read, write, nakawari_tiff_seek, nakawari_tiff_close,
                                 nakawari_tiff_size, nullptr, nullptr, options);
  TIFFOpenOptionsFree(options);
  return tiff;
}

}  // namespace

TiffHandle TiffHandle::to_read(TiffMemory& memory, std::int64_t largest) {
  return TiffHandle(open(memory, "rm", largest, nakawari_tiff_read, nakawari_tiff_no_write));
}

TiffHandle TiffHandle::to_write(TiffMemory& memory) {
  return TiffHandle(open(memory, "wl", 0, nakawari_tiff_read_back, nakawari_tiff_write));
}

}  // namespace nakawari
