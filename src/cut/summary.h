/// \file
/// What a build found and made, as plain values: the source of verdicts.json, of the report and of
/// `build --json`. It holds nothing that differs between two builds of the same inputs; what was spent
/// (time, memory) stands apart in BuildCost, so that pages made from a CutSummary alone are the same bytes
/// on every run.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/report.h"
#include "base/verdict.h"
#include "sheet/plan.h"

namespace nakawari {

/// One drawing of a cel. Paths are relative to the folder of the cut, with '/'; empty = there is no such
/// file.
struct DrawingSummary {
  std::string name;        ///< of its files, "A0002"
  std::string sheet_name;  ///< as the sheet spells it, "2"
  DrawingState state = DrawingState::key;
  std::string from, to;            ///< the keys of an in-between, as `name`
  double t = 0;                    ///< of an in-between, after the chart and the fixes
  std::string why;                 ///< how it was placed, or why it needs a key
  int first_frame = 0;             ///< from 0
  int frames = 0;                  ///< for how many frames of the cut it stands
  bool reference = false;          ///< a person painted it
  std::optional<Judgement> line;   ///< of an in-between's lines
  std::optional<Judgement> paint;  ///< of its paint, when painted by the program
  Judgement judgement;             ///< both together; `pass` with confidence 1 for a person's own work
  std::vector<std::string> fixes;  ///< ids of the fixes that took part
  std::string source;              ///< the artist's file of a key
  std::string line_picture;        ///< the key itself, or out/A/line/A0002.png
  std::string svg, painted, provenance;
};

/// One cel, bottom to top.
struct CelSummary {
  std::string name;
  bool still = false;  ///< one picture (a background or a book), no drawings
  std::string image;   ///< of a still
  int width = 0, height = 0;
  std::vector<DrawingSummary> drawings;  ///< in the order in which they first stand
  std::vector<int> at;                   ///< one per frame: index into `drawings`, -1 = empty
  std::string model, variant;
  std::vector<std::string> lost_fixes;  ///< ids of fixes that fit nothing any more; also in `notes`
};

/// Figures for the comparison with hand work; from `[cost]` of cut.toml where the cut sets them.
struct HandCost {
  std::map<std::string, double> values;  ///< as written, e.g. douga_minutes = 27
};

struct CutSummary {
  std::string id, title;
  double fps = 24;
  int frames = 0;
  int width = 0, height = 0;
  std::vector<CelSummary> cels;  ///< bottom to top
  Report notes;                  ///< everything that went through but needs an eye, in the order of the cut
  std::string video;             ///< relative path, empty when none was made
  std::string program;           ///< "nakawari 0.1.0"
  HandCost cost;
};

/// What a process has used since it began, its ended children included.
struct Spent {
  double cpu_seconds = 0;      ///< of all threads together
  double peak_memory_mib = 0;  ///< of the largest process
};

/// Time of one kind of step.
struct StepCost {
  std::string kind;        ///< "trace", "match", "draw", "paint", "frame", "report", "video"
  int ran = 0, kept = 0;   ///< steps done now, steps whose results were still good
  double seconds = 0;      ///< wall time of the stage
  double cpu_seconds = 0;  ///< of all threads together; does not grow when other programs use the machine
};

/// What the build spent. Differs from run to run.
struct BuildCost {
  std::vector<StepCost> steps;
  double seconds = 0;
  double cpu_seconds = 0;
  double peak_memory_mib = 0;
};

}  // namespace nakawari
