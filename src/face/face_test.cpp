#include "face/face.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "drawing/render.h"
#include "face/expression_space.h"
#include "image/line_image.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kSize = 240;

/// A drawing made of polylines, each with a width.
class Page {
 public:
  Page() {
    drawing_.width = drawing_.height = kSize;
    drawing_.kind = LineKind::antialiased;
  }
  Page& line(const std::vector<Vec2>& points, float width = 4) {
    Stroke stroke;
    stroke.start = static_cast<NodeId>(drawing_.nodes.size());
    stroke.end = stroke.start + 1;
    drawing_.nodes.push_back({points.front(), {}});
    drawing_.nodes.push_back({points.back(), {}});
    stroke.points = points;
    stroke.widths.assign(points.size(), width);
    drawing_.strokes.push_back(std::move(stroke));
    return *this;
  }
  /// A segment about its middle.
  Page& turned(Vec2 middle, double length, double degrees) {
    const Vec2 half = rotated({length / 2, 0}, degrees * std::numbers::pi / 180);
    std::vector<Vec2> points;
    for (int k = 0; k <= 20; ++k) points.push_back(lerp(middle - half, middle + half, k / 20.0));
    return line(points);
  }
  Page& arc(Vec2 middle, double rx, double ry) {
    std::vector<Vec2> points;
    for (int k = 0; k <= 40; ++k) {
      const double a = std::numbers::pi * (1 + k / 40.0);
      points.push_back({middle.x + rx * std::cos(a), middle.y + ry * std::sin(a)});
    }
    return line(points);
  }
  [[nodiscard]] Raster raster() const {
    Drawing whole = drawing_;
    link_nodes(whole);
    return to_raster(render_lines(whole));
  }

 private:
  Drawing drawing_;
};

FaceSample sample(const std::string& name, const Page& page, Mixture at) {
  FaceSample result;
  result.name = name;
  result.at = std::move(at);
  result.pictures.push_back({"", name + ".png", page.raster()});
  return result;
}

/// Two parts side by side: a brow on the left, a mouth on the right.
ExpressionSheet sheet_of(std::vector<FaceSample> samples) {
  ExpressionSheet sheet;
  sheet.file = "sheet.toml";
  sheet.chin = {120, 230};
  sheet.brow = {120, 30};
  sheet.parts = {{"brow", PartKind::brow, "", "", {{0, 0}, {120, 0}, {120, 240}, {0, 240}}},
                 {"mouth", PartKind::mouth, "", "", {{120, 0}, {240, 0}, {240, 240}, {120, 240}}}};
  sheet.samples = std::move(samples);
  return sheet;
}

Page neutral_page() {
  return Page().turned({60, 120}, 80, 0).arc({180, 140}, 36, 20);
}

ExpressionSheet two_expressions() {
  ExpressionSheet sheet =
      sheet_of({sample("neutral", neutral_page(), {}),
                sample("anger", Page().turned({60, 120}, 80, 60).arc({180, 140}, 36, 20), {{"anger", 1}}),
                sample("joy", Page().turned({60, 90}, 80, 0).arc({180, 140}, 36, 40), {{"joy", 1}})});
  EXPECT_TRUE(complete(sheet));
  return sheet;
}

double length_of(const FaceDrawing& drawing, const std::string& group) {
  double sum = 0;
  for (std::size_t s = 0; s < drawing.blended.strokes.size(); ++s)
    if (drawing.uses[drawing.group_of[s]].group == group) sum += arc_length(drawing.blended.strokes[s]);
  return sum;
}

Vec2 middle_of_ink(const Raster& picture, int left, int right) {
  Vec2 sum;
  double count = 0;
  for (int y = 0; y < picture.height; ++y)
    for (int x = left; x < right; ++x)
      if (picture(x, y).r < 128) {
        sum += {x + 0.5, y + 0.5};
        count += 1;
      }
  return sum / count;
}

// ---- the space

TEST(Barycentric, IsExactAtSamplesLinearBetweenAndNothingOutside) {
  const std::vector<std::vector<double>> samples{{0, 0}, {1, 0}, {0, 1}};
  EXPECT_THAT(barycentric(samples, {1, 0}), ElementsAre(0, 1, 0));
  EXPECT_THAT(barycentric(samples, {0.25, 0}),
              ElementsAre(DoubleNear(0.75, 1e-9), DoubleNear(0.25, 1e-9), 0));
  EXPECT_THAT(barycentric(samples, {0.2, 0.3}),
              ElementsAre(DoubleNear(0.5, 1e-9), DoubleNear(0.2, 1e-9), DoubleNear(0.3, 1e-9)));
  EXPECT_THAT(barycentric(samples, {0.7, 0.7}), IsEmpty());
  EXPECT_THAT(barycentric(samples, {-0.1, 0.2}), IsEmpty());
}

TEST(Barycentric, UsesTheNearestSamplesAround) {
  // A drawing half way takes over: its neighbours on the axis count, not the far ends.
  EXPECT_THAT(barycentric({{0}, {1}, {0.5}}, {0.75}),
              ElementsAre(0, DoubleNear(0.5, 1e-9), DoubleNear(0.5, 1e-9)));
}

TEST(Barycentric, ReproducesThePointForManySamples) {
  std::vector<std::vector<double>> samples;
  for (int k = 0; k < 30; ++k)
    samples.push_back({std::fmod(k * 0.37, 1.0), std::fmod(k * 0.61, 1.0), std::fmod(k * 0.83, 1.0)});
  const std::vector<double> point{0.5, 0.5, 0.5};
  const std::vector<double> weights = barycentric(samples, point);
  ASSERT_EQ(weights.size(), samples.size());
  std::vector<double> sum(3, 0);
  int used = 0;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    EXPECT_GE(weights[k], 0);
    used += weights[k] > 0;
    for (int d = 0; d < 3; ++d) sum[d] += weights[k] * samples[k][d];
  }
  EXPECT_LE(used, 4);
  for (int d = 0; d < 3; ++d) EXPECT_NEAR(sum[d], point[d], 1e-6);
}

TEST(GroupWeights, ASmileGivesWayToABlinkUnlessBothAreDrawn) {
  ExpressionSheet sheet =
      sheet_of({sample("neutral", neutral_page(), {}), sample("joy", neutral_page(), {{"joy", 1}}),
                sample("blink", neutral_page(), {{"blink", 1}})});
  ASSERT_TRUE(complete(sheet));
  GroupWeights both = group_weights(sheet, "brow", {{"joy", 1}, {"blink", 0.6}});
  EXPECT_NEAR(both.weights[2], 0.6, 1e-6);
  EXPECT_NEAR(both.weights[1], 0.4, 1e-6);
  EXPECT_FALSE(both.outside);

  sheet.samples.push_back(sample("joy blink", neutral_page(), {{"joy", 1}, {"blink", 1}}));
  both = group_weights(sheet, "brow", {{"joy", 1}, {"blink", 1}});
  EXPECT_EQ(both.weights[3], 1);
}

TEST(GroupWeights, TellsWhatNoDrawingSurrounds) {
  const ExpressionSheet sheet = two_expressions();
  const GroupWeights weights = group_weights(sheet, "brow", {{"anger", 0.8}, {"joy", 0.8}});
  EXPECT_TRUE(weights.outside);
  EXPECT_NEAR(weights.kept, 0.625, 1e-6);
}

TEST(AfterMutes, BlocksOrBlends) {
  ExpressionSheet sheet = sheet_of(
      {sample("neutral", neutral_page(), {}), sample("laugh", neutral_page(), {{"laugh", 1}}),
       sample("blink", neutral_page(), {{"blink", 1}}), sample("half", neutral_page(), {{"blink", 0.5}})});
  FaceParameter laugh{"laugh", ParameterKind::emotion, {}};
  laugh.mutes[static_cast<int>(ParameterKind::blink)] = Mute::block;
  sheet.parameters.push_back(laugh);
  ASSERT_TRUE(complete(sheet));
  EXPECT_EQ(after_mutes(sheet, {{"laugh", 0.2}, {"blink", 1}})["blink"], 0);
  sheet.parameters[0].mutes[static_cast<int>(ParameterKind::blink)] = Mute::blend;
  EXPECT_NEAR(after_mutes(sheet, {{"laugh", 0.25}, {"blink", 1}})["blink"], 0.75, 1e-9);
}

TEST(AfterMutes, AHalfBlinkThatNobodyDrewLiesTowardTheOpenEye) {
  ExpressionSheet sheet =
      sheet_of({sample("neutral", neutral_page(), {}), sample("blink", neutral_page(), {{"blink", 1}})});
  ASSERT_TRUE(complete(sheet));
  EXPECT_NEAR(after_mutes(sheet, {{"blink", 0.5}})["blink"], 0.4, 1e-9);
}

// ---- faces

TEST(Face, IsTheArtistsDrawingAtEverySample) {
  const ExpressionSheet sheet = two_expressions();
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  for (const FaceSample& each : sheet.samples) {
    const auto drawing = face->at(each.at);
    ASSERT_TRUE(drawing);
    EXPECT_TRUE(drawing->exact);
    EXPECT_EQ(drawing->lines, each.pictures.front().lines) << each.name;
    EXPECT_EQ(drawing->judgement.verdict, Verdict::pass);
  }
}

TEST(Face, TurnsALineInsteadOfShrinkingIt) {
  auto face = Face::make(two_expressions());
  ASSERT_TRUE(face);
  const auto turned = face->at(Mixture{{"anger", 0.5}});
  ASSERT_TRUE(turned);
  EXPECT_NEAR(length_of(*turned, "brow"), 80, 2.5);

  auto straight = Face::make(two_expressions(), {.paths = FacePaths::straight, .rules = true, .threads = {}});
  ASSERT_TRUE(straight);
  const auto shrunk = straight->at(Mixture{{"anger", 0.5}});
  ASSERT_TRUE(shrunk);
  EXPECT_LT(length_of(*shrunk, "brow"), 80 * std::cos(std::numbers::pi / 6) + 2.5);
}

TEST(Face, MovesAPartBetweenItsPlaces) {
  auto face = Face::make(two_expressions());
  ASSERT_TRUE(face);
  const auto half = face->at(Mixture{{"joy", 0.5}});
  ASSERT_TRUE(half);
  EXPECT_NEAR(middle_of_ink(half->lines, 0, 120).y, 105, 0.6);
  EXPECT_FALSE(half->exact);
}

TEST(Face, GivesTheSamePictureOnOneThreadAndOnMany) {
  auto one = Face::make(two_expressions(), {.paths = FacePaths::turning, .rules = true, .threads = {1}});
  auto many = Face::make(two_expressions(), {.paths = FacePaths::turning, .rules = true, .threads = {4}});
  ASSERT_TRUE(one && many);
  const Mixture mixture{{"joy", 0.3}, {"anger", 0.4}};
  EXPECT_EQ(one->at(mixture)->lines, many->at(mixture)->lines);
}

TEST(Face, KeepsThePixelsOfAPartThatIsOneDrawing) {
  ExpressionSheet sheet = two_expressions();
  sheet.samples[2].touches = {"brow"};  // joy moves the brow alone
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  const auto half = face->at(Mixture{{"joy", 0.5}});
  ASSERT_TRUE(half);
  for (int y = 0; y < kSize; ++y)
    for (int x = 125; x < kSize; ++x) ASSERT_EQ(half->lines(x, y), sheet.samples[0].pictures[0].lines(x, y));
}

TEST(Face, SwitchesBinaryParts) {
  ExpressionSheet sheet = two_expressions();
  sheet.samples[2].binary = {"mouth"};
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  const auto low = face->at(Mixture{{"joy", 0.2}}), high = face->at(Mixture{{"joy", 0.8}}),
             between = face->at(Mixture{{"joy", 0.45}});
  EXPECT_EQ(low->uses[1].shown, 0);
  EXPECT_EQ(high->uses[1].shown, 2);
  EXPECT_EQ(low->judgement.verdict, Verdict::pass);
  EXPECT_EQ(between->judgement.verdict, Verdict::look);
}

TEST(Face, AsksForADrawingWhereTheLinesDiffer) {
  ExpressionSheet sheet =
      sheet_of({sample("neutral", neutral_page(), {}), sample("shock",
                                                              Page()
                                                                  .turned({60, 120}, 80, 0)
                                                                  .line({{150, 60}, {150, 100}})
                                                                  .line({{170, 60}, {170, 100}})
                                                                  .line({{190, 60}, {190, 100}}),
                                                              {{"shock", 1}})});
  ASSERT_TRUE(complete(sheet));
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  const auto drawing = face->at(Mixture{{"shock", 0.5}});
  ASSERT_TRUE(drawing);
  EXPECT_EQ(drawing->judgement.verdict, Verdict::draw);
}

TEST(Face, RemembersACorrective) {
  ExpressionSheet sheet = two_expressions();
  const Page fixed = Page().turned({60, 140}, 80, 20).arc({180, 140}, 36, 20);
  sheet.samples.push_back(sample("half anger", fixed, {{"anger", 0.5}}));
  ASSERT_TRUE(complete(sheet));
  auto face = Face::make(sheet);
  ASSERT_TRUE(face);
  const auto drawing = face->at(Mixture{{"anger", 0.5}});
  ASSERT_TRUE(drawing);
  EXPECT_EQ(drawing->lines, fixed.raster());
}

struct Bad {
  const char* label;
  ExpressionSheet sheet;
  const char* says;
};

TEST(ExpressionSheet, SaysWhatIsWrong) {
  ExpressionSheet none = sheet_of({sample("joy", neutral_page(), {{"joy", 1}})});
  ExpressionSheet twice = two_expressions();
  twice.samples.push_back(sample("glad", neutral_page(), {{"joy", 1}}));
  ExpressionSheet part = two_expressions();
  part.samples[1].touches = {"ear"};
  ExpressionSheet size = two_expressions();
  size.samples[1].pictures[0].lines = Raster(10, 10, kPaper);
  for (Bad& bad : std::vector<Bad>{{"no neutral", none, "neutral"},
                                   {"one place", twice, "same mixture"},
                                   {"unknown part", part, "ear"},
                                   {"sizes", size, "10x10"}}) {
    const auto done = complete(bad.sheet);
    ASSERT_FALSE(done) << bad.label;
    EXPECT_EQ(done.error().code, ErrorCode::bad_input);
    EXPECT_THAT(done.error().one_line(), HasSubstr(bad.says));
  }
  auto face = Face::make(two_expressions());
  ASSERT_TRUE(face);
  const auto unknown = face->at(Mixture{{"glee", 1}});
  ASSERT_FALSE(unknown);
  EXPECT_THAT(unknown.error().one_line(), HasSubstr("anger, joy"));
}

TEST(ExpressionSheet, RefusesAnotherHeadAngle) {
  ExpressionSheet sheet =
      sheet_of({sample("neutral", neutral_page(), {}),
                sample("turned", Page().turned({60, 30}, 40, 0).arc({180, 30}, 36, 20), {{"turned", 1}})});
  sheet.chin = {120, 220};
  sheet.brow = {120, 100};
  ASSERT_TRUE(complete(sheet));
  const auto face = Face::make(sheet);
  ASSERT_FALSE(face);
  EXPECT_THAT(face.error().one_line(), HasSubstr("angle"));
}

// ---- blends that lie nowhere between

TEST(PartBlender, SaysHowFarABlendStraysFromItsDrawings) {
  const auto drawing = [](const Page& page) {
    auto traced = trace(classify_lines(page.raster()));
    EXPECT_TRUE(traced);
    return *traced;
  };
  const auto ring = [](Page page, double rx, double ry) {
    std::vector<Vec2> points;
    for (int k = 0; k <= 72; ++k) {
      const double a = std::numbers::pi * k / 36;
      points.push_back({120 + rx * std::cos(a), 120 + ry * std::sin(a)});
    }
    return page.line(points);
  };
  // A line that turns lies between; an eye that is no more when it closes does not.
  PartBlender turns(
      {drawing(Page().turned({120, 120}, 120, 0)), drawing(Page().turned({120, 120}, 120, 40))});
  PartBlender closes({drawing(ring(ring(Page().arc({120, 90}, 60, 30), 30, 50), 12, 18)),
                      drawing(Page().turned({120, 150}, 130, 2))});
  const auto half = [](PartBlender& blender) { return blender.astray(blender.at({0.5, 0.5}), {0.5, 0.5}); };
  EXPECT_EQ(turns.astray(turns.at({1, 0}), {1, 0}), 0);
  EXPECT_LT(half(turns), 1.2);
  EXPECT_GT(half(turns), 0.8);
  EXPECT_GT(half(closes), 1.2);
}

}  // namespace
}  // namespace nakawari
