// Each check: a clean passage is silent, a planted fault is found at its place.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "check/test_passage.h"

namespace nakawari {
namespace {

using namespace nakawari::test;  // NOLINT: the passage

TEST(Checks, CleanPassageIsSilent) {
  const Outcome outcome = run_checks(passage(), {});
  std::string all;
  for (const Finding& f : outcome.findings) all += f.check + ": " + f.text + "\n";
  EXPECT_THAT(outcome.findings, testing::IsEmpty()) << all;
}

TEST(Checks, ResultDoesNotDependOnThreads) {
  CheckInput patient = clean(kPatient);
  dab(*patient.painted, place(480, 420), kIris, 2, 2);
  CheckContext context = passage();
  ASSERT_TRUE(replace_drawing(context, kPatient, std::move(patient)));
  const Outcome one = run_checks(context, {Threads{1}, {}}), eight = run_checks(context, {Threads{8}, {}});
  ASSERT_EQ(one.findings.size(), eight.findings.size());
  for (std::size_t i = 0; i < one.findings.size(); ++i)
    EXPECT_EQ(one.findings[i].text, eight.findings[i].text);
}

TEST(Checks, NamesAreUnique) {
  std::set<std::string> names;
  for (const Check& check : all_checks()) EXPECT_TRUE(names.insert(check.name).second) << check.name;
}

TEST(LineWidth, AThickLineIsFound) {
  Drawing drawing = bust(shift_of(kPatient));
  for (float& w : drawing.strokes[0].widths) w *= 1.6F;
  EXPECT_TRUE(found_at(with(drawing_at(kPatient, drawing), "line-width"), place(480, 440), 400));
}

TEST(Taper, BluntTipsMadeSharpAreFound) {
  Drawing drawing = bust(shift_of(kPatient));
  for (Stroke& stroke : drawing.strokes)
    if (drawing.nodes[stroke.start].strokes.size() == 1 && !stroke.closed()) {
      const std::size_t n = stroke.widths.size();
      for (std::size_t i = 0; i < n; ++i) {
        const double u = static_cast<double>(std::min(i, n - 1 - i)) / (0.3 * static_cast<double>(n));
        stroke.widths[i] *= static_cast<float>(std::clamp(u, 0.3, 1.0));
      }
    }
  EXPECT_THAT(with(drawing_at(kPatient, drawing), "taper").findings, testing::Not(testing::IsEmpty()));
}

TEST(LineColour, AGreyPixelIsFound) {
  CheckInput patient = clean(kPatient);
  Vec2 at;
  for (std::size_t i = 0; i < patient.source.data.size(); ++i)
    if (patient.source.data[i] == ink_colour(Ink::black)) {
      patient.source.data[i] = {80, 80, 90, 255};
      at = {static_cast<double>(i % 960), static_cast<double>(i / 960)};
      break;
    }
  EXPECT_TRUE(found_at(with(std::move(patient), "line-colour"), at, 3));
}

TEST(BrokenLine, AGapIsFound) {
  CheckInput patient = clean(kPatient);
  dab(patient.source, place(440, 466), kPaper, 5, 8);
  EXPECT_TRUE(found_at(with(std::move(patient), "broken-line"), place(442, 470), 12));
}

TEST(MissingStroke, AMissingLineAndAnExtraOneAreFound) {
  Drawing drawing = bust(shift_of(kPatient));
  // The left brow.
  const auto brow = std::find_if(drawing.strokes.begin(), drawing.strokes.end(), [](const Stroke& s) {
    return distance(s.points.front(), place(480 - 62 - 30, 212)) < 2;
  });
  ASSERT_NE(brow, drawing.strokes.end());
  drawing.strokes.erase(brow);
  EXPECT_TRUE(found_at(with(drawing_at(kPatient, drawing), "missing-stroke"), place(418, 210), 20));

  CheckInput extra = clean(kPatient);
  dab(extra.source, place(330, 600), ink_colour(Ink::black), 70, 3);
  EXPECT_TRUE(found_at(with(std::move(extra), "missing-stroke"), place(365, 601), 20));
}

TEST(Registration, AShiftedDrawingIsFound) {
  CheckInput patient = drawing_at(kPatient, bust(shift_of(kPatient) + Vec2{2, -1}));
  patient.painted.reset();
  const Outcome outcome = with(std::move(patient), "registration");
  ASSERT_EQ(outcome.findings.size(), 1U);
  EXPECT_NEAR(outcome.findings[0].value, std::sqrt(5.0), 0.5);
}

TEST(Registration, WhereTheChartWantsItIsNoShift) {
  const Vec2 from = shift_of(kPatient - 1), to = shift_of(kPatient + 1);
  CheckInput patient = drawing_at(kPatient, bust(from + (to - from) * 0.85));
  patient.painted.reset();
  EXPECT_THAT(with(patient, "registration").findings, testing::SizeIs(1));
  patient.t = 0.85;
  patient.from = kPatient - 1;
  patient.to = kPatient + 1;
  EXPECT_THAT(with(std::move(patient), "registration").findings, testing::IsEmpty());
}

TEST(Boil, ATremblingLineIsFound) {
  Drawing drawing = bust(shift_of(kPatient));
  for (Stroke& stroke : drawing.strokes) {
    if (distance(stroke.points.front(), place(300, 470)) > 1 || stroke.points.size() > 4) continue;
    const Vec2 a = stroke.points.front(), b = stroke.points.back();
    stroke.points.clear();
    stroke.widths.clear();
    for (int k = 0; k <= 180; ++k) {
      const double fade = std::min({1.0, k / 10.0, (180 - k) / 10.0});
      stroke.points.push_back(lerp(a, b, k / 180.0) +
                              Vec2{0, fade * 2.2 * std::sin(k * std::numbers::pi / 3.2)});
      stroke.widths.push_back(3);
    }
  }
  EXPECT_TRUE(found_at(with(drawing_at(kPatient, drawing), "boil"), place(430, 470), 200));
}

TEST(AreaJitter, ASwollenRegionIsFound) {
  Drawing drawing = bust(shift_of(kPatient));
  for (Stroke& stroke : drawing.strokes) {
    const Vec2 centre = place(480 + 62, 250);
    double far = 0;
    for (const Vec2 p : stroke.points) far = std::max(far, distance(p, centre));
    if (far > 20) continue;
    for (Vec2& p : stroke.points) p = centre + (p - centre) * 1.2;
  }
  for (Node& node : drawing.nodes)
    if (distance(node.position, place(480 + 62, 250)) < 20)
      node.position = drawing.strokes[node.strokes[0]].points.front();
  EXPECT_TRUE(found_at(with(drawing_at(kPatient, drawing), "area-jitter"), place(542, 250), 30));
}

TEST(DetailCount, AMissingButtonIsFound) {
  CheckInput patient = clean(kPatient);
  dab(patient.source, place(456, 516), kPaper, 28, 28);
  recolour(*patient.painted, place(470, 530), kShirt);
  EXPECT_TRUE(found_at(with(std::move(patient), "detail-count"), place(470, 530), 12));
}

TEST(Spacing, TheChartIsHeld) {
  CheckInput patient = clean(kPatient);
  patient.t = 0.5;
  patient.from = kPatient - 1;
  patient.to = kPatient + 1;
  // The passage moves 3 px a drawing, too little to judge; and the patient has no chart.
  EXPECT_THAT(with(patient, "spacing").findings, testing::IsEmpty());
  CheckJob job;
  job.cel = "A";
  job.drawings = 3;
  for (const double t : {0.5, 0.75}) {
    job.load = [&](int i) -> Result<CheckInput> {
      const Vec2 shift = i == 0 ? Vec2{} : i == 2 ? Vec2{24, 12} : Vec2{24, 12} * t;
      CheckInput input = drawing_at(0, bust(shift));
      input.painted.reset();
      input.before = i - 1;
      input.after = i < 2 ? i + 1 : -1;
      if (i == 1) input.t = 0.5, input.from = 0, input.to = 2;
      return input;
    };
    const auto context = look_at_cel(job, {});
    ASSERT_TRUE(context);
    EXPECT_EQ(run_checks(*context, {{}, {"spacing"}}).findings.size(), t == 0.5 ? 0U : 1U);
  }
}

TEST(Unpainted, AHoleAndAForgottenRegionAreFound) {
  CheckInput hole = clean(kPatient);
  dab(*hole.painted, place(420, 560), kClear);
  EXPECT_TRUE(found_at(with(std::move(hole), "unpainted"), place(420, 560), 3));
  CheckInput forgotten = clean(kPatient);
  recolour(*forgotten.painted, place(470, 530), kClear);
  EXPECT_TRUE(found_at(with(std::move(forgotten), "unpainted"), place(470, 530), 15));
}

TEST(ColourFlicker, AButtonOfAnotherColourIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, place(470, 530), kIris);
  EXPECT_TRUE(found_at(with(std::move(patient), "colour-flicker"), place(470, 530), 15));
}

TEST(PalettePair, AShadowOfAnotherPartIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, place(640, 560), kSkinShadow);
  EXPECT_THAT(with(std::move(patient), "palette-pair").findings, testing::SizeIs(1));
}

TEST(Speck, TwoPixelsOfAnotherColourAreFound) {
  CheckInput patient = clean(kPatient);
  dab(*patient.painted, place(420, 560), kIris, 2);
  EXPECT_TRUE(found_at(with(std::move(patient), "speck"), place(420, 560), 3));
}

TEST(OffPalette, AColourNextToTheModelsIsFound) {
  CheckInput patient = clean(kPatient);
  dab(*patient.painted, place(420, 560), {91, 150, 90, 255});
  EXPECT_TRUE(found_at(with(std::move(patient), "off-palette"), place(420, 560), 3));
}

TEST(VariantMix, ANightColourIsFound) {
  CheckInput patient = clean(kPatient);
  dab(*patient.painted, place(420, 560), model().colour(5, "night"));
  EXPECT_TRUE(found_at(with(std::move(patient), "variant-mix"), place(420, 560), 3));
}

TEST(WhitePaint, PureWhiteIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, place(470, 530), kPaper);
  EXPECT_TRUE(found_at(with(std::move(patient), "white-paint"), place(470, 530), 15));
}

TEST(LeftoverTrace, ABluePixelIsFound) {
  CheckInput patient = clean(kPatient);
  dab(*patient.painted, place(565, 580), ink_colour(Ink::blue));
  EXPECT_TRUE(found_at(with(std::move(patient), "leftover-trace"), place(565, 580), 3));
}

TEST(TraceRole, ABlueLineInTheNormalColourIsFound) {
  CheckInput patient = clean(kPatient);
  for (std::size_t i = 0; i < patient.source.data.size(); ++i)
    if (patient.source.data[i] == ink_colour(Ink::blue)) patient.painted->data[i] = kShirt;
  EXPECT_THAT(with(std::move(patient), "trace-role").findings, testing::Not(testing::IsEmpty()));
}

TEST(ColourLeak, APaintedSheetIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, {5, 5}, kShirt);
  EXPECT_THAT(with(std::move(patient), "colour-leak").findings, testing::SizeIs(1));
}

TEST(ShadowAlone, AShadowFarFromItsPartIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, place(470, 530), kSkinShadow);
  EXPECT_TRUE(found_at(with(std::move(patient), "shadow-alone"), place(470, 530), 15));
}

TEST(LeftRight, OneEyeOfAnotherColourIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, place(480 - 62, 250), kWhite);
  EXPECT_THAT(with(std::move(patient), "left-right").findings, testing::Not(testing::IsEmpty()));
}

TEST(StyleMissing, AColourThatIsGoneIsFound) {
  CheckInput patient = clean(kPatient);
  recolour(*patient.painted, place(470, 530), kShirt);
  recolour(*patient.painted, place(470, 600), kShirt);
  EXPECT_THAT(with(std::move(patient), "style-missing").findings, testing::SizeIs(1));
}

TEST(StyleMissing, WhatHasNoShapeHereNeedsNoColour) {
  // As in a blink: no iris is drawn, so none is painted.
  CheckInput patient = clean(kPatient);
  for (const double side : {-1.0, 1.0}) {
    const Vec2 corner = place(480 + side * 62 - 17, 250 - 19);
    dab(patient.source, corner, kPaper, 34, 38);
    dab(*patient.painted, corner, kWhite, 34, 38);
  }
  EXPECT_THAT(with(std::move(patient), "style-missing").findings, testing::IsEmpty());
}

TEST(LineAltered, APaintedLinePixelIsFound) {
  CheckInput patient = clean(kPatient);
  Vec2 at;
  for (std::size_t i = 0; i < patient.source.data.size(); ++i)
    if (patient.source.data[i] == ink_colour(Ink::black)) {
      patient.painted->data[i] = kShirt;
      at = {static_cast<double>(i % 960), static_cast<double>(i / 960)};
      break;
    }
  EXPECT_TRUE(found_at(with(std::move(patient), "line-altered"), at, 3));
}

TEST(EyeRules, UnequalIrisesAreFound) {
  Drawing drawing = bust(shift_of(kPatient));
  for (Stroke& stroke : drawing.strokes) {
    const Vec2 centre = place(480 + 62, 250);
    double far = 0;
    for (const Vec2 p : stroke.points) far = std::max(far, distance(p, centre));
    if (far > 20) continue;
    for (Vec2& p : stroke.points) p = centre + (p - centre) * 1.2;
  }
  for (Node& node : drawing.nodes)
    if (distance(node.position, place(480 + 62, 250)) < 20)
      node.position = drawing.strokes[node.strokes[0]].points.front();
  EXPECT_THAT(with(drawing_at(kPatient, drawing), "eye-rules").findings, testing::Not(testing::IsEmpty()));
}

TEST(Proportion, LargerEyesAreFound) {
  Drawing drawing = bust(shift_of(kPatient));
  for (const double side : {-1.0, 1.0}) {
    const Vec2 centre = place(480 + side * 62, 250);
    for (Stroke& stroke : drawing.strokes) {
      double far = 0;
      for (const Vec2 p : stroke.points) far = std::max(far, distance(p, centre));
      if (far > 36) continue;
      for (Vec2& p : stroke.points) p = centre + (p - centre) * 1.15;
    }
    for (Node& node : drawing.nodes)
      if (distance(node.position, centre) < 36)
        node.position = drawing.strokes[node.strokes[0]].points.front();
  }
  EXPECT_THAT(with(drawing_at(kPatient, drawing), "proportion").findings, testing::Not(testing::IsEmpty()));
}

TEST(NotJudged, IsAResultWithAReason) {
  CheckJob job;
  job.cel = "A";
  job.drawings = 1;
  job.load = [](int) -> Result<CheckInput> {
    CheckInput input = clean(0);
    input.painted.reset();
    input.lines_approved = input.paint_approved = false;
    input.before = input.after = -1;
    return input;
  };
  const auto context = look_at_cel(job, {});
  ASSERT_TRUE(context);
  const Outcome outcome = run_checks(*context, {});
  EXPECT_THAT(outcome.findings, testing::IsEmpty());
  std::set<std::string> silent;
  for (const NotJudged& n : outcome.not_judged) {
    EXPECT_FALSE(n.why.empty());
    silent.insert(n.check);
  }
  for (const char* check :
       {"line-width", "taper", "missing-stroke", "registration", "unpainted", "proportion"})
    EXPECT_TRUE(silent.count(check) > 0) << check;
}

TEST(NotJudged, AnEmptyCelAndAnEmptyPageAreNoErrors) {
  CheckJob job;
  job.cel = "A";
  EXPECT_TRUE(look_at_cel(job, {}));
  job.drawings = 2;
  job.load = [](int i) -> Result<CheckInput> {
    CheckInput input;
    input.source = Raster(320, 200, kPaper);
    input.painted = Raster(320, 200);
    input.before = i - 1;
    input.after = i == 0 ? 1 : -1;
    input.lines_approved = input.paint_approved = true;
    return input;
  };
  const auto context = look_at_cel(job, {});
  ASSERT_TRUE(context);
  EXPECT_THAT(run_checks(*context, {}).findings, testing::IsEmpty());
}

TEST(NotJudged, UnpaintedCelsAreJudgedByTheirLines) {
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.load = [](int i) -> Result<CheckInput> {
    CheckInput input = clean(i);
    input.painted.reset();
    input.paint_approved = false;
    if (i == kPatient) dab(input.source, place(330, 466), kPaper, 200, 12);
    return input;
  };
  const auto context = look_at_cel(job, {});
  ASSERT_TRUE(context);
  const Outcome outcome = run_checks(*context, {});
  std::set<std::string> spoke, silent;
  for (const Finding& f : outcome.findings) spoke.insert(f.check);
  for (const NotJudged& n : outcome.not_judged) silent.insert(n.check);
  EXPECT_THAT(spoke, testing::ElementsAre("missing-stroke"));
  for (const char* check : {"unpainted", "colour-flicker", "speck", "off-palette", "style-missing"})
    EXPECT_TRUE(silent.count(check) > 0) << check;
}

TEST(NotJudged, AnotherCharactersProfileJudgesWhatItKnows) {
  CheckJob job;
  job.cel = "A";
  job.drawings = 2;
  job.load = [](int i) -> Result<CheckInput> {
    CheckInput input = clean(i);
    input.after = i == 0 ? 1 : -1;
    return input;
  };
  StyleProfile other;
  other.name = "someone else";
  other.drawings = 9;
  other.scale = 0.5;
  other.figures["taper.tip"] = {0.2, 0.02, 80};
  job.profile = other;
  const auto context = look_at_cel(job, {});
  ASSERT_TRUE(context);
  EXPECT_FALSE(context->own_profile);
  const Outcome outcome = run_checks(*context, {{}, {"line-width", "taper"}});
  ASSERT_THAT(outcome.findings, testing::Not(testing::IsEmpty()));
  for (const Finding& f : outcome.findings) EXPECT_EQ(f.check, "taper");  // its tips are no fifth of the line
  std::set<std::string> silent;
  for (const NotJudged& n : outcome.not_judged) silent.insert(n.check);
  EXPECT_TRUE(silent.count("line-width") > 0);  // of widths the profile knows nothing
  EXPECT_TRUE(silent.count("taper") > 0);       // nor of the length of tapers
}

TEST(NotJudged, PicturesOfDifferentSizesAreRefused) {
  CheckJob job;
  job.cel = "A";
  job.drawings = 2;
  job.load = [](int i) -> Result<CheckInput> {
    CheckInput input;
    input.source = Raster(320, 200 + i, kPaper);
    return input;
  };
  const auto context = look_at_cel(job, {});
  ASSERT_FALSE(context);
  EXPECT_EQ(context.error().code, ErrorCode::bad_input);
}

}  // namespace
}  // namespace nakawari
