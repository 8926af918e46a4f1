#include "trace/trace.h"

#include <cmath>

#include <gtest/gtest.h>

#include "drawing/render.h"

namespace nakawari {
namespace {

Drawing page(int width, int height) {
  Drawing d;
  d.width = width;
  d.height = height;
  return d;
}

void add(Drawing& d, std::vector<Vec2> points, float width, Ink ink = Ink::black) {
  Stroke s;
  s.start = static_cast<NodeId>(d.nodes.size());
  s.end = s.start + 1;
  d.nodes.push_back({points.front(), {}});
  d.nodes.push_back({points.back(), {}});
  s.widths.assign(points.size(), width);
  s.points = std::move(points);
  s.ink = ink;
  d.strokes.push_back(std::move(s));
  link_nodes(d);
}

TEST(Trace, EmptyPageHasNoStrokes) {
  const Result<Drawing> drawing = trace(render_lines(page(50, 40)));
  ASSERT_TRUE(drawing);
  EXPECT_TRUE(drawing->strokes.empty());
  EXPECT_EQ(drawing->width, 50);
}

TEST(Trace, PictureWithoutSizeIsBadInput) {
  const Result<Drawing> drawing = trace(LineImage{});
  ASSERT_FALSE(drawing);
  EXPECT_EQ(drawing.error().code, ErrorCode::bad_input);
}

TEST(Trace, CrossingIsOneSharedNodeWithFourStrokes) {
  Drawing truth = page(100, 100);
  add(truth, {{15, 20}, {85, 75}}, 2.5F);
  add(truth, {{20, 80}, {80, 22}}, 2.5F);
  const Result<Drawing> drawing = trace(render_lines(truth));
  ASSERT_TRUE(drawing);
  EXPECT_EQ(drawing->strokes.size(), 4U);
  int crossings = 0;
  for (const Node& node : drawing->nodes) crossings += node.strokes.size() == 4;
  EXPECT_EQ(crossings, 1);
}

TEST(Trace, ChangeOfInkIsANode) {
  Drawing truth = page(100, 40);
  add(truth, {{10, 20}, {50, 20}}, 3, Ink::black);
  add(truth, {{50, 20}, {90, 20}}, 3, Ink::blue);
  const Result<Drawing> drawing = trace(render_lines(truth));
  ASSERT_TRUE(drawing);
  ASSERT_EQ(drawing->strokes.size(), 2U);
  EXPECT_NE(drawing->strokes[0].ink, drawing->strokes[1].ink);
}

}  // namespace
}  // namespace nakawari
