/// \file
/// A drawing as evenly spaced samples with links: along strokes, across shared nodes, and to what lies near
/// on other lines. Matching and in-betweening solve for one position per sample; the links say which samples
/// want to move together.
#pragma once

#include <cstdint>
#include <vector>

#include "drawing/drawing.h"
#include "geometry/vec2.h"

namespace nakawari {

struct Sample {
  Vec2 position;
  Vec2 tangent;  ///< unit, in the stroke's direction
  StrokeId stroke = -1;
  float along = 0;  ///< arc length from the stroke's start, px
  float width = 1;
  Ink ink = Ink::black;
  [[nodiscard]] bool trace_line() const { return ink != Ink::black; }
};

enum class LinkKind : std::uint8_t {
  stroke,  ///< consecutive samples of one stroke
  node,    ///< ends of strokes that share a node: the same point
  near,    ///< neighbours across paper: weak, may slide
};

struct Link {
  std::int32_t a = 0, b = 0;  ///< sample indices, a < b
  LinkKind kind = LinkKind::stroke;
};

struct SampleGraph {
  std::vector<Sample> samples;      ///< by stroke, then by arc length
  std::vector<std::int32_t> first;  ///< first sample of each stroke; one more entry at the end
  std::vector<Link> links;
  std::vector<std::int32_t> link_start,
      link_of;  ///< links of sample i: link_of[link_start[i] .. link_start[i + 1])
  double spacing = 3;

  [[nodiscard]] int size() const { return static_cast<int>(samples.size()); }
  /// The sample nearest to a place along a stroke.
  [[nodiscard]] std::int32_t at(StrokeId stroke, double along) const;
  [[nodiscard]] std::int32_t other(std::int32_t link, std::int32_t sample) const {
    return links[link].a == sample ? links[link].b : links[link].a;
  }
};

struct SampleOptions {
  double spacing = 3;       ///< px between samples, at 1024 px page size; grows with the page
  int most_samples = 6000;  ///< spacing grows beyond the above to stay below
  double near_radius = 48;  ///< px, reach of near links, at 1024 px page size
};

/// Scale of a page relative to the 1024 px page for which distances in this module are given.
double page_scale(const Drawing& drawing);

/// Samples every stroke, ends included (at least two samples a stroke). Cost: n log n.
SampleGraph sample_graph(const Drawing& drawing, const SampleOptions& options = {});

/// Finds samples near a point. Buckets of a fixed size; answers do not depend on insertion order.
class SampleGrid {
 public:
  SampleGrid(const SampleGraph& graph, double cell);
  /// Calls `visit(sample index)` for every sample in buckets that touch the square of half side `radius`.
  template <typename Visit>
  void visit(Vec2 centre, double radius, Visit&& visit) const {
    const int x0 = column(centre.x - radius), x1 = column(centre.x + radius);
    const int y0 = row(centre.y - radius), y1 = row(centre.y + radius);
    for (int y = y0; y <= y1; ++y)
      for (int x = x0; x <= x1; ++x) {
        const int bucket = y * columns_ + x;
        for (std::int32_t k = start_[bucket]; k < start_[bucket + 1]; ++k) visit(item_[k]);
      }
  }

 private:
  [[nodiscard]] int column(double x) const;
  [[nodiscard]] int row(double y) const;
  double cell_;
  double left_ = 0, top_ = 0;
  int columns_ = 1, rows_ = 1;
  std::vector<std::int32_t> start_, item_;
};

}  // namespace nakawari
