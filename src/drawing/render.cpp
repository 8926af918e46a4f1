#include "drawing/render.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "drawing/brush.h"

namespace nakawari {
namespace {

/// Anti-aliasing looks at a pixel in this many squares a side; each adds its share of the edge.
constexpr int kSquares = 4;
constexpr double kSquareSide = 1.0 / kSquares;
/// Farthest a point of a pixel lies from its centre.
constexpr double kHalfDiagonal = 0.7072;

/// Pixels whose centres may lie within `reach` of the segment a-b.
struct Box {
  int left, top, right, bottom;  // inclusive; empty when right < left
};

Box box_around(Vec2 a, Vec2 b, double reach, int width, int height) {
  const auto low = [&](double v) { return static_cast<int>(std::floor(std::max(v - reach - 0.5, -1.0))); };
  const auto high = [&](double v, int size) {
    return static_cast<int>(std::ceil(std::min(v + reach - 0.5, static_cast<double>(size))));
  };
  return {std::max(0, low(std::min(a.x, b.x))), std::max(0, low(std::min(a.y, b.y))),
          std::min(width - 1, high(std::max(a.x, b.x), width)),
          std::min(height - 1, high(std::max(a.y, b.y), height))};
}

Vec2 pixel_centre(int x, int y) {
  return {x + 0.5, y + 0.5};
}

struct Pixel {
  int x = 0, y = 0;
};

bool touches(Pixel a, Pixel b) {
  return std::abs(a.x - b.x) <= 1 && std::abs(a.y - b.y) <= 1;
}

/// Draws 2-value lines.
class HardPen {
 public:
  explicit HardPen(LineImage& page) : page_(page) {}

  void draw(const Stroke& stroke) {
    has_last_ = false;
    for (std::size_t i = 1; i < stroke.points.size(); ++i) {
      const Vec2 a = stroke.points[i - 1], b = stroke.points[i];
      const double ra = stroke.widths[i - 1] / 2.0, rb = stroke.widths[i] / 2.0;
      fill(a, ra, b, rb, stroke.ink);
      if (std::min(ra, rb) < 0.5)
        walk(a, b, stroke.ink);
      else
        has_last_ = false;
    }
  }

 private:
  void set(int x, int y, Ink ink) {
    if (!page_.coverage.contains(x, y)) return;
    page_.coverage(x, y) = 255;
    page_.ink(x, y) = ink;
  }

  void fill(Vec2 a, double ra, Vec2 b, double rb, Ink ink) {
    const RoundCone cone(a, ra, b, rb);
    const Box box = box_around(a, b, std::max(ra, rb), page_.width(), page_.height());
    for (int y = box.top; y <= box.bottom; ++y)
      for (int x = box.left; x <= box.right; ++x)
        if (cone.signed_distance(pixel_centre(x, y)) <= 0) set(x, y, ink);
  }

  /// Below one pixel of width some rows or columns hold no pixel centre: take the nearest one there, and
  /// the corner pixel where two pieces would not touch.
  void walk(Vec2 a, Vec2 b, Ink ink) {
    const bool flat = std::abs(b.x - a.x) >= std::abs(b.y - a.y);
    const double from = flat ? a.x : a.y, to = flat ? b.x : b.y;
    const double slope = to != from ? ((flat ? b.y - a.y : b.x - a.x) / (to - from)) : 0;
    const int step = to >= from ? 1 : -1;
    const int first = static_cast<int>(step > 0 ? std::ceil(from - 0.5) : std::floor(from - 0.5));
    const int last = static_cast<int>(step > 0 ? std::floor(to - 0.5) : std::ceil(to - 0.5));
    for (int major = first; step > 0 ? major <= last : major >= last; major += step) {
      const double minor = (flat ? a.y : a.x) + (major + 0.5 - from) * slope;
      const int m = static_cast<int>(std::floor(minor));
      const Pixel here = flat ? Pixel{major, m} : Pixel{m, major};
      if (has_last_ && !touches(last_, here)) {
        const Pixel corner{static_cast<int>(std::floor(a.x)), static_cast<int>(std::floor(a.y))};
        set(corner.x, corner.y, ink);
      }
      set(here.x, here.y, ink);
      last_ = here;
      has_last_ = true;
    }
  }

  LineImage& page_;
  Pixel last_;
  bool has_last_ = false;
};

/// Share of a square of side kSquareSide that lies inside a straight edge at a signed distance from its
/// middle: the box filter of the edge, exact in every direction.
double share_inside(const RoundCone::Edge& edge) {
  const double a = std::max(std::abs(edge.outward.x), std::abs(edge.outward.y)) * kSquareSide;
  const double b = std::min(std::abs(edge.outward.x), std::abs(edge.outward.y)) * kSquareSide;
  const double far = std::abs(edge.distance);
  double outside = 0;  // share on the far side of the edge, seen from the square's middle
  if (a <= 0 || far >= (a + b) / 2)
    outside = 0;
  else if (far <= (a - b) / 2)
    outside = 0.5 - far / a;
  else
    outside = ((a + b) / 2 - far) * ((a + b) / 2 - far) / (2 * a * b);
  return edge.distance > 0 ? outside : 1 - outside;
}

/// Draws anti-aliased lines: full pixels at once, edge pixels by how much of each of their squares is
/// covered, so that pieces and strokes that overlap join without a seam.
class SoftPen {
 public:
  explicit SoftPen(LineImage& page) : page_(page), slot_(page.width(), page.height(), -1) {}

  void draw(const Stroke& stroke) {
    for (std::size_t i = 1; i < stroke.points.size(); ++i)
      fill(stroke.points[i - 1], stroke.widths[i - 1] / 2.0, stroke.points[i], stroke.widths[i] / 2.0,
           stroke.ink);
  }

  void finish() {
    for (const Partial& partial : partial_) {
      std::uint8_t& coverage = page_.coverage.data[partial.pixel];
      if (coverage == 255) continue;
      double sum = 0;
      for (const float share : partial.share) sum += share;
      coverage = static_cast<std::uint8_t>(std::lround(sum / (kSquares * kSquares) * 255));
      if (coverage == 0) page_.ink.data[partial.pixel] = Ink::none;
    }
  }

 private:
  struct Partial {
    std::size_t pixel = 0;
    double nearest = std::numeric_limits<double>::max();
    std::array<float, kSquares * kSquares> share{};
  };

  void fill(Vec2 a, double ra, Vec2 b, double rb, Ink ink) {
    const RoundCone cone(a, ra, b, rb);
    const Box box = box_around(a, b, std::max(ra, rb) + 1, page_.width(), page_.height());
    for (int y = box.top; y <= box.bottom; ++y)
      for (int x = box.left; x <= box.right; ++x) {
        const double d = cone.signed_distance(pixel_centre(x, y));
        if (d >= kHalfDiagonal) continue;
        if (d <= -kHalfDiagonal) {
          page_.coverage(x, y) = 255;
          page_.ink(x, y) = ink;
        } else {
          blend(x, y, cone, d, ink);
        }
      }
  }

  void blend(int x, int y, const RoundCone& cone, double d, Ink ink) {
    if (d <= 0) page_.ink(x, y) = ink;
    if (page_.coverage(x, y) == 255) return;
    std::int32_t& slot = slot_(x, y);
    if (slot < 0) {
      slot = static_cast<std::int32_t>(partial_.size());
      partial_.emplace_back();
      partial_.back().pixel = page_.coverage.index(x, y);
    }
    Partial& partial = partial_[static_cast<std::size_t>(slot)];
    if (d <= partial.nearest) {
      partial.nearest = d;
      page_.ink(x, y) = ink;
    }
    for (int j = 0; j < kSquares; ++j)
      for (int i = 0; i < kSquares; ++i) {
        const Vec2 q{x + (i + 0.5) * kSquareSide, y + (j + 0.5) * kSquareSide};
        float& known = partial.share[static_cast<std::size_t>(j * kSquares + i)];
        known = std::max(known, static_cast<float>(share_inside(cone.edge(q))));
      }
  }

  LineImage& page_;
  Grid<std::int32_t> slot_;
  std::vector<Partial> partial_;
};

}  // namespace

LineImage render_lines(const Drawing& drawing) {
  LineImage page;
  page.coverage = Grid<std::uint8_t>(drawing.width, drawing.height, 0);
  page.ink = Grid<Ink>(drawing.width, drawing.height, Ink::none);
  page.kind = drawing.kind;
  page.transparent_paper = drawing.transparent_paper;
  for (const Stroke& stroke : drawing.strokes)
    NAKAWARI_CHECK(stroke.points.size() == stroke.widths.size() && stroke.points.size() >= 2);

  if (drawing.kind == LineKind::two_value) {
    HardPen pen(page);
    for (const Stroke& stroke : drawing.strokes) pen.draw(stroke);
  } else {
    SoftPen pen(page);
    for (const Stroke& stroke : drawing.strokes) pen.draw(stroke);
    pen.finish();
  }
  return page;
}

}  // namespace nakawari
