// Topology between two pictures, and strokes that are mended to keep it.
#include "trace/mend.h"

#include <string>

#include <gtest/gtest.h>

#include "drawing/render.h"
#include "trace/topology.h"

namespace nakawari::tracing {
namespace {

Mask mask_of(const std::vector<std::string>& rows) {
  Mask m(static_cast<int>(rows[0].size()), static_cast<int>(rows.size()), 0);
  for (int y = 0; y < m.height; ++y)
    for (int x = 0; x < m.width; ++x)
      m(x, y) = rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == '#';
  return m;
}

const std::vector<std::string> kRing{".......", ".#####.", ".#...#.", ".#...#.", ".#####.", "......."};

TEST(Topology, AThickerLineIsNoDifference) {
  const Mask thick = mask_of({"#######", "#######", "##...##", "##...##", "##...##", "#######"});
  EXPECT_TRUE(topology_differences(mask_of(kRing), mask_of(kRing)).empty());
  // The ring that fills the page up to its edge has the same two regions less the one outside.
  EXPECT_FALSE(topology_differences(mask_of(kRing), thick).empty());
  const Mask inner = mask_of({".......", ".#####.", ".##..#.", ".##..#.", ".#####.", "......."});
  EXPECT_TRUE(topology_differences(mask_of(kRing), inner).empty());
}

TEST(Topology, AnOpenedLoopIsFoundAtItsGap) {
  const Mask open = mask_of({".......", ".#####.", ".#...#.", ".#...#.", ".##.##.", "......."});
  const std::vector<std::int32_t> places = topology_differences(mask_of(kRing), open);
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0], 4 * 7 + 3);
}

TEST(Topology, AClosedCorridorIsFound) {
  const Mask source = mask_of({"#..#", "#..#", "#..#", "#..#"});
  const Mask ours = mask_of({"#..#", "####", "#..#", "#..#"});
  EXPECT_FALSE(topology_differences(source, ours).empty());
  EXPECT_FALSE(topology_differences(ours, source).empty());
}

TEST(Topology, ASmallRegionThatShrinksIsFoundALargeOneIsNot) {
  const Mask shrunk = mask_of({".......", ".#####.", ".##..#.", ".##..#.", ".#####.", "......."});
  EXPECT_EQ(small_region_differences(mask_of(kRing), shrunk).size(), 2U);
  Mask large(60, 60, 0);
  for (int i = 5; i < 55; ++i) large(i, 5) = large(i, 54) = large(5, i) = large(54, i) = 1;
  Mask less = large;
  for (int i = 5; i < 55; ++i) less(i, 6) = 1;
  EXPECT_TRUE(small_region_differences(large, less).empty());
}

TEST(Topology, ARegionThatBecomesACrumbIsFoundThoughItShrinksLittle) {
  // Eleven pixels of paper, of which one turns to ink: less than a fifth.
  const Mask region = mask_of({"#######", "#....##", "#....##", "#...###", "#######"});
  const Mask crumb = mask_of({"#######", "#...###", "#....##", "#...###", "#######"});
  EXPECT_EQ(small_region_differences(region, crumb), (std::vector<std::int32_t>{7 + 4}));
  EXPECT_EQ(small_region_differences(crumb, region), (std::vector<std::int32_t>{7 + 4}));
}

Drawing two_lines(double gap) {
  Drawing d;
  d.width = 60;
  d.height = 40;
  for (const double y : {18.0, 18.0 + gap}) {
    Stroke s;
    for (int i = 0; i <= 20; ++i) s.points.push_back({10.0 + 2 * i, y});
    s.widths.assign(s.points.size(), 2.0F);
    s.start = static_cast<NodeId>(d.nodes.size());
    s.end = s.start + 1;
    d.nodes.push_back({s.points.front(), {}});
    d.nodes.push_back({s.points.back(), {}});
    d.strokes.push_back(std::move(s));
  }
  link_nodes(d);
  return d;
}

Mask drawn(const Drawing& d) {
  return core_mask(render_lines(d));
}

TEST(Mend, ACorridorThatClosedIsOpenedWhereItClosedOnly) {
  Drawing d = two_lines(3);
  const Mask source = drawn(d);
  for (std::size_t i = 9; i <= 11; ++i) d.strokes[0].widths[i] = 5;
  ASSERT_FALSE(topology_differences(source, drawn(d)).empty());
  const Drawing before = d;
  EXPECT_EQ(mend_topology(d, source), 0);
  EXPECT_TRUE(topology_differences(source, drawn(d)).empty());
  for (std::size_t i : {0U, 1U, 2U, 18U, 19U, 20U}) {
    EXPECT_EQ(d.strokes[0].points[i], before.strokes[0].points[i]);
    EXPECT_EQ(d.strokes[0].widths[i], before.strokes[0].widths[i]);
  }
}

TEST(Mend, APointThatStrayedOntoAnotherLineComesBack) {
  Drawing d = two_lines(4);
  const Mask source = drawn(d);
  d.strokes[0].points[10].y += 4.5;
  ASSERT_FALSE(topology_differences(source, drawn(d)).empty());
  EXPECT_EQ(mend_topology(d, source), 0);
  EXPECT_NEAR(d.strokes[0].points[10].y, 18, 1);
}

TEST(Mend, AnOpenedLineIsJoined) {
  Drawing d = two_lines(8);
  const Mask source = drawn(d);
  d.strokes[1].points[10].y += 2.2;
  d.strokes[1].widths[10] = d.strokes[1].widths[9] = d.strokes[1].widths[11] = 0.4F;
  d.strokes[1].points[9].y -= 1;
  EXPECT_EQ(mend_topology(d, source), 0);
  EXPECT_TRUE(topology_differences(source, drawn(d)).empty());
}

TEST(Mend, WhatIsEqualIsLeftAlone) {
  Drawing d = two_lines(6);
  const Drawing before = d;
  EXPECT_EQ(mend_topology(d, drawn(d)), 0);
  for (std::size_t s = 0; s < d.strokes.size(); ++s) {
    EXPECT_EQ(d.strokes[s].points, before.strokes[s].points);
    EXPECT_EQ(d.strokes[s].widths, before.strokes[s].widths);
  }
}

}  // namespace
}  // namespace nakawari::tracing
