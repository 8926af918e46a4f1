// What is no fault: each rule by which a check stays silent, beside the fault that it would otherwise hide.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "check/test_passage.h"

namespace nakawari {
namespace {

using namespace nakawari::test;  // NOLINT: the passage

CheckContext passage_of(const std::function<CheckInput(int)>& drawing) {
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.model = model();
  job.variant = "day";
  job.load = [&](int i) -> Result<CheckInput> { return drawing(i); };
  return look_at_cel(job, {}).value();
}

Outcome of_patient(const CheckContext& context, const char* check) {
  Outcome outcome = run_checks(context, {{}, {check}});
  std::erase_if(outcome.findings, [](const Finding& f) { return f.drawing != kPatient; });
  std::erase_if(outcome.not_judged, [](const NotJudged& n) { return n.drawing != kPatient; });
  return outcome;
}

/// A line is taken away between two x, over a few rows.
void take_away(CheckInput& input, int i, double x, double y, int w, int h) {
  dab(input.source, Vec2{x, y} + shift_of(i), kPaper, w, h);
}

// --- drawings that are not followed ---

TEST(Followed, NotOneThatSwingsOut) {
  // Far to the side here, and back on the next drawing: nothing that follows lines speaks of it.
  const CheckContext context = passage_of([](int i) {
    CheckInput input = drawing_at(i, bust(shift_of(i) + (i == kPatient ? Vec2{0, 14} : Vec2{})));
    if (i == kPatient) dab(input.source, Vec2{440, 480} + shift_of(i), kPaper, 5, 8);
    return input;
  });
  EXPECT_FALSE(context.followed[kPatient]);
  EXPECT_TRUE(passage().followed[kPatient]);
  for (const char* check : {"broken-line", "missing-stroke", "boil", "area-jitter", "detail-count",
                            "colour-flicker", "shadow-alone", "corner", "stripe-width"}) {
    const Outcome outcome = of_patient(context, check);
    EXPECT_THAT(outcome.findings, testing::IsEmpty()) << check;
    ASSERT_THAT(outcome.not_judged, testing::Not(testing::IsEmpty())) << check;
    EXPECT_THAT(outcome.not_judged[0].why, testing::HasSubstr("swings")) << check;
    EXPECT_EQ(outcome.not_judged[0].size, 0) << check << " speaks of the whole drawing";
  }
}

TEST(Followed, NotWithoutBothNeighbours) {
  EXPECT_FALSE(passage().followed[0]);
  EXPECT_FALSE(passage().followed[kDrawings - 1]);
}

TEST(Followed, NotOneOfOtherLines) {
  CheckContext context = passage();
  ASSERT_TRUE(replace_drawing(context, kPatient, [] {
    Sketch s(960, 720);
    for (int k = 0; k < 9; ++k) s.line({100, 60.0 + 70 * k}, {860, 100.0 + 61 * k});
    CheckInput input = drawing_at(kPatient, s.done());
    input.painted.reset();
    return input;
  }()));
  EXPECT_FALSE(context.followed[kPatient]);
}

// --- broken lines ---

TEST(BrokenLine, EndsInARowAreABreakUpToTheLengthOfAMissingLine) {
  // In an open line: no leak, ends that look at each other from far.
  const auto open_line = [](int i) {
    CheckInput input = clean(i);
    dab(input.source, Vec2{60, 300} + shift_of(i), ink_colour(Ink::black), 160, 3);
    if (i == kPatient) take_away(input, i, 132, 295, 14, 12);
    return input;
  };
  EXPECT_TRUE(found_at(of_patient(passage_of(open_line), "broken-line"), place(139, 301), 12));
}

TEST(BrokenLine, AShortRestIsADash) {
  CheckInput patient = clean(kPatient);
  take_away(patient, kPatient, 394, 203, 12, 16);  // leaves 5 px of the brow's 60
  EXPECT_THAT(with(std::move(patient), "broken-line").findings, testing::IsEmpty());
}

TEST(BrokenLine, AHairLineComesAndGoes) {
  for (const float width : {1.0F, 3.0F}) {
    const auto with_stray = [&](int i) {
      Drawing strokes = bust(shift_of(i));
      Sketch s(960, 720);
      s.line(Vec2{60, 300} + shift_of(i), Vec2{220, 300} + shift_of(i), width);
      Drawing stray = s.done();
      Stroke line = stray.strokes[0];
      line.start += static_cast<NodeId>(strokes.nodes.size());
      line.end += static_cast<NodeId>(strokes.nodes.size());
      strokes.nodes.insert(strokes.nodes.end(), stray.nodes.begin(), stray.nodes.end());
      strokes.strokes.push_back(line);
      link_nodes(strokes);
      CheckInput input = drawing_at(i, strokes);
      if (i == kPatient) take_away(input, i, 136, 295, 5, 10);
      return input;
    };
    const Outcome outcome = of_patient(passage_of(with_stray), "broken-line");
    EXPECT_EQ(outcome.findings.size(), width > 2 ? 1U : 0U) << width;
  }
}

// --- line width ---

TEST(LineWidth, AsThickBesideItIsDrawnSo) {
  const auto thick = [](int i) {
    Drawing drawing = bust(shift_of(i));
    if (std::abs(i - kPatient) <= 1)
      for (float& w : drawing.strokes[0].widths) w *= 1.6F;
    return drawing_at(i, drawing);
  };
  EXPECT_THAT(of_patient(passage_of(thick), "line-width").findings, testing::IsEmpty());
}

// --- areas ---

TEST(AreaJitter, WhatGrowsOnOneSideIsCoveredOrUncovered) {
  Drawing drawing = bust(shift_of(kPatient));
  const Vec2 centre = place(480 + 62, 250);
  for (Stroke& stroke : drawing.strokes) {
    double far = 0;
    for (const Vec2 p : stroke.points) far = std::max(far, distance(p, centre));
    if (far > 20) continue;
    for (Vec2& p : stroke.points)
      if (p.x > centre.x) p.x = centre.x + (p.x - centre.x) * 1.5;
  }
  for (Node& node : drawing.nodes)
    if (distance(node.position, centre) < 20) node.position = drawing.strokes[node.strokes[0]].points.front();
  EXPECT_THAT(with(drawing_at(kPatient, drawing), "area-jitter").findings, testing::IsEmpty());
}

TEST(AreaJitter, AHoleIsNoShape) {
  // The eye's iris loses its paint on all drawings: what shows behind is no shape of this cel.
  const auto hollow = [](int i) {
    Drawing drawing = bust(shift_of(i));
    const Vec2 centre = Vec2{480 + 62, 250} + shift_of(i);
    if (i == kPatient) {
      for (Stroke& stroke : drawing.strokes) {
        double far = 0;
        for (const Vec2 p : stroke.points) far = std::max(far, distance(p, centre));
        if (far > 20) continue;
        for (Vec2& p : stroke.points) p = centre + (p - centre) * 1.25;
      }
      for (Node& node : drawing.nodes)
        if (distance(node.position, centre) < 20)
          node.position = drawing.strokes[node.strokes[0]].points.front();
    }
    CheckInput input = drawing_at(i, drawing);
    recolour(*input.painted, centre, kClear);
    return input;
  };
  EXPECT_THAT(of_patient(passage_of(hollow), "area-jitter").findings, testing::IsEmpty());
}

// --- the whole drawing ---

TEST(Registration, ABodyThatBobsOverWhatStandsIsNoShift) {
  Drawing drawing = bust(shift_of(kPatient));
  for (Stroke& stroke : drawing.strokes)
    for (Vec2& p : stroke.points)
      if (p.y < place(0, 460).y) p += Vec2{2, -2};
  for (Node& node : drawing.nodes)
    if (node.position.y < place(0, 460).y) node.position += Vec2{2, -2};
  CheckInput patient = drawing_at(kPatient, drawing);
  patient.painted.reset();
  const Outcome outcome = with(std::move(patient), "registration");
  EXPECT_THAT(outcome.findings, testing::IsEmpty());
}

// --- paint ---

TEST(ColourFlicker, ASmallPatchOfAnotherShadeOfItsPartIsForInformation) {
  for (const bool shade : {true, false}) {
    const auto painted = [&](int i) {
      CheckInput input = clean(i);
      const Rgba8 here = shade ? kShirtShadow : kIris;
      recolour(*input.painted, Vec2{470, 530} + shift_of(i), i == kPatient ? here : kShirt);
      return input;
    };
    const Outcome outcome = of_patient(passage_of(painted), "colour-flicker");
    ASSERT_THAT(outcome.findings, testing::SizeIs(1));
    EXPECT_EQ(outcome.findings[0].level, shade ? Level::warn : Level::fail);
  }
}

TEST(ShadowAlone, OfItsOwnPartBeforeAndAfterTheLightLeftAllOfIt) {
  const auto painted = [](int i) {
    CheckInput input = clean(i);
    recolour(*input.painted, Vec2{470, 530} + shift_of(i), i == kPatient ? kSkinShadow : kSkin);
    return input;
  };
  EXPECT_THAT(of_patient(passage_of(painted), "shadow-alone").findings, testing::IsEmpty());
}

TEST(Speck, APocketNearAnotherShadeOfItsPartIsNone) {
  // A pocket of 4 x 4 px between lines, as a shadow that two lines cut off, beside the shirt; and one of a
  // colour that nothing near has.
  for (const Rgba8 colour : {kShirtShadow, kIris}) {
    CheckInput patient = clean(kPatient);
    const Vec2 at = place(620, 600);
    dab(patient.source, at - Vec2{2, 2}, ink_colour(Ink::black), 6, 6);
    dab(*patient.painted, at - Vec2{2, 2}, ink_colour(Ink::black), 6, 6);
    dab(patient.source, at, kPaper, 2, 2);
    dab(*patient.painted, at, colour, 2, 2);
    EXPECT_EQ(with(std::move(patient), "speck").findings.size(), colour == kIris ? 1U : 0U);
  }
}

}  // namespace
}  // namespace nakawari
