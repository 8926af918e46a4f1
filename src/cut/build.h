/// \file
/// Builds a cut: from the artist's drawings, sheet and painted references to in-betweens, painted cels,
/// frames and video. Every step is a pure function of hashed inputs (steps.h), so only what changed is done
/// again, a killed build resumes, and the same inputs give the same bytes on any number of threads.
///
/// Nothing is written outside `out/` of the cut.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/progress.h"
#include "base/result.h"
#include "cut/disk.h"
#include "cut/summary.h"
#include "cut/video.h"

namespace nakawari {

class PaintMemory;

enum class Quality {
  preview,  ///< half the matching work, coarse video
  final,    ///< the real thing
};

enum class Extent {
  everything,
  drawings,  ///< no frames, video and report; those of earlier builds stay
};

struct BuildOptions {
  Quality quality = Quality::final;
  Extent extent = Extent::everything;
  Threads threads;
  std::vector<std::string> only;  ///< names of cels; then no frames and no video are made. Empty: everything
  std::string program = "nakawari " NAKAWARI_VERSION;  ///< shown in reports
  std::string program_key;  ///< changes whenever the program may give other results; empty: as `program`
  /// Kept from build to build by a process that builds again and again; may be nullptr.
  PaintMemory* paint_memory = nullptr;
  std::function<Spent()> spent = [] { return Spent(); };  ///< asked before and after each stage
};

/// A region that shows another style than after the build before, on the same lines.
struct PaintChange {
  std::string cel, drawing;
  double x = 0, y = 0;  ///< a pixel centre inside
  int area = 0;
  std::string before, after;  ///< names of styles; "background"; empty: not sure
  std::string fix;            ///< the one that says so; empty: it followed from something else
};

struct BuildResult {
  CutSummary summary;
  BuildCost cost;
  int ran = 0, kept = 0;                   ///< steps
  std::vector<std::string> explained;      ///< "draw A/A0002: t changed", in the order of the flow
  std::vector<PaintChange> paint_changes;  ///< worst first in each drawing
  Report trouble;                          ///< what could not be made although the rest was: no ffmpeg
};

/// Builds the cut in `folder`.
///
/// Errors: those of load_cut; pictures that cannot be read or have different sizes; a disk that refuses;
///         cancelled. What was finished before the error stays and is used next time.
/// Cost:   see BuildCost. Nothing to do: stamps of all files are compared, nothing is decoded.
Result<BuildResult> build_cut(Disk& disk, const std::string& folder, const BuildOptions& options,
                              VideoEncoder& encoder, Progress& progress);

/// What stands beside a summary in machine-readable form: `build --json` and verdicts.json.
std::string summary_json(const BuildResult& result);
std::string verdicts_json(const CelSummary& cel);

}  // namespace nakawari
