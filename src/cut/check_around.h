/// \file
/// What lies under and over a drawing in the frame, for the check of kumi lines. Internal to the checks.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include "check/look.h"
#include "cut/load_cut.h"

namespace nakawari {

/// The pictures of a cut's cels, by frame. Stills are decoded once; safe to ask from several threads.
class FrameAround {
 public:
  FrameAround(const Disk& disk, const LoadedCut& cut) : disk_(disk), cut_(cut) {}

  /// Under and over `cel` at `frame`, of the given size. Nothing when a picture cannot be read, has another
  /// size or is not made yet, or when the cel is alone.
  std::optional<Surroundings> around(const LoadedCel& cel, int frame, int width, int height);

 private:
  std::shared_ptr<const Raster> picture(const LoadedCel& cel, int frame, int width, int height);

  const Disk& disk_;
  const LoadedCut& cut_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const Raster>> stills_;
};

}  // namespace nakawari
