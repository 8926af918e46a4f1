#include "cut/check_around.h"

#include "cut/build_state.h"
#include "cut/composite.h"
#include "image/picture_file.h"

namespace nakawari {

std::shared_ptr<const Raster> FrameAround::picture(const LoadedCel& cel, int frame, int width, int height) {
  std::string path = cel.image;
  bool lines = false;
  if (!cel.still()) {
    const LoadedDrawing& drawing =
        cel.drawings[static_cast<std::size_t>(cel.at[static_cast<std::size_t>(frame)])];
    lines = !is_painted(cel);
    path = lines ? line_path(cel, drawing) : painted_path(cel, drawing);
  } else {
    const std::lock_guard lock(mutex_);
    if (const auto it = stills_.find(path); it != stills_.end()) return it->second;
  }
  const auto file = read_stable(disk_, join_path(cut_.folder, path));
  if (!file) return nullptr;
  auto decoded = decode_picture(file->bytes, path);
  if (!decoded) return nullptr;
  if (cel.still() && decoded->width >= width && decoded->height >= height)
    *decoded = middle_of(*decoded, width, height);
  if (decoded->width != width || decoded->height != height) return nullptr;
  auto picture = std::make_shared<const Raster>(lines ? lines_as_cel(*decoded) : std::move(*decoded));
  if (!cel.still()) return picture;
  const std::lock_guard lock(mutex_);
  return stills_.emplace(path, std::move(picture)).first->second;
}

std::optional<Surroundings> FrameAround::around(const LoadedCel& cel, int frame, int width, int height) {
  std::vector<std::shared_ptr<const Raster>> held;
  std::vector<const Raster*> below, above;
  bool over = false;
  for (const LoadedCel& other : cut_.cels) {
    if (&other == &cel) {
      over = true;
      continue;
    }
    if (frame < 0 || frame >= static_cast<int>(other.at.size()) ||
        other.at[static_cast<std::size_t>(frame)] < 0)
      continue;
    held.push_back(picture(other, frame, width, height));
    if (!held.back()) return std::nullopt;
    (over ? above : below).push_back(held.back().get());
  }
  if (held.empty()) return std::nullopt;
  Surroundings around{composite(below, width, height, cut_.file.output.paper), Raster(width, height, kClear)};
  for (const Raster* layer : above)
    for (std::size_t i = 0; i < layer->data.size(); ++i)
      if (layer->data[i].a >= 128) around.above.data[i] = layer->data[i];
  return around;
}

}  // namespace nakawari
