// nakawari new: a small cut that builds, to start from.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <numbers>

#include "base/files.h"
#include "cli/shell.h"
#include "cut/cut_file.h"
#include "cut/disk.h"
#include "drawing/render.h"
#include "image/components.h"
#include "image/picture_file.h"
#include "sheet/xdts.h"

namespace nakawari {
namespace {

constexpr int kWidth = 960, kHeight = 540;

const char* const kCutFile = R"([cut]
%ID%fps = 24
sheet = "sheet.xdts"

# Cels, bottom to top. A drawing that the sheet names and the folder lacks is drawn by the program.
[[cel]]
name = "A"
drawings = "A/A####"
)";

const char* const kCharts = R"(# Where the in-betweens lie between two keys.
[[chart]]
from = "1"
to = "5"
spacing = "ease-in-out"
)";

Stroke ring(Vec2 centre, double across, double down) {
  constexpr int kPoints = 160;
  constexpr float kLine = 3;
  Stroke stroke;
  for (int i = 0; i <= kPoints; ++i) {
    const double angle = 2 * std::numbers::pi * (i % kPoints) / kPoints;
    stroke.points.push_back(centre + Vec2{across * std::cos(angle), down * std::sin(angle)});
    stroke.widths.push_back(kLine);
  }
  return stroke;
}

/// A ball with an eye and a spot: round at the first key, lower and flatter at the second.
Drawing ball(Vec2 centre, double radius, double squash) {
  Drawing drawing;
  drawing.width = kWidth;
  drawing.height = kHeight;
  drawing.strokes = {ring(centre, radius * squash, radius / squash),
                     ring(centre + Vec2{0.35 * radius, -0.2 * radius}, 0.16 * radius, 0.22 * radius),
                     ring(centre + Vec2{-0.3 * radius, 0.3 * radius}, 0.24 * radius, 0.2 * radius)};
  for (Stroke& stroke : drawing.strokes) {
    stroke.start = stroke.end = static_cast<NodeId>(drawing.nodes.size());
    drawing.nodes.push_back({stroke.points.front(), {}});
  }
  link_nodes(drawing);
  return drawing;
}

/// Body, eye and spot filled, the ground clear.
Raster painted(const Raster& lines) {
  Mask paper(lines.width, lines.height);
  for (std::size_t i = 0; i < lines.data.size(); ++i) paper.data[i] = lines.data[i] == kPaper ? 1 : 0;
  const Components regions = connected_components(paper, Connectivity::four);
  constexpr Rgba8 kBody{244, 170, 90, 255}, kEye{60, 60, 70, 255}, kSpot{255, 210, 150, 255};
  int largest = 0;
  double rightmost = 0;
  for (const Component& c : regions.components) {
    if (c.touches_edge) continue;
    largest = std::max(largest, c.area);
    rightmost = std::max(rightmost, c.centre_x);
  }
  Raster cel = lines;
  for (std::size_t i = 0; i < cel.data.size(); ++i) {
    if (regions.label.data[i] == 0) continue;
    const Component& c = regions.components[static_cast<std::size_t>(regions.label.data[i] - 1)];
    cel.data[i] = c.touches_edge            ? kClear
                  : c.area == largest       ? kBody
                  : c.centre_x == rightmost ? kEye
                                            : kSpot;
  }
  return cel;
}

ExposureSheet sheet() {
  ExposureSheet sheet;
  sheet.name = "sheet";
  sheet.duration = 24;
  SheetTrack track;
  track.name = "A";
  const std::pair<int, const char*> stands[] = {{0, "1"}, {6, "2"}, {8, "3"}, {10, "4"}, {12, "5"}};
  for (const auto& [frame, name] : stands) track.entries.push_back({frame, Mark::text, name, {}, {}});
  track.entries.push_back({24, Mark::empty, {}, {}, {}});
  sheet.cels.push_back(std::move(track));
  return sheet;
}

Result<int> run(const std::string& folder) {
  const auto disk = real_disk();
  for (const char* name : {"cut.toml", "sheet.xdts", "A"})
    if (const std::string path = join_path(folder, name); disk->stamp(path).exists)
      return fail(ErrorCode::bad_input, "is there already; nothing was written", "choose another folder",
                  {.file = path});

  // Without an id a cut is called by its folder.
  const std::string id = file_name(folder.ends_with('/') ? folder.substr(0, folder.size() - 1) : folder);
  std::string cut = kCutFile;
  cut.replace(cut.find("%ID%"), 4, usual_cut_id(id) ? "id = \"" + id + "\"\n" : "");
  const Raster first = to_raster(render_lines(ball({300, 200}, 110, 1)));
  const Raster second = to_raster(render_lines(ball({420, 270}, 110, 1.08)));
  const auto at = [&](const char* name) { return join_path(folder, name); };
  for (auto done :
       {write_text(at("cut.toml"), cut), write_text(at("sheet.xdts"), write_xdts(sheet())),
        write_text(at("A/charts.toml"), kCharts), write_picture(at("A/A0001.png"), first),
        write_picture(at("A/A0005.png"), second), write_picture(at("A/paint/A0001.png"), painted(first))})
    if (!done) return Failure(std::move(done.error()));
  fmt::print("{}: two keys, a painted reference, a sheet and a chart. Next: nakawari build {}\n", folder,
             as_word(folder));
  return kDone;
}

}  // namespace

void add_new(CLI::App& app, Shell& shell) {
  auto folder = std::make_shared<std::string>();
  CLI::App* command =
      app.add_subcommand("new", "Start a cut: a small example that builds, to replace with your own");
  command->add_option("CUT", *folder, "folder to make; nothing that exists is written over")->required();
  command->footer("Examples:\n  nakawari new c001 && nakawari build c001");
  command->callback([folder, &shell] { shell.run = [folder] { return ended(run(*folder)); }; });
}

}  // namespace nakawari
