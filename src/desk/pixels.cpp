#include "desk/pixels.h"

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

}  // namespace nakawari
