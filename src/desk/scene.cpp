#include "desk/scene.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "desk/fix_json.h"

namespace nakawari {
namespace {

using nlohmann::json;

double rounded(double value) {
  constexpr double kDigits = 1e4;
  return std::round(value * kDigits) / kDigits;
}

json drawing_json(const SceneDrawing& d) {
  json out{{"stem", d.stem},
           {"name", d.sheet_name},
           {"state", word(d.state)},
           {"first", d.first_frame},
           {"frames", d.frames}};
  // A mixed face has no two keys.
  if (d.state == DrawingState::inbetween && d.from >= 0) {
    out["from"] = d.from;
    out["to"] = d.to;
    out["t"] = rounded(d.t);
  }
  if (!d.why.empty()) out["why"] = d.why;
  if (d.reference) out["reference"] = true;
  if (d.approved) out["approved"] = true;
  if (d.settling) out["settling"] = true;
  if (d.judging) out["judging"] = true;
  if (d.paint_stale) out["paintStale"] = true;
  if (!d.line.empty()) out["line"] = d.line;
  if (!d.paint.empty()) out["paint"] = d.paint;
  if (!d.fixes.empty()) out["fixes"] = d.fixes;
  if (!d.judged) return out;
  out["verdict"] = word(d.judgement.verdict);
  out["confidence"] = rounded(d.judgement.confidence);
  json reasons = json::array();
  for (const Reason& r : d.judgement.reasons)
    reasons.push_back({{"what", r.what},
                       {"at", {rounded(r.x), rounded(r.y)}},
                       {"size", rounded(r.size)},
                       {"text", r.text}});
  out["reasons"] = std::move(reasons);
  return out;
}

json cel_json(const SceneCel& cel) {
  json out{{"name", cel.name},          {"still", cel.still},     {"at", cel.at},
           {"drawings", json::array()}, {"fixes", json::array()}, {"lost", cel.lost},
           {"swatches", json::array()}};
  if (cel.still) out["image"] = cel.image;
  for (const SceneDrawing& drawing : cel.drawings) out["drawings"].push_back(drawing_json(drawing));
  for (const Fix& fix : cel.fixes) out["fixes"].push_back(json_of(fix));
  for (const Swatch& s : cel.swatches)
    out["swatches"].push_back(
        {{"name", s.name},
         {"part", s.part},
         {"colour", fmt::format("#{:02x}{:02x}{:02x}", s.colour.r, s.colour.g, s.colour.b)}});
  return out;
}

void add_job(json& out, const Scene& scene) {
  out["settled"] = scene.settled;
  out["job"] = {{"busy", scene.job.busy},
                {"step", scene.job.step},
                {"done", scene.job.done},
                {"total", scene.job.total},
                {"error", scene.job.error}};
}

std::string text_of(const json& out) {
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string scene_json(const Scene& scene) {
  json out{{"version", scene.version}, {"id", scene.id},         {"title", scene.title},
           {"fps", scene.fps},         {"frames", scene.frames}, {"size", {scene.width, scene.height}},
           {"sound", scene.sound},     {"video", scene.video},   {"cels", json::array()},
           {"speech", json::array()},  {"notes", json::array()}};
  for (const SceneCel& cel : scene.cels) out["cels"].push_back(cel_json(cel));
  for (const SceneSpeech& s : scene.speech)
    out["speech"].push_back(
        {{"first", s.first_frame}, {"frames", s.frames}, {"who", s.who}, {"words", s.words}});
  for (const Note& note : scene.notes)
    out["notes"].push_back({{"what", note.what}, {"text", note.text}, {"cel", note.where.cel}});
  add_job(out, scene);
  return text_of(out);
}

std::string job_json(const Scene& scene) {
  json out{{"version", scene.version}};
  add_job(out, scene);
  return text_of(out);
}

}  // namespace nakawari
