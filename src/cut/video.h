/// \file
/// Frames to video, by the `ffmpeg` program as a child process: frames go through a pipe, the library links
/// nothing of it (docs/decisions/ffmpeg-as-child-process.md).
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "image/grid.h"

namespace nakawari {

enum class VideoFormat {
  h264,    ///< H.264, 4:2:0, in .mp4, index in front: plays everywhere
  prores,  ///< ProRes 4444 in .mov, for editing
};

struct VideoJob {
  VideoFormat format = VideoFormat::h264;
  int width = 0, height = 0;
  double fps = 24;
  int frames = 0;
  bool draft = false;  ///< quick and coarse
  std::string voice;   ///< a sound file to lay under it from the first frame on, empty: silent
  /// Frame from 0; called in order, once each. The same pointer as for the frame before is a held picture.
  std::function<Result<std::shared_ptr<const Raster>>(int)> picture;
};

class VideoEncoder {
 public:
  virtual ~VideoEncoder() = default;
  /// Writes the video to `path`. The same frames give the same bytes with the same ffmpeg, on any number of
  /// cores. An odd width or height is padded by one line of the last pixels' neighbours (H.264). Sound is cut
  /// where the pictures end.
  ///
  /// Errors: missing_tool: there is no ffmpeg; io: it failed, with its own words; cancelled; what `picture`
  /// says. On an error no file is left at `path`.
  virtual Result<void> encode(const VideoJob& job, const std::string& path, const Progress& progress) = 0;
};

/// Runs `ffmpeg` from the PATH.
std::unique_ptr<VideoEncoder> ffmpeg_encoder();

}  // namespace nakawari
