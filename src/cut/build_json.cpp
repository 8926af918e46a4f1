// The machine-readable forms of a build. Fields are added, never renamed.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cut/build.h"

namespace nakawari {
namespace {

using nlohmann::ordered_json;

std::string dump(const ordered_json& page) {
  // Names of files need not be UTF-8; what is not becomes a replacement character instead of an exception.
  return page.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

/// Numbers as a person would write them, so that pages do not change with the last bit.
double rounded(double value) {
  constexpr double kDigits = 1e4;
  return std::round(value * kDigits) / kDigits;
}

ordered_json reasons_json(const Judgement& judgement) {
  ordered_json list = ordered_json::array();
  for (const Reason& reason : judgement.reasons)
    list.push_back({{"what", reason.what},
                    {"at", {rounded(reason.x), rounded(reason.y)}},
                    {"size", rounded(reason.size)},
                    {"text", reason.text}});
  return list;
}

void add_judgement(ordered_json& entry, const Judgement& judgement) {
  entry["verdict"] = word(judgement.verdict);
  entry["confidence"] = rounded(judgement.confidence);
  entry["reasons"] = reasons_json(judgement);
}

ordered_json drawing_json(const DrawingSummary& drawing) {
  ordered_json entry{{"name", drawing.name}, {"t", nullptr}};
  if (drawing.state == DrawingState::inbetween) entry["t"] = rounded(drawing.t);
  add_judgement(entry, drawing.judgement);
  entry["state"] = word(drawing.state);
  entry["sheet_name"] = drawing.sheet_name;
  entry["first_frame"] = drawing.first_frame + 1;
  entry["frames"] = drawing.frames;
  if (!drawing.from.empty()) entry["keys"] = {drawing.from, drawing.to};
  if (!drawing.why.empty()) entry["why"] = drawing.why;
  if (drawing.reference) entry["reference"] = true;
  if (!drawing.fixes.empty()) entry["fixes"] = drawing.fixes;
  for (const auto& [name, value] : {std::pair("line", &drawing.line), {"paint", &drawing.paint}}) {
    if (!*value) continue;
    ordered_json part;
    part["verdict"] = word((*value)->verdict);
    part["confidence"] = rounded((*value)->confidence);
    entry[name] = std::move(part);
  }
  ordered_json files;
  for (const auto& [name, path] : {std::pair("line", &drawing.line_picture),
                                   {"svg", &drawing.svg},
                                   {"painted", &drawing.painted},
                                   {"provenance", &drawing.provenance}})
    if (!path->empty()) files[name] = *path;
  if (!files.empty()) entry["files"] = std::move(files);
  return entry;
}

ordered_json cel_json(const CelSummary& cel) {
  ordered_json page{{"version", 1}, {"cel", cel.name}, {"drawings", ordered_json::array()}};
  for (const DrawingSummary& drawing : cel.drawings) page["drawings"].push_back(drawing_json(drawing));
  if (!cel.lost_fixes.empty()) page["lost_fixes"] = cel.lost_fixes;
  return page;
}

ordered_json note_json(const Note& note) {
  ordered_json entry{{"what", note.what}, {"text", note.text}};
  if (!note.where.file.empty()) entry["file"] = note.where.file;
  if (!note.where.cel.empty()) entry["cel"] = note.where.cel;
  if (!note.where.drawing.empty()) entry["drawing"] = note.where.drawing;
  if (note.where.line >= 0) entry["line"] = note.where.line;
  if (note.where.frame >= 0) entry["frame"] = note.where.frame;
  return entry;
}

}  // namespace

std::string verdicts_json(const CelSummary& cel) {
  return dump(cel_json(cel));
}

std::string summary_json(const BuildResult& result) {
  const CutSummary& s = result.summary;
  ordered_json page{{"version", 1}, {"program", s.program}, {"cut", s.id},
                    {"fps", s.fps}, {"frames", s.frames},   {"size", {s.width, s.height}}};
  page["video"] = s.video.empty() ? ordered_json() : ordered_json(s.video);
  page["steps"] = {{"ran", result.ran}, {"kept", result.kept}};
  page["seconds"] = rounded(result.cost.seconds);
  page["cpu_seconds"] = rounded(result.cost.cpu_seconds);
  page["peak_memory_mib"] = rounded(result.cost.peak_memory_mib);
  page["stages"] = ordered_json::array();
  for (const StepCost& step : result.cost.steps)
    page["stages"].push_back({{"kind", step.kind},
                              {"ran", step.ran},
                              {"kept", step.kept},
                              {"seconds", rounded(step.seconds)},
                              {"cpu_seconds", rounded(step.cpu_seconds)}});
  page["drawings"] = ordered_json::array();
  for (const CelSummary& cel : s.cels)
    for (const DrawingSummary& drawing : cel.drawings) {
      ordered_json entry = drawing_json(drawing);
      entry["cel"] = cel.name;
      page["drawings"].push_back(std::move(entry));
    }
  page["paint_changes"] = ordered_json::array();
  for (const PaintChange& change : result.paint_changes) {
    const auto style = [](const std::string& name) {
      return name.empty() ? ordered_json() : ordered_json(name);
    };
    ordered_json entry{
        {"cel", change.cel},   {"drawing", change.drawing},      {"at", {change.x, change.y}},
        {"area", change.area}, {"before", style(change.before)}, {"after", style(change.after)}};
    if (!change.fix.empty()) entry["fix"] = change.fix;
    page["paint_changes"].push_back(std::move(entry));
  }
  page["notes"] = ordered_json::array();
  for (const Report* notes : {&s.notes, &result.trouble})
    for (const Note& note : *notes) page["notes"].push_back(note_json(note));
  return dump(page);
}

}  // namespace nakawari
