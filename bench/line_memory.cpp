#include "bench/line_memory.h"

#include <cstring>
#include <filesystem>
#include <type_traits>

#include "base/files.h"

namespace nakawari::bench {
namespace {

/// Anchors are kept as they lie in memory: the file is read on the machine that wrote it.
static_assert(std::is_trivially_copyable_v<Anchor>);

template <typename T>
void append(std::vector<std::uint8_t>& bytes, const T* values, std::size_t count) {
  const auto* from = reinterpret_cast<const std::uint8_t*>(values);
  bytes.insert(bytes.end(), from, from + count * sizeof(T));
}

struct Head {
  std::int32_t from = 0, to = 0;
  std::uint64_t anchors = 0;
};

}  // namespace

LineMemory::Kept LineMemory::read(const std::string& drawings) const {
  Kept kept;
  const auto bytes = read_file(folder_ + "/" + drawings);
  if (!bytes) return kept;
  std::size_t at = 0;
  while (at < bytes->size()) {
    Head head;
    if (bytes->size() - at < sizeof(head)) return {};
    std::memcpy(&head, bytes->data() + at, sizeof(head));
    at += sizeof(head);
    if ((bytes->size() - at) / sizeof(Anchor) < head.anchors) return {};
    Registration& anchors = kept[{head.from, head.to}];
    anchors.resize(head.anchors);
    if (head.anchors > 0) std::memcpy(anchors.data(), bytes->data() + at, head.anchors * sizeof(Anchor));
    at += head.anchors * sizeof(Anchor);
  }
  return kept;
}

std::vector<PaintRegistration> LineMemory::known(const std::string& drawings) {
  std::vector<PaintRegistration> known;
  if (folder_.empty()) return known;
  const std::lock_guard lock(mutex_);
  for (auto& [pair, anchors] : read(drawings)) known.push_back({pair.first, pair.second, std::move(anchors)});
  return known;
}

Result<void> LineMemory::keep(const std::string& drawings, const std::vector<PaintRegistration>& matched) {
  if (folder_.empty() || matched.empty()) return {};
  const std::lock_guard lock(mutex_);
  Kept kept = read(drawings);
  const std::size_t before = kept.size();
  for (const PaintRegistration& each : matched) kept.insert({{each.from, each.to}, each.anchors});
  if (kept.size() == before) return {};
  std::vector<std::uint8_t> bytes;
  for (const auto& [pair, anchors] : kept) {
    const Head head{pair.first, pair.second, anchors.size()};
    append(bytes, &head, 1);
    append(bytes, anchors.data(), anchors.size());
  }
  std::error_code ignored;  // writing says what is wrong
  std::filesystem::create_directories(folder_, ignored);
  return write_file(folder_ + "/" + drawings, bytes);
}

}  // namespace nakawari::bench
