/// \file
/// A folder of drawings with ground truth. Every part but the line drawings is optional: what is missing
/// switches off the measures that need it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "geometry/vec2.h"
#include "image/grid.h"

namespace nakawari::bench {

enum class LineSource { line, bin };  ///< anti-aliased or 2-value drawings

struct Label {
  int id = 0;
  std::string name;
  Rgba8 colour, shade;
};

struct TrackPoint {
  Vec2 at;  ///< px, pixel centres at .5
  bool visible = false;
};

struct Sequence {
  std::string name, folder;
  std::vector<std::string> frames;  ///< file names of the drawings, in order ("0004.png")
  std::vector<double> times;        ///< one per frame, rising
  std::vector<Label> labels;        ///< may be empty
  bool has_flat = false, has_region = false, has_shade = false;
  std::size_t tracked = 0;                      ///< points per frame
  std::vector<std::vector<TrackPoint>> tracks;  ///< [frame][point]; empty without tracks.npy

  [[nodiscard]] int count() const { return static_cast<int>(frames.size()); }
  [[nodiscard]] std::string path(const std::string& part, int frame) const {
    return folder + "/" + part + "/" + frames[static_cast<std::size_t>(frame)];
  }
  [[nodiscard]] const Label* find(int label) const;
};

/// Reported only; no parameter of the program was ever chosen by looking at these.
bool held_out(const std::string& name);

/// The sequences under `folder`: of its `seq` folder, of itself, or itself. By name. Folders without line
/// drawings are passed over; an error when none is left.
Result<std::vector<Sequence>> find_sequences(const std::string& folder);

/// The drawing of a frame; falls back to the other kind when the asked one is missing.
Result<Raster> read_lines(const Sequence& sequence, int frame, LineSource source);

/// Where frame `middle` lies between two others by the sequence's own times, in (0, 1).
double own_t(const Sequence& sequence, int first, int middle, int last);

}  // namespace nakawari::bench
