/// \file
/// Trace lines (red, blue, green, yellow) bound shadows and highlights and are painted over: each takes the
/// colour of the side that its ink asks for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "match/regions.h"
#include "paint/meetings.h"
#include "paint/paint.h"

namespace nakawari {

/// The role whose side lines of an ink take.
std::optional<StyleRole> role_of(Ink ink, const InkRoles& roles);

/// Which styles trace lines part by what the model says: of each part the one that fits an ink's role and
/// every other. `styles`: label -> style.
std::vector<ShadePair> shades_of(const ColourModel& model, const std::vector<StyleId>& styles,
                                 const InkRoles& roles);

/// What persons painted trace lines with in the painted drawings of a cel: by ink and the two styles beside
/// the line, how many pixels of which style.
using TraceHabits = std::map<std::tuple<Ink, StyleId, StyleId>, std::map<StyleId, int>>;

/// Adds what one painted drawing shows. `regions` are the styles of its regions.
void learn_traces(const LineImage& lines, const RegionMap& map, const std::vector<PaintedRegion>& regions,
                  const Raster& painted, const ColourModel& model, const std::string& variant,
                  TraceHabits& habits);

/// What decides about trace lines in all drawings of a cel.
struct TraceRules {
  const ColourModel& model;
  const std::string& variant;
  const InkRoles& roles;
  TraceHabits habits;
};

/// Paints the trace lines of a drawing whose regions are painted. Lines are cut at their junctions and joined
/// where they are broken (trace_pieces.h); each piece is painted by itself, in this order: as a fix of this
/// drawing says; as lines of this ink between these styles were painted by a person in this cel; the side
/// whose role the ink asks for, each part of the line by the nearest such region; the smaller neighbour that
/// is no dust. Black dots in them go to `out.specks`.
void paint_trace_lines(const PaintDrawing& drawing, const RegionMap& map, const TraceRules& rules,
                       const std::vector<const TraceFix*>& fixes, PaintedDrawing& out);

/// The ids of fixes that lie on no trace line of the drawing.
std::vector<std::string> lost_trace_fixes(const PaintDrawing& drawing,
                                          const std::vector<const TraceFix*>& fixes);

}  // namespace nakawari
