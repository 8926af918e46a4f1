/// \file
/// Anchors: how a correction finds the line that a person pointed at again after the drawing was drawn anew.
/// A point alone is lost when the line moves; a point with a description of the line is not.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "drawing/drawing.h"
#include "geometry/vec2.h"

namespace nakawari {

/// A point farther than this from every line of its drawing lies on none: a person clicks within a few
/// pixels, and a redrawn line that moved farther is another line unless it is still described well. Pixels of
/// a 1920 px page, scaled with the page.
inline constexpr double kAnchorReach = 24;
/// The same where the line's description fits: a redrawn part moves by a few per cent of the page.
inline constexpr double kMarkedReach = 96;

/// What lies at a point: a line, or a region when `ink` is none. A default one says nothing.
struct LineMark {
  Ink ink = Ink::none;
  double length = 0;  ///< of the stroke, px
  double angle = 0;   ///< of the line at the point, degrees from 0 to 180
  double width = 0;   ///< of the line at the point, px
  double area = 0;    ///< of a region, px
  friend bool operator==(const LineMark&, const LineMark&) = default;
};

/// "black 212 35 3.2", "region 5210"; empty text for a mark that says nothing.
std::string to_text(const LineMark& mark);
/// nullopt for text of another form.
std::optional<LineMark> mark_from(std::string_view text);

/// A place on a line.
struct LinePlace {
  StrokeId stroke = -1;
  Vec2 at;              ///< on the centre line
  float along = 0;      ///< arc length from the stroke's start, px
  double distance = 0;  ///< from the point that was asked for, px
};

/// The nearest place on any centre line; stroke -1 in a drawing without strokes. Cost: all points.
LinePlace nearest_line(const Drawing& drawing, Vec2 point);

/// The description of the line at a place.
LineMark mark_of(const Drawing& drawing, const LinePlace& place);

/// The line that an anchor means. Without a mark: the nearest within kAnchorReach. With one, the nearest of
/// the same ink and direction (within 40 degrees) that is as long (within a factor of two) within
/// kMarkedReach, and failing that, of the same ink and direction within kAnchorReach: tracing may have cut
/// the line otherwise. Else nothing: a wrong place would be worse than a report.
std::optional<LinePlace> find_anchor(const Drawing& drawing, Vec2 point, const LineMark& mark = {});

}  // namespace nakawari
