#include "drawing/anchor.h"

#include <gtest/gtest.h>

namespace nakawari {
namespace {

void add(Drawing& drawing, std::vector<Vec2> points, Ink ink = Ink::black) {
  Stroke stroke;
  stroke.ink = ink;
  stroke.widths.assign(points.size(), 3);
  stroke.points = std::move(points);
  drawing.strokes.push_back(std::move(stroke));
}

/// A level line 200 px long, an upright one beside its right end, a short red one above.
Drawing page() {
  Drawing drawing;
  drawing.width = 640;
  drawing.height = 480;
  add(drawing, {{100, 100}, {300, 100}});
  add(drawing, {{310, 60}, {310, 260}});
  add(drawing, {{150, 90}, {170, 90}}, Ink::red);
  return drawing;
}

Drawing moved(Drawing drawing, Vec2 by) {
  for (Stroke& stroke : drawing.strokes)
    for (Vec2& p : stroke.points) p += by;
  return drawing;
}

TEST(Anchor, marks_go_through_text) {
  const Drawing drawing = page();
  for (const Vec2 point : {Vec2{200, 101}, {309, 200}, {160, 90}}) {
    const LineMark mark = mark_of(drawing, nearest_line(drawing, point));
    const auto back = mark_from(to_text(mark));
    ASSERT_TRUE(back) << to_text(mark);
    EXPECT_EQ(to_text(*back), to_text(mark));
  }
  EXPECT_EQ(to_text(mark_of(drawing, nearest_line(drawing, {309, 200}))), "black 200 90 3.0");
  EXPECT_EQ(mark_from("region 5210")->area, 5210);
  EXPECT_EQ(mark_from(""), LineMark{});
}

TEST(Anchor, other_text_is_no_mark) {
  for (const char* text : {"black", "black 1 2", "black 1 2 x", "pink 1 2 3", "black 1 200 3", "black -1 2 3",
                           "region", "region x", "region 1 2", " ", "black nan 2 3"})
    EXPECT_FALSE(mark_from(text)) << text;
}

TEST(Anchor, without_a_mark_the_nearest_line_within_reach) {
  EXPECT_EQ(find_anchor(page(), {200, 110})->stroke, 0);
  EXPECT_EQ(find_anchor(page(), {200, 124})->distance, 24);
  EXPECT_FALSE(find_anchor(page(), {200, 125}));
  EXPECT_FALSE(find_anchor(Drawing{}, {0, 0}));
}

TEST(Anchor, a_marked_line_is_found_where_it_was_drawn_anew) {
  const Drawing drawing = page();
  const Vec2 point{290, 100};
  const LineMark mark = mark_of(drawing, nearest_line(drawing, point));
  // 60 px lower, the upright line is the nearest; the mark knows better.
  const Drawing redrawn = moved(drawing, {0, 60});
  const auto place = find_anchor(redrawn, point, mark);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->stroke, 0);
  EXPECT_EQ(place->at, (Vec2{290, 160}));
  EXPECT_FALSE(find_anchor(moved(drawing, {0, 97}), point, mark)) << "too far to be sure";
}

TEST(Anchor, a_marked_line_cut_otherwise_is_found_near_only) {
  Drawing drawing = page();
  const Vec2 point{150, 100};
  const LineMark mark = mark_of(drawing, nearest_line(drawing, point));
  drawing.strokes[0].points = {{100, 100}, {160, 100}};
  EXPECT_EQ(find_anchor(drawing, point, mark)->stroke, 0);
  EXPECT_FALSE(find_anchor(moved(drawing, {0, 30}), point, mark));
}

TEST(Anchor, another_ink_or_direction_is_another_line) {
  Drawing drawing = page();
  const LineMark mark = mark_of(drawing, nearest_line(drawing, {160, 90}));
  EXPECT_EQ(find_anchor(drawing, {160, 96}, mark)->stroke, 2) << "the black line is nearer";
  drawing.strokes.erase(drawing.strokes.begin() + 2);
  EXPECT_FALSE(find_anchor(drawing, {160, 96}, mark));
}

}  // namespace
}  // namespace nakawari
