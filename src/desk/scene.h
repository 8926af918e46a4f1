/// \file
/// Everything that the page shows of a cut, as one value: published whole, so that every browser sees one
/// moment of it. Pictures are named by what they are (pixels.h).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/verdict.h"
#include "cut/fixes_file.h"
#include "cut/load_cut.h"
#include "image/grid.h"

namespace nakawari {

/// A named colour of the colour model.
struct Swatch {
  std::string name, part;
  Rgba8 colour;
};

struct SceneDrawing {
  std::string stem;
  std::string sheet_name;
  DrawingState state = DrawingState::key;
  int from = -1, to = -1;  ///< indices of an in-between's keys; -1: it has none, as a mixed face
  double t = 0;
  std::string why;
  int first_frame = 0, frames = 0;
  bool reference = false, approved = false;
  bool judged = false;   ///< `judgement` says something
  bool judging = false;  ///< something changed since: it is being judged again
  Judgement judgement;
  std::vector<std::string> fixes;  ///< ids of those that took part
  std::string line, paint;         ///< names of pictures; empty: there is none yet
  bool settling = false;           ///< the line is a first answer to a fix; the build has yet to confirm it
  bool paint_stale = false;        ///< the paint is that of an older line
};

struct SceneCel {
  std::string name;
  bool still = false;
  std::string image;
  std::vector<SceneDrawing> drawings;
  std::vector<int> at;  ///< one per frame: index into `drawings`, -1 = empty; of a still 0 or -1
  std::vector<Fix> fixes;
  std::vector<std::string> lost;  ///< ids
  std::vector<Swatch> swatches;
};

/// What is said at which frames.
struct SceneSpeech {
  int first_frame = 0, frames = 1;
  std::string who, words;
};

/// What the machine is doing.
struct SceneJob {
  bool busy = false;
  std::string step;  ///< "trace", "match", ...
  int done = 0, total = 0;
  std::string error;  ///< one line; empty: none
};

struct Scene {
  long version = 0;
  long drawn = 0;  ///< the version since which nothing but the job and `settled` has changed
  std::string id, title;
  double fps = 24;
  int frames = 0, width = 0, height = 0;
  std::vector<SceneCel> cels;  ///< bottom to top
  std::vector<SceneSpeech> speech;
  std::string sound;  ///< tells this sound from another; empty: silent
  std::string video;  ///< relative path once made
  Report notes;
  SceneJob job;
  bool settled = false;  ///< the build has seen everything that was said and saved
};

/// As the page reads it. One line, no line breaks.
std::string scene_json(const Scene& scene);
/// What changes many times while the machine works: version, job, settled. One line.
std::string job_json(const Scene& scene);

}  // namespace nakawari
