#include "cut/report_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "cut/composite.h"
#include "cut/report.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

constexpr const char* kCost = "out/report/cost.js";
/// Width of the embedded drawings, px, and how many different frames are shown: together below 15 MB.
constexpr int kDrawingWidth = 960;
constexpr std::size_t kMostFrames = 240;

/// A drawing that the page shows, as small as it shows it.
struct Shown {
  std::string path;
  Hash hash;
  Bytes png;
};

Result<std::vector<Shown>> drawings_of(BuildState& state) {
  std::vector<Shown> shown;
  for (const LoadedCel& cel : state.cut.cels) {
    if (cel.still() || !state.wanted(cel)) continue;
    for (const LoadedDrawing& drawing : cel.drawings) {
      if (!has_lines(drawing)) continue;
      const auto hash = line_hash(state, cel, drawing);
      if (!hash) return Failure(hash.error());
      shown.push_back({line_path(cel, drawing), *hash, {}});
    }
  }
  return shown;
}

Result<Bytes> small_png(BuildState& state, const Shown& drawing) {
  const auto bytes = read_input(state, drawing.path, drawing.hash);
  if (!bytes) return Failure(bytes.error());
  const auto picture = decode_picture(*bytes, state.at(drawing.path));
  if (!picture) return Failure(picture.error());
  return encode_picture(reduced(*picture, kDrawingWidth), PictureFormat::png);
}

Result<Produced> make_page(BuildState& state, const CutSummary& summary, std::vector<Shown>& shown) {
  ReportInput page;
  page.summary = summary;
  std::vector<std::optional<Error>> errors(shown.size());
  parallel_for(state.options.threads, shown.size(), [&](std::size_t i) {
    auto png = small_png(state, shown[i]);
    if (!png)
      errors[i] = std::move(png.error());
    else
      shown[i].png = std::move(*png);
  });
  for (const auto& error : errors)
    if (error) return Failure(*error);
  for (Shown& each : shown) page.pictures[each.path] = std::move(each.png);

  if (state.film.small.size() <= kMostFrames) {
    for (const std::string& path : state.film.small) {
      auto png = read_output(state, path);
      if (!png) return Failure(std::move(png.error()));
      page.frames.push_back(std::move(*png));
    }
    page.frame_at = state.film.at;
  }
  return Produced{shared_text(report_html(page))};
}

}  // namespace

Result<void> build_report(BuildState& state, const CutSummary& summary) {
  auto shown = drawings_of(state);
  if (!shown) return Failure(std::move(shown.error()));
  // The page without its pictures tells all else that it depends on.
  StepSpec spec{"report",
                {program_input(state), value_input("what it tells", report_html({summary, {}, {}, {}}))},
                {kReportPage}};
  for (const Shown& each : *shown) spec.inputs.push_back({each.path, each.hash});
  for (std::size_t i = 0; i < state.film.small.size(); ++i)
    spec.inputs.push_back({state.film.small[i], state.film.hashes[i]});
  std::string at;
  for (const int index : state.film.at) at += fmt::format("{} ", index);
  spec.inputs.push_back(value_input("the order of the frames", at));
  return state.stages.run("report", {{spec, [&] { return make_page(state, summary, *shown); }}},
                          {Threads{1}, {}});
}

Result<void> write_cost(BuildState& state, const BuildCost& cost) {
  return state.disk.write_text(state.at(kCost), cost_script(cost));
}

}  // namespace nakawari
