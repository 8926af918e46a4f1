/// \file
/// One drawing as the checks see it: strokes with their measures, regions with their paint, a few facts of
/// the original pixels. Made once; everything that a check asks for is cheap after that, and the pictures
/// themselves are gone.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "check/profile.h"
#include "drawing/drawing.h"
#include "image/grid.h"
#include "image/line_image.h"
#include "match/flow.h"
#include "match/sample_graph.h"

namespace nakawari {

/// What lies under and over a drawing of a cel in a frame, of the drawing's size.
struct Surroundings {
  Raster below;  ///< opaque
  Raster above;  ///< clear where nothing is
};

/// A drawing as it is handed to the checks.
struct CheckInput {
  std::string name;
  Raster source;                  ///< the line drawing
  std::optional<Drawing> traced;  ///< its strokes; traced here when missing
  std::optional<Raster> painted;
  bool by_program = false;                              ///< an in-between of ours
  bool lines_approved = false, paint_approved = false;  ///< may serve as reference
  int first_frame = 0, frames = 1;
  double t = -1;                ///< place between the keys `from` and `to`; -1: a key
  int from = -1, to = -1;       ///< indices into the cel
  int before = -1, after = -1;  ///< what stands before and after it in time
  /// The frame in which it first stands; asked for only when its paint ends without a line.
  std::function<std::optional<Surroundings>()> around;
};

/// What lies on the two sides of a stroke.
enum class StrokeClass { outline, inner, trace };
const char* word(StrokeClass kind);

struct StrokeFacts {
  double length = 0;
  double width = 0;      ///< mean over the middle part, px
  double roughness = 0;  ///< RMS of the centre line about its own smoothed course, px
  StrokeClass kind = StrokeClass::inner;
  std::array<bool, 2> free = {false, false};  ///< start and end meet nothing and lie inside the page
  std::array<double, 2> tip = {1, 1};         ///< width at a free end over the middle's
  std::array<double, 2> taper = {0, 0};       ///< way from the tip to 80 % of that, over the length
};

/// A region between the lines and what colour lies in it.
struct SeenRegion {
  int area = 0, left = 0, top = 0, right = 0, bottom = 0;
  Vec2 centre, inside;            ///< `inside` lies in the region
  double xx = 0, xy = 0, yy = 0;  ///< central second moments over the area, px^2
  bool touches_edge = false;
  int outline = 0;           ///< pixel edges towards what is not this region
  Rgba8 colour = kClear;     ///< of most pixels; clear also without paint
  int clear = 0, other = 0;  ///< pixels without paint; of another colour than `colour` (clear left out)
  Vec2 clear_at, other_at;   ///< the first such pixel
  Rgba8 other_colour = kClear;
  bool graded = false;           ///< paint of many colours (airbrush, texture), none of which has half of it
  std::array<double, 3> mean{};  ///< of its painted pixels, sRGB 0..255
  [[nodiscard]] bool painted() const { return colour.a != 0; }
};

/// Regions a < b meet across a line.
struct SeenContact {
  int a = 0, b = 0;
  int length = 0;  ///< pixels
  Ink ink = Ink::black;
  Vec2 at;  ///< the middle one of the places where they meet
};

/// A connected piece of trace line and the colour over it.
struct TracePiece {
  Ink ink = Ink::red;
  int area = 0;
  Vec2 at;
  Rgba8 colour = kClear;    ///< of most pixels in the painted picture
  std::vector<int> sides;   ///< regions beside it that share at least three pixels, most first
  std::vector<Rgba8> near;  ///< colours a line's width around it, but its own
};

/// Pixels of one kind: how many, and where the first lies.
struct PixelFact {
  int count = 0;
  Vec2 at;
  Rgba8 colour = kClear;
  void add(int x, int y, Rgba8 c) {
    if (count++ == 0) {
      at = {x + 0.5, y + 0.5};
      colour = c;
    }
  }
};

/// A colour of a painted picture.
struct ColourUse {
  Rgba8 colour;
  int area = 0;
  int graded = 0;   ///< of that, in graded regions
  int regions = 0;  ///< regions of which it is the main colour
  Vec2 at;          ///< where it first stands in a region, else at all
};

/// A straight piece of the border of the paint that no main line bounds: where a cel is cut off along
/// another picture (the kumi line, as behind a table).
struct OpenEdge {
  Vec2 from, to;
  double found = 0;   ///< share along which an edge of what lies around is near
  double offset = 0;  ///< of those: how far that edge lies outside the paint's, median, px; below 0: inside
};

struct Seen {
  CheckInput given;  ///< pictures and strokes moved out
  int width = 0, height = 0;
  double scale = 1;  ///< page width / 1920, for lengths given for 1920
  LineKind kind = LineKind::two_value;
  bool has_paint = false;
  Drawing strokes;
  std::vector<StrokeFacts> facts;  ///< one per stroke
  SampleGraph graph;
  std::optional<SampleGrid> grid;
  Grid<std::int32_t> label;  ///< 0 = line, i + 1 = regions[i]
  std::vector<SeenRegion> regions;
  std::vector<SeenContact> contacts;
  std::vector<TracePiece> traces;
  std::vector<ColourUse> colours;  ///< by falling area
  std::vector<OpenEdge> open_edges;
  bool in_frame = false;                ///< what lies around was known, or not needed
  PixelFact odd_line;                   ///< line pixels of no pure ink
  std::vector<PixelFact> altered_line;  ///< black line pixels that are something else in paint, by colour
  double density = 1;                   ///< mean coverage on the middle of the lines, 0..1
  int flow_zoom = 1;                    ///< the flow picture is this much smaller
  FlowImage flow;

  [[nodiscard]] double px(double at_1920) const { return at_1920 * scale; }
  /// Region under a position, -1 on a line or outside.
  [[nodiscard]] int region_at(Vec2 p) const;
};

/// Looks at one drawing. Errors: those of trace; pictures of different sizes.
/// Cost: about 80 ms at 1920x1080 on one core, without tracing.
Result<Seen> look_at(CheckInput input);

/// What the drawing contributes to a profile: lines when `lines`, colours and areas when `paint`.
Measurements measurements(const Seen& seen, bool lines, bool paint);

constexpr bool same(Rgba8 a, Rgba8 b) {
  return (a.a == 0 && b.a == 0) || a == b;
}
std::string hex(Rgba8 colour);

}  // namespace nakawari
