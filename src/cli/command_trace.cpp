// nakawari trace: one drawing to strokes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "base/files.h"
#include "cli/shell.h"
#include "drawing/render.h"
#include "drawing/svg.h"
#include "image/picture_file.h"
#include "trace/trace.h"

namespace nakawari {
namespace {

struct Arguments {
  std::string drawing, out, render, report;
};

/// Below this share of lines found again within a pixel the tracing wants an eye; see docs/trace.md.
constexpr double kGoodTrace = 0.98;

Judgement judge(const TraceReport& report) {
  Judgement judgement{Verdict::pass, report.f1_1px, {}};
  if (report.rough)
    judgement.reasons.push_back({"rough", 0, 0, 0, "looks like a pencil rough rather than clean lines"});
  if (report.f1_1px < kGoodTrace)
    judgement.reasons.push_back(
        {"loss", 0, 0, 0, "the strokes, drawn again, are not the lines of the drawing"});
  if (!judgement.reasons.empty()) judgement.verdict = Verdict::look;
  return judgement;
}

Result<int> run(const Arguments& a) {
  for (const std::string& output : {a.out, a.render, a.report})
    if (auto spared = spare({a.drawing}, output); !spared) return Failure(std::move(spared.error()));
  const auto picture = read_picture(a.drawing);
  if (!picture) return Failure(picture.error());
  TraceReport report;
  auto drawing = trace(classify_lines(*picture), &report);
  if (!drawing) {
    drawing.error().where.file = a.drawing;
    return Failure(std::move(drawing.error()));
  }
  if (auto done = write_text(a.out, to_svg(*drawing)); !done) return Failure(std::move(done.error()));
  if (!a.render.empty())
    if (auto done = write_picture(a.render, to_raster(render_lines(*drawing))); !done)
      return Failure(std::move(done.error()));
  fmt::print("{}: {}\n", a.out, counted(drawing->strokes.size(), "stroke"));
  if (a.report.empty()) return kDone;
  const ReportedDrawing line{a.drawing,
                             -1,
                             judge(report),
                             {{"strokes", static_cast<double>(drawing->strokes.size())},
                              {"nodes", static_cast<double>(drawing->nodes.size())},
                              {"f1_1px", report.f1_1px},
                              {"unexplained", report.unexplained},
                              {"invented", report.invented},
                              {"regions_source", static_cast<double>(report.regions_source)},
                              {"regions_ours", static_cast<double>(report.regions_ours)}}};
  if (auto done = write_text(a.report, report_text("trace", {line}, {})); !done)
    return Failure(std::move(done.error()));
  return kDone;
}

}  // namespace

void add_trace(CLI::App& app, Shell& shell) {
  auto a = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("trace", "Turn the lines of a drawing into strokes (SVG)");
  command->add_option("DRAWING", a->drawing, "line drawing: PNG, TGA or TIFF")->required();
  command->add_option("--out", a->out, "the SVG to write")->required();
  command->add_option("--render", a->render, "also draw the strokes again into this picture, to compare");
  command->add_option("--report", a->report, "write how well the strokes explain the drawing (JSON)");
  command->footer(
      "Examples:\n  nakawari trace A0001.png --out A0001.svg\n"
      "  nakawari trace A0001.tga --out A0001.svg --render again.png --report trace.json");
  command->callback([a, &shell] { shell.run = [a] { return ended(run(*a)); }; });
}

}  // namespace nakawari
