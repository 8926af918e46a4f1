// The checks that measure: corners, stripes, graded paint, head units, kumi lines. Each is silent on what is
// drawn well, finds what is planted, and says why where it cannot judge.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "check/lab.h"
#include "check/test_passage.h"

namespace nakawari {
namespace {

using namespace nakawari::test;  // NOLINT: the passage

/// A black line, laid over a picture.
void ink(Raster& picture, const std::vector<Vec2>& points, double width = 3) {
  for (std::size_t i = 1; i < points.size(); ++i) {
    const RoundCone cone(points[i - 1], width / 2, points[i], width / 2);
    for (int y = 0; y < picture.height; ++y)
      for (int x = 0; x < picture.width; ++x)
        if (cone.signed_distance({x + 0.5, y + 0.5}) <= 0) picture(x, y) = ink_colour(Ink::black);
  }
}

std::string whys(const Outcome& outcome) {
  std::string all;
  for (const NotJudged& n : outcome.not_judged)
    if (n.drawing == kPatient) all += n.why + "; ";
  return all;
}

// --- corners ---

/// The bust with the upper right corner of its shirt rounded.
CheckInput soft_corner(int i, double radius) {
  CheckInput input = clean(i);
  const Vec2 corner = Vec2{660, 470} + shift_of(i);
  const Vec2 back{-1, 0}, on = normalized(Vec2{40, 220});
  for (int y = -4; y < radius + 2; ++y)
    for (int x = static_cast<int>(-radius) - 2; x < 12; ++x)
      input.source(static_cast<int>(corner.x) + x, static_cast<int>(corner.y) + y) = kPaper;
  std::vector<Vec2> arc;
  for (int k = 0; k <= 12; ++k) {
    const double u = k / 12.0;
    const Vec2 a = corner + back * ((radius + 3) * (1 - u)), b = corner + on * ((radius + 3) * u);
    arc.push_back(lerp(a, b, u));
  }
  ink(input.source, arc);
  input.painted = paint_of(input.source, shift_of(i));
  return input;
}

TEST(Corner, ASoftenedOneIsFound) {
  EXPECT_TRUE(found_at(with(soft_corner(kPatient, 24), "corner"), place(660, 470), 16));
}

TEST(Corner, InbetweensAreHeldAgainstTheirKeys) {
  // Those beside it are as soft as the patient: all are the program's.
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.model = model();
  job.load = [](int i) -> Result<CheckInput> {
    if (i < 2 || i > 4) return clean(i);
    CheckInput input = soft_corner(i, 24);
    input.by_program = true;
    input.from = 1;
    input.to = 5;
    input.t = (i - 1) / 4.0;
    return input;
  };
  const auto context = look_at_cel(job, {});
  ASSERT_TRUE(context);
  EXPECT_TRUE(found_at(run_checks(*context, {{}, {"corner"}}), place(660, 470), 16));
}

TEST(Corner, RoundOnAllDrawingsIsNoFault) {
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.load = [](int i) -> Result<CheckInput> { return soft_corner(i, 24); };
  const auto context = look_at_cel(job, {});
  ASSERT_TRUE(context);
  EXPECT_THAT(run_checks(*context, {{}, {"corner"}}).findings, testing::IsEmpty());
}

// --- stripes ---

constexpr int kRows = 6;
constexpr double kRowHeight = 26;

/// The bust beside a striped post, of which one border between stripes is shifted.
CheckInput striped(int i, double border) {
  const Vec2 shift = shift_of(i), corner = Vec2{760, 300} + shift;
  Drawing strokes = bust(shift);
  CheckInput input = drawing_at(i, strokes);
  for (int k = 0; k <= kRows; ++k) {
    const double y = corner.y + kRowHeight * k + (k == 3 ? border : 0);
    ink(input.source, {{corner.x, y}, {corner.x + 110, y}}, 2);
  }
  ink(input.source, {corner, {corner.x, corner.y + kRowHeight * kRows}}, 2);
  ink(input.source, {{corner.x + 110, corner.y}, {corner.x + 110, corner.y + kRowHeight * kRows}}, 2);
  input.painted = paint_of(input.source, shift);
  for (int k = 0; k < kRows; ++k)
    recolour(*input.painted, corner + Vec2{50, kRowHeight * (k + 0.5) + (k == 2 || k == 3 ? border / 2 : 0)},
             k % 2 == 0 ? kShirt : kSkin);
  return input;
}

CheckContext striped_passage(double patient_border) {
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.model = model();
  job.variant = "day";
  job.load = [=](int i) -> Result<CheckInput> { return striped(i, i == kPatient ? patient_border : 0); };
  return look_at_cel(job, {}).value();
}

TEST(StripeWidth, AShiftedBorderIsFoundOnBothSides) {
  const Outcome outcome = run_checks(striped_passage(11), {{}, {"stripe-width"}});
  EXPECT_TRUE(found_at(outcome, place(815, 300 + 2.7 * kRowHeight), 20));
  EXPECT_TRUE(found_at(outcome, place(815, 300 + 3.7 * kRowHeight), 20));
}

TEST(StripeWidth, EvenStripesAreSilentAndNoStripesAreNotJudged) {
  const Outcome even = run_checks(striped_passage(0), {{}, {"stripe-width"}});
  EXPECT_THAT(even.findings, testing::IsEmpty());
  EXPECT_EQ(whys(even), "");
  EXPECT_THAT(whys(run_checks(passage(), {{}, {"stripe-width"}})), testing::HasSubstr("no row"));
}

// --- how far colours look apart ---

TEST(Lab, KnownColours) {
  const auto near = [](const Lab& c, double l, double a, double b) {
    EXPECT_NEAR(c.l, l, 0.05);
    EXPECT_NEAR(c.a, a, 0.05);
    EXPECT_NEAR(c.b, b, 0.05);
  };
  near(lab_of(Rgba8{255, 255, 255, 255}), 100, 0, 0);
  near(lab_of(Rgba8{0, 0, 0, 255}), 0, 0, 0);
  near(lab_of(Rgba8{255, 0, 0, 255}), 53.24, 80.09, 67.20);
  near(lab_of(Rgba8{0, 0, 255, 255}), 32.30, 79.19, -107.86);
  near(lab_of(Rgba8{119, 119, 119, 255}), 50.03, 0, 0);
}

/// The bust with an airbrushed shirt, `brighter` on this drawing.
CheckInput airbrushed(int i, int brighter) {
  CheckInput input = clean(i);
  for (int y = 0; y < input.painted->height; ++y)
    for (int x = 0; x < input.painted->width; ++x) {
      Rgba8& c = (*input.painted)(x, y);
      if (!(c == kShirt)) continue;
      const int at = (x - static_cast<int>(shift_of(i).x) - 280) / 8;
      c = {static_cast<std::uint8_t>(90 + at + brighter), static_cast<std::uint8_t>(140 + at + brighter),
           static_cast<std::uint8_t>(90 + at), 255};
    }
  return input;
}

TEST(ColourDifference, GradedPaintIsComparedByHowItLooks) {
  for (const int brighter : {0, 1, 16}) {
    CheckJob job;
    job.cel = "A";
    job.drawings = kDrawings;
    job.model = model();
    job.variant = "day";
    job.load = [=](int i) -> Result<CheckInput> { return airbrushed(i, i == kPatient ? brighter : 0); };
    const auto context = look_at_cel(job, {});
    ASSERT_TRUE(context);
    const Outcome outcome =
        run_checks(*context, {{}, {"colour-difference", "off-palette", "speck", "colour-flicker"}});
    if (brighter == 16) {
      ASSERT_THAT(outcome.findings, testing::SizeIs(1));
      EXPECT_EQ(outcome.findings[0].check, "colour-difference");
      EXPECT_EQ(outcome.findings[0].level, Level::fail);
    } else {
      EXPECT_THAT(outcome.findings, testing::IsEmpty()) << brighter << ": " << outcome.findings[0].text;
    }
  }
}

TEST(ColourDifference, FlatPaintIsLeftToThoseThatCompareExactly) {
  const Outcome outcome = with(clean(kPatient), "colour-difference");
  EXPECT_THAT(outcome.findings, testing::IsEmpty());
  EXPECT_THAT(whys(outcome), testing::HasSubstr("flat"));
}

TEST(OffPalette, SaysHowFarAndFromWhat) {
  CheckInput patient = clean(kPatient);
  dab(*patient.painted, place(420, 560), {91, 150, 90, 255});
  const Outcome outcome = with(std::move(patient), "off-palette");
  ASSERT_THAT(outcome.findings, testing::SizeIs(1));
  EXPECT_THAT(outcome.findings[0].text, testing::HasSubstr("0.3 dE from shirt"));
}

// --- head units ---

/// A whole figure: a head of 120 px, a body of `body` px below it.
CheckInput figure(int i, double body) {
  const Vec2 shift = shift_of(i);
  const auto at = [&](double x, double y) { return Vec2{x, y} + shift; };
  Sketch s(960, 720);
  s.arc(at(480, 150), 50, 60, -90, 270);
  for (const double side : {-1.0, 1.0}) {
    s.arc(at(480 + side * 20, 150), 12, 10, 0, 360, 2);
    s.arc(at(480 + side * 20, 150), 5, 6, 0, 360, 2);
    s.line(at(480 + side * 160, 300), at(480 + side * 190, 420));
  }
  s.arc(at(480, 185), 12, 5, 10, 170, 2);
  s.stroke({at(420, 215), at(540, 215)}).stroke({at(540, 215), at(560, 215 + body)});
  s.stroke({at(560, 215 + body), at(400, 215 + body)}).stroke({at(400, 215 + body), at(420, 215)});
  CheckInput input = drawing_at(i, s.done());
  input.painted = Raster(960, 720);
  for (std::size_t k = 0; k < input.source.data.size(); ++k)
    if (input.source.data[k] != kPaper) input.painted->data[k] = input.source.data[k];
  recolour(*input.painted, at(480, 105), kSkin);
  for (const double side : {-1.0, 1.0}) {
    recolour(*input.painted, at(480 + side * 20, 150), kIris);
    recolour(*input.painted, at(480 + side * 20 - 8.5, 150), kWhite);
  }
  recolour(*input.painted, at(480, 300), kShirt);
  return input;
}

Outcome figures(double patient_body) {
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.model = model();
  job.variant = "day";
  job.load = [=](int i) -> Result<CheckInput> { return figure(i, i == kPatient ? patient_body : 420); };
  return run_checks(look_at_cel(job, {}).value(), {{}, {"proportion"}});
}

TEST(Proportion, AShortBodyIsFoundInHeads) {
  const Outcome outcome = figures(350);
  ASSERT_THAT(outcome.findings, testing::SizeIs(1)) << whys(outcome);
  EXPECT_EQ(outcome.findings[0].part, "head-units");
  EXPECT_NEAR(outcome.findings[0].reference, 4.6, 0.15);
  EXPECT_NEAR(outcome.findings[0].value, 4.0, 0.15);
  EXPECT_THAT(figures(420).findings, testing::IsEmpty());
}

TEST(Proportion, ABustHasNoHeadUnits) {
  EXPECT_THAT(whys(with(clean(kPatient), "proportion")), testing::HasSubstr("head units"));
}

// --- kumi lines ---

constexpr int kTable = 641;  // the first row of the table before which the bust is cut off

Surroundings room(bool covered) {
  Surroundings around{Raster(960, 720, {180, 200, 220, 255}), Raster(960, 720)};
  for (int y = kTable; y < 720; ++y)
    for (int x = 0; x < 960; ++x) {
      around.below(x, y) = {120, 80, 50, 255};
      if (covered) around.above(x, y - 20) = {120, 80, 50, 255};
    }
  return around;
}

/// The bust, cut off `gap` px before the table's edge, along a blue line.
CheckInput cut_off(int i, int gap) {
  CheckInput input = clean(i);
  const int end = kTable - gap;
  for (int y = end - 2; y < 720; ++y)
    for (int x = 0; x < 960; ++x) {
      Rgba8& line = input.source(x, y);
      const bool inside = (*input.painted)(x, y).a != 0;
      line = y < end && inside ? ink_colour(Ink::blue) : kPaper;
      (*input.painted)(x, y) = y < end && inside ? kShirt : kClear;
    }
  return input;
}

Outcome before_table(int patient_gap, bool known, bool covered) {
  CheckJob job;
  job.cel = "A";
  job.drawings = kDrawings;
  job.model = model();
  job.variant = "day";
  job.load = [=](int i) -> Result<CheckInput> {
    CheckInput input = cut_off(i, i == kPatient ? patient_gap : 0);
    if (known) input.around = [=]() -> std::optional<Surroundings> { return room(covered); };
    return input;
  };
  Outcome outcome = run_checks(look_at_cel(job, {}).value(), {{}, {"kumi"}});
  return outcome;
}

TEST(Kumi, AGapAndAnOverlapAreFound) {
  for (const int gap : {3, -3}) {
    const Outcome outcome = before_table(gap, true, false);
    ASSERT_THAT(outcome.findings, testing::SizeIs(1)) << gap << whys(outcome);
    EXPECT_EQ(outcome.findings[0].drawing, kPatient);
    EXPECT_NEAR(outcome.findings[0].value, gap, 0.6);
    EXPECT_NEAR(outcome.findings[0].at.y, kTable - gap, 2);
  }
}

TEST(Kumi, WhatMeetsOrIsCoveredIsSilent) {
  EXPECT_THAT(before_table(0, true, false).findings, testing::IsEmpty());
  EXPECT_THAT(before_table(3, true, true).findings, testing::IsEmpty());
}

TEST(Kumi, WithoutTheFrameItIsNotJudged) {
  const Outcome outcome = before_table(3, false, false);
  EXPECT_THAT(outcome.findings, testing::IsEmpty());
  EXPECT_THAT(whys(outcome), testing::HasSubstr("not known"));
  // Nothing ends without a line: nothing needs to be known.
  EXPECT_EQ(whys(with(clean(kPatient), "kumi")), "");
}

}  // namespace
}  // namespace nakawari
