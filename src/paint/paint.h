/// \file
/// Paints all drawings of a cel at once from the ones that a person painted.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "base/verdict.h"
#include "drawing/drawing.h"
#include "image/grid.h"
#include "image/line_image.h"
#include "image/page_part.h"
#include "match/registration.h"
#include "paint/closures.h"
#include "paint/colour_model.h"

namespace nakawari {

/// One drawing of the cel. Times order the drawings; they need not be evenly spaced.
struct PaintDrawing {
  std::string name;
  double time = 0;  ///< frame at which it first stands, or its place in the list
  Raster source;    ///< the line drawing as the artist (or `inbetween`) made it; kept on output
  LineImage lines;
  std::optional<Raster> painted;  ///< painted by a person: a reference
  /// Where on the page the pictures lie; of no size: they are the whole page, or hold no ink (crop.h).
  PagePart part;
  /// The drawings that `inbetween` made this one from; empty for a hand-drawn one. Its paint comes from them
  /// alone, along the lines of the registrations.
  std::vector<int> made_from;
  /// The painted picture of a colour model: the figure at another place, in another pose and size. It stands
  /// at no time; its paint comes back as it is.
  bool sheet = false;
};

/// Lines of drawing `from` found in drawing `to`: given where the in-betweener knows it; pairs that are
/// missing and needed are matched by the painter itself.
struct PaintRegistration {
  int from = 0, to = 0;  ///< indices into the drawings
  Registration anchors;  ///< here = from, there = to
};

/// "The region at this point of this drawing has this style."
struct StyleFix {
  std::string id;
  int drawing = 0;
  Vec2 at;
  StyleId style = kUnknownStyle;
  /// How large the region was when that was said, px. In a drawing that was drawn anew the region at the
  /// point must be as large within a factor of two, else the nearest such region is meant; 0: the one at the
  /// point.
  double area = 0;
};

enum class GapChoice { close, open };

/// "A wall runs along this path", or "the closure that this path crosses is none".
struct GapFix {
  std::string id;
  int drawing = 0;
  std::vector<Vec2> path;
  GapChoice choice = GapChoice::close;
};

/// "The trace line at this point takes the side of this role."
struct TraceFix {
  std::string id;
  int drawing = 0;
  Vec2 at;
  StyleRole role = StyleRole::shadow;
  /// Its ink when that was said: in a drawing that was drawn anew the nearest line of this ink is meant.
  /// none: the line at the point.
  Ink ink = Ink::none;
  friend bool operator==(const TraceFix&, const TraceFix&) = default;
};

/// Which side trace lines of an ink take; inks that are not named: blue shadow, red highlight.
using InkRoles = std::map<Ink, StyleRole>;

/// What persons said about the paint of a cel.
struct PaintFixes {
  std::vector<StyleFix> styles;
  std::vector<GapFix> gaps;
  std::vector<TraceFix> traces;
};

struct PaintJob {
  /// Of the page, px; 0: as large as the first drawing's picture.
  int width = 0, height = 0;
  std::vector<PaintDrawing> drawings;
  std::vector<PaintRegistration> registrations;
  /// What Painter::matched() gave for equal lines on an equal inked part: taken where the painter would match
  /// the pair again. Of other lines it would be wrong.
  std::vector<PaintRegistration> remembered;
  ColourModel model;  ///< may be empty: styles are then taken from the references' colours
  std::string variant;
  PaintFixes fixes;
  InkRoles ink_roles;
};

struct PaintOptions {
  Threads threads;
  /// Regions whose confidence is below this stay unpainted (loud) instead of being guessed; calibrated, see
  /// docs/paint.md. 0 paints everything.
  double margin = 0.6;
  /// Trace and match hand-drawn neighbours, and unpainted drawings with painted ones like them, that the job
  /// holds no registration of; without, they are compared by dense motion alone, which is faster and loses
  /// limbs that swing.
  bool match_lines = true;
};

struct PaintedRegion {
  int area = 0;
  double x = 0, y = 0;            ///< a pixel centre inside
  StyleId style = kUnknownStyle;  ///< the best style, also when it was not painted
  double confidence = 0;          ///< 0..1
  bool asked = false;             ///< below the margin: shown in the check colour
};

/// A place where a line may go on (closures.h), and whether the paint stops there.
struct PaintedClosure {
  ClosureKind kind = ClosureKind::bridge;
  Vec2 from, to;
  bool used = false;  ///< it parts two regions of different styles
};

/// A black dot inside a trace line, which stays in the paint.
struct PaintedSpeck {
  int area = 0;
  double x = 0, y = 0;
};

struct PaintedDrawing {
  Raster painted;             ///< aliased, palette-exact; clear outside; main lines as in the source
  Grid<std::int32_t> region;  ///< 0 = line, i + 1 = regions[i]
  std::vector<PaintedRegion> regions;
  std::vector<PaintedClosure> closures;  ///< shortest first, a person's last
  std::vector<PaintedSpeck> specks;
  Judgement judgement;
};

struct PaintResult {
  std::vector<PaintedDrawing> drawings;  ///< as in the job
  ColourModel model;                     ///< the job's, or the one taken from the references
  std::vector<std::string> lost_fixes;   ///< ids of fixes that fit no region any more
};

/// The colour in which regions wait for an answer; never a model's colour.
inline constexpr Rgba8 kCheckColour{255, 0, 255, 255};

/// Errors: pictures of different sizes, a reference whose picture does not fit its lines, no reference and an
/// empty model. Where corrections follow each other, Painter (painter.h) compares the drawings once.
Result<PaintResult> paint(PaintJob job, const PaintOptions& options = {});

}  // namespace nakawari
