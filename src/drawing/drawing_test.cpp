#include <cmath>
#include <numbers>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "drawing/drawing.h"
#include "drawing/render.h"
#include "drawing/svg.h"
#include "image/components.h"

namespace nakawari {
namespace {

Drawing page(int width, int height, LineKind kind = LineKind::two_value) {
  Drawing d;
  d.width = width;
  d.height = height;
  d.kind = kind;
  return d;
}

void add(Drawing& d, std::vector<Vec2> points, std::vector<float> widths, Ink ink = Ink::black) {
  Stroke s;
  s.start = static_cast<NodeId>(d.nodes.size());
  s.end = s.start + 1;
  d.nodes.push_back({points.front(), {}});
  d.nodes.push_back({points.back(), {}});
  s.points = std::move(points);
  s.widths = std::move(widths);
  s.ink = ink;
  d.strokes.push_back(std::move(s));
  link_nodes(d);
}

double total_coverage(const LineImage& lines) {
  double sum = 0;
  for (const std::uint8_t c : lines.coverage.data) sum += c / 255.0;
  return sum;
}

TEST(Drawing, LinkNodesListsLoopsTwice) {
  Drawing d = page(10, 10);
  d.nodes.resize(2);
  d.strokes.resize(2);
  d.strokes[0].start = d.strokes[0].end = 0;
  d.strokes[1].start = 0;
  d.strokes[1].end = 1;
  link_nodes(d);
  EXPECT_THAT(d.nodes[0].strokes, testing::ElementsAre(0, 0, 1));
  EXPECT_THAT(d.nodes[1].strokes, testing::ElementsAre(1));
}

TEST(Render, PixelIsInkWhenItsCentreLiesWithin) {
  Drawing d = page(20, 9);
  add(d, {{3, 4}, {17, 4}}, {3, 3});  // rows whose centres lie in 2.5 .. 5.5
  const LineImage lines = render_lines(d);
  for (int y = 0; y < 9; ++y) EXPECT_EQ(lines.coverage(10, y) != 0, y >= 2 && y <= 5) << y;
  EXPECT_EQ(lines.ink(10, 4), Ink::black);
  EXPECT_EQ(lines.ink(10, 8), Ink::none);
}

TEST(Render, ThinLinesStayConnectedInEveryDirection) {
  for (int degrees = 0; degrees < 180; degrees += 7)
    for (const float width : {0.1F, 0.5F, 0.9F}) {
      Drawing d = page(64, 64);
      const double a = degrees * std::numbers::pi / 180;
      const Vec2 mid{32.3, 31.9}, bend = mid + rotated(Vec2{20, 0}, a);
      add(d, {mid - rotated(Vec2{20, 0}, a), mid, bend, bend + rotated(Vec2{0, 6}, a)},
          std::vector<float>(4, width));
      const Components parts = connected_components(core_mask(render_lines(d)), Connectivity::eight);
      EXPECT_EQ(parts.components.size(), 1U) << degrees << " " << width;
      // One pixel in each row or column along the line, not a doubled staircase.
      EXPECT_LT(parts.components[0].area, 60) << degrees << " " << width;
    }
}

TEST(Render, AntialiasedInkIsTheAreaOfTheStroke) {
  for (const float width : {0.6F, 1.0F, 2.3F, 7.0F})
    for (const double degrees : {0.0, 17.0, 45.0, 90.0}) {
      Drawing d = page(80, 80, LineKind::antialiased);
      const Vec2 half = rotated(Vec2{25.3, 0}, degrees * std::numbers::pi / 180);
      add(d, {Vec2{40.2, 39.7} - half, Vec2{40.2, 39.7} + half}, {width, width});
      const double truth = 50.6 * width + std::numbers::pi / 4 * width * width;
      EXPECT_NEAR(total_coverage(render_lines(d)), truth, 0.01 * truth) << width << " " << degrees;
    }
}

TEST(Render, PiecesOfOneLineJoinWithoutASeam) {
  Drawing one = page(60, 30, LineKind::antialiased), many = one;
  add(one, {{5, 8}, {50, 20}}, {2.5F, 2.5F});
  for (int i = 0; i < 9; ++i)
    add(many, {lerp({5, 8}, {50, 20}, i / 9.0), lerp({5, 8}, {50, 20}, (i + 1) / 9.0)}, {2.5F, 2.5F});
  const LineImage a = render_lines(one), b = render_lines(many);
  for (std::size_t i = 0; i < a.coverage.data.size(); ++i)
    ASSERT_NEAR(a.coverage.data[i], b.coverage.data[i], 1) << i;
}

TEST(Render, HigherStrokeWinsWhereInksOverlap) {
  for (const LineKind kind : {LineKind::two_value, LineKind::antialiased}) {
    Drawing d = page(20, 20, kind);
    add(d, {{2, 10}, {18, 10}}, {4, 4}, Ink::black);
    add(d, {{10, 2}, {10, 18}}, {4, 4}, Ink::red);
    const LineImage lines = render_lines(d);
    EXPECT_EQ(lines.ink(10, 10), Ink::red);
    EXPECT_EQ(lines.ink(4, 10), Ink::black);
  }
}

TEST(Render, StrokesMayLeaveThePage) {
  Drawing d = page(8, 8);
  add(d, {{-1e7, 4}, {1e7, 4}}, {2, 2});
  add(d, {{-50, -50}, {-40, -40}}, {2, 2});
  const LineImage lines = render_lines(d);
  for (int x = 0; x < 8; ++x) EXPECT_EQ(lines.coverage(x, 4), 255);
  EXPECT_EQ(lines.coverage(0, 0), 0);
}

TEST(Render, TapersCoverBothWidths) {
  Drawing d = page(40, 20, LineKind::antialiased);
  add(d, {{5, 10}, {35, 10}}, {8, 2});
  const LineImage lines = render_lines(d);
  const auto column = [&](int x) {
    double sum = 0;
    for (int y = 0; y < 20; ++y) sum += lines.coverage(x, y) / 255.0;
    return sum;
  };
  EXPECT_NEAR(column(10), 6.9, 0.3);
  EXPECT_NEAR(column(30), 2.9, 0.3);
}

TEST(Svg, GroupsByInkAndDependsOnTheDrawingAlone) {
  Drawing d = page(20, 20);
  add(d, {{2, 10}, {18, 10}}, {2, 1}, Ink::blue);
  const std::string svg = to_svg(d);
  EXPECT_THAT(svg, testing::HasSubstr("<g id=\"blue\" fill=\"#0000ff\""));
  EXPECT_THAT(svg, testing::HasSubstr("data-centre=\"2.00,10.00,2.00 18.00,10.00,1.00\""));
  EXPECT_THAT(svg, testing::Not(testing::HasSubstr("id=\"black\"")));
  EXPECT_EQ(svg, to_svg(d));
}

}  // namespace
}  // namespace nakawari
