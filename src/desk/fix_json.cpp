#include "desk/fix_json.h"

#include <cmath>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>

namespace nakawari {
namespace {

using nlohmann::json;

/// Texts of a fix are names; a longer one is no name.
constexpr std::size_t kLongestText = 300;
/// Points lie on the page or a little beside it.
constexpr double kFarthest = 1e6;

bool read(const json& value, std::string& text) {
  if (!value.is_string()) return false;
  text = value.get<std::string>();
  return text.size() <= kLongestText;
}

bool read(const json& value, Vec2& point) {
  if (!value.is_array() || value.size() != 2 || !value[0].is_number() || !value[1].is_number()) return false;
  point = {value[0].get<double>(), value[1].get<double>()};
  return std::fabs(point.x) < kFarthest && std::fabs(point.y) < kFarthest;
}

bool read(const json& value, std::vector<Vec2>& points) {
  if (!value.is_array() || value.empty() || value.size() > kMostPoints) return false;
  points.clear();
  for (const json& each : value) {
    Vec2 point;
    if (!read(each, point)) return false;
    points.push_back(point);
  }
  return true;
}

bool read(const json& value, double& number) {
  if (!value.is_number()) return false;
  number = value.get<double>();
  return std::isfinite(number);
}

bool read_keys(const json& value, Fix& fix) {
  return value.is_array() && value.size() == 2 && read(value[0], fix.from) && read(value[1], fix.to);
}

json json_of(Vec2 point) {
  return {point.x, point.y};
}

void add(json& out, const char* key, const std::vector<Vec2>& points) {
  if (points.empty()) return;
  json list = json::array();
  for (const Vec2& p : points) list.push_back(json_of(p));
  out[key] = std::move(list);
}

void add(json& out, const char* key, const std::string& text) {
  if (!text.empty()) out[key] = text;
}

}  // namespace

Result<Fix> fix_from_json(const json& value) {
  Fix fix;
  std::string in;
  std::vector<Vec2> at;
  const std::map<std::string, std::function<bool(const json&)>> readers{
      {"id", [&](const json& v) { return read(v, fix.id); }},
      {"author", [&](const json& v) { return read(v, fix.author); }},
      {"kind", [&](const json& v) { return read(v, fix.word); }},
      {"drawings", [&](const json& v) { return read_keys(v, fix); }},
      {"drawing", [&](const json& v) { return read(v, fix.drawing); }},
      {"in", [&](const json& v) { return read(v, in); }},
      {"a", [&](const json& v) { return read(v, fix.a); }},
      {"b", [&](const json& v) { return read(v, fix.b); }},
      {"at", [&](const json& v) { return read(v, fix.at) && fix.at.size() == 1; }},
      {"path", [&](const json& v) { return read(v, fix.path); }},
      {"lasso", [&](const json& v) { return read(v, fix.lasso); }},
      {"front", [&](const json& v) { return read(v, fix.front); }},
      {"behind", [&](const json& v) { return read(v, fix.behind); }},
      {"t", [&](const json& v) { return read(v, fix.t); }},
      {"name", [&](const json& v) { return read(v, fix.name); }},
      {"style", [&](const json& v) { return read(v, fix.style); }},
      {"role", [&](const json& v) { return read(v, fix.role); }},
      {"what", [&](const json& v) { return read(v, fix.what); }},
  };
  if (!value.is_object()) return fail(ErrorCode::wrong_use, "a fix is an object");
  for (const auto& [key, each] : value.items()) {
    const auto reader = readers.find(key);
    if (reader == readers.end()) return fail(ErrorCode::wrong_use, "a fix has no \"" + key + "\"");
    if (!reader->second(each)) return fail(ErrorCode::wrong_use, "\"" + key + "\" is of a wrong form");
  }
  fix.kind = fix_kind(fix.word);
  if (fix.kind == FixKind::unknown) return fail(ErrorCode::wrong_use, "the kind is not known");
  if (!in.empty() && in != fix.from && in != fix.to)
    return fail(ErrorCode::wrong_use, "\"in\" names neither of the two drawings");
  fix.in_first = in.empty() || in == fix.from;
  return fix;
}

json json_of(const Fix& fix) {
  json out{{"id", fix.id}, {"kind", fix.kind == FixKind::unknown ? fix.word : std::string(word(fix.kind))}};
  add(out, "time", fix.time);
  add(out, "author", fix.author);
  if (!fix.from.empty()) {
    out["drawings"] = {fix.from, fix.to};
    out["in"] = fix.in_first ? fix.from : fix.to;
  }
  add(out, "drawing", fix.drawing);
  add(out, "a", fix.a);
  add(out, "b", fix.b);
  add(out, "at", fix.at);
  add(out, "path", fix.path);
  add(out, "lasso", fix.lasso);
  if (fix.kind == FixKind::depth) {
    out["front"] = json_of(fix.front);
    out["behind"] = json_of(fix.behind);
  }
  if (fix.kind == FixKind::spacing || (fix.kind == FixKind::depth && fix.t > 0)) out["t"] = fix.t;
  add(out, "name", fix.name);
  add(out, "style", fix.style);
  add(out, "role", fix.role);
  add(out, "what", fix.what);
  return out;
}

}  // namespace nakawari
