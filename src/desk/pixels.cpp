#include "desk/pixels.h"

#include <algorithm>

#include "image/picture_file.h"
#include "image/png/png.h"

namespace nakawari {

std::string Pixels::keep(Bytes png) {
  std::string name = hash_of(png).hex();
  const std::lock_guard lock(mutex_);
  if (const auto it = held_.find(name); it != held_.end()) {
    order_.splice(order_.begin(), order_, it->second.place);
    return name;
  }
  size_ += png.size();
  order_.push_front(name);
  held_[name] = {std::make_shared<const Bytes>(std::move(png)), order_.begin()};
  while (size_ > kMostBytes && order_.size() > 1) {
    const auto last = held_.find(order_.back());
    size_ -= last->second.bytes->size();
    held_.erase(last);
    order_.pop_back();
  }
  return name;
}

std::shared_ptr<const Bytes> Pixels::find(const std::string& name) {
  const std::lock_guard lock(mutex_);
  const auto it = held_.find(name);
  if (it == held_.end()) return nullptr;
  order_.splice(order_.begin(), order_, it->second.place);
  return it->second.bytes;
}

Result<std::string> Pixels::keep(Raster picture) {
  auto png = encode_png(picture);
  if (!png) return Failure(std::move(png.error()));
  std::string name = keep(std::move(*png));
  remember(name, std::make_shared<const Raster>(std::move(picture)));
  return name;
}

std::shared_ptr<const Raster> Pixels::raster(const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    for (auto it = decoded_.begin(); it != decoded_.end(); ++it)
      if (it->first == name) {
        decoded_.splice(decoded_.begin(), decoded_, it);
        return it->second;
      }
  }
  const auto bytes = find(name);
  if (!bytes) return nullptr;
  auto decoded = decode_picture(*bytes, name);
  if (!decoded) return nullptr;
  auto picture = std::make_shared<const Raster>(std::move(*decoded));
  remember(name, picture);
  return picture;
}

void Pixels::remember(const std::string& name, std::shared_ptr<const Raster> picture) {
  const std::lock_guard lock(mutex_);
  std::erase_if(decoded_, [&](const auto& each) { return each.first == name; });
  decoded_.emplace_front(name, std::move(picture));
  if (decoded_.size() > kDecoded) decoded_.pop_back();
}

}  // namespace nakawari
