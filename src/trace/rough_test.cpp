// Pencil roughs, drawn here from known lines: several passes that stray, pressure, grain, faint construction
// lines, shaded paper.
#include "trace/rough.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <numbers>
#include <random>

#include <gtest/gtest.h>

#include "drawing/render.h"
#include "image/distance.h"
#include "image/picture_file.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

using Line = std::vector<Vec2>;

Line arc(Vec2 centre, Vec2 radii, double from, double to) {
  Line line;
  for (int i = 0; i <= 80; ++i) {
    const double a = (from + (to - from) * i / 80) * std::numbers::pi / 180;
    line.push_back({centre.x + radii.x * std::cos(a), centre.y + radii.y * std::sin(a)});
  }
  return line;
}

/// A head: outline, eyes, nose, mouth, hair.
std::vector<Line> head() {
  return {arc({200, 190}, {110, 140}, 0, 360),  arc({155, 190}, {28, 18}, 170, 370),
          arc({245, 190}, {28, 18}, 170, 370),  arc({200, 260}, {34, 16}, 10, 170),
          {{200, 205}, {190, 235}, {203, 238}}, arc({200, 120}, {125, 80}, 180, 360),
          {{110, 120}, {150, 60}, {160, 130}},  {{240, 130}, {262, 62}, {292, 125}}};
}

LineImage clean(const std::vector<Line>& lines, double width) {
  Drawing d;
  d.width = d.height = 400;
  for (const Line& line : lines) {
    Stroke s;
    s.points = line;
    s.widths.assign(line.size(), static_cast<float>(width));
    d.strokes.push_back(std::move(s));
  }
  return render_lines(d);
}

/// The same lines in pencil.
LineImage pencil(const std::vector<Line>& lines, unsigned seed) {
  std::mt19937 random(seed);
  const auto uniform = [&](double a, double b) {
    return a + (b - a) * static_cast<double>(random() % 10000U) / 10000.0;
  };
  Grid<float> dark(400, 400, 0);
  const auto pass = [&](const Line& line, double pressure, double stray) {
    Drawing d;
    d.width = d.height = 400;
    d.kind = LineKind::antialiased;
    Stroke s;
    const Vec2 off{uniform(-stray, stray), uniform(-stray, stray)};
    const double wave = uniform(0, 6), length = uniform(0.02, 0.06);
    for (std::size_t i = 0; i < line.size(); ++i) {
      const double k = std::sin(wave + length * static_cast<double>(i) * 4) * stray / 2;
      s.points.push_back(line[i] + off + Vec2{k, -k});
      s.widths.push_back(static_cast<float>(uniform(1.8, 2.6)));
    }
    d.strokes.push_back(std::move(s));
    const LineImage drawn = render_lines(d);
    for (std::size_t i = 0; i < dark.data.size(); ++i)
      dark.data[i] += static_cast<float>(pressure * drawn.coverage.data[i] / 255.0 * uniform(0.45, 1));
  };
  for (const Line& line : lines)
    for (int k = 0; k < 3; ++k) pass(line, uniform(0.3, 0.5), 0.8);
  pass({{200, 20}, {200, 380}}, 0.07, 1);  // construction lines
  pass({{40, 190}, {360, 190}}, 0.07, 1);
  LineImage out;
  out.kind = LineKind::antialiased;
  out.coverage = Grid<std::uint8_t>(400, 400, 0);
  out.ink = Grid<Ink>(400, 400, Ink::none);
  for (int y = 0; y < 400; ++y)
    for (int x = 0; x < 400; ++x) {
      const double paper = 8 + 0.06 * x + uniform(0, 14);
      const double c = paper + std::min(0.85F, dark(x, y)) * (255 - paper);
      out.coverage(x, y) = static_cast<std::uint8_t>(c < 6 ? 0 : c);
      out.ink(x, y) = out.coverage(x, y) ? Ink::black : Ink::none;
    }
  return out;
}

/// Share of a mask's thin lines that have the other's within a distance.
double covered(const LineImage& what, const LineImage& by, float within) {
  const Mask ink = core_mask(what);
  const Grid<float> far = distance_to(core_mask(by));
  std::size_t all = 0, near = 0;
  for (std::size_t i = 0; i < ink.data.size(); ++i) {
    if (!ink.data[i]) continue;
    ++all;
    near += far.data[i] <= within;
  }
  return all ? static_cast<double>(near) / static_cast<double>(all) : 1;
}

TEST(Rough, APencilDrawingIsTracedAndSaysSo) {
  const std::vector<Line> lines = head();
  for (const unsigned seed : {1U, 2U, 3U}) {
    const LineImage rough = pencil(lines, seed);
    TraceReport report;
    const Result<Drawing> drawing = trace(rough, &report);
    ASSERT_TRUE(drawing);
    EXPECT_TRUE(report.rough);
    Drawing hard = *drawing;
    EXPECT_EQ(hard.kind, LineKind::antialiased);
    hard.kind = LineKind::two_value;
    const LineImage again = render_lines(hard), truth = clean(lines, 1);
    EXPECT_GE(covered(truth, again, 2), 0.97) << seed;  // nothing drawn is lost
    EXPECT_GE(covered(again, truth, 4), 0.95) << seed;  // nothing is invented
    // Eight lines that cross about as often: not a bundle of hairs.
    EXPECT_LE(drawing->strokes.size(), 60U) << seed;
    if (const char* folder = std::getenv("NAKAWARI_LOOK")) {
      const std::string base = std::string(folder) + "/rough" + std::to_string(seed);
      EXPECT_TRUE(write_picture(base + "_pencil.png", to_raster(rough)));
      EXPECT_TRUE(write_picture(base + "_traced.png", to_raster(again)));
    }
  }
}

TEST(Rough, CleanLinesAreNot) {
  for (const double width : {0.8, 1.2, 2.0, 3.0}) {
    LineImage lines = clean(head(), width);
    EXPECT_FALSE(tracing::looks_rough(lines)) << width;
    Drawing d;
    d.width = d.height = 400;
    d.kind = LineKind::antialiased;
    for (const Line& line : head()) {
      Stroke s;
      s.points = line;
      s.widths.assign(line.size(), static_cast<float>(width));
      d.strokes.push_back(std::move(s));
    }
    EXPECT_FALSE(tracing::looks_rough(render_lines(d))) << width;
  }
}

TEST(Rough, EmptyShadedPaperHasFewLines) {
  const LineImage paper = pencil({}, 5);
  const Result<Drawing> drawing = trace(paper);
  ASSERT_TRUE(drawing);
  EXPECT_LE(drawing->strokes.size(), 30U);
}

}  // namespace
}  // namespace nakawari
