// The failures that tracers are known for, as drawings made from known strokes and replayed under turns
// and scales: doubled branches, hooks at crossings, bridged near lines, opened loops, staircases.

#include <algorithm>
#include <cmath>
#include <numbers>

#include <gtest/gtest.h>

#include "drawing/render.h"
#include "trace/fit.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

struct Line {
  std::vector<Vec2> points;
  double width = 2.5;
};

struct View {
  double degrees = 0, scale = 1;
  LineKind kind = LineKind::two_value;
};

const std::vector<View> kViews{{0, 1},
                               {90, 1},
                               {33, 1},
                               {61, 1.5},
                               {-20, 2},
                               {0, 1, LineKind::antialiased},
                               {47, 1, LineKind::antialiased}};

constexpr Vec2 kMiddle{100, 100};

Vec2 seen(Vec2 p, const View& v) {
  return kMiddle + rotated((p - kMiddle) * v.scale, v.degrees * std::numbers::pi / 180);
}

LineImage draw(const std::vector<Line>& lines, const View& v) {
  Drawing d;
  d.width = d.height = 200;
  d.kind = v.kind;
  for (const Line& line : lines) {
    Stroke s;
    for (const Vec2 p : line.points) s.points.push_back(seen(p, v));
    s.widths.assign(s.points.size(), static_cast<float>(line.width));
    d.strokes.push_back(std::move(s));
  }
  return render_lines(d);
}

Drawing traced(const LineImage& lines, TraceReport* report = nullptr) {
  Result<Drawing> drawing = trace(lines, report);
  EXPECT_TRUE(drawing);
  return drawing ? *drawing : Drawing{};
}

std::vector<Vec2> arc(Vec2 centre, double radius, double from, double to) {
  std::vector<Vec2> points;
  for (int i = 0; i <= 60; ++i)
    points.push_back(centre +
                     rotated(Vec2{radius, 0}, (from + (to - from) * i / 60) * std::numbers::pi / 180));
  return points;
}

int nodes_with(const Drawing& d, std::size_t ends) {
  return static_cast<int>(
      std::count_if(d.nodes.begin(), d.nodes.end(), [&](const Node& n) { return n.strokes.size() == ends; }));
}

double nearest_node(const Drawing& d, Vec2 p, std::size_t ends) {
  double best = 1e9;
  for (const Node& n : d.nodes)
    if (n.strokes.size() == ends) best = std::min(best, distance(n.position, p));
  return best;
}

/// Greatest distance of any point of the strokes to the nearest of the true lines.
double farthest_from_truth(const Drawing& d, const std::vector<Line>& lines, const View& v) {
  double worst = 0;
  for (const Stroke& s : d.strokes)
    for (const Vec2 p : s.points) {
      double best = 1e9;
      for (const Line& line : lines)
        for (std::size_t i = 1; i < line.points.size(); ++i) {
          const Vec2 a = seen(line.points[i - 1], v), b = seen(line.points[i], v);
          const double t = std::clamp(dot(p - a, b - a) / length_squared(b - a), 0.0, 1.0);
          best = std::min(best, distance(p, lerp(a, b, t)));
        }
      worst = std::max(worst, best);
    }
  return worst;
}

TEST(Catalogue, CrossingIsOneNodeWithoutHooks) {
  const std::vector<Line> lines{{{{65, 80}, {135, 120}}}, {{{75, 130}, {125, 70}}}};
  for (const View& v : kViews) {
    const Drawing d = traced(draw(lines, v));
    EXPECT_EQ(d.strokes.size(), 4U) << v.degrees << " " << v.scale;
    EXPECT_LT(nearest_node(d, kMiddle, 4), 1.5) << v.degrees << " " << v.scale;
    EXPECT_LT(farthest_from_truth(d, lines, v), 1.25) << v.degrees << " " << v.scale;
  }
}

TEST(Catalogue, TeeEndsAtTheBar) {
  const std::vector<Line> lines{{{{65, 100}, {135, 100}}}, {{{100, 100}, {108, 140}}}};
  for (const View& v : kViews) {
    const Drawing d = traced(draw(lines, v));
    EXPECT_EQ(d.strokes.size(), 3U) << v.degrees << " " << v.scale;
    EXPECT_LT(nearest_node(d, kMiddle, 3), 1.5) << v.degrees << " " << v.scale;
    EXPECT_LT(farthest_from_truth(d, lines, v), 1.0) << v.degrees << " " << v.scale;
  }
}

TEST(Catalogue, ThickLinesHaveNoSplintersAtTheirJunction) {
  const std::vector<Line> lines{{{{65, 100}, {135, 100}}, 5}, {{{100, 100}, {100, 140}}, 5}};
  for (const View& v : kViews) {
    const Drawing d = traced(draw(lines, v));
    EXPECT_EQ(nodes_with(d, 3), 1) << v.degrees << " " << v.scale;
    EXPECT_EQ(d.strokes.size(), 3U) << v.degrees << " " << v.scale;
  }
}

TEST(Catalogue, NearLinesAreNotBridged) {
  const std::vector<Line> lines{{{{65, 98}, {135, 98}}, 2}, {{{65, 102}, {135, 102}}, 2}};
  for (const View& v : kViews) {
    const Drawing d = traced(draw(lines, v));
    EXPECT_EQ(d.strokes.size(), 2U) << v.degrees << " " << v.scale;
    EXPECT_EQ(nodes_with(d, 1), 4) << v.degrees << " " << v.scale;
  }
}

TEST(Catalogue, LoopsStayClosed) {
  const std::vector<Line> lines{{arc(kMiddle, 20, 0, 360)}};
  for (const View& v : kViews) {
    TraceReport report;
    const Drawing d = traced(draw(lines, v), &report);
    ASSERT_EQ(d.strokes.size(), 1U) << v.degrees << " " << v.scale;
    EXPECT_TRUE(d.strokes[0].closed());
    EXPECT_EQ(d.strokes[0].points.front(), d.strokes[0].points.back());
    EXPECT_EQ(report.regions_ours, 2);
    EXPECT_LT(farthest_from_truth(d, lines, v), 0.6) << v.degrees << " " << v.scale;
  }
}

TEST(Catalogue, SlantedLinesHaveNoStaircase) {
  for (const double width : {1.0, 2.0, 3.0})
    for (const View& v : kViews) {
      const std::vector<Line> lines{{{{65, 100}, {135, 111}}, width}};
      const Drawing d = traced(draw(lines, v));
      ASSERT_EQ(d.strokes.size(), 1U) << width << " " << v.degrees << " " << v.scale;
      // The ends are the worst: where a round cap starts, pixels say only to about a pixel.
      EXPECT_LT(farthest_from_truth(d, lines, v), 0.9) << width << " " << v.degrees << " " << v.scale;
      double turning = 0;
      const auto& p = d.strokes[0].points;
      for (std::size_t i = 2; i < p.size(); ++i)
        turning += std::abs(std::atan2(cross(p[i - 1] - p[i - 2], p[i] - p[i - 1]),
                                       dot(p[i - 1] - p[i - 2], p[i] - p[i - 1])));
      // A staircase would turn by 1.5 for every two points.
      EXPECT_LT(turning / static_cast<double>(p.size()), 0.25) << width << " " << v.degrees << " " << v.scale;
    }
}

TEST(Catalogue, WidthsAreRightToAQuarterPixel) {
  for (const double width : {1.5, 2.5, 4.0})
    for (const double degrees : {0.0, 20.0, 45.0}) {
      const View v{degrees, 1, LineKind::antialiased};
      const Drawing d = traced(draw({{{{65, 100}, {135, 111}}, width}}, v));
      ASSERT_EQ(d.strokes.size(), 1U);
      std::vector<float> widths = d.strokes[0].widths;
      std::sort(widths.begin(), widths.end());
      EXPECT_NEAR(widths[widths.size() / 2], width, 0.3) << degrees;
    }
}

TEST(Properties, ATranslationOfThePageMovesTheDrawing) {
  const std::vector<Line> lines{{{{65, 80}, {135, 120}}}, {arc({95, 100}, 18, 20, 300)}};
  const LineImage here = draw(lines, {});
  LineImage there = here;
  std::fill(there.coverage.data.begin(), there.coverage.data.end(), std::uint8_t{0});
  std::fill(there.ink.data.begin(), there.ink.data.end(), Ink::none);
  for (int y = 20; y < 180; ++y)
    for (int x = 20; x < 180; ++x) {
      there.coverage(x + 13, y - 7) = here.coverage(x, y);
      there.ink(x + 13, y - 7) = here.ink(x, y);
    }
  const Drawing a = traced(here), b = traced(there);
  ASSERT_EQ(a.strokes.size(), b.strokes.size());
  for (std::size_t s = 0; s < a.strokes.size(); ++s) {
    ASSERT_EQ(a.strokes[s].points.size(), b.strokes[s].points.size());
    for (std::size_t i = 0; i < a.strokes[s].points.size(); ++i)
      // Rounding may put a pixel that lies on an edge on its other side, hence not exact.
      EXPECT_LT(distance(a.strokes[s].points[i] + Vec2{13, -7}, b.strokes[s].points[i]), 0.3);
  }
}

TEST(Properties, TheNumberOfThreadsIsIrrelevant) {
  const LineImage lines = draw({{{{65, 80}, {135, 120}}}, {arc({95, 100}, 30, 0, 330), 3.5}}, {});
  Drawing one = traced(lines), many = one;
  tracing::fit_to_pixels(one, lines, Threads{1});
  tracing::fit_to_pixels(many, lines, Threads{4});
  for (std::size_t s = 0; s < one.strokes.size(); ++s) {
    EXPECT_EQ(one.strokes[s].points, many.strokes[s].points);
    EXPECT_EQ(one.strokes[s].widths, many.strokes[s].widths);
  }
}

TEST(Properties, APaintedPageIsRefused) {
  LineImage lines = draw({}, {});
  std::fill(lines.coverage.data.begin(), lines.coverage.data.end(), std::uint8_t{255});
  std::fill(lines.ink.data.begin(), lines.ink.data.end(), Ink::black);
  const Result<Drawing> drawing = trace(lines);
  ASSERT_FALSE(drawing);
  EXPECT_EQ(drawing.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace nakawari
