#include "face/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <numbers>

#include "drawing/render.h"
#include "face/draw_over.h"
#include "face/face.h"
#include "face/part_chains.h"
#include "face/part_match.h"
#include "face/solids.h"
#include "image/components.h"

namespace nakawari {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::Not;

constexpr int kSize = 240;

Stroke line(const std::vector<Vec2>& points, float width = 4, Ink ink = Ink::black) {
  Stroke stroke;
  stroke.points = points;
  stroke.widths.assign(points.size(), width);
  stroke.ink = ink;
  return stroke;
}

/// A piece of an ellipse, angles in degrees.
Stroke arc(Vec2 middle, double rx, double ry, double from, double to, float width = 4, Ink ink = Ink::black) {
  std::vector<Vec2> points;
  for (int k = 0; k <= 60; ++k) {
    const double a = (from + (to - from) * k / 60) * std::numbers::pi / 180;
    points.push_back({middle.x + rx * std::cos(a), middle.y + ry * std::sin(a)});
  }
  return line(points, width, ink);
}

Stroke ring(Vec2 middle, double rx, double ry, float width = 4, Ink ink = Ink::black) {
  Stroke stroke = arc(middle, rx, ry, 0, 360, width, ink);
  stroke.points.back() = stroke.points.front();
  return stroke;
}

Drawing drawing_of(std::vector<Stroke> strokes) {
  Drawing drawing;
  drawing.width = drawing.height = kSize;
  drawing.kind = LineKind::antialiased;
  for (Stroke& stroke : strokes) {
    stroke.start = stroke.end = static_cast<NodeId>(drawing.nodes.size());
    drawing.nodes.push_back({stroke.points.front(), {}});
    if (stroke.points.front() == stroke.points.back()) continue;
    stroke.end = stroke.start + 1;
    drawing.nodes.push_back({stroke.points.back(), {}});
  }
  drawing.strokes = std::move(strokes);
  link_nodes(drawing);
  return drawing;
}

/// A blend that put each sample where `move` says.
BlendedPart blend_of(const Drawing& drawing, const std::function<Vec2(Vec2, StrokeId)>& move) {
  BlendedPart part;
  part.drawing = drawing;
  part.graph = std::make_shared<SampleGraph>(part_graph(drawing));
  for (const Sample& sample : part.graph->samples) {
    part.positions.push_back(move(sample.position, sample.stroke));
    part.widths.push_back(sample.width);
  }
  rebuild(part);
  return part;
}

const std::vector<PartKind> kEyeKinds{PartKind::upper_lid, PartKind::lower_lid, PartKind::iris,
                                      PartKind::highlight};

/// Lids that meet in the corners, an iris that touches the lower one, a highlight.
Drawing eye() {
  return drawing_of({arc({120, 120}, 70, 40, 180, 360, 6), arc({120, 120}, 70, 40, 180, 0, 4),
                     ring({120, 128}, 24, 30), ring({112, 118}, 7, 9)});
}

double size_of(const Stroke& stroke) {
  double most = 0;
  for (const Vec2 p : stroke.points)
    for (const Vec2 q : stroke.points) most = std::max(most, distance(p, q));
  return most;
}

TEST(Rules, AHighlightTravelsAsOnePiece) {
  const Drawing drawn = eye();
  const auto stretched = [](Vec2 p, StrokeId s) {
    return s == 3 ? Vec2{112 + (p.x - 112) * 1.6 + 5, p.y + 3} : p;
  };
  BlendedPart part = blend_of(drawn, stretched);
  ASSERT_GT(size_of(part.drawing.strokes[3]), size_of(drawn.strokes[3]) + 2);
  apply_rules(part, kEyeKinds, {{1, &drawn, &kEyeKinds}});
  EXPECT_NEAR(size_of(part.drawing.strokes[3]), size_of(drawn.strokes[3]), 0.2);
  Vec2 middle;
  for (const Vec2 p : part.drawing.strokes[3].points)
    middle += p / static_cast<double>(part.drawing.strokes[3].points.size());
  EXPECT_NEAR(middle.x, 117, 1);
}

TEST(Rules, TeethStayAtTheSkull) {
  const std::vector<PartKind> kinds{PartKind::mouth, PartKind::teeth};
  const Drawing drawn = drawing_of({ring({120, 160}, 40, 25), line({{90, 150}, {120, 152}, {150, 150}}, 2)});
  BlendedPart part = blend_of(drawn, [](Vec2 p, StrokeId) { return p + Vec2{0, 12}; });
  apply_rules(part, kinds, {{1, &drawn, &kinds}});
  EXPECT_NEAR(part.drawing.strokes[1].points.front().y, 150, 0.5);
  EXPECT_GT(part.drawing.strokes[0].points.front().y, 170);
}

TEST(Rules, NoWhiteBelowTheIrisThatNobodyDrew) {
  const Drawing drawn = eye();
  BlendedPart part = blend_of(drawn, [](Vec2 p, StrokeId s) { return s >= 2 ? p - Vec2{0, 14} : p; });
  ASSERT_GT(white_below(part.drawing, kEyeKinds), 10);
  apply_rules(part, kEyeKinds, {{1, &drawn, &kEyeKinds}});
  EXPECT_LE(white_below(part.drawing, kEyeKinds), white_below(drawn, kEyeKinds) + 1);
}

TEST(Rules, WhiteThatTheArtistDrewStays) {
  const Drawing drawn = eye();
  BlendedPart part = blend_of(drawn, [](Vec2 p, StrokeId s) { return s >= 2 ? p - Vec2{0, 14} : p; });
  const Drawing high = part.drawing;
  apply_rules(part, kEyeKinds, {{1, &high, &kEyeKinds}});
  EXPECT_NEAR(white_below(part.drawing, kEyeKinds), white_below(high, kEyeKinds), 0.6);
}

TEST(Rules, AnIrisThatTheLidsCutGoesOnUnderThem) {
  const Drawing drawn = drawing_of({arc({120, 120}, 70, 40, 180, 360, 6), arc({120, 120}, 70, 40, 180, 0, 4),
                                    line({{100, 84}, {96, 110}, {100, 140}})});
  const std::vector<PartKind> kinds{PartKind::upper_lid, PartKind::lower_lid, PartKind::iris};
  // The lid rises, the iris stays behind.
  const auto opened = [](Vec2 p, StrokeId s) { return s == 0 ? p - Vec2{0, 10} : p; };
  BlendedPart part = blend_of(drawn, opened);
  const double behind = part.drawing.strokes[2].points.front().y;
  apply_rules(part, kinds, {{1, &drawn, &kinds}});
  EXPECT_LT(part.drawing.strokes[2].points.front().y, behind - 6);
  EXPECT_NEAR(part.drawing.strokes[2].points.back().y, 140, 0.5) << "an end that the artist left free";
}

TEST(DrawOver, LinesThatCrossLeaveNoPinhole) {
  Drawing drawing = drawing_of({line({{40, 100}, {200, 100}}, 4), line({{40, 105}, {200, 105}}, 4),
                                line({{100, 90}, {100, 120}}, 4), line({{106, 90}, {106, 120}}, 4)});
  drawing.kind = LineKind::two_value;
  const auto holes = [](const Raster& picture) {
    Mask paper(picture.width, picture.height, 0);
    for (std::size_t i = 0; i < paper.data.size(); ++i) paper.data[i] = picture.data[i] == kPaper ? 1 : 0;
    return connected_components(paper, Connectivity::four).components.size();
  };
  ASSERT_GT(holes(to_raster(render_lines(drawing))), 1);
  Raster picture(kSize, kSize, kPaper);
  draw_over(picture, drawing);
  EXPECT_EQ(holes(picture), 1);
}

TEST(Chains, AnEndUnderAWiderLineHasItsOwnWidth) {
  Drawing drawing = drawing_of({line({{40, 100}, {120, 100}}, 12), line({{120, 100}, {200, 100}}, 12),
                                line({{120, 100}, {120, 110}, {120, 140}, {120, 170}}, 4)});
  drawing.strokes[1].start = drawing.strokes[2].start = drawing.strokes[0].end;
  drawing.strokes[2].widths.front() = 12;
  link_nodes(drawing);
  loosen_joints(drawing, part_graph(drawing));
  EXPECT_NE(drawing.strokes[2].start, drawing.strokes[0].end);
  EXPECT_LT(drawing.strokes[2].widths.front(), 6);
}

TEST(Glance, MovesTheIrisWithItsHighlightAndCutsItAtTheLids) {
  const Drawing drawn = eye();
  BlendedPart part = blend_of(drawn, [](Vec2 p, StrokeId) { return p; });
  const Vec2 move = glance(part, kEyeKinds, {1, 1});
  EXPECT_NEAR(move.x, kGlance * 134, 3);
  EXPECT_NEAR(move.y, kGlance * 74, 3);
  bool cut = false;
  for (std::size_t s = 2; s < part.drawing.strokes.size(); ++s) {
    cut = cut || !part.drawing.strokes[s].closed();
    for (const Vec2 p : part.drawing.strokes[s].points)
      EXPECT_LT(std::hypot((p.x - 120) / 70, (p.y - 120) / 40), 1.08) << p.x << ' ' << p.y;
  }
  EXPECT_TRUE(cut);  // it was as low as the lid
  const Stroke& light = part.drawing.strokes.back();
  EXPECT_NEAR(light.points.front().x, drawn.strokes[3].points.front().x + move.x, 0.01);
}

TEST(Glance, NeedsLidsAllAround) {
  Drawing drawn = eye();
  drawn.strokes[1].points.resize(30);
  drawn.strokes[1].widths.resize(30);
  drawn = drawing_of(drawn.strokes);
  BlendedPart part = blend_of(drawn, [](Vec2 p, StrokeId) { return p; });
  const std::vector<Vec2> before = part.positions;
  EXPECT_EQ(glance(part, kEyeKinds, {1, 0}), Vec2{});
  EXPECT_EQ(part.positions, before);
}

// ---- whole faces

FaceSample sample(const std::string& name, std::vector<Stroke> strokes, Mixture at) {
  FaceSample result;
  result.name = name;
  result.at = std::move(at);
  result.pictures.push_back({"", name + ".png", to_raster(render_lines(drawing_of(std::move(strokes))))});
  return result;
}

ExpressionSheet sheet_of(std::vector<FacePart> parts, std::vector<FaceSample> samples) {
  ExpressionSheet sheet;
  sheet.file = "sheet.toml";
  sheet.chin = {120, 230};
  sheet.brow = {120, 30};
  sheet.parts = std::move(parts);
  sheet.samples = std::move(samples);
  EXPECT_TRUE(complete(sheet));
  return sheet;
}

const std::vector<Vec2> kLeft{{0, 0}, {120, 0}, {120, 240}, {0, 240}},
    kRight{{120, 0}, {240, 0}, {240, 240}, {120, 240}};

TEST(FaceRules, PartsOfOneGroupDoNotSlip) {
  // A lid with a line that hangs from it; the other drawing turns both.
  const auto hanging = [](double degrees) {
    const auto turned = [&](Vec2 p) { return Vec2{120, 120} + rotated(p, degrees * std::numbers::pi / 180); };
    std::vector<Vec2> lid, side;
    for (int k = -20; k <= 20; ++k) lid.push_back(turned({k * 3.0, 0}));
    for (int k = 0; k <= 20; ++k) side.push_back(turned({10, k * 2.0}));
    return std::vector<Stroke>{line(lid, 8), line(side, 4)};
  };
  auto face =
      Face::make(sheet_of({{"eye", PartKind::upper_lid, "", "", {{0, 0}, {240, 0}, {240, 240}, {0, 240}}}},
                          {sample("neutral", hanging(0), {}), sample("joy", hanging(40), {{"joy", 1}})}));
  ASSERT_TRUE(face);
  for (const double t : {0.25, 0.5, 0.75}) {
    const auto drawing = face->at(Mixture{{"joy", t}});
    ASSERT_TRUE(drawing);
    ASSERT_FALSE(drawing->blended.strokes.empty());
    double gap = 1e9;  // from the thin line's ends to the thick line
    for (const Stroke& thin : drawing->blended.strokes) {
      if (thin.widths[thin.widths.size() / 2] > 6) continue;
      for (const Stroke& thick : drawing->blended.strokes) {
        if (thick.widths[thick.widths.size() / 2] <= 6) continue;
        for (const Vec2 p : thick.points)
          gap = std::min({gap, distance(p, thin.points.front()), distance(p, thin.points.back())});
      }
    }
    EXPECT_LT(gap, 4) << t;
  }
}

TEST(FaceRules, TellsWhatLeavesTheFace) {
  // Halfway between two places inside a face with a notch there is a place outside.
  const auto at = [](double x) {
    return std::vector<Stroke>{line({{x - 20, 120}, {x, 120}, {x + 20, 120}})};
  };
  ExpressionSheet sheet =
      sheet_of({{"mouth", PartKind::mouth, "", "", {{0, 0}, {240, 0}, {240, 240}, {0, 240}}}},
               {sample("neutral", at(100), {}), sample("joy", at(140), {{"joy", 1}})});
  auto inside_all = Face::make(sheet);
  ASSERT_TRUE(inside_all);
  EXPECT_THAT(inside_all->at(Mixture{{"joy", 0.5}})->judgement.reasons,
              Not(Contains(Field(&Reason::what, "outside-face"))));
  sheet.outline = {{60, 60},   {180, 60},  {180, 180}, {130, 180},
                   {130, 100}, {110, 100}, {110, 180}, {60, 180}};
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  EXPECT_THAT(face->at(Mixture{{"joy", 0.5}})->judgement.reasons,
              Contains(Field(&Reason::what, "outside-face")));
}

TEST(FaceRules, TellsLeftAndRightThatDifferByAccident) {
  const auto eyes = [](double height) {
    return std::vector<Stroke>{ring({60, 120}, 36, height / 2), ring({180, 120}, 36, height / 2)};
  };
  ExpressionSheet sheet =
      sheet_of({{"eye L", PartKind::iris, "", "", kLeft}, {"eye R", PartKind::iris, "", "", kRight}},
               {sample("neutral", eyes(70), {}), sample("joy", eyes(30), {{"joy", 1}})});
  auto even = Face::make(sheet);
  ASSERT_TRUE(even);
  EXPECT_THAT(even->at(Mixture{{"joy", 0.6}})->judgement.reasons,
              Not(Contains(Field(&Reason::what, "lopsided"))));
  sheet.samples[1].binary = {"eye R"};  // the right eye alone is switched
  auto odd = Face::make(sheet);
  ASSERT_TRUE(odd);
  EXPECT_THAT(odd->at(Mixture{{"joy", 0.6}})->judgement.reasons, Contains(Field(&Reason::what, "lopsided")));
}

TEST(FaceRules, AParameterThatNobodyDrewAsksForADrawing) {
  ExpressionSheet sheet = sheet_of({{"mouth", PartKind::mouth, "", "", kRight}},
                                   {sample("neutral", {line({{150, 150}, {180, 150}, {210, 150}})}, {})});
  sheet.parameters.push_back({"joy", ParameterKind::emotion, {}});
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  EXPECT_EQ(face->at(Mixture{{"joy", 0.5}})->judgement.verdict, Verdict::draw);
}

// ---- matching of drawn structure

/// Share of the samples of stroke `from` that lie on stroke `to`.
double share_on(const Correspondence& found, StrokeId from, StrokeId to) {
  double count = 0, on = 0;
  for (const SampleMatch& m : found.a_to_b) {
    if (m.stroke != from) continue;
    count += 1;
    on += m.partner_stroke == to ? 1 : 0;
  }
  return on / count;
}

TEST(MatchParts, NestedContoursKeepTheirOrder) {
  // The outer one shrinks and the inner one grows until each lies nearer to where the other was.
  const Drawing a = drawing_of({ring({120, 120}, 60, 60), ring({120, 120}, 30, 30)}),
                b = drawing_of({ring({120, 120}, 46, 46), ring({120, 120}, 40, 40)});
  const Correspondence found = match_parts(part_graph(a), part_graph(b));
  EXPECT_GT(share_on(found, 0, 0), 0.95);
  EXPECT_GT(share_on(found, 1, 1), 0.95);
}

TEST(MatchParts, ThickLinesFindThickOnes) {
  // A fold over a lash: the lash rises to where the fold was, the fold is gone.
  const Drawing a = drawing_of({arc({120, 120}, 80, 50, 200, 340, 14), arc({120, 106}, 70, 50, 210, 330, 3)}),
                b = drawing_of({arc({120, 106}, 82, 52, 200, 340, 15)});
  const Correspondence found = match_parts(part_graph(a), part_graph(b));
  EXPECT_GT(share_on(found, 0, 0), 0.95);
  EXPECT_LT(share_on(found, 1, 0), 0.1);
}

TEST(MatchParts, EndsBelongToEnds) {
  const Drawing a = drawing_of({line({{60, 100}, {90, 96}, {120, 95}, {150, 96}, {180, 100}})}),
                b = drawing_of({line({{50, 120}, {85, 122}, {120, 124}, {155, 122}, {190, 120}})});
  const Correspondence found = match_parts(part_graph(a), part_graph(b));
  EXPECT_LT(distance(found.a_to_b.front().there, {50, 120}), 0.5);
  EXPECT_LT(distance(found.a_to_b.back().there, {190, 120}), 0.5);
}

TEST(MatchParts, ALineMayShareAnothersPlace) {
  // The bottom of the iris lies on the lid in the second drawing.
  const Stroke lid = arc({120, 100}, 80, 60, 180, 0);
  const Drawing a = drawing_of({lid, arc({120, 118}, 32, 36, -60, 240)}),
                b = drawing_of({lid, arc({120, 124}, 32, 36, 130, 240), arc({120, 124}, 32, 36, 50, -60)});
  const Correspondence found = match_parts(part_graph(a), part_graph(b));
  EXPECT_GT(found.coverage_a, 0.95);
  EXPECT_GT(share_on(found, 0, 0), 0.9);
}

TEST(Solids, APupilIsOneStrokeOfItsShape) {
  Drawing drawn = drawing_of({ring({120, 120}, 50, 60), arc({120, 60}, 60, 20, 180, 360, 12)});
  LineImage lines = render_lines(drawn);
  double area = 0;
  for (int y = 0; y < kSize; ++y)
    for (int x = 0; x < kSize; ++x)
      if (std::hypot((x + 0.5 - 120) / 14, (y + 0.5 - 125) / 22) <= 1) {
        lines.coverage(x, y) = 255;
        lines.ink(x, y) = Ink::black;
        area += 1;
      }
  LineImage rest = lines;
  std::vector<Stroke> solids = take_solids(rest);
  ASSERT_EQ(solids.size(), 1U);  // the thick lash is a line
  EXPECT_EQ(rest.coverage(120, 125), 0);
  EXPECT_GT(rest.coverage(170, 120), 0);
  const LineImage again = render_lines(drawing_of({solids[0]}));
  double same = 0, other = 0;
  for (int y = 0; y < kSize; ++y)
    for (int x = 0; x < kSize; ++x) {
      const bool in = std::hypot((x + 0.5 - 120) / 14, (y + 0.5 - 125) / 22) <= 1;
      (in == (again.coverage(x, y) >= 128) ? same : other) += in || again.coverage(x, y) >= 128 ? 1 : 0;
    }
  EXPECT_GT(same / area, 0.95);
  EXPECT_LT(other / area, 0.08);
}

}  // namespace
}  // namespace nakawari
