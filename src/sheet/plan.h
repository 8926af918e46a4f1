/// \file
/// The rule of the sheet: a drawing that the sheet names and the folder lacks is an in-between to be made,
/// between the nearest drawings before and after it in time that exist. Pure values: the caller says which
/// drawings exist.
///
/// So an artist who does not like drawing 3 draws it and saves it into the folder: it is now a key, and its
/// neighbours are planned again from it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/report.h"
#include "sheet/chart.h"
#include "sheet/sheet.h"

namespace nakawari {

enum class DrawingState {
  key,        ///< exists; drawn by hand, never touched
  inbetween,  ///< to be made from `from` and `to` at `t`
  needs_key,  ///< cannot be placed: lies before the first or after the last key, or in a loop on one key
};

/// "key", "inbetween" or "needs-key", as reports spell it.
const char* word(DrawingState state);

/// The own t of a part of the drawing (charts.toml), for inbetween's GroupSpacing.
struct PlannedGroup {
  std::string name;
  double t = 0.5;
  bool placed = false;
  double x = 0, y = 0;  ///< px in drawing `from`
};

struct PlannedDrawing {
  std::string name;  ///< as ResolvedDrawing::name
  DrawingState state = DrawingState::key;
  std::string from, to;  ///< names of the keys in time order; empty unless inbetween
  double t = 0;          ///< inside (0, 1) for an in-between
  std::vector<PlannedGroup> groups;
  int first_frame = 0;  ///< where it first stands
  bool ticked = false;
  std::string why;  ///< a sentence: how it was placed, or why it needs a key
};

struct CelPlan {
  std::vector<PlannedDrawing> drawings;  ///< one per ResolvedCel::drawings, same order
  /// What needs an eye: "needs-key", "chart-count", "two-places", "chart-unused", "not-on-sheet",
  /// "across-empty", ...
  Report notes;

  [[nodiscard]] const PlannedDrawing* find(const std::string& name) const;
};

/// Plans one cel.
///
/// existing: names of the drawings that exist, in any spelling that plain_name accepts.
/// charts:   may be null.
///
/// An in-between takes its place from the first passage between two different keys in which it stands: the n
/// different missing drawings of that passage are spaced by the chart of the two keys, else in n + 1 equal
/// steps, in the order in which they first stand there (holds do not matter). A drawing after the last key of
/// a cycle lies before the first key of its next round. A chart of the opposite direction (to -> from) is
/// used mirrored when there is no chart of the passage's own. Cost: linear in exposures, n log n in names.
CelPlan plan_cel(const ResolvedCel& cel, const std::set<std::string>& existing,
                 const Charts* charts = nullptr);

}  // namespace nakawari
