/// \file
/// A passage of a simple bust for the tests of the checks: seven drawings that move evenly, lines, paint and
/// colour model, of which the middle one can be replaced.
#pragma once

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "check/checks.h"
#include "check/tools.h"
#include "drawing/brush.h"
#include "drawing/render.h"
#include "match/test_drawings.h"
#include "paint/paint.h"

namespace nakawari::test {

inline constexpr Rgba8 kSkin{255, 224, 200, 255}, kSkinShadow{230, 180, 160, 255}, kWhite{250, 250, 252, 255},
    kIris{60, 120, 160, 255}, kShirt{90, 150, 90, 255}, kShirtShadow{60, 110, 60, 255},
    kButton{200, 60, 60, 255};

inline ColourModel model() {
  ColourModel m;
  m.variants = {"day", "night"};
  const auto add = [&](const char* name, const char* part, StyleRole role, Rgba8 day) {
    Style s;
    s.id = static_cast<StyleId>(m.styles.size()) + 1;
    s.name = name;
    s.part = part;
    s.role = role;
    s.colours["day"] = day;
    s.colours["night"] = {static_cast<std::uint8_t>(day.r / 2), static_cast<std::uint8_t>(day.g / 2),
                          static_cast<std::uint8_t>(day.b / 2 + 40), 255};
    m.styles.push_back(s);
  };
  add("skin", "skin", StyleRole::normal, kSkin);
  add("skin shadow", "skin", StyleRole::shadow, kSkinShadow);
  add("eye white", "eye white", StyleRole::normal, kWhite);
  add("iris", "iris", StyleRole::normal, kIris);
  add("shirt", "shirt", StyleRole::normal, kShirt);
  add("shirt shadow", "shirt", StyleRole::shadow, kShirtShadow);
  add("button", "button", StyleRole::normal, kButton);
  return m;
}

/// A bust of simple shapes, moved a little from drawing to drawing: head, eyes with irises, mouth, hair lines
/// with free ends, a shirt with two buttons and a shadow behind a blue line.
inline Drawing bust(Vec2 shift, float width = 3) {
  Sketch s(960, 720);
  const auto at = [&](double x, double y) { return Vec2{x + shift.x, y + shift.y}; };
  s.arc(at(480, 260), 150, 180, -90, 270, width);
  for (const double side : {-1.0, 1.0}) {
    s.arc(at(480 + side * 62, 250), 34, 24, 0, 360, width);
    s.arc(at(480 + side * 62, 250), 14, 16, 0, 360, width);
    s.line(at(480 + side * 62 - 30, 212), at(480 + side * 62 + 30, 208), width);
    for (int k = 0; k < 4; ++k)
      s.line(at(480 + side * (30 + 28 * k), 110 + 6 * k), at(480 + side * (40 + 30 * k), 180), width);
  }
  s.arc(at(480, 370), 30, 12, 10, 170, width);
  s.line(at(476, 290), at(470, 320), width);
  // The shirt: a closed box with two buttons.
  s.stroke({at(300, 470), at(660, 470)}, width).stroke({at(660, 470), at(700, 690)}, width);
  s.stroke({at(700, 690), at(260, 690)}, width).stroke({at(260, 690), at(300, 470)}, width);
  s.arc(at(470, 530), 10, 10, 0, 360, width).arc(at(470, 600), 10, 10, 0, 360, width);
  // A line from edge to edge of the shirt parts its shadow.
  s.stroke({at(560, 470), at(570, 690)}, 2);
  Drawing drawing = s.done();
  drawing.strokes.back().ink = Ink::blue;
  return drawing;
}

/// What bust() is painted with, by a place inside.
inline Raster paint_of(const Raster& lines, Vec2 shift) {
  Raster painted(lines.width, lines.height);
  for (std::size_t i = 0; i < lines.data.size(); ++i)
    if (lines.data[i] != kPaper) painted.data[i] = lines.data[i];
  const auto fill = [&](Vec2 at, Rgba8 colour) {
    std::vector<std::pair<int, int>> open{
        {static_cast<int>(at.x + shift.x), static_cast<int>(at.y + shift.y)}};
    while (!open.empty()) {
      const auto [x, y] = open.back();
      open.pop_back();
      if (!painted.contains(x, y) || painted(x, y).a != 0) continue;
      painted(x, y) = colour;
      for (const auto& [u, v] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) open.emplace_back(x + u, y + v);
    }
  };
  fill({480, 420}, kSkin);
  for (const double side : {-1.0, 1.0}) {
    fill({480 + side * 62, 250}, kIris);
    fill({480 + side * 62 - 25, 250}, kWhite);
  }
  fill({470, 530}, kButton);
  fill({470, 600}, kButton);
  fill({400, 560}, kShirt);
  fill({640, 560}, kShirtShadow);
  for (Rgba8& c : painted.data)
    if (c == ink_colour(Ink::blue)) c = kShirtShadow;
  return painted;
}

/// Seven drawings that move evenly; the middle one is the patient.
inline constexpr int kDrawings = 7, kPatient = 3;

inline Vec2 shift_of(int i) {
  return {3.0 * i, 1.0 * i};
}

inline CheckInput drawing_at(int i, const Drawing& strokes) {
  CheckInput input;
  input.name = "A000" + std::to_string(i + 1);
  input.source = to_raster(render_lines(strokes));
  input.painted = paint_of(input.source, shift_of(i));
  input.lines_approved = input.paint_approved = i % 2 == 0;
  input.first_frame = 2 * i;
  input.frames = 2;
  input.before = i - 1;
  input.after = i + 1 < kDrawings ? i + 1 : -1;
  return input;
}

inline CheckInput clean(int i) {
  return drawing_at(i, bust(shift_of(i)));
}

/// The passage, looked at once.
inline const CheckContext& passage() {
  static const CheckContext context = [] {
    CheckJob job;
    job.cel = "A";
    job.drawings = kDrawings;
    job.load = [](int i) -> Result<CheckInput> { return clean(i); };
    job.model = model();
    job.variant = "day";
    return look_at_cel(job, {}).value();
  }();
  return context;
}

/// The passage with another patient.
inline Outcome with(CheckInput patient, const char* check) {
  CheckContext context = passage();
  EXPECT_TRUE(replace_drawing(context, kPatient, std::move(patient)));
  Outcome outcome = run_checks(context, {{}, {check}});
  std::erase_if(outcome.findings, [](const Finding& f) { return f.drawing != kPatient; });
  return outcome;
}

inline testing::AssertionResult found_at(const Outcome& outcome, Vec2 at, double reach) {
  for (const Finding& f : outcome.findings)
    if (distance(f.at, at) <= reach) return testing::AssertionSuccess();
  auto result = testing::AssertionFailure() << outcome.findings.size() << " findings, none within " << reach
                                            << " of " << at.x << "," << at.y;
  for (const Finding& f : outcome.findings) result << "; " << f.text << " at " << f.at.x << "," << f.at.y;
  for (const NotJudged& n : outcome.not_judged)
    if (n.drawing == kPatient) result << "; not judged: " << n.why;
  return result;
}

inline Vec2 place(double x, double y) {
  return Vec2{x, y} + shift_of(kPatient);
}

inline void dab(Raster& painted, Vec2 at, Rgba8 colour, int w = 1, int h = 1) {
  for (int v = 0; v < h; ++v)
    for (int u = 0; u < w; ++u) painted(static_cast<int>(at.x) + u, static_cast<int>(at.y) + v) = colour;
}

inline void recolour(Raster& painted, Vec2 at, Rgba8 colour) {
  const Rgba8 was = painted(static_cast<int>(at.x), static_cast<int>(at.y));
  std::vector<std::pair<int, int>> open{{static_cast<int>(at.x), static_cast<int>(at.y)}};
  while (!open.empty()) {
    const auto [x, y] = open.back();
    open.pop_back();
    if (!painted.contains(x, y) || painted(x, y) != was) continue;
    painted(x, y) = colour;
    for (const auto& [u, v] : {std::pair{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) open.emplace_back(x + u, y + v);
  }
}

}  // namespace nakawari::test
