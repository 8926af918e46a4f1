// Traces every drawing that is named on the command line and prints how well the strokes explain it, one
// line a drawing and a summary. For work on the tracing module; the benchmark program stands in bench/.
//
//   trace_measure [--out DIR] [--places DIR] [--quiet] PICTURE...
//
// With --out, the re-rendered drawing and its SVG are written for every picture. With --places, every place
// where the topology differs is written enlarged: the source, ours, and both (red: only the source has ink;
// blue: only ours has).

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "drawing/render.h"
#include "drawing/svg.h"
#include "image/picture_file.h"
#include "trace/topology.h"
#include "trace/trace.h"

namespace {

using namespace nakawari;

struct Row {
  std::string name;
  TraceReport report;
  double seconds = 0;
  std::size_t strokes = 0;
};

void write_pictures(const std::filesystem::path& out, const std::string& path, const Drawing& drawing) {
  const std::filesystem::path source(path);
  const std::filesystem::path base =
      out / (source.parent_path().parent_path().filename().string() + "_" +
             source.parent_path().filename().string() + "_" + source.stem().string());
  if (!write_picture(base.string() + ".png", to_raster(render_lines(drawing))))
    std::fprintf(stderr, "cannot write\n");
  std::ofstream(base.string() + ".svg") << to_svg(drawing);
}

/// Square cut-outs of this many pixels, each pixel drawn this large.
constexpr int kCut = 40, kZoom = 12;

/// Source, ours and both side by side, around a pixel.
Raster cut_out(const Mask& source, const Mask& ours, int x, int y) {
  Raster out(3 * kCut * kZoom, kCut * kZoom, kPaper);
  for (int v = 0; v < out.height; ++v)
    for (int u = 0; u < out.width; ++u) {
      const int panel = u / (kCut * kZoom);
      const int px = x - kCut / 2 + u % (kCut * kZoom) / kZoom, py = y - kCut / 2 + v / kZoom;
      if (u % (kCut * kZoom) == 0 || !source.contains(px, py)) {
        out(u, v) = {128, 128, 128, 255};
        continue;
      }
      const bool a = source(px, py) != 0, b = ours(px, py) != 0;
      const bool black = panel == 0 ? a : panel == 1 ? b : a && b;
      if (black) out(u, v) = {0, 0, 0, 255};
      if (panel == 2 && a != b) out(u, v) = a ? Rgba8{255, 0, 0, 255} : Rgba8{0, 0, 255, 255};
    }
  return out;
}

/// Writes the places where topology differs, one picture for those within a few pixels of each other.
void write_places(const std::filesystem::path& out, const std::string& path, const LineImage& lines,
                  Drawing drawing) {
  drawing.kind = LineKind::two_value;
  const Mask source = core_mask(lines), ours = core_mask(render_lines(drawing));
  std::vector<std::int32_t> shown;
  for (const std::int32_t p : tracing::topology_differences(source, ours)) {
    const int x = p % source.width, y = p / source.width;
    const bool known = std::any_of(shown.begin(), shown.end(), [&](std::int32_t q) {
      return std::abs(q % source.width - x) < kCut / 4 && std::abs(q / source.width - y) < kCut / 4;
    });
    if (known) continue;
    shown.push_back(p);
    const std::filesystem::path picture(path);
    const std::string name = picture.parent_path().parent_path().filename().string() + "_" +
                             picture.parent_path().filename().string() + "_" + picture.stem().string() + "_" +
                             std::to_string(x) + "_" + std::to_string(y) + ".png";
    if (!write_picture((out / name).string(), cut_out(source, ours, x, y)))
      std::fprintf(stderr, "cannot write\n");
  }
}

void summarise(const std::vector<Row>& rows) {
  double f1 = 0, worst = 1, invented = 0, unexplained = 0, seconds = 0, most_invented = 0;
  int equal = 0;
  for (const Row& r : rows) {
    f1 += r.report.f1_1px;
    worst = std::min(worst, r.report.f1_1px);
    invented += r.report.invented;
    most_invented = std::max(most_invented, r.report.invented);
    unexplained += r.report.unexplained;
    seconds += r.seconds;
    equal += r.report.regions_ours == r.report.regions_source;
  }
  const auto n = static_cast<double>(rows.size());
  std::printf(
      "%zu drawings: F1@1px mean %.5f worst %.5f, regions equal %.2f %%, invented mean %.4f %% worst %.4f "
      "%%, "
      "unexplained mean %.4f %%, %.3f s a drawing\n",
      rows.size(), f1 / n, worst, 100 * equal / n, 100 * invented / n, 100 * most_invented,
      100 * unexplained / n, seconds / n);
}

}  // namespace

int main(int argc, char** argv) {
  std::filesystem::path out, places;
  bool quiet = false;
  std::vector<Row> rows;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--quiet") {
      quiet = true;
      continue;
    }
    if (word == "--out" && i + 1 < argc) {
      out = argv[++i];
      std::filesystem::create_directories(out);
      continue;
    }
    if (word == "--places" && i + 1 < argc) {
      places = argv[++i];
      std::filesystem::create_directories(places);
      continue;
    }
    const Result<Raster> picture = read_picture(word);
    if (!picture) {
      std::fprintf(stderr, "%s\n", picture.error().one_line().c_str());
      return 2;
    }
    const LineImage lines = classify_lines(*picture);
    Row row;
    row.name = word;
    const auto before = std::chrono::steady_clock::now();
    Result<Drawing> drawing = trace(lines);
    row.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
    drawing = trace(lines, &row.report);
    if (!drawing) {
      std::fprintf(stderr, "%s\n", drawing.error().one_line().c_str());
      return 2;
    }
    row.strokes = drawing->strokes.size();
    if (!out.empty()) write_pictures(out, word, *drawing);
    if (!places.empty()) write_places(places, word, lines, *drawing);
    if (!quiet)
      std::printf("%s F1 %.5f invented %.5f unexplained %.5f regions %d %d%s strokes %zu %.3f s%s\n",
                  word.c_str(), row.report.f1_1px, row.report.invented, row.report.unexplained,
                  row.report.regions_source, row.report.regions_ours,
                  row.report.regions_ours == row.report.regions_source ? "" : " DIFFER", row.strokes,
                  row.seconds, row.report.rough ? " rough" : "");
    rows.push_back(row);
  }
  if (!rows.empty()) summarise(rows);
  return 0;
}
