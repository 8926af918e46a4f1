#include "paint/trace_lines.h"

#include <gtest/gtest.h>

#include "paint/trace_pieces.h"

namespace nakawari {
namespace {

constexpr Rgba8 kInk{0, 0, 0, 255};
constexpr Rgba8 kBlue{0, 0, 255, 255};
constexpr Rgba8 kRedInk{255, 0, 0, 255};
constexpr Rgba8 kGreenInk{0, 255, 0, 255};
constexpr Rgba8 kCoat{200, 40, 40, 255};
constexpr Rgba8 kCoatShadow{128, 32, 32, 255};
constexpr Rgba8 kSkin{240, 210, 190, 255};
constexpr Rgba8 kSkinShadow{220, 170, 150, 255};

ColourModel two_parts() {
  auto model = read_colour_model(
      "[[style]]\nid = 1\nname = \"coat\"\nnormal = \"#c82828\"\n"
      "[[style]]\nid = 2\nname = \"coat shadow\"\nrole = \"shadow\"\nnormal = \"#802020\"\n"
      "[[style]]\nid = 3\nname = \"skin\"\nnormal = \"#f0d2be\"\n"
      "[[style]]\nid = 4\nname = \"skin shadow\"\nrole = \"shadow\"\nnormal = \"#dcaa96\"\n",
      "m.toml");
  return *model;
}

/// A frame with a trace line down its middle, painted left and right; the trace line is left as it is.
PaintDrawing halves(Rgba8 ink, Rgba8 left, Rgba8 right) {
  PaintDrawing drawing;
  drawing.source = Raster(80, 64, kPaper);
  for (int x = 10; x <= 60; ++x) drawing.source(x, 10) = drawing.source(x, 50) = kInk;
  for (int y = 10; y <= 50; ++y) drawing.source(10, y) = drawing.source(60, y) = kInk;
  for (int y = 11; y < 50; ++y) drawing.source(30, y) = drawing.source(31, y) = ink;
  Raster picture = drawing.source;
  for (int y = 11; y < 50; ++y)
    for (int x = 11; x < 60; ++x)
      if (picture(x, y) == kPaper) picture(x, y) = x < 30 ? left : right;
  drawing.painted = picture;
  drawing.lines = classify_lines(drawing.source);
  return drawing;
}

Raster painted_as(const PaintJob& job, std::size_t drawing = 0) {
  auto result = paint(job, {.threads = {}, .margin = 0});
  EXPECT_TRUE(result);
  return result ? result->drawings[drawing].painted : Raster();
}

PaintJob job_of(PaintDrawing drawing) {
  PaintJob job;
  job.model = two_parts();
  job.drawings.push_back(std::move(drawing));
  return job;
}

TEST(TraceLines, ABrokenLineIsOnePieceAndOtherLinesPartIt) {
  LineImage lines = classify_lines(Raster(80, 40, kPaper));
  const auto draw = [&](int x0, int x1, int y, Ink ink) {
    for (int x = x0; x < x1; ++x) {
      lines.ink(x, y) = ink;
      lines.coverage(x, y) = 255;
    }
  };
  draw(5, 25, 10, Ink::blue);
  draw(31, 50, 11, Ink::blue);  // goes on after six pixels
  draw(53, 55, 11, Ink::blue);  // a crumb on its way
  draw(5, 50, 30, Ink::blue);   // another line
  const Mask none(80, 40);
  EXPECT_EQ(trace_pieces(lines, Ink::blue, none).count, 2);
  for (int y = 0; y < 20; ++y) {
    lines.ink(28, y) = Ink::black;
    lines.coverage(28, y) = 255;
  }
  EXPECT_EQ(trace_pieces(lines, Ink::blue, none).count, 3);
}

TEST(TraceLines, AForkIsCutIntoItsBranches) {
  LineImage lines = classify_lines(Raster(80, 60, kPaper));
  for (int k = 0; k < 20; ++k) {
    for (const auto& [x, y] : {std::pair{10 + k, 30}, {30 + k, 30 + k}, {30 + k, 30 - k}}) {
      lines.ink(x, y) = Ink::red;
      lines.coverage(x, y) = 255;
    }
  }
  EXPECT_EQ(trace_pieces(lines, Ink::red, Mask(80, 60)).count, 3);
  EXPECT_EQ(trace_pieces(lines, Ink::blue, Mask(80, 60)).count, 0);
}

TEST(TraceLines, ABrokenFragmentTakesTheSideOfItsLine) {
  // The line has a gap; below it the fragment touches one region alone, since both sides ran together.
  PaintDrawing drawing = halves(kBlue, kCoat, kCoatShadow);
  for (int y = 28; y < 32; ++y)
    for (int x = 30; x < 32; ++x) {
      drawing.source(x, y) = kPaper;
      (*drawing.painted)(x, y) = kCoat;
    }
  drawing.lines = classify_lines(drawing.source);
  const Raster picture = painted_as(job_of(drawing));
  EXPECT_EQ(picture(30, 20), picture(30, 45));
}

TEST(TraceLines, EachPartOfALineTakesTheNearestSideOfItsRole) {
  // A black line ends at the trace line from the right: two shadows lie along one blue line.
  PaintDrawing drawing = halves(kBlue, kCoat, kCoatShadow);
  for (int x = 32; x < 60; ++x) {
    drawing.source(x, 30) = kInk;
    (*drawing.painted)(x, 30) = kInk;
  }
  for (int y = 31; y < 50; ++y)
    for (int x = 32; x < 60; ++x) (*drawing.painted)(x, y) = kSkinShadow;
  drawing.lines = classify_lines(drawing.source);
  const Raster picture = painted_as(job_of(drawing));
  EXPECT_EQ(picture(30, 20), kCoatShadow);
  EXPECT_EQ(picture(31, 40), kSkinShadow);
}

TEST(TraceLines, OtherInksTakeTheSideThatTheCutNames) {
  PaintJob job = job_of(halves(kGreenInk, kSkin, kSkinShadow));
  EXPECT_EQ(painted_as(job)(30, 30), kSkin);  // nothing is said: the smaller side
  job.ink_roles[Ink::green] = StyleRole::shadow;
  EXPECT_EQ(painted_as(job)(30, 30), kSkinShadow);
}

TEST(TraceLines, WhatAPersonDidInAReferenceIsDoneInTheOthers) {
  PaintDrawing reference = halves(kRedInk, kSkin, kCoat), other = halves(kRedInk, kSkin, kCoat);
  for (int y = 11; y < 50; ++y) (*reference.painted)(30, y) = (*reference.painted)(31, y) = kCoat;
  PaintJob job = job_of(reference);
  other.painted.reset();
  other.time = 1;
  job.drawings.push_back(other);
  EXPECT_EQ(painted_as(job, 1)(30, 30), kCoat);
  EXPECT_EQ(painted_as(job_of(halves(kRedInk, kSkin, kCoat)))(30, 30), kSkin);
}

TEST(TraceLines, ABlackDotInALineIsReportedAndStays) {
  PaintDrawing drawing = halves(kBlue, kCoat, kCoatShadow);
  for (int y = 30; y < 32; ++y)
    for (int x = 30; x < 32; ++x) drawing.source(x, y) = (*drawing.painted)(x, y) = kInk;
  drawing.lines = classify_lines(drawing.source);
  const auto result = paint(job_of(drawing), {.threads = {}, .margin = 0});
  ASSERT_TRUE(result);
  const PaintedDrawing& out = result->drawings[0];
  ASSERT_EQ(out.specks.size(), 1U);
  EXPECT_EQ(out.specks[0].area, 4);
  EXPECT_NEAR(out.specks[0].x, 31, 0.01);
  EXPECT_EQ(out.painted(30, 30), kInk);
  EXPECT_EQ(out.painted(30, 20), kCoatShadow);
  EXPECT_EQ(out.painted(30, 40), kCoatShadow);
  EXPECT_NE(out.judgement.verdict, Verdict::pass);
}

TEST(TraceLines, DustBesideALineIsNoDotInIt) {
  Raster page(40, 40, kPaper);
  for (int x = 5; x < 35; ++x) page(x, 20) = kBlue;
  page(20, 16) = kInk;
  EXPECT_TRUE(dots_in_traces(classify_lines(page), page).empty());
}

}  // namespace
}  // namespace nakawari
