// Processor time of mixtures of a large face: 200 strokes, 12 samples, 1920x1080.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ctime>
#include <numbers>

#include "bench/face/face_talk.h"
#include "drawing/render.h"
#include "image/components.h"
#include "image/line_image.h"
#include "paint/made_paint.h"

namespace nakawari::bench {
namespace {

constexpr int kWidth = 1920, kHeight = 1080;
constexpr int kGroups = 8, kStrokes = 25, kSamples = 12, kMixtures = 40;

double processor_ms() {
  return 1000.0 * static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

/// Groups in two rows, each a grid of rings that every sample bends in its own way.
Drawing face_drawing(int sample) {
  Drawing drawing;
  drawing.width = kWidth;
  drawing.height = kHeight;
  drawing.kind = LineKind::two_value;
  for (int g = 0; g < kGroups; ++g)
    for (int s = 0; s < kStrokes; ++s) {
      const double phase = 0.7 * sample + g;
      const int row = g / 4, line = s / 5;
      const Vec2 middle{300 + 330.0 * (g % 4) + 46 * (s % 5) + 5 * std::sin(phase + s % 5),
                        250 + 380.0 * row + 46.0 * line + 6 * std::cos(phase)};
      const double rx = 17 + 2 * std::sin(phase), ry = 15 + 3 * std::cos(0.9 * phase);
      Stroke stroke;
      stroke.start = stroke.end = static_cast<NodeId>(drawing.nodes.size());
      for (int k = 0; k <= 48; ++k) {
        const double a = 2 * std::numbers::pi * (k % 48) / 48;
        stroke.points.push_back({middle.x + rx * std::cos(a), middle.y + ry * std::sin(a)});
      }
      stroke.widths.assign(stroke.points.size(), 3);
      drawing.nodes.push_back({stroke.points.front(), {}});
      drawing.strokes.push_back(std::move(stroke));
    }
  link_nodes(drawing);
  return drawing;
}

ExpressionSheet load_sheet() {
  ExpressionSheet sheet;
  sheet.file = "load";
  sheet.chin = {960, 900};
  sheet.brow = {960, 200};
  for (int g = 0; g < kGroups; ++g) {
    const int row = g / 4;
    const double x = 260 + 330.0 * (g % 4), y = 205 + 380.0 * row;
    sheet.parts.push_back({fmt::format("part {}", g),
                           PartKind::other,
                           "",
                           "",
                           {{x, y}, {x + 310, y}, {x + 310, y + 340}, {x, y + 340}}});
  }
  for (int k = 0; k < kSamples; ++k) {
    FaceSample sample;
    sample.name = fmt::format("e{}", k);
    if (k > 0) sample.at = {{sample.name, 1}};
    sample.pictures.push_back({"", sample.name, to_raster(render_lines(face_drawing(k)))});
    sheet.samples.push_back(std::move(sample));
  }
  return sheet;
}

/// Every region in one of three colours.
Raster painted(const Raster& lines) {
  Mask paper(lines.width, lines.height, 0);
  for (std::size_t i = 0; i < paper.data.size(); ++i) paper.data[i] = lines.data[i].r >= 128 ? 1 : 0;
  const Components regions = connected_components(paper, Connectivity::four);
  Raster result = lines;
  for (std::size_t i = 0; i < result.data.size(); ++i) {
    const int k = regions.label.data[i];
    if (k <= 1) continue;
    result.data[i] = k % 3 == 0   ? Rgba8{200, 120, 120, 255}
                     : k % 3 == 1 ? Rgba8{120, 200, 120, 255}
                                  : Rgba8{120, 120, 200, 255};
  }
  return result;
}

}  // namespace

Result<std::string> load_text() {
  ExpressionSheet sheet = load_sheet();
  if (auto done = complete(sheet); !done) return Failure(done.error());
  double start = processor_ms();
  auto face = Face::make(sheet, {FacePaths::turning, true, {1}});
  if (!face) return Failure(face.error());
  const double made = processor_ms() - start;
  const auto mixture = [](int k) {
    return Mixture{{"e1", 0.2 + 0.01 * (k % 20)}, {"e2", 0.3}, {"e3", 0.1 + 0.01 * (k % 7)}};
  };
  start = processor_ms();
  if (auto first = face->at(mixture(0)); !first) return Failure(first.error());
  const double first = processor_ms() - start;

  start = processor_ms();
  MadePainter painter;
  for (int k = 0; k < kSamples; ++k)
    if (auto done = painter.add(face->picture(k), painted(face->picture(k))); !done)
      return Failure(done.error());
  const double keys = processor_ms() - start;

  std::vector<double> blends, whole, paints;
  std::size_t strokes = 0;
  int asked = 0;
  for (int k = 0; k < kMixtures; ++k) {
    start = processor_ms();
    const auto strokes_only = face->strokes(mixture(k));
    blends.push_back(processor_ms() - start);
    if (!strokes_only) return Failure(strokes_only.error());
    start = processor_ms();
    auto drawing = face->at(mixture(k));
    whole.push_back(processor_ms() - start);
    if (!drawing) return Failure(drawing.error());
    strokes = drawing->blended.strokes.size();
    asked += drawing->judgement.verdict == Verdict::draw ? 1 : 0;
    start = processor_ms();
    const auto paint = painter.paint(drawing->lines, drawing->anchors, drawing->base);
    if (!paint) return Failure(paint.error());
    paints.push_back(processor_ms() - start);
  }
  return fmt::format(
      "{} strokes blended of {} samples, {} of {} asked for; processor time, one thread: sheet {:.0f} ms, "
      "painted drawings {:.0f} ms, "
      "first mixture {:.0f} ms, then (median) strokes {:.1f} ms, with lines {:.1f} ms, paint {:.1f} ms\n",
      strokes, kSamples, asked, kMixtures, made, keys, first, median(blends), median(whole), median(paints));
}

}  // namespace nakawari::bench
