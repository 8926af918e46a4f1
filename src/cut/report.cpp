#include "cut/report.h"

#include <nlohmann/json.hpp>

#include "cut/embed.h"
#include "cut/report_page.h"

namespace nakawari {
namespace {

using nlohmann::ordered_json;

ordered_json drawing_json(const CelSummary& cel, const DrawingSummary& drawing) {
  ordered_json reasons = ordered_json::array();
  for (const Reason& reason : drawing.judgement.reasons)
    reasons.push_back({{"x", reason.x}, {"y", reason.y}, {"size", reason.size}, {"text", reason.text}});
  const bool key = drawing.state == DrawingState::key;
  return {{"cel", cel.name},
          {"name", drawing.name},
          {"key", key},
          {"from", drawing.from},
          {"to", drawing.to},
          {"t", drawing.t},
          {"why", drawing.why},
          {"frame", drawing.first_frame + 1},
          {"frames", drawing.frames},
          {"verdict",
           drawing.state == DrawingState::needs_key ? "draw" : std::string(word(drawing.judgement.verdict))},
          {"confidence", drawing.judgement.confidence},
          {"picture", drawing.line_picture},
          {"reasons", reasons},
          {"fixes", drawing.fixes}};
}

double figure(const HandCost& cost, const char* name, double usual) {
  const auto found = cost.values.find(name);
  return found == cost.values.end() ? usual : found->second;
}

/// JSON that may stand inside a <script>.
std::string embedded(const ordered_json& json) {
  return script_safe(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

}  // namespace

std::string report_html(const ReportInput& input) {
  const CutSummary& cut = input.summary;
  ordered_json page{{"id", cut.id},           {"title", cut.title},  {"fps", cut.fps},
                    {"frames", cut.frames},   {"width", cut.width},  {"height", cut.height},
                    {"program", cut.program}, {"at", input.frame_at}};
  page["drawings"] = ordered_json::array();
  int drawn = 0;
  int painted = 0;
  for (const CelSummary& cel : cut.cels) {
    for (const DrawingSummary& drawing : cel.drawings) {
      page["drawings"].push_back(drawing_json(cel, drawing));
      drawn += drawing.state == DrawingState::inbetween;
      painted += drawing.paint.has_value();
    }
  }
  page["notes"] = ordered_json::array();
  for (const Note& note : cut.notes)
    page["notes"].push_back((note.where.cel.empty() ? "" : note.where.cel + ": ") + note.text);
  page["hand"] = {
      {"drawn", drawn},
      {"painted", painted},
      {"minutes",
       drawn * figure(cut.cost, "douga_minutes", 27) + painted * figure(cut.cost, "paint_minutes", 0)},
      {"yen", drawn * figure(cut.cost, "douga_yen", 210) + painted * figure(cut.cost, "paint_yen", 200)}};
  page["pictures"] = ordered_json::object();
  for (const auto& [name, png] : input.pictures) page["pictures"][name] = png_uri(png);
  page["film"] = ordered_json::array();
  for (const auto& png : input.frames) page["film"].push_back(png_uri(png));
  return std::string(kReportHead) + embedded(page) + kReportTail;
}

std::string cost_script(const BuildCost& cost) {
  ordered_json page{{"seconds", cost.seconds}, {"cpu", cost.cpu_seconds}, {"mib", cost.peak_memory_mib}};
  page["steps"] = ordered_json::array();
  for (const StepCost& step : cost.steps)
    page["steps"].push_back({{"kind", step.kind},
                             {"ran", step.ran},
                             {"kept", step.kept},
                             {"seconds", step.seconds},
                             {"cpu", step.cpu_seconds}});
  return "const SPENT=" + embedded(page) + ";\n";
}

}  // namespace nakawari
