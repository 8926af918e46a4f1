#include "cut/check_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "check/checks.h"
#include "cut/check_page.h"
#include "cut/embed.h"
#include "image/picture_file.h"

namespace nakawari {
namespace {

using nlohmann::ordered_json;

/// Findings with pictures on one page; more nobody works through at one sitting, and the page would not open.
constexpr std::size_t kMostPictures = 150;
constexpr int kCropSide = 300;     // px of an embedded crop
constexpr int kDrawingSide = 520;  // px of an embedded drawing

double rounded(double value) {
  return std::round(value * 1e4) / 1e4;
}

ordered_json finding_json(const CutFinding& f) {
  return {{"cel", f.cel},
          {"drawing", f.drawing},
          {"first_frame", f.first_frame + 1},
          {"frames", f.frames},
          {"check", f.finding.check},
          {"part", f.finding.part},
          {"value", rounded(f.finding.value)},
          {"reference", rounded(f.finding.reference)},
          {"threshold", rounded(f.finding.threshold)},
          {"unit", f.finding.unit},
          {"level", word(f.finding.level)},
          {"severity", word(f.severity)},
          {"confidence", rounded(f.finding.confidence)},
          {"state", word(f.state)},
          {"by", f.by},
          {"at", ordered_json::array({rounded(f.finding.at.x), rounded(f.finding.at.y)})},
          {"size", rounded(f.finding.size)},
          {"text", f.finding.text}};
}

std::string dumped(const ordered_json& json, int indent) {
  return json.dump(indent, ' ', false, ordered_json::error_handler_t::replace);
}

std::string csv_field(const std::string& text) {
  // A field that a spreadsheet would take for a formula is shown as text.
  std::string safe =
      !text.empty() && std::string("=+-@").find(text[0]) != std::string::npos ? "'" + text : text;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char c : safe) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

/// Paint with its lines, or the lines alone.
std::optional<Raster> shown(const Disk& disk, const CutCheck& check, const CheckedDrawing& drawing) {
  const std::string& path = drawing.painted.empty() ? drawing.lines : drawing.painted;
  const auto file = read_stable(disk, join_path(check.folder, path));
  if (!file) return std::nullopt;
  auto picture = decode_picture(file->bytes, path);
  if (!picture) return std::nullopt;
  return std::move(*picture);
}

std::string crop_uri(const Raster& picture, double x, double y, double side, int most) {
  const auto png = encode_picture(cut_out(picture, x, y, side, most), PictureFormat::png);
  return png ? png_uri(*png) : std::string();
}

int index_of(const CutCheck& check, const CutFinding& f) {
  for (std::size_t i = 0; i < check.drawings.size(); ++i)
    if (check.drawings[i].cel == f.cel && check.drawings[i].name == f.drawing) return static_cast<int>(i);
  return -1;
}

}  // namespace

std::string check_json(const CutCheck& check) {
  ordered_json page{{"version", 1},           {"program", "nakawari " NAKAWARI_VERSION},
                    {"command", "check"},     {"cut", check.id},
                    {"frames", check.frames}, {"width", check.width},
                    {"height", check.height}};
  page["drawings"] = ordered_json::array();
  for (const CheckedDrawing& d : check.drawings) {
    ordered_json reasons = ordered_json::array();
    for (const Reason& r : d.judgement.reasons)
      reasons.push_back({{"what", r.what},
                         {"at", ordered_json::array({rounded(r.x), rounded(r.y)})},
                         {"size", rounded(r.size)},
                         {"text", r.text}});
    page["drawings"].push_back({{"name", d.name},
                                {"t", nullptr},
                                {"cel", d.cel},
                                {"by", d.by_program ? "program" : "artist"},
                                {"approved", d.approved},
                                {"first_frame", d.first_frame + 1},
                                {"frames", d.frames},
                                {"verdict", std::string(word(d.judgement.verdict))},
                                {"confidence", rounded(d.judgement.confidence)},
                                {"reasons", std::move(reasons)}});
  }
  page["findings"] = ordered_json::array();
  for (const CutFinding& f : check.findings) page["findings"].push_back(finding_json(f));
  page["fixed"] = ordered_json::array();
  for (const CutFinding& f : check.fixed) page["fixed"].push_back(finding_json(f));
  page["not_judged"] = ordered_json::object();
  page["style"] = ordered_json::object();
  for (const CheckedCel& cel : check.cels) {
    page["not_judged"][cel.name] = cel.not_judged;
    ordered_json figures = ordered_json::object();
    for (const auto& [name, f] : cel.style.figures)
      figures[name] = {{"median", rounded(f.median)}, {"mad", rounded(f.mad)}, {"count", f.count}};
    page["style"][cel.name] = {
        {"profile", cel.profile}, {"drawings", cel.style.drawings}, {"figures", figures}};
  }
  page["notes"] = ordered_json::array();
  for (const Note& note : check.notes)
    page["notes"].push_back({{"what", note.what}, {"text", note.text}, {"cel", note.where.cel}});
  return dumped(page, 1) + "\n";
}

std::string retake_csv(const std::vector<const CutCheck*>& checks) {
  std::string text =
      "\xEF\xBB\xBF"
      "cut,cel,drawing,first_frame,frames,check,level,severity,value,unit,reference,threshold,x,y,text\r\n";
  for (const CutCheck* check : checks)
    for (const CutFinding& f : check->findings) {
      if (f.state != FindingState::open) continue;
      text += fmt::format("{},{},{},{},{},{},{},{},{:.6g},{},{:.6g},{:.6g},{:.0f},{:.0f},{}\r\n",
                          csv_field(check->id), csv_field(f.cel), csv_field(f.drawing), f.first_frame + 1,
                          f.frames, f.finding.check, word(f.finding.level), word(f.severity), f.finding.value,
                          csv_field(f.finding.unit), f.finding.reference, f.finding.threshold, f.finding.at.x,
                          f.finding.at.y, csv_field(f.finding.text));
    }
  return text;
}

std::vector<std::pair<std::string, std::string>> cut_pictures(const Disk& disk, const CutCheck& check) {
  constexpr int kSide = 560;
  std::vector<const CheckedDrawing*> approved, faces;
  for (const CheckedDrawing& d : check.drawings) {
    if (!d.approved) continue;
    approved.push_back(&d);
    if (d.face_size > 0) faces.push_back(&d);
  }
  if (!faces.empty()) approved = faces;
  if (approved.empty()) return {};
  const CheckedDrawing& d = *approved[approved.size() / 2];
  const auto picture = shown(disk, check, d);
  if (!picture) return {};
  std::vector<std::pair<std::string, std::string>> list;
  const std::string name = d.cel + " / " + d.name;
  list.emplace_back(name, crop_uri(*picture, check.width / 2.0, check.height / 2.0,
                                   std::max(check.width, check.height), kSide));
  if (d.face_size > 0)
    list.emplace_back(name + ", face", crop_uri(*picture, d.face.x, d.face.y, d.face_size, kSide));
  return list;
}

void compare_with_earlier(CutCheck& check, const std::string& json) {
  const auto earlier = ordered_json::parse(json, nullptr, false);
  if (!earlier.is_object() || !earlier.contains("findings") || !earlier["findings"].is_array()) return;
  for (const auto& entry : earlier["findings"]) {
    try {
      if (entry.at("state") != "open") continue;
      CutFinding f;
      f.cel = entry.at("cel").get<std::string>();
      f.drawing = entry.at("drawing").get<std::string>();
      f.first_frame = entry.at("first_frame").get<int>() - 1;
      f.frames = entry.at("frames").get<int>();
      f.finding.check = entry.at("check").get<std::string>();
      if (!check.only.empty() && std::count(check.only.begin(), check.only.end(), f.finding.check) == 0)
        continue;
      f.finding.at = {entry.at("at").at(0).get<double>(), entry.at("at").at(1).get<double>()};
      f.finding.size = entry.at("size").get<double>();
      f.finding.value = entry.at("value").get<double>();
      f.finding.unit = entry.at("unit").get<std::string>();
      f.finding.text = entry.at("text").get<std::string>();
      f.state = FindingState::fixed;
      const bool still =
          std::any_of(check.findings.begin(), check.findings.end(), [&](const CutFinding& now) {
            return now.cel == f.cel && now.drawing == f.drawing && now.finding.check == f.finding.check &&
                   distance(now.finding.at, f.finding.at) <= std::max(40.0, f.finding.size / 2);
          });
      if (!still) check.fixed.push_back(std::move(f));
    } catch (const nlohmann::json::exception&) {
      continue;  // of another version, or changed by hand
    }
  }
}

std::string check_html(const Disk& disk, const CutCheck& check) {
  ordered_json page{{"id", check.id},
                    {"fps", check.fps},
                    {"width", check.width},
                    {"height", check.height},
                    {"checks", ordered_json::object()},
                    {"drawings", ordered_json::array()},
                    {"findings", ordered_json::array()},
                    {"notes", ordered_json::array()}};
  for (const Check& c : all_checks()) page["checks"][c.name] = {{"ja", c.japanese}, {"about", c.about}};
  const double scale = std::max(check.width, check.height) / 1920.0;

  // Which findings get pictures, and which drawings these need. One drawing is decoded at a time.
  const std::size_t pictured = std::min(kMostPictures, check.findings.size());
  std::vector<ordered_json> entries;
  std::vector<std::vector<std::pair<std::size_t, const char*>>> wanted(check.drawings.size());
  std::set<int> whole;
  for (std::size_t k = 0; k < check.findings.size(); ++k) {
    entries.push_back(finding_json(check.findings[k]));
    if (k >= pictured) continue;
    const int i = index_of(check, check.findings[k]);
    if (i < 0) continue;
    const CheckedDrawing& d = check.drawings[static_cast<std::size_t>(i)];
    wanted[static_cast<std::size_t>(i)].emplace_back(k, "now");
    if (d.before >= 0) wanted[static_cast<std::size_t>(d.before)].emplace_back(k, "before");
    if (d.after >= 0) wanted[static_cast<std::size_t>(d.after)].emplace_back(k, "after");
    whole.insert(i);
  }
  for (std::size_t i = 0; i < check.drawings.size(); ++i) {
    const CheckedDrawing& d = check.drawings[i];
    ordered_json drawing{{"cel", d.cel},
                         {"name", d.name},
                         {"by", d.by_program ? "program" : "artist"},
                         {"frame", d.first_frame + 1},
                         {"frames", d.frames},
                         {"picture", ""}};
    if (!wanted[i].empty()) {
      if (const auto picture = shown(disk, check, d)) {
        for (const auto& [k, name] : wanted[i]) {
          const Finding& f = check.findings[k].finding;
          const double side = f.size <= 0 ? std::max(check.width, check.height)
                                          : std::clamp(2.2 * f.size, 220 * scale, 1.0 * check.height);
          const Vec2 at = f.size <= 0 ? Vec2{check.width / 2.0, check.height / 2.0} : f.at;
          entries[k][name] = crop_uri(*picture, at.x, at.y, side, kCropSide);
          entries[k]["side"] = rounded(side);
        }
        if (whole.count(static_cast<int>(i)) > 0)
          drawing["picture"] = crop_uri(*picture, check.width / 2.0, check.height / 2.0,
                                        std::max(check.width, check.height), kDrawingSide);
      }
    }
    page["drawings"].push_back(std::move(drawing));
  }
  for (ordered_json& entry : entries) page["findings"].push_back(std::move(entry));
  for (const CutFinding& f : check.fixed) page["findings"].push_back(finding_json(f));
  for (const Note& note : check.notes)
    page["notes"].push_back((note.where.cel.empty() ? "" : note.where.cel + ": ") + note.text);
  for (const CheckedCel& cel : check.cels) {
    page["notes"].push_back(fmt::format("{}: held against {}", cel.name,
                                        cel.profile.empty()
                                            ? fmt::format("its own {} approved drawings", cel.style.drawings)
                                            : "the style " + cel.profile));
    for (const std::string& line : cel.not_judged)
      page["notes"].push_back(cel.name + ": not judged: " + line);
  }
  return std::string(kCheckHead) + script_safe(dumped(page, -1)) + kCheckTail;
}

}  // namespace nakawari
